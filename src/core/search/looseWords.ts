import type { SearchEntry } from './entry.ts';
import { fields } from './entry.ts';
import { fuseOptions, judged } from './judge.ts';
import { LooseWord, sharedReader } from './looseWord.ts';
import type { Postings } from './postings.ts';

const longFields = judged.filter(field => field !== 'key' && field !== 'author' && field !== 'year');

/** The words of the entries that have a typed word somewhere in them, those with the fewest errors first. */
export class LooseMatches {
  readonly sought: LooseWord;
  /** Their numbers, as many as are gone through; and of all, in ascending order. */
  readonly words: Int32Array;
  readonly all: Int32Array;
  readonly errors: Uint8Array;
  /** In how many entries they stand, taken together. */
  readonly frequency: number;
  /** What finding the word tells: the rarer, the more. */
  readonly rarity: number;
  /** Entries whose texts were read for it, and whether it is in them. */
  readonly #read = new Map<number, boolean>();

  constructor(parts: Pick<LooseMatches, 'sought' | 'words' | 'all' | 'errors' | 'frequency' | 'rarity'>) {
    this.sought = parts.sought;
    this.words = parts.words;
    this.all = parts.all;
    this.errors = parts.errors;
    this.frequency = parts.frequency;
    this.rarity = parts.rarity;
  }

  /** Whether it is in a text of several words; asked of entries that have it in no word, where only a blank may help. */
  isWithBlank(entry: SearchEntry, number: number): boolean {
    let known = this.#read.get(number);
    if (known === undefined) {
      known = longFields.some(field => this.#isIn(entry[field]));
      this.#read.set(number, known);
    }
    return known;
  }

  #isIn(text: string): boolean {
    const { most } = this.sought;
    return this.sought.errorsIn(sharedReader.letters, 0, sharedReader.read(text), most) <= most;
  }
}

// Words typed whose matches are kept: while the last is typed, those before it stay as they are.
const mostKept = 16;

// A word of two or three letters stands loosely in nearly all entries, and which of them are best the other words tell.
const mostPostings = 200_000;

// Words looked at between two pauses.
const atOnce = 50_000;

const key = 1 << fields.indexOf('key');

/** The fields into which Fuse looks, one bit each. */
export const judgedBits = judged.reduce((bits, field) => bits | (1 << fields.indexOf(field)), 0);

/** Plain data, so that it can be sent from one thread to another. */
export interface LooseWordsParts {
  /** The words that stand in a field into which Fuse looks, and the letters of each as bits. */
  readonly words: Int32Array;
  readonly letterSets: Int32Array;
  /** Fields that have any text, of all entries. */
  readonly texts: number;
}

/** Finds in which words of the entries Fuse would find a typed word, and what that is worth to it. */
export class LooseWords {
  readonly #postings: Postings;
  readonly #words: Int32Array;
  readonly #letterSets: Int32Array;
  readonly #texts: number;
  readonly #kept = new Map<string, LooseMatches>();

  constructor(postings: Postings, { words, letterSets, texts }: LooseWordsParts) {
    this.#postings = postings;
    this.#words = words;
    this.#letterSets = letterSets;
    this.#texts = texts;
  }

  /** Finds out what it needs in steps of about a millisecond. */
  static *partsOf(postings: Postings): Generator<undefined, LooseWordsParts> {
    const { lexicon, fieldsOf, lengths } = postings;
    const words = new Int32Array(fieldsOf.length);
    const letterSets = new Int32Array(fieldsOf.length);
    let count = 0;
    for (let word = 0; word < fieldsOf.length; word++) {
      if (fieldsOf[word]! & judgedBits) {
        letterSets[count] = lexicon.letterSetOf(word);
        words[count++] = word;
      }
      if (word % atOnce === 0) {
        yield;
      }
    }
    const texts = yield* countOfTexts(lengths);
    return { words: words.slice(0, count), letterSets: letterSets.slice(0, count), texts };
  }

  find(typed: string): LooseMatches {
    const kept = this.#kept.get(typed) ?? this.#find(typed);
    this.#kept.delete(typed);
    this.#kept.set(typed, kept);
    if (this.#kept.size > mostKept) {
      this.#kept.delete(this.#kept.keys().next().value!);
    }
    return kept;
  }

  #find(typed: string): LooseMatches {
    const { lexicon } = this.#postings;
    const sought = new LooseWord(typed, Math.floor(typed.length * fuseOptions.threshold));
    const byErrors: number[][] = Array.from({ length: sought.most + 1 }, () => []);
    const all: number[] = [];
    let same: number | undefined;
    for (const word of this.#worthReading(sought)) {
      const errors = lexicon.errorsIn(word, sought);
      if (errors <= sought.most) {
        all.push(word);
        byErrors[errors]!.push(word);
        same = errors === 0 && lexicon.lengthOf(word) === typed.length ? word : same;
      }
    }
    return new LooseMatches({ sought, all: Int32Array.from(all), rarity: this.#rarity(same), ...this.#bounded(byErrors) });
  }

  /** The words among which it may be: those of what was typed a letter before, when no more errors are forgiven since. */
  #worthReading(sought: LooseWord): Int32Array {
    const before = this.#kept.get(sought.text.slice(0, -1));
    if (before?.sought.most === sought.most) {
      return before.all;
    }
    const places = sought.placesIn(this.#letterSets);
    return places.map(place => this.#words[place]!);
  }

  #bounded(byErrors: readonly (readonly number[])[]): Pick<LooseMatches, 'words' | 'errors' | 'frequency'> {
    const { start } = this.#postings;
    const words: number[] = [];
    const errors: number[] = [];
    let frequency = 0;
    for (const [count, group] of byErrors.entries()) {
      for (const word of group) {
        const more = start[word + 1]! - start[word]!;
        if (frequency + more <= mostPostings) {
          frequency += more;
          words.push(word);
          errors.push(count);
        }
      }
    }
    return { words: Int32Array.from(words), errors: Uint8Array.from(errors), frequency };
  }

  /** As Fuse reckons it, to which a key is one word with its year. */
  #rarity(word: number | undefined): number {
    const { start, where } = this.#postings;
    let texts = 0;
    for (let i = word === undefined ? 0 : start[word]!; word !== undefined && i < start[word + 1]!; i++) {
      for (let bits = where[i]! & judgedBits & ~key; bits !== 0; bits &= bits - 1) {
        texts++;
      }
    }
    return Math.log(1 + (this.#texts - texts + 0.5) / (texts + 0.5));
  }
}

function* countOfTexts(lengths: Uint8Array): Generator<undefined, number> {
  let texts = 0;
  for (let i = 0; i < lengths.length; i++) {
    if (lengths[i]! > 0 && judgedBits & (1 << i % fields.length)) {
      texts++;
    }
    if (i % atOnce === 0) {
      yield;
    }
  }
  return texts;
}
