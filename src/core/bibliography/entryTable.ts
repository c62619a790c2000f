import { isPacked, PackedTexts, TextPacker, type TextBlock } from '../packedTexts.ts';
import type { Summary } from '../study.ts';
import { TextIndex, type TextIndexParts } from '../textIndex.ts';
import { notListed, type FileProblem, type Scan, type ScanContext, type ScannedEntry } from './scan.ts';

/** The texts of an entry, in the order in which they are packed. */
const columns = ['key', 'type', 'author', 'coauthors', 'year', 'title', 'journal', 'doi', 'pmid', 'keywords'] as const;
type Column = (typeof columns)[number];
const placeOf = Object.fromEntries(columns.map((column, place) => [column, place])) as Readonly<Record<Column, number>>;

// Between keywords: ASCII's "unit separator", which nobody writes.
const separator = '\u001f';

// Entries taken in between two pauses: about a millisecond.
const atOnce = 500;

/** An entry that is no work of its own, though others take fields from it. */
export interface Unlisted {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  /** How many works stand before it in the file. */
  readonly behind: number;
}

/** A scan in little room. Plain data, so that it can be sent from one thread to another. */
export interface EntryTableParts {
  readonly texts: readonly TextBlock[];
  /** Where each work starts and ends in the file, in UTF-16 code units: two numbers each. */
  readonly places: Uint32Array;
  readonly keys: TextIndexParts;
  readonly unlisted: readonly Unlisted[];
  /** Other keys of works, by number. */
  readonly aliases: readonly (readonly [alias: string, entry: number])[];
  readonly problems: readonly FileProblem[];
  readonly context: ScanContext;
}

/** The works of a file by number, in the order in which they stand: what a scan found, in little room. */
export class EntryTable {
  readonly parts: EntryTableParts;
  readonly length: number;
  readonly #texts: PackedTexts;
  readonly #keys: TextIndex;

  constructor(parts: EntryTableParts) {
    this.parts = parts;
    this.length = parts.places.length / 2;
    this.#texts = new PackedTexts(parts.texts);
    this.#keys = new TextIndex(parts.keys, this.keyAt);
  }

  /** In steps of about a millisecond. */
  static *of({ entries, problems, context }: Scan): Generator<undefined, EntryTable> {
    const packer = new TextPacker();
    const works = entries.filter(({ summary }) => summary.type !== notListed).length;
    const places = new Uint32Array(works * 2);
    const unlisted: Unlisted[] = [];
    const aliases: (readonly [string, number])[] = [];
    let next = 0;
    for (const [index, entry] of entries.entries()) {
      if (entry.summary.type === notListed) {
        unlisted.push({ key: entry.key, start: entry.start, end: entry.end, behind: next });
      } else {
        entry.aliases.forEach(alias => aliases.push([alias, next]));
        places.set([entry.start, entry.end], 2 * next);
        textsOf(entry).forEach(text => packer.add(text));
        next += 1;
      }
      if (index % atOnce === atOnce - 1) {
        yield;
      }
    }
    return yield* EntryTable.whole({ texts: packer.finish().blocks, places, unlisted, aliases, problems, context });
  }

  /** With the index of its keys, which is not kept between two starts. */
  static *whole(parts: Omit<EntryTableParts, 'keys'>): Generator<undefined, EntryTable> {
    const texts = new PackedTexts(parts.texts);
    const keys = yield* TextIndex.of(parts.places.length / 2, index => texts.at(index * columns.length));
    return new EntryTable({ ...parts, keys: keys.parts });
  }

  /** How many keys differ. */
  get distinct(): number {
    return this.parts.keys.distinct;
  }

  readonly keyAt = (index: number): string => this.#texts.at(index * columns.length);

  /** The last work of a key, which counts, as for Pandoc; -1 where there is none. */
  find(key: string): number {
    return this.#keys.find(key);
  }

  startAt(index: number): number {
    return this.parts.places[2 * index]!;
  }

  endAt(index: number): number {
    return this.parts.places[2 * index + 1]!;
  }

  /** Each of its texts is made when it is asked for. */
  summaryAt(index: number): Summary {
    return new TableSummary(this.#texts, index);
  }
}

/** Whether parts that come from outside fit together. */
export function isTable({ texts, places, aliases }: Omit<EntryTableParts, 'keys'>): boolean {
  const works = places.length / 2;
  return Number.isInteger(works) && isPacked(texts, works * columns.length) && aliases.every(([, entry]) => entry < works);
}

function textsOf({ key, summary }: ScannedEntry): readonly string[] {
  return columns.map(column => (column === 'key' ? key : column === 'keywords' ? summary.keywords.join(separator) : summary[column]));
}

class TableSummary implements Summary {
  readonly #texts: PackedTexts;
  readonly #first: number;

  constructor(texts: PackedTexts, index: number) {
    this.#texts = texts;
    this.#first = index * columns.length;
  }

  get type(): string {
    return this.#text('type');
  }

  get author(): string {
    return this.#text('author');
  }

  get coauthors(): string {
    return this.#text('coauthors');
  }

  get year(): string {
    return this.#text('year');
  }

  get title(): string {
    return this.#text('title');
  }

  get journal(): string {
    return this.#text('journal');
  }

  get doi(): string {
    return this.#text('doi');
  }

  get pmid(): string {
    return this.#text('pmid');
  }

  get keywords(): readonly string[] {
    const joined = this.#text('keywords');
    return joined === '' ? [] : joined.split(separator);
  }

  #text(column: Column): string {
    return this.#texts.at(this.#first + placeOf[column]);
  }
}
