import { fields, fieldWeights } from './entry.ts';
import { judged } from './judge.ts';
import type { LooseMatches } from './looseWords.ts';
import { judgedBits, LooseWords } from './looseWords.ts';
import type { Postings } from './postings.ts';

// The entries among which the best are sought, nearest to the rarest word first.
const mostWeighed = 4000;

/** Stands for a word that a field does not have. */
const absent = 255;

const allWeights = judged.reduce((sum, field) => sum + fieldWeights[field], 0);
const shares = Float64Array.from(fields, field => (judged.includes(field) ? fieldWeights[field] / allWeights : 0));

/** By how much a match weighs less in a field of more words; a key is one, though it holds a year too. */
const norms = Float64Array.from({ length: 256 }, (_, words) => 1 / Math.sqrt(Math.max(1, words)));

/**
 * Finds the entries in which every word of a query stands loosely, as Fuse takes it: anywhere inside another word, a third of
 * its letters wrong. Fuse reads all texts for that; here the postings of the loosely matching words are gone through,
 * the rarest word of the query first, and only what holds them all is weighed, by the same formula.
 */
export class Guesses {
  readonly #postings: Postings;
  readonly #loose: LooseWords;
  /** For each entry how many words of the query it answers. */
  readonly #answered: Uint8Array;
  readonly #queue: Int32Array;
  /** Where the errors of a candidate are kept. */
  readonly #slot: Int32Array;

  constructor(postings: Postings, size: number) {
    this.#postings = postings;
    this.#loose = new LooseWords(postings);
    this.#answered = new Uint8Array(size);
    this.#queue = new Int32Array(size);
    this.#slot = new Int32Array(size);
  }

  /** The best so many of the entries that are wanted, best first. */
  find(words: readonly string[], count: number, isWanted: (entry: number) => boolean): number[] {
    const matches = words.map(word => this.#loose.find(word)).sort((a, b) => a.frequency - b.frequency);
    const candidates = this.#holdingAll(matches);
    const badness = this.#weigh(candidates, matches, this.#errors(candidates, matches));
    const order = Array.from(candidates, (_, i) => i).sort((a, b) => badness[a]! - badness[b]! || candidates[a]! - candidates[b]!);
    const found: number[] = [];
    for (let i = 0; i < order.length && found.length < count; i++) {
      const entry = candidates[order[i]!]!;
      if (isWanted(entry)) {
        found.push(entry);
      }
    }
    return found;
  }

  #holdingAll(matches: readonly LooseMatches[]): Int32Array {
    const [answered, queue] = [this.#answered.fill(0), this.#queue];
    const { entry: entries, where, start } = this.#postings;
    let touched = 0;
    matches.forEach(({ words }, index) => {
      touched = index === 0 ? 0 : touched;
      for (const word of words) {
        for (let i = start[word]!; i < start[word + 1]!; i++) {
          const entry = entries[i]!;
          if (answered[entry] === index && where[i]! & judgedBits) {
            answered[entry] = index + 1;
            if (index === 0) {
              queue[touched++] = entry;
            }
          }
        }
      }
    });
    let kept = 0;
    for (let i = 0; i < touched && kept < mostWeighed; i++) {
      if (answered[queue[i]!] === matches.length) {
        this.#slot[queue[i]!] = kept;
        queue[kept++] = queue[i]!;
      }
    }
    return queue.subarray(0, kept);
  }

  /** For each candidate, word and field the fewest errors with which the word stands there. */
  #errors(candidates: Int32Array, matches: readonly LooseMatches[]): Uint8Array {
    const { entry: entries, where, start } = this.#postings;
    const slot = this.#slot;
    const found = new Uint8Array(candidates.length * matches.length * fields.length).fill(absent);
    matches.forEach(({ words, errors }, index) => {
      for (let w = 0; w < words.length; w++) {
        const word = words[w]!;
        for (let i = start[word]!; i < start[word + 1]!; i++) {
          const at = slot[entries[i]!]!;
          if (candidates[at] === entries[i]) {
            const first = (at * matches.length + index) * fields.length;
            for (let bits = where[i]! & judgedBits; bits !== 0; bits &= bits - 1) {
              const place = first + 31 - Math.clz32(bits & -bits);
              if (found[place]! > errors[w]!) {
                found[place] = errors[w]!;
              }
            }
          }
        }
      }
    });
    return found;
  }

  /** Fuse's score of each, as a logarithm: the less, the better. */
  #weigh(candidates: Int32Array, matches: readonly LooseMatches[], errors: Uint8Array): Float64Array {
    const { lengths } = this.#postings;
    const all = matches.reduce((sum, { rarity }) => sum + rarity, 0);
    return Float64Array.from(candidates, (entry, at) => {
      let score = 0;
      for (let field = 0; field < fields.length; field++) {
        let rest = 1;
        for (let index = 0; index < matches.length; index++) {
          const count = errors[(at * matches.length + index) * fields.length + field]!;
          const { rarity, closeness } = matches[index]!;
          rest -= count === absent ? 0 : (rarity / all) * closeness[count]!;
        }
        if (rest < 1) {
          const length = field === 0 ? 1 : lengths[entry * fields.length + field]!;
          score += shares[field]! * norms[length]! * Math.log(Math.max(0.001, rest));
        }
      }
      return score;
    });
  }
}
