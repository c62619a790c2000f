import { isPacked, PackedTexts, TextPacker, type PackedParts } from '../packedTexts.ts';
import type { Summary } from '../study.ts';
import { TextIndex, type TextIndexParts } from '../textIndex.ts';
import { notListed, type FileProblem, type Scan, type ScanContext } from './scan.ts';

/** The texts of a work besides its key, in the order in which they are packed. */
const columns = ['type', 'author', 'coauthors', 'year', 'title', 'journal', 'doi', 'pmid', 'keywords'] as const;
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
  /** The citekeys, which are looked through more often than all the rest. */
  readonly keys: PackedParts;
  readonly texts: PackedParts;
  /** Where each work starts and ends in the file, in UTF-16 code units: two numbers each. */
  readonly places: Uint32Array;
  readonly byKey: TextIndexParts;
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
  readonly #keys: PackedTexts;
  readonly #texts: PackedTexts;
  readonly #byKey: TextIndex;

  constructor(parts: EntryTableParts) {
    this.parts = parts;
    this.length = parts.places.length / 2;
    this.#keys = new PackedTexts(parts.keys);
    this.#texts = new PackedTexts(parts.texts);
    this.#byKey = new TextIndex(parts.byKey, this.keyAt);
  }

  /** In steps of about a millisecond. */
  static *of({ entries, problems, context }: Scan): Generator<undefined, EntryTable> {
    const [keys, texts] = [new TextPacker(), new TextPacker()];
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
        keys.add(entry.key);
        textsOf(entry.summary).forEach(text => texts.add(text));
        next += 1;
      }
      if (index % atOnce === atOnce - 1) {
        yield;
      }
    }
    const packed = { keys: yield* keys.finish(), texts: yield* texts.finish() };
    return yield* EntryTable.whole({ ...packed, places, unlisted, aliases, problems, context });
  }

  /** With the index of its keys, which is not kept between two starts. */
  static *whole(parts: Omit<EntryTableParts, 'byKey'>): Generator<undefined, EntryTable> {
    const keys = new PackedTexts(parts.keys);
    const byKey = yield* TextIndex.of(keys.length, index => keys.at(index));
    return new EntryTable({ ...parts, byKey: byKey.parts });
  }

  /** How many keys differ. */
  get distinct(): number {
    return this.parts.byKey.distinct;
  }

  readonly keyAt = (index: number): string => this.#keys.at(index);

  /** The last work of a key, which counts, as for Pandoc; -1 where there is none. */
  find(key: string): number {
    return this.#byKey.find(key);
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
export function isTable({ keys, texts, places, aliases }: Omit<EntryTableParts, 'byKey'>): boolean {
  const works = places.length / 2;
  return isPacked(keys, works) && isPacked(texts, works * columns.length) && aliases.every(([, entry]) => entry >= 0 && entry < works);
}

function textsOf(summary: Summary): readonly string[] {
  return columns.map(column => (column === 'keywords' ? summary.keywords.join(separator) : summary[column]));
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
