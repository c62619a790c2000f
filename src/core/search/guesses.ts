import { fields } from './entry.ts';
import type { LooseMatches, LooseWords } from './looseWords.ts';
import { judgedBits } from './looseWords.ts';
import { absent, Nearness } from './nearness.ts';
import type { Postings } from './postings.ts';
import type { SearchEntries } from './sources.ts';

// Bounds are counts, not times, so that the same query has the same answer on any machine.
const mostWeighed = 8000;
const mostRead = 60;
const mostLackingRead = 2000;

/**
 * Finds the entries in which every word of a query stands loosely, as Fuse takes it: anywhere in a text, a third of its
 * letters wrong. Fuse reads all texts for that. Here the postings of the loosely matching words are gone through, what holds
 * them all is weighed by Fuse's formula, and only the texts of the best are read. So are those of the best that seem to lack
 * one word, for Fuse also finds it where a blank is in it (`cor tez` for `cortez`), which no index of words can tell.
 */
export class Guesses {
  readonly #entries: SearchEntries;
  readonly #postings: Postings;
  readonly #loose: LooseWords;
  /** For each entry the words of the query it answers, one bit each; `#queue` has those that answer any. */
  readonly #answered: Int32Array;
  readonly #queue: Int32Array;
  /** The place of an entry among the candidates. */
  readonly #place: Int32Array;

  constructor(entries: SearchEntries, postings: Postings, loose: LooseWords) {
    this.#entries = entries;
    this.#postings = postings;
    this.#loose = loose;
    this.#answered = new Int32Array(entries.length);
    this.#queue = new Int32Array(entries.length);
    this.#place = new Int32Array(entries.length);
  }

  /** The best so many of the entries that are wanted, best first. */
  find(words: readonly string[], count: number, isWanted: (entry: number) => boolean): number[] {
    const matches = words.map(word => this.#loose.find(word)).sort((a, b) => a.frequency - b.frequency);
    const nearness = new Nearness(matches);
    const nearest = new Nearest(count);
    const { candidates, full } = this.#candidates(matches);
    const distances = this.#distances(candidates, full, matches, nearness);
    const hopeful = (from: number, to: number): number[] =>
      placesWithin(distances, from, to, nearest.bar)
        .filter(place => isWanted(candidates[place]!))
        .sort((a, b) => distances[a]! - distances[b]! || candidates[a]! - candidates[b]!);
    const read = (place: number): void => {
      const entry = candidates[place]!;
      const lacked = place < full ? undefined : this.#lackedBy(entry, matches);
      nearest.offer(entry, nearness.ofTexts(this.#entries.at(entry), entry, lacked));
    };
    hopeful(0, full).slice(0, mostRead).forEach(read);
    for (const place of hopeful(full, candidates.length).slice(0, mostLackingRead)) {
      if (distances[place]! < nearest.bar) {
        read(place);
      }
    }
    return nearest.entries;
  }

  /** Entries that answer all words, then those that answer all but one that may have a blank in it. */
  #candidates(matches: readonly LooseMatches[]): { readonly candidates: Int32Array; readonly full: number } {
    const touched = this.#answer(matches);
    const all = (1 << matches.length) - 1;
    const lackable = matches.reduce((bits, { sought }, index) => bits | (sought.mayHaveBlank ? 1 << index : 0), 0);
    const candidates = new Int32Array(Math.min(touched, mostWeighed));
    let count = 0;
    const take = (fits: (lacks: number) => boolean): number => {
      for (let i = 0; i < touched && count < candidates.length; i++) {
        const entry = this.#queue[i]!;
        if (fits(all & ~this.#answered[entry]!)) {
          candidates[count++] = entry;
        }
      }
      return count;
    };
    const full = take(lacks => lacks === 0);
    const taken = matches.length === 1 ? full : take(lacks => (lacks & (lacks - 1)) === 0 && (lacks & lackable) !== 0);
    return { candidates: candidates.subarray(0, taken), full };
  }

  #lackedBy(entry: number, matches: readonly LooseMatches[]): number {
    return 31 - Math.clz32(~this.#answered[entry]! & ((1 << matches.length) - 1));
  }

  #distances(candidates: Int32Array, full: number, matches: readonly LooseMatches[], nearness: Nearness): Float64Array {
    const errors = this.#errors(candidates, matches);
    const size = matches.length * fields.length;
    const { lengths } = this.#postings;
    const distances = new Float64Array(candidates.length);
    for (let place = 0; place < candidates.length; place++) {
      const entry = candidates[place]!;
      const lacked = place < full ? undefined : this.#lackedBy(entry, matches);
      distances[place] = nearness.of(errors, place * size, lengths, entry * fields.length, lacked);
    }
    return distances;
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

  /** For each candidate, word and field the fewest errors with which the word stands there. */
  #errors(candidates: Int32Array, matches: readonly LooseMatches[]): Uint8Array {
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
            note(found, (place * matches.length + index) * fields.length, where[i]! & judgedBits, errors[w]!);
          }
        }
      }
    }
    return found;
  }
}

/** Notes so many errors for the fields; words come with ever more errors, so what was noted before is less. */
function note(found: Uint8Array, first: number, where: number, errors: number): void {
  for (let bits = where; bits !== 0; bits &= bits - 1) {
    const at = first + 31 - Math.clz32(bits & -bits);
    if (found[at] === absent) {
      found[at] = errors;
    }
  }
}

function placesWithin(distances: Float64Array, from: number, to: number, bar: number): number[] {
  const places: number[] = [];
  for (let place = from; place < to; place++) {
    if (distances[place]! < bar) {
      places.push(place);
    }
  }
  return places;
}

interface Neighbour {
  readonly entry: number;
  readonly distance: number;
}

/** The nearest so many of the entries offered. */
class Nearest {
  readonly #count: number;
  readonly #kept: Neighbour[] = [];

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
    if (distance === Infinity) {
      return;
    }
    const isNearer = (other: Neighbour): boolean =>
      other.distance < distance || (other.distance === distance && other.entry < entry);
    this.#kept.splice(this.#kept.filter(isNearer).length, 0, { entry, distance });
    this.#kept.splice(this.#count);
  }
}
