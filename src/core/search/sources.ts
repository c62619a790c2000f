import type { EntryTable } from '../bibliography/entryTable.ts';
import { LazySearchEntry, type SearchEntry } from './entry.ts';

/** Entries by number, as a search reads them. There may be 100,000, so that each is made when it is asked for. */
export interface SearchEntries {
  readonly length: number;
  readonly keyAt: (index: number) => string;
  readonly yearAt: (index: number) => string;
  readonly at: (index: number) => SearchEntry;
}

/** What is searched of one origin. A key may come twice. */
export interface SearchSource extends SearchEntries {
  /** The number of the entry of this key that counts; -1 where there is none. */
  readonly find: (key: string) => number;
}

/** Of a list whose keys differ. */
export function listed(entries: readonly SearchEntry[]): SearchEntries {
  return {
    length: entries.length,
    keyAt: index => entries[index]!.key,
    yearAt: index => entries[index]!.year,
    at: index => entries[index]!,
  };
}

/** Of what a source is made: a list, or the works of a file and the writer's quotes of each key, which are searched too. */
export type SourceParts =
  | { readonly list: readonly SearchEntry[] }
  | { readonly table: EntryTable; readonly quotes: ReadonlyMap<string, readonly string[]> };

export function sourceOf(parts: SourceParts): SearchSource {
  return 'list' in parts ? sourceOfList(parts.list) : sourceOfTable(parts.table, parts.quotes);
}

function sourceOfList(entries: readonly SearchEntry[]): SearchSource {
  // Of two with one key the first stays.
  const numbers = new Map(entries.map(({ key }, index) => [key, index] as const).reverse());
  return {
    ...listed(entries),
    find: key => numbers.get(key) ?? -1,
  };
}

export function sourceOfTable(table: EntryTable, quotes: ReadonlyMap<string, readonly string[]>): SearchSource {
  return {
    length: table.length,
    keyAt: table.keyAt,
    yearAt: index => table.summaryAt(index).year,
    at: index => {
      const key = table.keyAt(index);
      return new LazySearchEntry(key, table.summaryAt(index), quotes.get(key) ?? noQuotes);
    },
    find: key => table.find(key),
  };
}

const noQuotes: readonly string[] = [];

// Keys looked at between two pauses: about a millisecond.
const atOnce = 1000;

/** A source, and the number that an entry has there. */
export interface Place {
  readonly source: number;
  readonly index: number;
}

/** The entries of several sources that count: of two with one key that of the source that comes first. */
export class Merged implements SearchEntries {
  /** For each entry its number among those of all sources, one behind the other. */
  readonly numbers: Int32Array;
  readonly #sources: readonly SearchSource[];
  /** What comes before each source. */
  readonly #firsts: readonly number[];

  constructor(sources: readonly SearchSource[], numbers: Int32Array) {
    this.#sources = sources;
    this.numbers = numbers;
    let first = 0;
    this.#firsts = sources.map(({ length }) => (first += length) - length);
  }

  /** In steps of about a millisecond. */
  static *of(sources: readonly SearchSource[]): Generator<undefined, Merged> {
    const numbers = new Int32Array(sources.reduce((sum, { length }) => sum + length, 0));
    let count = 0;
    let number = 0;
    for (const [place, source] of sources.entries()) {
      const before = sources.slice(0, place);
      for (let index = 0; index < source.length; index += 1, number += 1) {
        const key = source.keyAt(index);
        if (source.find(key) === index && before.every(each => each.find(key) < 0)) {
          numbers[count++] = number;
        }
        if (index % atOnce === atOnce - 1) {
          yield;
        }
      }
    }
    return new Merged(sources, numbers.slice(0, count));
  }

  get length(): number {
    return this.numbers.length;
  }

  readonly keyAt = (entry: number): string => {
    const { source, index } = this.placeOf(entry);
    return this.#sources[source]!.keyAt(index);
  };

  readonly yearAt = (entry: number): string => {
    const { source, index } = this.placeOf(entry);
    return this.#sources[source]!.yearAt(index);
  };

  readonly at = (entry: number): SearchEntry => {
    const { source, index } = this.placeOf(entry);
    return this.#sources[source]!.at(index);
  };

  placeOf(entry: number): Place {
    const number = this.numbers[entry]!;
    let source = this.#firsts.length - 1;
    while (this.#firsts[source]! > number) {
      source -= 1;
    }
    return { source, index: number - this.#firsts[source]! };
  }
}
