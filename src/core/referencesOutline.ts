import { creatorsOf } from './creators.ts';
import { gistOrTitle, noticeNames, plural, shortAuthors, spokenGist, studyLabel, wordingLabel, yearOf } from './describe.ts';
import { Pace } from './markdown/pace.ts';
import { countWords, quoteLocator } from './quotes.ts';
import type { Reading } from './reading.ts';
import type { Quote, Entry } from './study.ts';
import { wordsAround, type Occurrence, type Work, type WorksCited } from './worksCited.ts';

/** The tree of a manuscript's references as plain nodes. An `id` stays the same for as long as the work is cited. */

export type ReferencesOrder = 'appearance' | 'style';

interface Row {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** What a screen reader says. */
  readonly spoken: string;
  readonly study?: Entry;
}

export interface WorkNode extends Row {
  readonly kind: 'work';
  readonly work: Work;
}

export interface OccurrenceNode extends Row {
  readonly kind: 'occurrence';
  readonly occurrence: Occurrence;
}

/** Holds the quotes of a cited study that are not used yet. */
export interface UnusedNode extends Row {
  readonly kind: 'unused';
  readonly study: Entry;
  readonly quotes: readonly Quote[];
}

export interface UnusedQuoteNode extends Row {
  readonly kind: 'quote';
  readonly study: Entry;
  readonly quote: Quote;
}

export type ReferenceNode = WorkNode | OccurrenceNode | UnusedNode | UnusedQuoteNode;

/**
 * The works, unknown keys on top. Yields every few milliseconds.
 * @param order the keys in the style's order; those it lacks come last. Without it, the works stay in order of appearance.
 */
export function* referencesOutline({ works }: WorksCited, order: readonly string[] = []): Generator<undefined, WorkNode[]> {
  const pace = new Pace();
  const rank = new Map(order.map((key, index) => [key, index]));
  const unknown: WorkNode[] = [];
  const ranked: WorkNode[] = [];
  const others: WorkNode[] = [];
  for (const work of works) {
    const row = workNode(work);
    (work.kind === 'unknown' ? unknown : rank.has(work.key) ? ranked : others).push(row);
    if (pace.isDue(row.spoken.length)) {
      yield;
    }
  }
  ranked.sort((a, b) => rank.get(a.work.key)! - rank.get(b.work.key)!);
  return [...unknown, ...ranked, ...others];
}

/**
 * Where a work is cited, and what of it is not quoted yet.
 * @param cells for a notebook, the number of each part's cell
 */
export function childrenOf(node: ReferenceNode, parts: readonly Reading[], cells?: readonly number[]): readonly ReferenceNode[] {
  switch (node.kind) {
    case 'work': {
      const { work, id } = node;
      return [...work.occurrences.map((each, index) => occurrenceNode(each, `${id}/${index}`, parts, cells)), ...unused(work, id)];
    }
    case 'unused':
      return node.quotes.map(quote => quoteNode(node, quote));
    default:
      return [];
  }
}

function workNode(work: Work): WorkNode {
  const { key, kind, study, occurrences, locators } = work;
  const label = nameOf(work);
  const state = stateOf(work);
  const about = aboutOf(work);
  // How often and where comes first: the end of a long row is cut off.
  const { grave, other } = noticeNames({ notices: study?.notices ?? [] });
  const first = kind === 'unknown' || kind === 'unread' ? state : grave;
  const description = [work.isListedOnly ? 'nocite' : `${occurrences.length}×`, locators, ...first, about && gistOrTitle(about), ...other]
    .filter(Boolean)
    .join(' · ');
  const times = work.isListedOnly ? 'listed by nocite only' : `cited ${plural(occurrences.length, 'time')}`;
  return {
    kind: 'work',
    id: `work/${key}`,
    label,
    description: study && study.notices.length > 0 ? `⚠ ${description}` : description,
    spoken: [...spokenName(work), times, locators, ...state].filter(Boolean).join('; '),
    work,
    ...(study && { study }),
  };
}

/** `Feder 2021`; the citekey where no author is known. */
function nameOf({ key, csl }: Work): string {
  return csl && creatorsOf(csl).length > 0 ? studyLabel({ id: key, csl }) : key;
}

/** What tells in a few words which work it is; nothing of a key that is not known. */
function aboutOf({ study, csl }: Work): Pick<Entry, 'gist' | 'summary' | 'csl'> | undefined {
  return study ?? (csl && { csl });
}

function spokenName(work: Work): readonly string[] {
  const { key, csl } = work;
  const about = aboutOf(work);
  return [csl && creatorsOf(csl).length > 0 ? `${shortAuthors(csl)}, ${yearOf(csl)}` : key, about ? spokenGist(about) : ''];
}

function stateOf({ kind, study }: Work): readonly string[] {
  switch (kind) {
    case 'unknown':
      return ['unknown key'];
    case 'unread':
      return ['not looked up'];
    default:
      return Object.values(noticeNames({ notices: study?.notices ?? [] })).flat();
  }
}

function occurrenceNode(
  occurrence: Occurrence,
  id: string,
  parts: readonly Reading[],
  cells: readonly number[] | undefined,
): OccurrenceNode {
  const { part, line } = occurrence;
  // A cell may have gone since the row was made.
  const reading = parts[part];
  const { before, text, after } = reading ? wordsAround(reading, occurrence) : { before: '', text: '', after: '' };
  const cell = cells?.[part];
  const where = cell === undefined ? `line ${line}` : `cell ${cell}, line ${line}`;
  const words = `${before}${text}${after}`;
  return { kind: 'occurrence', id, label: where, description: words, spoken: `${where}: ${words}`, occurrence };
}

function unused({ study, unusedQuotes: quotes }: Work, parent: string): UnusedNode[] {
  if (!study || quotes.length === 0) {
    return [];
  }
  const label = 'Quotes not used yet';
  const description = String(quotes.length);
  const spoken = `${plural(quotes.length, 'quote')} not used yet`;
  return [{ kind: 'unused', id: `${parent}/quotes`, label, description, spoken, study, quotes }];
}

function quoteNode({ id, study }: UnusedNode, quote: Quote): UnusedQuoteNode {
  const where = [quoteLocator(quote), wordingLabel(quote)].filter(Boolean).join(' · ');
  return {
    kind: 'quote',
    id: `${id}/${study.quotes.indexOf(quote)}`,
    label: `“${quote.text}”`,
    description: where,
    spoken: `Quote: ${quote.text} ${where}`,
    study,
    quote,
  };
}

/**
 * `12 works · 31 citations · 3,482 words (4,120 with references)`
 * @param list the words of the reference list that the style prints, once known. Where a list stands in the text, the
 * longer of the two counts.
 */
export function referencesCaption({ works, citations, words, listsAll }: WorksCited, list?: number): string {
  const unknown = works.filter(({ kind }) => kind === 'unknown').length;
  const told = Math.max(list ?? 0, words.references);
  const withReferences = list === undefined ? '' : ` (${grouped(words.prose + told)} with references)`;
  return [
    unknown > 0 && (unknown === 1 ? '1 unknown key' : `${unknown} unknown keys`),
    plural(works.length - unknown, 'work'),
    listsAll && 'all entries by nocite',
    plural(citations, 'citation'),
    `${grouped(words.prose)} ${words.prose === 1 ? 'word' : 'words'}${withReferences}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** How many words a printed reference list has. */
export function wordsOfList(references: readonly string[]): number {
  return references.reduce((sum, text) => sum + countWords(text), 0);
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}
