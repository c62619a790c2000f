import { toBibtex } from '../export.ts';
import type { KeyedItem } from './layout.ts';

/**
 * An entry of a work of any kind. The exporter writes articles, as the bundled studies are; what books, chapters, theses
 * and reports have besides is added to what it writes. The types are those that BibTeX and BibLaTeX share.
 */
export function bibtexEntry(item: KeyedItem): string {
  const type = types[item.type];
  const entry = toBibtex([item]);
  if (!type) {
    return entry;
  }
  const written = new Set(Array.from(entry.matchAll(/^ {2}([a-z]+) =/gm), match => match[1]));
  const more = fieldsOf(item, type).filter(([name]) => !written.has(name));
  return entry
    .replace(/^@\w+\{/, `@${type.name}{`)
    .replace(/^ {2}howpublished = .*$/m, () => `  ${type.within ?? 'series'} = ${titleOf(item['container-title'])},`)
    .replace(/\n\}$/, `\n${more.map(([name, value]) => `  ${name} = ${value},\n`).join('')}}`);
}

interface EntryType {
  readonly name: string;
  /** The field that names the book around it. */
  readonly within?: string;
  /** The field that names the publisher. */
  readonly publisher: string;
}

const types: Readonly<Record<string, EntryType>> = {
  book: { name: 'book', publisher: 'publisher' },
  chapter: { name: 'incollection', within: 'booktitle', publisher: 'publisher' },
  'entry-encyclopedia': { name: 'incollection', within: 'booktitle', publisher: 'publisher' },
  'paper-conference': { name: 'inproceedings', within: 'booktitle', publisher: 'publisher' },
  thesis: { name: 'phdthesis', publisher: 'school' },
  report: { name: 'techreport', publisher: 'institution' },
};

function fieldsOf(item: KeyedItem, { publisher, within }: EntryType): (readonly [string, string])[] {
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['editor', within || item.author.length === 0 ? peopleOf(item) : undefined],
    [publisher, textOf(item.publisher)],
    ['address', textOf(item['publisher-place'])],
    ['edition', textOf(item.edition)],
    ['isbn', textOf(item.ISBN)],
  ];
  return fields.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

/** A field's value as the exporter escapes it. */
function textOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : valueOf('note', { genre: text });
}

/** With its capitals kept, as a style may lower those of a title. */
function titleOf(title: string | undefined): string {
  return valueOf('title', { title: title ?? '' }) ?? '{}';
}

function peopleOf({ editor }: KeyedItem): string | undefined {
  return editor && editor.length > 0 ? valueOf('author', { author: editor }) : undefined;
}

function valueOf(field: string, part: Partial<KeyedItem>): string | undefined {
  const entry = toBibtex([{ id: 'x', type: 'article-journal', title: '', author: [], ...part }]);
  return new RegExp(`^ {2}${field} = (.*),$`, 'm').exec(entry)?.[1];
}
