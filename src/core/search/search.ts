import { Candidates } from './candidates.ts';
import type { SearchEntry } from './entry.ts';
import { fold } from './fold.ts';
import { Judge } from './judge.ts';
import { Keys } from './keys.ts';
import type { Match } from './matches.ts';
import { matchesIn } from './matches.ts';
import { PostingsBuilder } from './postings.ts';
import type { QueryWord } from './queryWords.ts';
import { queryWords } from './queryWords.ts';

export interface SearchOptions {
  /** At most so many hits; 50 if not given. */
  readonly limit?: number;
  /** Keys cited in the manuscript: they come first among equals. */
  readonly cited?: ReadonlySet<string>;
  /** Leaves out the entries whose keys it refuses. */
  readonly accepts?: (key: string) => boolean;
}

/** An entry found. Scores are comparable within one answer. */
export interface Hit {
  readonly key: string;
  readonly entry: SearchEntry;
  readonly score: number;
  /** What answered each word; found out when it is read. */
  readonly matched: readonly Match[];
}

// Entries read between two pauses of the making: about two milliseconds.
const entriesAtOnce = 64;

// Fuse takes some 20 µs an entry.
const mostJudged = 50;

// More than any weight the index gives.
const keyBonus = 1e6;

// Scores that differ by less are the same to a reader.
const step = Math.log(1.02);

/**
 * Searches entries by words in any order, begun, misspelt or without accents. An index finds the entries in which all
 * words stand and weighs them by the fields; Fuse judges the best of these and raises a weight by up to a half, which
 * decides among entries the index holds equal. First of all come exact citekeys, then those begun.
 */
export class Search {
  readonly #entries: readonly SearchEntry[];
  readonly #keys: Keys;
  readonly #candidates: Candidates;
  /** For the query at hand: 2 where it is the entry's key, 1 where it begins it. */
  readonly #asKey: Uint8Array;
  readonly #judge = new Judge();

  /** Makes the index in one stretch: for hundreds of entries. Keys are expected to differ. */
  constructor(entries: readonly SearchEntry[], parts: Parts = finish(partsOf(entries))) {
    this.#entries = entries;
    ({ keys: this.#keys, candidates: this.#candidates } = parts);
    this.#asKey = new Uint8Array(entries.length);
  }

  /** Makes the index in steps of a few milliseconds, between which the caller may pause: for thousands of entries. */
  static *build(entries: readonly SearchEntry[]): Generator<undefined, Search> {
    return new Search(entries, yield* partsOf(entries));
  }

  /** The entries that answer a query, best first; for an empty one all. Never throws. */
  search(query: string, { limit = 50, cited, accepts }: SearchOptions = {}): Hit[] {
    const words = queryWords(query);
    const accepted = accepts && ((entry: number): boolean => accepts(this.#entries[entry]!.key));
    const isCited = (entry: number): number => (cited?.has(this.#entries[entry]!.key) ? 1 : 0);
    const amongEquals = (a: number, b: number): number => isCited(b) - isCited(a) || this.#keys.place[a]! - this.#keys.place[b]!;
    if (words.length === 0) {
      const all = this.#keys.place.map((_, entry) => entry).filter(accepted ?? (() => true));
      return best(all, () => 0, limit, amongEquals).map(entry => this.#hit(entry, 0, words));
    }
    const found = this.#candidates.find(words, accepted);
    this.#readAsKey(query);
    const weight = (entry: number): number => this.#candidates.scoreOf(entry) + this.#asKey[entry]! * keyBonus;
    const short = best(found, weight, Math.max(limit, mostJudged), amongEquals);
    const scores = this.#judged(short, words);
    return short
      .sort((a, b) => scores.get(b)! - scores.get(a)! || amongEquals(a, b))
      .slice(0, limit)
      .map(entry => this.#hit(entry, scores.get(entry)!, words));
  }

  #readAsKey(query: string): void {
    const key = fold(query.trim().replace(/^@/, ''));
    this.#asKey.fill(0);
    if (!/\s/.test(key)) {
      this.#keys.beginningWith(key).forEach(entry => (this.#asKey[entry] = 1));
      this.#keys.equalTo(key).forEach(entry => (this.#asKey[entry] = 2));
    }
  }

  /** Final scores: those of the index, raised by Fuse for the first of the list; entries a hair apart get the same. */
  #judged(entries: readonly number[], words: readonly QueryWord[]): Map<number, number> {
    const canJudge = words.some(({ text }) => /\p{L}{3}/u.test(text));
    const judged = canJudge ? entries.slice(0, mostJudged) : [];
    const query = words.map(({ text }) => text).join(' ');
    // Numbers and one or two letters Fuse finds everywhere.
    const verdicts = this.#judge.judge(query, judged.map(entry => this.#entries[entry]!));
    return new Map(entries.map((entry, i) => {
      const score = this.#candidates.scoreOf(entry) * (1 + (verdicts[i] ?? 0) / 2);
      return [entry, this.#asKey[entry]! * keyBonus + Math.round(Math.log(score) / step)];
    }));
  }

  #hit(entry: number, score: number, words: readonly QueryWord[]): Hit {
    const found = this.#entries[entry]!;
    return {
      key: found.key,
      entry: found,
      score,
      get matched() {
        return matchesIn(found, words);
      },
    };
  }
}

interface Parts {
  readonly keys: Keys;
  readonly candidates: Candidates;
}

function* partsOf(entries: readonly SearchEntry[]): Generator<undefined, Parts> {
  const builder = new PostingsBuilder();
  for (const [i, entry] of entries.entries()) {
    builder.add(entry);
    if (i % entriesAtOnce === 0) {
      yield;
    }
  }
  const candidates = new Candidates(yield* builder.finish(), entries.length);
  return { candidates, keys: yield* Keys.sorted(entries) };
}

function finish<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) {
      return step.value;
    }
  }
}

/** The `count` weightiest, in order. */
function best(
  found: Int32Array,
  weight: (entry: number) => number,
  count: number,
  amongEquals: (a: number, b: number) => number,
): number[] {
  const weights = new Float64Array(found.length);
  const compare = (i: number, j: number): number => weights[j]! - weights[i]! || amongEquals(found[i]!, found[j]!);
  let kept: number[] = [];
  let bar = -Infinity;
  for (let i = 0; i < found.length; i++) {
    weights[i] = weight(found[i]!);
    if (weights[i]! >= bar) {
      kept.push(i);
      if (kept.length >= 4 * count) {
        kept = kept.sort(compare).slice(0, count);
        bar = weights[kept.at(-1)!]!;
      }
    }
  }
  return kept.sort(compare).slice(0, count).map(i => found[i]!);
}
