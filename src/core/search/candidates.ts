import { fields, fieldWeights, type Field } from './entry.ts';
import type { Postings } from './postings.ts';
import { halvesOf, type Phrase, type QueryWord } from './queryWords.ts';
import { editsIn } from './typos.ts';

type Accepts = (entry: number) => boolean;

/** Words that answer one typed, see `Lexicon.find`. */
type Answer = readonly [first: number, end: number, closeness: number, forgiven: boolean];

// While the last word is typed, those before it stay as they are.
const mostKept = 32;

/** The worth of a match by the fields in which the word stands: the best of them, so that works on one subject are equal. */
const worthOfFields = Float32Array.from({ length: 1 << fields.length }, (_, where) =>
  Math.max(0, ...fields.filter((_field, bit) => where & (1 << bit)).map(field => fieldWeights[field])),
);

/** By these a writer remembers one paper, by all others a subject. */
const naming = bitsOf('key', 'author', 'coauthors', 'year');
const labels = bitsOf('labels');

// Of a shorter word Fuse forgives one error only.
const shortestLoose = 6;

function bitsOf(...names: readonly Field[]): number {
  return names.reduce((bits, name) => bits | (1 << fields.indexOf(name)), 0);
}

/**
 * Finds the entries in which every word of a query stands: whole, as a beginning, or with a typo. Made for 100,000
 * entries: a query costs what the postings of its words cost, however long the texts are.
 */
export class Candidates {
  readonly #postings: Postings;
  /** For each entry: how many words of the query it answers, and how many of them without a typo. */
  readonly #answered: Uint8Array;
  readonly #certain: Uint8Array;
  readonly #score: Float32Array;
  /** For the word being looked up: its worth in each entry so far, and whether it stands there without a typo. */
  readonly #worth: Float32Array;
  readonly #sure: Uint8Array;
  /** For each entry the fields that answered best, of all words and of the word being looked up. */
  readonly #where: Uint16Array;
  readonly #whereWord: Uint16Array;
  /** For each entry how many words its labels have. */
  readonly #labelled: Uint8Array;
  readonly #touched: Int32Array;
  readonly #any: Int32Array;
  readonly #kept = new Map<string, readonly Answer[]>();

  constructor(postings: Postings, size: number) {
    this.#postings = postings;
    this.#answered = new Uint8Array(size);
    this.#certain = new Uint8Array(size);
    this.#score = new Float32Array(size);
    this.#worth = new Float32Array(size);
    this.#sure = new Uint8Array(size);
    this.#where = new Uint16Array(size);
    this.#whereWord = new Uint16Array(size);
    this.#labelled = new Uint8Array(size);
    this.#touched = new Int32Array(size);
    this.#any = new Int32Array(size);
  }

  /** How well the entry answered the words last looked for; comparable within that query. */
  scoreOf(entry: number): number {
    return this.#score[entry]!;
  }

  /** Whether the words last looked for name the entry by its key, authors or year. */
  isNamed(entry: number): boolean {
    return (this.#where[entry]! & naming) !== 0;
  }

  /** How many of the words last looked for are what the entry is labelled as. */
  labelledBy(entry: number): number {
    return this.#labelled[entry]!;
  }

  /**
   * The numbers of the entries that answer every word, in no order; to be read before the next call. One that needs a
   * typo forgiven is left out when it does worse than the best that needs none: who types `pain` does not want `main`.
   */
  find(words: readonly QueryWord[], accepts?: Accepts): Int32Array {
    const found = this.#find(words, accepts);
    // A word of four letters that lost one has three, where a typo is forgiven only if there is nothing else.
    return found.length > 0 ? found : this.#find(words, accepts, 3);
  }

  /**
   * The numbers of the entries that answer any of the words, in no order; to be read before the next call. Two typos are
   * forgiven in shorter words than usual.
   */
  findAny(words: readonly QueryWord[]): Int32Array {
    this.#clear();
    let count = 0;
    for (const word of words) {
      const touched = this.#lookUp(word, 0, editsIn(word.text, 4, shortestLoose));
      for (let i = 0; i < touched; i++) {
        const entry = this.#touched[i]!;
        if (this.#answered[entry] === 1) {
          this.#any[count++] = entry;
        }
      }
    }
    return this.#any.subarray(0, count);
  }

  /** How many words of those last looked for the entry answers. */
  answeredBy(entry: number): number {
    return this.#answered[entry]!;
  }

  #clear(): void {
    this.#answered.fill(0);
    this.#certain.fill(0);
    this.#score.fill(0);
    this.#where.fill(0);
    this.#labelled.fill(0);
  }

  #find(words: readonly QueryWord[], accepts?: Accepts, shortestTypo?: number): Int32Array {
    this.#clear();
    let touched = 0;
    words.forEach((word, index) => {
      touched = this.#lookUp(word, index, editsIn(word.text, shortestTypo));
    });
    const accepted = accepts ? this.#keep(touched, accepts) : touched;
    let bar = 0;
    let certain = 0;
    for (let i = 0; i < accepted; i++) {
      const entry = this.#touched[i]!;
      if (this.#certain[entry] === words.length) {
        bar = Math.max(bar, this.#score[entry]!);
        certain++;
      }
    }
    const isGood = (entry: number): boolean => this.#certain[entry] === words.length || this.#score[entry]! >= bar;
    return this.#touched.subarray(0, certain === accepted ? accepted : this.#keep(accepted, isGood));
  }

  #keep(count: number, condition: (entry: number) => boolean): number {
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const entry = this.#touched[i]!;
      if (condition(entry)) {
        this.#touched[kept++] = entry;
      }
    }
    return kept;
  }

  /** Adds one word's worth to the entries that answered at least `needed` before it; returns how many are in `#touched`. */
  #lookUp({ text, also, phrases }: QueryWord, needed: number, edits: number): number {
    const { lexicon, start } = this.#postings;
    let touched = 0;
    let closest = 0;
    let frequency = 0;
    const found = (first: number, end: number, closeness: number, forgiven: boolean): void => {
      const count = start[end]! - start[first]!;
      frequency = closeness > closest ? count : frequency + (closeness === closest ? count : 0);
      closest = Math.max(closest, closeness);
      touched = this.#post(start[first]!, start[end]!, closeness, !forgiven, needed, touched);
    };
    this.#answersTo(text, edits).forEach(answer => found(...answer));
    also.forEach(word => lexicon.findBegun(word, found));
    for (const [entry, where] of [...phrases, ...this.#halvesOf(text)].flatMap(phrase => [...this.#having(phrase)])) {
      frequency = closest < 1 ? 1 : frequency + 1;
      closest = 1;
      touched = this.#postOne(entry, where, 1, true, needed, touched);
    }
    const rarity = Math.log(1 + this.#touched.length / Math.max(1, frequency));
    for (let i = 0; i < touched; i++) {
      const entry = this.#touched[i]!;
      this.#score[entry]! += this.#worth[entry]! * rarity;
      this.#worth[entry] = 0;
      this.#where[entry]! |= this.#whereWord[entry]!;
      this.#labelled[entry]! += this.#whereWord[entry]! & labels ? 1 : 0;
      this.#whereWord[entry] = 0;
      this.#certain[entry]! += this.#sure[entry]!;
      this.#sure[entry] = 0;
      this.#answered[entry]!++;
    }
    return touched;
  }

  /** The walk through the lexicon is a good part of a search. */
  #answersTo(text: string, edits: number): readonly Answer[] {
    const name = `${edits} ${text}`;
    const known = this.#kept.get(name);
    const answers: Answer[] = [];
    if (!known) {
      this.#postings.lexicon.find(text, edits, (...answer) => answers.push(answer));
      if (this.#kept.size >= mostKept) {
        this.#kept.clear();
      }
      this.#kept.set(name, answers);
    }
    return known ?? answers;
  }

  #post(from: number, to: number, closeness: number, isSure: boolean, needed: number, touched: number): number {
    const { entry: entries, where } = this.#postings;
    let count = touched;
    for (let i = from; i < to; i++) {
      count = this.#postOne(entries[i]!, where[i]!, closeness, isSure, needed, count);
    }
    return count;
  }

  #postOne(entry: number, where: number, closeness: number, isSure: boolean, needed: number, touched: number): number {
    let count = touched;
    if (this.#answered[entry]! >= needed) {
      const worth = closeness * worthOfFields[where]!;
      const before = this.#worth[entry]!;
      if (before === 0) {
        this.#touched[count++] = entry;
      }
      if (worth >= before) {
        this.#whereWord[entry] = worth > before ? where : this.#whereWord[entry]! | where;
        this.#worth[entry] = worth;
      }
      if (isSure) {
        this.#sure[entry] = 1;
      }
    }
    return count;
  }

  /** The halves of a word that are words of the texts themselves. */
  #halvesOf(text: string): Phrase[] {
    const { lexicon } = this.#postings;
    return halvesOf(text).filter(halves => halves.every(half => lexicon.numberOf(half) >= 0)).map(halves => halves.map(half => [half]));
  }

  /** The entries that have all words of a phrase in one field, and in which fields. */
  #having(phrase: Phrase): ReadonlyMap<number, number> {
    const { lexicon, start, entry: entries, where } = this.#postings;
    let having: Map<number, number> | undefined;
    for (const spellings of phrase) {
      const next = new Map<number, number>();
      for (const number of spellings.map(spelling => lexicon.numberOf(spelling)).filter(each => each >= 0)) {
        for (let i = start[number]!; i < start[number + 1]!; i++) {
          const both = where[i]! & (having ? (having.get(entries[i]!) ?? 0) : where[i]!);
          if (both !== 0) {
            next.set(entries[i]!, (next.get(entries[i]!) ?? 0) | both);
          }
        }
      }
      having = next;
    }
    return having ?? new Map();
  }
}
