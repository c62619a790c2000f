import type { SearchEntry } from './entry.ts';
import { fields } from './entry.ts';
import type { LooseMatches } from './looseWords.ts';
import { judgedBits, LooseWords } from './looseWords.ts';
import { absent, Nearness } from './nearness.ts';
import type { Postings } from './postings.ts';

const E = process.env;
// Bounds are counts, not times, so that the same query has the same answer on any machine.
const mostWeighed = Number(E.W ?? 4000);
const mostRead = Number(E.R ?? 60);
const mostLackingRead = Number(E.L ?? 1500);

/**
 * Finds the entries in which every word of a query stands loosely, as Fuse takes it: anywhere in a text, a third of its
 * letters wrong. Fuse reads all texts for that. Here the postings of the loosely matching words are gone through, what holds
 * them all is weighed by Fuse's formula, and only the texts of the best are read. So are those of the best that seem to lack
 * one word, for Fuse also finds it where a blank is in it (`cor tez` for `cortez`), which no index of words can tell.
 */
export class Guesses {
  readonly #entries: readonly SearchEntry[];
  readonly #postings: Postings;
  readonly #loose: LooseWords;
  /** For each entry the words of the query it answers, one bit each; `#queue` has those that answer any. */
  readonly #answered: Int32Array;
  readonly #queue: Int32Array;
  /** The place of an entry among the candidates. */
  readonly #place: Int32Array;

  constructor(entries: readonly SearchEntry[], postings: Postings) {
    this.#entries = entries;
    this.#postings = postings;
    this.#loose = new LooseWords(postings);
    this.#answered = new Int32Array(entries.length);
    this.#queue = new Int32Array(entries.length);
    this.#place = new Int32Array(entries.length);
  }

  /** The best so many of the entries that are wanted, best first. */
  find(words: readonly string[], count: number, isWanted: (entry: number) => boolean): number[] {
    const T: number[] = []; const mark = (): void => void T.push(performance.now());
    mark();
    const matches = words.map(word => this.#loose.find(word)).sort((a, b) => a.frequency - b.frequency);
    mark();
    const touched = this.#answer(matches);
    const all = (1 << matches.length) - 1;
    const lackable = matches.reduce((bits, { sought }, index) => bits | (sought.mayHaveBlank ? 1 << index : 0), 0);
    const full = this.#chosen(touched, mostWeighed, bits => bits === all);
    const lacking = this.#chosen(touched, mostWeighed - full.length, bits => isOneOf(all & ~bits, lackable) && bits !== 0);
    mark();
    const nearness = new Nearness(matches);
    const nearest = new Nearest(count);
    const read = (entry: number, lacked?: number): void => {
      const distance = nearness.ofTexts(this.#entries[entry]!, lacked);
      if (distance !== undefined) {
        nearest.offer(entry, distance);
      }
    };
    const candidates = [...full, ...lacking];
    const errors = this.#errors(candidates, matches);
    mark();
    const lackedBy = (entry: number): number | undefined => {
      const lacks = all & ~this.#answered[entry]!;
      return lacks === 0 ? undefined : 31 - Math.clz32(lacks);
    };
    const { lengths } = this.#postings;
    const size = matches.length * fields.length;
    const distances = Float64Array.from(candidates, (entry, at) =>
      nearness.of(errors, at * size, lengths, entry * fields.length, lackedBy(entry)),
    );
    mark();
    const distanceOf = (entry: number): number => distances[this.#place[entry]!]!;
    const inOrder = (a: number, b: number): number => distanceOf(a) - distanceOf(b) || a - b;
    full.filter(isWanted).sort(inOrder).slice(0, mostRead).forEach(entry => read(entry));
    mark();
    const hopeful = lacking.filter(entry => distanceOf(entry) < nearest.bar && isWanted(entry)).sort(inOrder);
    mark();
    let n = 0;
    for (const entry of hopeful.slice(0, mostLackingRead)) {
      if (distanceOf(entry) >= nearest.bar) {
        break;
      }
      n++;
      read(entry, lackedBy(entry));
    }
    mark();
    (globalThis as any).STAT?.push({ touched, full: full.length, chosen: candidates.length, lacking: hopeful.length, read: n, freq: matches.map(m => m.frequency), words: matches.map(m => m.words.length) });
    (globalThis as any).TIMES?.push(T.slice(1).map((t, i) => t - T[i]!));
    return nearest.entries;
  }

  /** Notes which words each entry answers; returns how many entries in the queue answer any. */
  #answer(matches: readonly LooseMatches[]): number {
    const [answered, queue] = [this.#answered.fill(0), this.#queue];
    const { entry: entries, where, start } = this.#postings;
    let touched = 0;
    for (const [index, { words }] of matches.entries()) {
      for (const word of words) {
        const end = start[word + 1]!;
        for (let i = start[word]!; i < end; i++) {
          if (where[i]! & judgedBits) {
            const entry = entries[i]!;
            const before = answered[entry]!;
            if (before === 0) {
              queue[touched++] = entry;
            }
            answered[entry] = before | (1 << index);
          }
        }
      }
    }
    return touched;
  }

  #chosen(touched: number, most: number, fits: (answered: number) => boolean): number[] {
    const chosen: number[] = [];
    for (let i = 0; i < touched && chosen.length < most; i++) {
      if (fits(this.#answered[this.#queue[i]!]!)) {
        chosen.push(this.#queue[i]!);
      }
    }
    return chosen;
  }

  /** For each candidate, word and field the fewest errors with which the word stands there. */
  #errors(candidates: readonly number[], matches: readonly LooseMatches[]): Uint8Array {
    const { entry: entries, where, start } = this.#postings;
    const places = this.#place.fill(-1);
    candidates.forEach((entry, place) => (places[entry] = place));
    const found = new Uint8Array(candidates.length * matches.length * fields.length).fill(absent);
    for (const [index, { words, errors }] of matches.entries()) {
      for (const [w, word] of words.entries()) {
        const end = start[word + 1]!;
        for (let i = start[word]!; i < end; i++) {
          const place = places[entries[i]!]!;
          if (place >= 0) {
            const first = (place * matches.length + index) * fields.length;
            for (let bits = where[i]! & judgedBits; bits !== 0; bits &= bits - 1) {
              const at = first + 31 - Math.clz32(bits & -bits);
              // Words come with ever more errors.
              if (found[at] === absent) {
                found[at] = errors[w]!;
              }
            }
          }
        }
      }
    }
    return found;
  }
}

function isOneOf(bit: number, bits: number): boolean {
  return (bit & (bit - 1)) === 0 && (bit & bits) !== 0;
}

/** The nearest so many of the entries offered. */
class Nearest {
  readonly #count: number;
  readonly #kept: { readonly entry: number; readonly distance: number }[] = [];

  constructor(count: number) {
    this.#count = count;
  }

  get entries(): number[] {
    return this.#kept.map(({ entry }) => entry);
  }

  /** The distance from which on an entry need not be offered. */
  get bar(): number {
    return this.#kept.length < this.#count ? Infinity : this.#kept.at(-1)!.distance;
  }

  offer(entry: number, distance: number): void {
    const nearer = (other: { readonly entry: number; readonly distance: number }): boolean =>
      other.distance < distance || (other.distance === distance && other.entry < entry);
    this.#kept.splice(this.#kept.filter(nearer).length, 0, { entry, distance });
    this.#kept.splice(this.#count);
  }
}
