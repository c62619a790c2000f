import type { SearchEntry } from './entry.ts';
import { fields } from './entry.ts';
import { fuseOptions, judged } from './judge.ts';
import { LooseWord, sharedReader } from './looseWord.ts';
import type { Postings } from './postings.ts';

const longFields = judged.filter(field => field !== 'key' && field !== 'author' && field !== 'year');

/** The words of the entries that have a typed word somewhere in them, those with the fewest errors first. */
export class LooseMatches {
  readonly sought: LooseWord;
  /** Their numbers. */
  readonly words: Int32Array;
  readonly errors: Uint8Array;
  /** In how many entries they stand, taken together. */
  readonly frequency: number;
  /** What finding the word tells: the rarer, the more. */
  readonly rarity: number;
  /** Entries whose texts were read for it, and whether it is in them. */
  readonly #read = new Map<number, boolean>();

  constructor(parts: Pick<LooseMatches, 'sought' | 'words' | 'errors' | 'frequency' | 'rarity'>) {
    ({ sought: this.sought, words: this.words, errors: this.errors, frequency: this.frequency, rarity: this.rarity } = parts);
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

// A word typed with two letters stands in so many entries that a place behind what was found means nothing.
const mostPostings = Number(process.env.P ?? 200_000);

const key = 1 << fields.indexOf('key');

/** The fields into which Fuse looks, one bit each. */
export const judgedBits = judged.reduce((bits, field) => bits | (1 << fields.indexOf(field)), 0);

/** Finds in which words of the entries Fuse would find a typed word, and what that is worth to it. */
export class LooseWords {
  readonly #postings: Postings;
  /** The words that stand in a field into which Fuse looks, and the letters of each as bits. */
  readonly #words: Int32Array;
  readonly #letterSets: Int32Array;
  /** Fields that have any text, of all entries. */
  readonly #texts: number;
  readonly #kept = new Map<string, LooseMatches>();

  constructor(postings: Postings) {
    this.#postings = postings;
    const { lexicon, fieldsOf } = postings;
    this.#words = Int32Array.from(fieldsOf.keys()).filter(word => (fieldsOf[word]! & judgedBits) !== 0);
    this.#letterSets = this.#words.map(word => lexicon.letterSetOf(word));
    this.#texts = countOfTexts(postings.lengths);
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
    const { lexicon, start } = this.#postings;
    const sought = new LooseWord(typed, Math.floor(typed.length * fuseOptions.threshold));
    const byErrors: number[][] = Array.from({ length: sought.most + 1 }, () => []);
    let same: number | undefined;
    for (const place of sought.placesIn(this.#letterSets)) {
      const word = this.#words[place]!;
      const errors = lexicon.errorsIn(word, sought);
      if (errors <= sought.most) {
        byErrors[errors]!.push(word);
        same = errors === 0 && lexicon.lengthOf(word) === typed.length ? word : same;
      }
    }
    let frequency = 0;
    const words: number[] = [];
    const errors: number[] = [];
    byErrors.forEach((group, count) => group.forEach(word => {
      const more = start[word + 1]! - start[word]!;
      if (frequency + more <= mostPostings) {
        frequency += more;
        words.push(word);
        errors.push(count);
      }
    }));
    return new LooseMatches({
      sought,
      words: Int32Array.from(words),
      errors: Uint8Array.from(errors),
      frequency,
      rarity: this.#rarity(same),
    });
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

function countOfTexts(lengths: Uint8Array): number {
  let texts = 0;
  for (let i = 0; i < lengths.length; i++) {
    if (lengths[i]! > 0 && judgedBits & (1 << i % fields.length)) {
      texts++;
    }
  }
  return texts;
}
