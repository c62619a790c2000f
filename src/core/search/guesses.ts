import type { SearchEntry } from './entry.ts';
import { fields } from './entry.ts';
import type { LooseMatches } from './looseWords.ts';
import { judgedBits, LooseWords } from './looseWords.ts';
import { absent, Nearness } from './nearness.ts';
import type { Postings } from './postings.ts';

const E = process.env;
// The entries weighed by their words, and those of them whose texts are read.
const mostWeighed = Number(E.W ?? 4000);
const mostRead = Number(E.R ?? 60);

// Of entries that seem to lack a word so many are read, which may have it over a blank.
const mostLackingRead = Number(E.L ?? 1000);

interface Candidate {
  readonly entry: number;
  readonly distance: number;
  readonly lacked: number | undefined;
}

/**
 * Finds the entries in which every word of a query stands loosely, as Fuse takes it: anywhere inside another word, a third of
 * its letters wrong. Fuse reads all texts for that; here the postings of the loosely matching words are gone through, what
 * holds them all is weighed by Fuse's formula, and only the texts of the best are read.
 */
export class Guesses {
  readonly #entries: readonly SearchEntry[];
  readonly #postings: Postings;
  readonly #loose: LooseWords;
  /** For each entry the words of the query it answers, one bit each. */
  readonly #answered: Int32Array;
  readonly #queue: Int32Array;
  /** Where the errors of a candidate are kept. */
  readonly #slot: Int32Array;

  constructor(entries: readonly SearchEntry[], postings: Postings) {
    this.#entries = entries;
    this.#postings = postings;
    this.#loose = new LooseWords(postings);
    this.#answered = new Int32Array(entries.length);
    this.#queue = new Int32Array(entries.length);
    this.#slot = new Int32Array(entries.length);
  }

  /** The best so many of the entries that are wanted, best first. */
  find(words: readonly string[], count: number, isWanted: (entry: number) => boolean): number[] {
    const matches = words.map(word => this.#loose.find(word)).sort((a, b) => a.frequency - b.frequency);
    const T: number[] = []; const mark = (): void => void T.push(performance.now());
    mark();
    const touched = this.#answer(matches);
    mark();
    const nearness = new Nearness(matches);
    const all = (1 << matches.length) - 1;
    const chosen = this.#chosen(touched, bits => bits === all);
    const fullCount = chosen.length;
    const lackable = matches.map(({ sought }, i) => (sought.most > 0 && /^\p{L}/u.test(sought.text) ? 1 << i : 0)).reduce((a, b) => a | b, 0);
    if (matches.length > 1) {
      chosen.push(...this.#chosen(touched, bits => { const lacks = all & ~bits; return lacks !== 0 && (lacks & (lacks - 1)) === 0 && (lacks & lackable) !== 0; }));
    }
    const errors = this.#errors(chosen, matches);
    mark();
    const size = matches.length * fields.length;
    const { lengths } = this.#postings;
    const weighed = chosen.map((entry, at) => {
      const lacked = at < fullCount ? undefined : 31 - Math.clz32(all & ~this.#answered[entry]!);
      return { entry, lacked, distance: nearness.of(errors, at * size, lengths, entry * fields.length, lacked) };
    }).filter(({ entry }) => isWanted(entry));
    mark();
    const found = this.#read(weighed.filter(({ lacked }) => lacked === undefined).sort(byDistance).slice(0, mostRead), nearness);
    const bar = found[count - 1]?.distance ?? Infinity;
    const lacking = weighed.filter(({ lacked, distance }) => lacked !== undefined && distance < bar).sort(byDistance);
    mark();
    (globalThis as any).STAT?.push({ touched, full: fullCount, chosen: chosen.length, lacking: lacking.length, freq: matches.map(m => m.frequency), words: matches.map(m => m.words.length) });
    found.push(...this.#read(lacking.slice(0, mostLackingRead), nearness));
    mark();
    (globalThis as any).TIMES?.push(T.slice(1).map((t, i) => t - T[i]!));
    return found.sort(byDistance).slice(0, count).map(({ entry }) => entry);
  }

  /** Notes which words each entry answers; returns how many entries in the queue answer any. */
  #answer(matches: readonly LooseMatches[]): number {
    const [answered, queue] = [this.#answered.fill(0), this.#queue];
    const { entry: entries, where, start } = this.#postings;
    let touched = 0;
    matches.forEach(({ words }, index) => {
      for (const word of words) {
        const end = start[word + 1]!;
        for (let i = start[word]!; i < end; i++) {
          if (where[i]! & judgedBits) {
            const entry = entries[i]!;
            if (answered[entry] === 0) {
              queue[touched++] = entry;
            }
            answered[entry]! |= 1 << index;
          }
        }
      }
    });
    return touched;
  }

  #chosen(touched: number, fits: (answered: number) => boolean): number[] {
    const chosen: number[] = [];
    for (let i = 0; i < touched && chosen.length < mostWeighed; i++) {
      if (fits(this.#answered[this.#queue[i]!]!)) {
        chosen.push(this.#queue[i]!);
      }
    }
    return chosen;
  }

  #read(candidates: readonly Candidate[], nearness: Nearness): Candidate[] {
    return candidates.flatMap(({ entry, lacked }) => {
      const distance = nearness.ofTexts(this.#entries[entry]!, lacked);
      return distance === undefined ? [] : [{ entry, lacked, distance }];
    }).sort(byDistance);
  }

  /** For each candidate, word and field the fewest errors with which the word stands there. */
  #errors(candidates: readonly number[], matches: readonly LooseMatches[]): Uint8Array {
    const { entry: entries, where, start } = this.#postings;
    const slot = this.#slot;
    candidates.forEach((entry, at) => (slot[entry] = at));
    const found = new Uint8Array(candidates.length * matches.length * fields.length).fill(absent);
    matches.forEach(({ words, errors }, index) => {
      for (let w = 0; w < words.length; w++) {
        const end = start[words[w]! + 1]!;
        for (let i = start[words[w]!]!; i < end; i++) {
          const at = slot[entries[i]!]!;
          if (candidates[at] === entries[i]) {
            const first = (at * matches.length + index) * fields.length;
            for (let bits = where[i]! & judgedBits; bits !== 0; bits &= bits - 1) {
              const place = first + 31 - Math.clz32(bits & -bits);
              found[place] = Math.min(found[place]!, errors[w]!);
            }
          }
        }
      }
    });
    return found;
  }
}

function byDistance(a: Candidate, b: Candidate): number {
  return a.distance - b.distance || a.entry - b.entry;
}
