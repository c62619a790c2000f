import type { CslItem, Name } from '../study.ts';
import { dateOf } from './dates.ts';
import { namesOf } from './names.ts';
import { textOf } from './texts.ts';

const types = new Set([
  ...['article', 'article-journal', 'article-magazine', 'article-newspaper', 'bill', 'book', 'broadcast', 'chapter', 'classic'],
  ...['collection', 'dataset', 'document', 'entry', 'entry-dictionary', 'entry-encyclopedia', 'event', 'figure', 'graphic'],
  ...['hearing', 'interview', 'legal_case', 'legislation', 'manuscript', 'map', 'motion_picture', 'musical_score', 'pamphlet'],
  ...['paper-conference', 'patent', 'performance', 'periodical', 'personal_communication', 'post', 'post-weblog', 'regulation'],
  ...['report', 'review', 'review-book', 'software', 'song', 'speech', 'standard', 'thesis', 'treaty', 'webpage'],
]);

const nameFields = [
  ...['chair', 'collection-editor', 'compiler', 'composer', 'container-author', 'contributor', 'curator', 'director', 'editor'],
  ...['editor-translator', 'editorial-director', 'executive-producer', 'guest', 'host', 'illustrator', 'interviewer', 'narrator'],
  ...['organizer', 'original-author', 'performer', 'producer', 'recipient', 'reviewed-author', 'script-writer', 'series-creator'],
  'translator',
];
const dateFields = ['accessed', 'available-date', 'event-date', 'issued', 'original-date', 'submitted'];
const textFields = [
  ...['abstract', 'annote', 'archive', 'archive_collection', 'archive_location', 'archive-place', 'authority', 'call-number'],
  ...['chapter-number', 'citation-label', 'collection-number', 'collection-title', 'container-title', 'container-title-short'],
  ...['dimensions', 'division', 'DOI', 'edition', 'event', 'event-place', 'event-title', 'genre', 'ISBN', 'ISSN', 'issue', 'jurisdiction'],
  ...['keyword', 'language', 'license', 'medium', 'note', 'number', 'number-of-pages', 'number-of-volumes', 'original-publisher'],
  ...['original-publisher-place', 'original-title', 'page', 'page-first', 'part-number', 'part-title', 'PMCID', 'PMID'],
  ...['printing-number', 'publisher', 'publisher-place', 'references', 'reviewed-genre', 'reviewed-title', 'scale', 'section'],
  ...['source', 'status', 'supplement-number', 'title-short', 'URL', 'version', 'volume', 'volume-title', 'volume-title-short'],
];

interface Variable {
  readonly name: string;
  readonly kind: 'text' | 'names' | 'date';
}

/** CSL's variables by their names in lower case, as `doi` is often written. A name that is not here is left out. */
const variables = new Map<string, Variable>([
  ...nameFields.map(name => [name, { name, kind: 'names' }] as const),
  ...dateFields.map(name => [name, { name, kind: 'date' }] as const),
  ...textFields.map(name => [name.toLowerCase(), { name, kind: 'text' }] as const),
  ['journalabbreviation', { name: 'container-title-short', kind: 'text' }],
  ['shorttitle', { name: 'title-short', kind: 'text' }],
  ['categories', { name: 'keyword', kind: 'text' }],
]);

/** What a value of a field must be for Pandoc: `note` a text, no number. */
export type VariableKind = Variable['kind'] | 'note';

/** Fields of texts that are none of an item's own here. */
const others = new Set(['type', 'title', 'citation-key', 'locator', 'year-suffix', 'citation-number', 'first-reference-note-number']);
/** Fields that Pandoc doesn't know, so that it takes anything in them. */
const unchecked = new Set(['categories', 'volume-title-short']);

/** What a field holds for Pandoc; nothing of one that it doesn't know. */
export function kindOf(name: string): VariableKind | undefined {
  const lower = name.toLowerCase();
  if (unchecked.has(lower)) {
    return undefined;
  }
  return lower === 'note' ? 'note' : lower === 'author' ? 'names' : others.has(lower) ? 'text' : variables.get(lower)?.kind;
}

/** Fields that are no prose: nothing in them is markup, whatever it looks like. */
const addresses = new Set(['DOI', 'URL', 'PMID', 'PMCID', 'ISBN', 'ISSN']);

/** The CSL type of that name, else that of a work of which nothing is known. */
export function typeOf(value: unknown): string {
  return typeof value === 'string' && types.has(value) ? value : 'document';
}

/**
 * A CSL item of a value that came from a file: only CSL's own fields, each of the form that it must have.
 *
 * @param read makes CSL's text of the file's
 * @param plain the same of an address or a name, in which nothing is markup
 */
export function cslItemOf(fields: Readonly<Record<string, unknown>>, read: Read = same, plain: Read = same): CslItem {
  const item: Record<string, unknown> = { type: typeOf(fields['type']), title: read(joined(fields['title'])), author: plainNames(fields['author'], plain) };
  for (const [name, value] of Object.entries(fields)) {
    const variable = variables.get(name.toLowerCase());
    const made = variable && valueOf(variable, value, read, plain);
    if (made !== undefined && item[variable!.name] === undefined) {
      item[variable!.name] = made;
    }
  }
  return fromNote(item as unknown as CslItem);
}

type Read = (text: string) => string;

function valueOf({ name, kind }: Variable, value: unknown, read: Read, plain: Read): unknown {
  if (kind === 'text') {
    const text = joined(value);
    return text === '' ? undefined : addresses.has(name) ? plain(text) : read(text);
  }
  if (kind === 'date') {
    return dateOf(value);
  }
  const names = plainNames(value, plain);
  return names.length > 0 ? names : undefined;
}

function plainNames(value: unknown, plain: Read): readonly Name[] {
  const names = namesOf(value);
  return plain === same ? names : names.map(name => mapped(name, plain));
}

function mapped(name: Name, plain: Read): Name {
  return Object.fromEntries(Object.entries(name).map(([part, text]) => [part, typeof text === 'string' ? plain(text) : text]));
}

/** Registries write some texts as lists: a list of keywords, a title in two languages. */
function joined(value: unknown): string {
  return Array.isArray(value) ? value.map(each => textOf(each)?.trim()).filter(Boolean).join(', ') : (textOf(value)?.trim() ?? '');
}

/** Zotero writes what CSL had no field for into the note, line by line: `PMID: 31421058`. */
function fromNote(item: CslItem): CslItem {
  if (!item.note?.includes(':')) {
    return item;
  }
  const found: Record<string, string> = {};
  const rest = item.note.split('\n').filter(line => {
    const [, name = '', value = ''] = /^([A-Za-z][A-Za-z_-]*):[ \t]*(\S.*)$/.exec(line) ?? [];
    const variable = variables.get(name.toLowerCase());
    if (variable?.kind !== 'text' || variable.name in item || variable.name in found) {
      return true;
    }
    found[variable.name] = value.trim();
    return false;
  });
  const { note, ...others } = item;
  const left = rest.join('\n').trim();
  return { ...others, ...found, ...(left && { note: left }) };
}

function same(text: string): string {
  return text;
}
