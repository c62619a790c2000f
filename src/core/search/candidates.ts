import { fields, fieldWeights } from './entry.ts';
import type { Postings } from './postings.ts';
import type { QueryWord } from './queryWords.ts';
import { editsIn } from './typos.ts';

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

  /** How well the entry answered the words last looked for; comparable within that query. */
  scoreOf(entry: number): number {
    return this.#score[entry]!;
  }

  /**
   * The numbers of the entries that answer every word, in no order; to be read before the next call. One that needs a
   * typo forgiven is left out when it does worse than the best that needs none: who types `pain` does not want `main`.
   */
  find(words: readonly QueryWord[], accepts?: (entry: number) => boolean): Int32Array {
    const found = this.#find(words, accepts);
    // A word of four letters that lost one has three, where a typo is forgiven only if there is nothing else.
    return found.length > 0 ? found : this.#find(words, accepts, 3);
  }

  #find(words: readonly QueryWord[], accepts?: (entry: number) => boolean, shortestTypo?: number): Int32Array {
    this.#answered.fill(0);
    this.#certain.fill(0);
    this.#score.fill(0);
    let touched = 0;
    words.forEach((word, index) => {
      touched = this.#lookUp(word, index, shortestTypo);
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

  /** Adds one word's worth to the entries that answered those before it; returns how many are left in `#touched`. */
  #lookUp({ text, also }: QueryWord, index: number, shortestTypo: number | undefined): number {
    const { lexicon, start } = this.#postings;
    let touched = 0;
    let closest = 0;
    let frequency = 0;
    const found = (first: number, end: number, closeness: number, forgiven: boolean): void => {
      const count = start[end]! - start[first]!;
      frequency = closeness > closest ? count : frequency + (closeness === closest ? count : 0);
      closest = Math.max(closest, closeness);
      touched = this.#post(start[first]!, start[end]!, closeness, !forgiven, index, touched);
    };
    lexicon.find(text, editsIn(text, shortestTypo), found);
    also.forEach(word => lexicon.find(word, 0, found));
    const rarity = Math.log(1 + this.#touched.length / Math.max(1, frequency));
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

  #post(from: number, to: number, closeness: number, isSure: boolean, index: number, touched: number): number {
    // This is where a search spends its time: the fields are read once, not at every posting.
    const { entry: entries, where } = this.#postings;
    const [answered, worths, sure, queue] = [this.#answered, this.#worth, this.#sure, this.#touched];
    for (let i = from; i < to; i++) {
      const entry = entries[i]!;
      if (answered[entry] === index) {
        const worth = closeness * worthOfFields[where[i]!]!;
        const before = worths[entry]!;
        if (before === 0) {
          queue[touched++] = entry;
        }
        if (worth > before) {
          worths[entry] = worth;
        }
        if (isSure) {
          sure[entry] = 1;
        }
      }
    }
    return touched;
  }
}
