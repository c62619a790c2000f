import type { SearchEntry } from './entry.ts';
import { fields } from './entry.ts';
import { wordsAndCompounds } from './fold.ts';
import { Buckets, Lexicon, type LexiconParts } from './lexicon.ts';

/** Which words stand in which entries, and in which of their fields. */
export interface Postings {
  readonly lexicon: Lexicon;
  /** The postings of word `w` are those from `start[w]` to `start[w + 1]`. */
  readonly start: Int32Array;
  /** Numbers of entries. */
  readonly entry: Int32Array;
  /** One bit for each field, in the order of `fields`. */
  readonly where: Uint16Array;
}

/** Plain data, so that it can be sent from one thread to another. */
export type PostingsParts = Omit<Postings, 'lexicon'> & { readonly lexicon: LexiconParts };

/** Gathers words entry by entry, then turns them round; every step takes a few milliseconds at most. */
export class PostingsBuilder {
  /** In many maps, for a map of 100,000 words that grows is made anew in one stretch that could be felt. */
  readonly #numbers = Array.from({ length: 64 }, () => new Map<string, number>());
  /** Words that begin with the same three letters, so that sorting need not be done in one stretch. */
  readonly #groups = new Buckets<string>();
  /** The latest posting of each word, by which a word that comes again in the same entry is known. */
  readonly #latest: number[] = [];
  readonly #gathered = new Gathered();
  #entries = 0;

  /** Answers how many code units it read. */
  add(entry: SearchEntry): number {
    let read = 0;
    fields.forEach((field, bit) => {
      read += entry[field].length;
      for (const word of wordsAndCompounds(entry[field])) {
        this.#post(word, 1 << bit);
      }
    });
    this.#entries++;
    return read;
  }

  /** Sorts and arranges what was added; to be called once. */
  *finish(): Generator<undefined, Postings> {
    const lexicon = new Lexicon();
    const rank = new Int32Array(this.#latest.length);
    for (const group of this.#groups.inOrder()) {
      for (const word of group.sort()) {
        rank[this.#mapOf(word).get(word)!] = lexicon.size;
        lexicon.add(word);
      }
      yield;
    }
    lexicon.finish();
    return { lexicon, ...(yield* this.#arrange(rank)) };
  }

  #post(word: string, bit: number): void {
    const numbers = this.#mapOf(word);
    let number = numbers.get(word);
    if (number === undefined) {
      number = this.#latest.length;
      numbers.set(word, number);
      this.#latest.push(-1);
      this.#groups.add(word.slice(0, 3), word);
    }
    const latest = this.#latest[number]!;
    if (latest >= 0 && this.#gathered.entryAt(latest) === this.#entries) {
      this.#gathered.addTo(latest, bit);
      return;
    }
    this.#latest[number] = this.#gathered.length;
    this.#gathered.add(number, this.#entries, bit);
  }

  #mapOf(word: string): Map<string, number> {
    const { length } = word;
    return this.#numbers[(word.charCodeAt(0) * 7 + word.charCodeAt(length >> 1) * 3 + word.charCodeAt(length - 1) + length) & 63]!;
  }

  *#arrange(rank: Int32Array): Generator<undefined, Omit<Postings, 'lexicon'>> {
    const start = new Int32Array(rank.length + 1);
    yield* this.#gathered.forEach(word => {
      start[rank[word]! + 1]!++;
    });
    for (let word = 0; word < rank.length; word++) {
      start[word + 1]! += start[word]!;
    }
    const entry = new Int32Array(this.#gathered.length);
    const where = new Uint16Array(this.#gathered.length);
    const free = start.slice();
    yield;
    yield* this.#gathered.forEach((number, ofEntry, bits) => {
      const place = free[rank[number]!]!++;
      entry[place] = ofEntry;
      where[place] = bits;
    });
    return { start, entry, where };
  }
}

const bits = 12;
const size = 1 << bits;
const mask = size - 1;

interface Piece {
  readonly word: Int32Array;
  readonly entry: Int32Array;
  readonly where: Uint16Array;
}

/**
 * Postings in the order in which they come: a word's number, an entry's, and the fields. In pieces, for one array that has
 * outgrown its place is copied in a stretch that could be felt.
 */
class Gathered {
  readonly #pieces: Piece[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(word: number, entry: number, where: number): void {
    const at = this.#length & mask;
    if (at === 0) {
      this.#pieces.push({ word: new Int32Array(size), entry: new Int32Array(size), where: new Uint16Array(size) });
    }
    const piece = this.#pieces[this.#pieces.length - 1]!;
    piece.word[at] = word;
    piece.entry[at] = entry;
    piece.where[at] = where;
    this.#length += 1;
  }

  /** Adds fields to a posting. */
  addTo(posting: number, where: number): void {
    this.#pieces[posting >> bits]!.where[posting & mask]! |= where;
  }

  entryAt(posting: number): number {
    return this.#pieces[posting >> bits]!.entry[posting & mask]!;
  }

  /** Calls `each` for every posting, and yields between the pieces. */
  *forEach(each: (word: number, entry: number, where: number) => void): Generator<undefined, void> {
    for (const [number, { word, entry, where }] of this.#pieces.entries()) {
      const count = Math.min(size, this.#length - (number << bits));
      for (let at = 0; at < count; at += 1) {
        each(word[at]!, entry[at]!, where[at]!);
      }
      yield;
    }
  }
}
