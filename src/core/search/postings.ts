import { Buckets } from './buckets.ts';
import type { SearchEntry } from './entry.ts';
import { fields } from './entry.ts';
import { wordsAndCompounds } from './fold.ts';
import { Lexicon } from './lexicon.ts';

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

// Postings arranged between two pauses: about a millisecond.
const atOnce = 50_000;

/** Gathers words entry by entry, then turns them round; every step takes a few milliseconds at most. */
export class PostingsBuilder {
  readonly #numbers = new Map<string, number>();
  /** Words that begin with the same three letters, so that sorting need not be done in one stretch. */
  readonly #groups = new Buckets<string>();
  /** The latest posting of each word, by which a word that comes again in the same entry is known. */
  readonly #latest: number[] = [];
  #word = new Int32Array(4096);
  #entry = new Int32Array(4096);
  #where = new Uint16Array(4096);
  #count = 0;
  #entries = 0;

  add(entry: SearchEntry): void {
    fields.forEach((field, bit) => {
      for (const word of wordsAndCompounds(entry[field])) {
        this.#post(word, 1 << bit);
      }
    });
    this.#entries++;
  }

  /** Sorts and arranges what was added; to be called once. */
  *finish(): Generator<undefined, Postings> {
    const lexicon = new Lexicon();
    const rank = new Int32Array(this.#numbers.size);
    for (const group of this.#groups.inOrder()) {
      for (const word of group.sort()) {
        rank[this.#numbers.get(word)!] = lexicon.size;
        lexicon.add(word);
      }
      yield;
    }
    lexicon.finish();
    return { lexicon, ...(yield* this.#arrange(rank)) };
  }

  #post(word: string, bit: number): void {
    let number = this.#numbers.get(word);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(word, number);
      this.#latest.push(-1);
      this.#groups.add(word.slice(0, 3), word);
    }
    const latest = this.#latest[number]!;
    if (latest >= 0 && this.#entry[latest] === this.#entries) {
      this.#where[latest]! |= bit;
      return;
    }
    if (this.#count === this.#word.length) {
      this.#grow();
    }
    this.#latest[number] = this.#count;
    this.#word[this.#count] = number;
    this.#entry[this.#count] = this.#entries;
    this.#where[this.#count++] = bit;
  }

  #grow(): void {
    const word = new Int32Array(this.#count * 2);
    const entry = new Int32Array(this.#count * 2);
    const where = new Uint16Array(this.#count * 2);
    word.set(this.#word);
    entry.set(this.#entry);
    where.set(this.#where);
    [this.#word, this.#entry, this.#where] = [word, entry, where];
  }

  *#arrange(rank: Int32Array): Generator<undefined, Omit<Postings, 'lexicon'>> {
    const start = new Int32Array(rank.length + 1);
    for (let i = 0; i < this.#count; i++) {
      start[rank[this.#word[i]!]! + 1]!++;
      if (i % atOnce === 0) {
        yield;
      }
    }
    for (let word = 0; word < rank.length; word++) {
      start[word + 1]! += start[word]!;
    }
    const entry = new Int32Array(this.#count);
    const where = new Uint16Array(this.#count);
    const free = start.slice();
    for (let i = 0; i < this.#count; i++) {
      const place = free[rank[this.#word[i]!]!]!++;
      entry[place] = this.#entry[i]!;
      where[place] = this.#where[i]!;
      if (i % atOnce === 0) {
        yield;
      }
    }
    return { start, entry, where };
  }
}
