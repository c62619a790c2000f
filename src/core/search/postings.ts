import { Buckets } from './buckets.ts';
import type { SearchEntry } from './entry.ts';
import { fields } from './entry.ts';
import { Gathered } from './gathered.ts';
import { wordsAndCompounds } from './fold.ts';
import { copied, Lexicon, type LexiconParts } from './lexicon.ts';

/** Which words stand in which entries, and in which of their fields. */
export interface Postings {
  readonly lexicon: Lexicon;
  /** The postings of word `w` are those from `start[w]` to `start[w + 1]`. */
  readonly start: Int32Array;
  /** Numbers of entries. */
  readonly entry: Int32Array;
  /** One bit for each field, in the order of `fields`. */
  readonly where: Uint16Array;
  /** For each word all fields in which it stands, wherever. */
  readonly fieldsOf: Uint16Array;
  /** How many words each field of each entry has: those of entry `e` begin at `e * fields.length`. At most 255. */
  readonly lengths: Uint8Array;
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
  #lengths = new Uint8Array(4096);
  #entries = 0;

  /** Answers how many code units it read. */
  add(entry: SearchEntry): number {
    let read = 0;
    const at = this.#entries * fields.length;
    if (at + fields.length > this.#lengths.length) {
      this.#lengths = copied(new Uint8Array(2 * this.#lengths.length), this.#lengths);
    }
    fields.forEach((field, bit) => {
      read += entry[field].length;
      const found = wordsAndCompounds(entry[field]);
      this.#lengths[at + bit] = Math.min(found.length, 255);
      for (const word of found) {
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
    const lengths = this.#lengths.slice(0, this.#entries * fields.length);
    return { lexicon, lengths, ...(yield* this.#arrange(rank)) };
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

  *#arrange(rank: Int32Array): Generator<undefined, Omit<Postings, 'lexicon' | 'lengths'>> {
    const start = new Int32Array(rank.length + 1);
    yield* this.#gathered.forEach(word => {
      start[rank[word]! + 1]!++;
    });
    for (let word = 0; word < rank.length; word++) {
      start[word + 1]! += start[word]!;
    }
    const entry = new Int32Array(this.#gathered.length);
    const where = new Uint16Array(this.#gathered.length);
    const fieldsOf = new Uint16Array(rank.length);
    const free = start.slice();
    yield;
    yield* this.#gathered.forEach((number, ofEntry, bits) => {
      const word = rank[number]!;
      const place = free[word]!++;
      fieldsOf[word]! |= bits;
      entry[place] = ofEntry;
      where[place] = bits;
    });
    return { start, entry, where, fieldsOf };
  }
}
