import { fields, fieldWeights } from './entry.ts';
import type { Postings } from './postings.ts';
import type { QueryWord } from './queryWords.ts';
import { editsIn } from './typos.ts';

/** An entry that answers a query, by its number. Scores are comparable within one query. */
export interface Candidate {
  readonly entry: number;
  readonly score: number;
}

/** The worth of a match by the fields in which the word stands: the best of them, and a little for each other one. */
const worthOfFields = Float32Array.from({ length: 1 << fields.length }, (_, where) => {
  const weights = fields.filter((_field, bit) => where & (1 << bit)).map(field => fieldWeights[field]);
  const best = Math.max(0, ...weights);
  return best + 0.1 * (weights.reduce((sum, weight) => sum + weight, 0) - best);
});

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
  readonly #touched: Int32Array;

  constructor(postings: Postings, size: number) {
    this.#postings = postings;
    this.#answered = new Uint8Array(size);
    this.#certain = new Uint8Array(size);
    this.#score = new Float32Array(size);
    this.#worth = new Float32Array(size);
    this.#sure = new Uint8Array(size);
    this.#touched = new Int32Array(size);
  }

  /**
   * All entries that answer every word, in no order. One that needs a typo forgiven is left out when it does worse than
   * the best that needs none: who types `pain` correctly does not want `main`.
   */
  find(words: readonly QueryWord[], accepts: (entry: number) => boolean): Candidate[] {
    const found = this.#find(words, accepts, undefined);
    // A word of four letters that lost one has three, where a typo is forgiven only if there is nothing else.
    return found.length > 0 ? found : this.#find(words, accepts, 3);
  }

  #find(words: readonly QueryWord[], accepts: (entry: number) => boolean, shortestTypo: number | undefined): Candidate[] {
    this.#answered.fill(0);
    this.#certain.fill(0);
    this.#score.fill(0);
    let touched = 0;
    words.forEach((word, index) => {
      touched = this.#lookUp(word, index, shortestTypo);
    });
    const found: number[] = [];
    let bar = 0;
    for (let i = 0; i < touched; i++) {
      const entry = this.#touched[i]!;
      if (accepts(entry)) {
        found.push(entry);
        if (this.#certain[entry] === words.length) {
          bar = Math.max(bar, this.#score[entry]!);
        }
      }
    }
    return found
      .filter(entry => this.#certain[entry] === words.length || this.#score[entry]! >= bar)
      .map(entry => ({ entry, score: this.#score[entry]! }));
  }

  /** Adds one word's worth to the entries that answered those before it; returns how many are left in `#touched`. */
  #lookUp({ text, also }: QueryWord, index: number, shortestTypo: number | undefined): number {
    const { lexicon, start } = this.#postings;
    let touched = 0;
    let frequency = 0;
    let forgivenFrequency = 0;
    const found = (word: number, closeness: number, forgiven: boolean): void => {
      const count = start[word + 1]! - start[word]!;
      frequency += forgiven ? 0 : count;
      forgivenFrequency += forgiven ? count : 0;
      touched = this.#post(word, closeness, !forgiven, index, touched);
    };
    lexicon.find(text, editsIn(text, shortestTypo), found);
    also.forEach(word => lexicon.find(word, 0, found));
    const rarity = Math.log(1 + this.#touched.length / Math.max(1, frequency || forgivenFrequency));
    for (let i = 0; i < touched; i++) {
      const entry = this.#touched[i]!;
      this.#score[entry]! += this.#worth[entry]! * rarity;
      this.#worth[entry] = 0;
      this.#certain[entry]! += this.#sure[entry]!;
      this.#sure[entry] = 0;
      this.#answered[entry]!++;
    }
    return touched;
  }

  #post(word: number, closeness: number, sure: boolean, index: number, touched: number): number {
    const { start, entry: entries, where } = this.#postings;
    for (let i = start[word]!, end = start[word + 1]!; i < end; i++) {
      const entry = entries[i]!;
      if (this.#answered[entry] === index) {
        const worth = closeness * worthOfFields[where[i]!]!;
        const before = this.#worth[entry]!;
        if (before === 0) {
          this.#touched[touched++] = entry;
        }
        if (worth > before) {
          this.#worth[entry] = worth;
        }
        if (sure) {
          this.#sure[entry] = 1;
        }
      }
    }
    return touched;
  }
}
