import type { ScannedEntry } from '../scan.ts';
import type { RawEntry } from './syntax.ts';

/** What an entry takes from another that it names by `crossref` or `xdata`. */

const ownOnly = new Set([
  'ids', 'crossref', 'xref', 'xdata', 'entryset', 'entrysubtype', 'execute', 'label', 'options', 'presort', 'related', 'relatedoptions',
  'relatedstring', 'relatedtype', 'shorthand', 'shorthandintro', 'sortkey',
]);
const titles = new Set(['title', 'subtitle', 'titleaddon']);
const otherTitles = new Set(['shorttitle', 'sorttitle', 'indextitle', 'indexsorttitle']);

type Kind = 'main' | 'book' | 'journal';

const isOf = (...types: readonly string[]): ReadonlySet<string> => new Set(types);
/** Which titles of a parent become which of its child: BibLaTeX's manual, appendix B. */
const kinds: readonly (readonly [parents: ReadonlySet<string>, children: ReadonlySet<string>, kind: Kind])[] = [
  [isOf('mvbook'), isOf('book', 'inbook', 'bookinbook', 'suppbook'), 'main'],
  [isOf('mvcollection', 'mvreference'), isOf('collection', 'reference', 'incollection', 'inreference', 'suppcollection'), 'main'],
  [isOf('mvproceedings'), isOf('proceedings', 'inproceedings'), 'main'],
  [isOf('book'), isOf('inbook', 'bookinbook', 'suppbook'), 'book'],
  [isOf('collection', 'reference'), isOf('incollection', 'inreference', 'suppcollection'), 'book'],
  [isOf('proceedings'), isOf('inproceedings'), 'book'],
  [isOf('periodical'), isOf('article', 'suppperiodical'), 'journal'],
];

/** The fields that a child gets for one of its parent's. */
export function inherited(parent: string, child: string, field: string): readonly string[] {
  if (ownOnly.has(field)) {
    return [];
  }
  const kind = kinds.find(([parents, children]) => parents.has(parent) && children.has(child))?.[2];
  if (field === 'author' && (kind === 'book' || kind === 'main') && parent.endsWith('book')) {
    return ['bookauthor', 'author'];
  }
  if (kind === undefined || !(titles.has(field) || otherTitles.has(field))) {
    return [field];
  }
  if (otherTitles.has(field)) {
    return [];
  }
  return kind === 'journal' ? (field === 'titleaddon' ? [field] : [`journal${field}`]) : [`${kind}${field}`];
}

/** The keys of a list, as Pandoc splits it. */
export function keysIn(list: string): string[] {
  return list.split(/[\s,]+/).filter(key => key !== '');
}

/** Fields of an entry together with what it inherits. `find` reads another entry of the file. */
export function withInherited(entry: RawEntry, find: (key: string) => RawEntry | undefined): ReadonlyMap<string, string> {
  const fields = new Map(entry.fields);
  // As many as anybody writes; and an entry that inherits from itself comes to an end.
  let left = 50;
  const seen = new Set([entry.key]);
  const inherit = (list: string): void => {
    for (const key of keysIn(list)) {
      const parent = left-- > 0 && !seen.has(key) ? find(key) : undefined;
      if (parent) {
        seen.add(key);
        take(parent);
        parents(parent.fields).forEach(inherit);
      }
    }
  };
  const take = (parent: RawEntry): void => {
    for (const [name, value] of parent.fields) {
      for (const field of inherited(parent.type, entry.type, name)) {
        if (!fields.has(field)) {
          fields.set(field, value);
        }
      }
    }
  };
  parents(entry.fields).forEach(inherit);
  return fields;
}

function parents(fields: ReadonlyMap<string, string>): string[] {
  return ['crossref', 'xdata'].flatMap(name => fields.get(name) ?? []);
}

/** Remembers who inherits while a file is scanned, and fills in year and book when all of it is known. */
export class Inheritance {
  readonly #children: { readonly index: number; readonly keys: readonly string[] }[] = [];

  note(index: number, { fields }: RawEntry): void {
    const keys = parents(fields).flatMap(list => keysIn(list.slice(0, 1000)));
    if (keys.length > 0) {
      this.#children.push({ index, keys: keys.map(key => ` ${key}`.slice(1)) });
    }
  }

  *fill(entries: ScannedEntry[]): Generator<undefined, void> {
    if (this.#children.length === 0) {
      return;
    }
    const byKey = new Map(entries.map(entry => [entry.key, entry]));
    for (let i = 0; i < this.#children.length; i++) {
      const { index, keys } = this.#children[i]!;
      keys.forEach(key => {
        const parent = byKey.get(key);
        entries[index] = parent ? filled(entries[index]!, parent) : entries[index]!;
      });
      if (i % 500 === 499) {
        yield;
      }
    }
  }
}

function filled(child: ScannedEntry, { summary: parent }: ScannedEntry): ScannedEntry {
  const { summary } = child;
  const isPart = summary.title !== '' && parent.title !== summary.title;
  return {
    ...child,
    summary: {
      ...summary,
      author: summary.author || parent.author,
      coauthors: summary.author === '' ? parent.coauthors : summary.coauthors,
      year: summary.year || parent.year,
      title: summary.title || parent.title,
      journal: summary.journal || parent.journal || (isPart ? parent.title : ''),
    },
  };
}
