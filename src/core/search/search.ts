import { Candidates } from './candidates.ts';
import type { SearchEntry } from './entry.ts';
import { fold } from './fold.ts';
import { Guesses } from './guesses.ts';
import { Judge } from './judge.ts';
import { Keys, type KeysParts } from './keys.ts';
import { Lexicon } from './lexicon.ts';
import { LooseWords, type LooseWordsParts } from './looseWords.ts';
import type { Match } from './matches.ts';
import { Matches } from './matches.ts';
import { PostingsBuilder, type Postings, type PostingsParts } from './postings.ts';
import type { QueryWord } from './queryWords.ts';
import { queryWords } from './queryWords.ts';
import type { SearchEntries } from './sources.ts';
import { finished } from '../steps.ts';

export interface SearchOptions {
  /** At most so many hits; 50 if not given. */
  readonly limit?: number;
  /** Keys cited in the manuscript: they come first among equals. */
  readonly cited?: ReadonlySet<string>;
  /** Leaves out the entries whose numbers it refuses. */
  readonly accepts?: (entry: number) => boolean;
  /** Whether a short answer is filled up to ten with guesses; so it is if not given, where there is a limit. */
  readonly guesses?: boolean;
}

/** An entry found. Scores are comparable within one answer; a guess has less than any other, -Infinity. */
export interface Hit {
  readonly number: number;
  readonly key: string;
  readonly entry: SearchEntry;
  readonly score: number;
  /** What answered each word; found out when it is read. */
  readonly matched: readonly Match[];
}

// Code units read between two pauses of the making: about two milliseconds. Not so many entries: a study says much more than most.
const readAtOnce = 10_000;

// Fuse takes some 30 µs an entry, and no reader looks so far down.
const mostJudged = 40;

const mostMade = 2000;

// So many are offered where there are guesses: what fits into a list without scrolling.
const fewest = 10;

// More than any weight the index gives.
const keyBonus = 1e6;

// Scores that differ by less are the same to a reader.
const hair = Math.log(1.02);

/**
 * Searches entries by words in any order, begun, misspelt or without accents. An index finds the entries in which all
 * words stand and weighs them by the fields; Fuse judges the best of these and raises a weight by up to a half, which
 * decides among entries the index holds equal. Exact citekeys come first of all, then those begun. Of equals what is
 * cited already comes first, then the newest.
 *
 * Behind a short answer there may be guesses, which need more goodwill: see `Guesses`. There are none behind no answer, of
 * which the caller makes something, nor behind an exact citekey.
 */
export class Search {
  readonly #entries: SearchEntries;
  /** Entries that were found of late: what is reckoned for one is kept by it. */
  readonly #made = new Map<number, SearchEntry>();
  readonly #keys: Keys;
  readonly #candidates: Candidates;
  readonly #guesses: Guesses;
  /** For the query at hand how close it comes to each entry's key. */
  readonly #asKey: Uint8Array;
  readonly #judge = new Judge();

  /**
   * Keys are expected to differ.
   *
   * @param parts what {@link searchPartsOf} made of the same entries; without them they are made in one stretch, which does
   * for hundreds of entries.
   */
  constructor(entries: SearchEntries, parts: SearchParts = finished(searchPartsOf(entries))) {
    const postings: Postings = { ...parts.postings, lexicon: new Lexicon(parts.postings.lexicon) };
    this.#entries = entries;
    this.#keys = new Keys(parts.keys);
    this.#candidates = new Candidates(postings, entries.length);
    this.#guesses = new Guesses(entries, postings, new LooseWords(postings, parts.loose));
    this.#asKey = new Uint8Array(entries.length);
  }

  /** The entries that answer a query, best first; for an empty one all. Never throws. */
  search(query: string, { limit = 50, cited, accepts, guesses = limit < Infinity }: SearchOptions = {}): Hit[] {
    const words = queryWords(query);
    const matches = new Matches(words);
    const isCited = (entry: number): number => (cited?.has(this.#entries.keyAt(entry)) ? 1 : 0);
    const { place } = this.#keys;
    const amongEquals = (a: number, b: number): number => isCited(b) - isCited(a) || place[a]! - place[b]!;
    if (words.length === 0) {
      const all = place.map((_, entry) => entry).filter(accepts ?? (() => true));
      return best(all, () => 0, limit, amongEquals).map(entry => this.#hit(entry, 0, matches));
    }
    this.#readAsKey(query);
    const found = this.#candidates.find(words, accepts);
    const list = best(found, entry => this.#weight(entry), Math.max(limit, mostJudged), amongEquals);
    const scores = this.#scores(list, words);
    const head = list.slice(0, mostJudged).sort((a, b) => scores.get(b)! - scores.get(a)! || amongEquals(a, b));
    const sure = [...head, ...list.slice(mostJudged)].map(entry => this.#hit(entry, scores.get(entry)!, matches));
    const rest = guesses ? this.#guess(words, found, accepts) : [];
    return [...sure, ...rest.map(entry => this.#hit(entry, -Infinity, matches))].slice(0, limit);
  }

  /** The numbers of all entries that answer a query, in no order; for an empty one of all there are. */
  answering(query: string): Int32Array {
    const words = queryWords(query);
    return words.length === 0 ? this.#keys.place.map((_, entry) => entry) : this.#candidates.find(words).slice();
  }

  #guess(words: readonly QueryWord[], found: Int32Array, accepted: (entry: number) => boolean = () => true): number[] {
    if (found.length === 0 || found.length >= fewest || found.some(entry => this.#asKey[entry] === 3)) {
      return [];
    }
    const isNew = (entry: number): boolean => !found.includes(entry) && accepted(entry);
    return this.#guesses.find(words.map(({ text }) => text), fewest - found.length, isNew);
  }

  #readAsKey(query: string): void {
    const typed = fold(query.trim().replace(/^@/, ''));
    this.#asKey.fill(0);
    if (!/\s/.test(typed)) {
      for (const entry of this.#keys.beginningWith(typed)) {
        this.#asKey[entry] = closenessOfKey(this.#keys.keyOf(entry), typed);
      }
    }
  }

  /** That of the index; entries whose keys were begun are equal, for the letters say no more. */
  #weight(entry: number): number {
    return this.#asKey[entry]! * keyBonus || this.#candidates.scoreOf(entry);
  }

  /** The weights of the index, those of the first entries raised by Fuse; a hair apart is the same. */
  #scores(entries: readonly number[], words: readonly QueryWord[]): Map<number, number> {
    // Numbers, and one or two letters, Fuse finds everywhere.
    const canJudge = words.some(({ text }) => /\p{L}{3}/u.test(text));
    const judged = entries.slice(0, canJudge ? mostJudged : 0).map(entry => this.#entry(entry));
    const verdicts = this.#judge.judge(words.map(({ text }) => text).join(' '), judged);
    return new Map(entries.map((entry, i) => {
      const weight = this.#weight(entry) * (this.#asKey[entry] ? 1 : 1 + (verdicts[i] ?? 0) / 2);
      return [entry, Math.round(Math.log(weight) / hair)];
    }));
  }

  #entry(entry: number): SearchEntry {
    const made = this.#made.get(entry) ?? this.#entries.at(entry);
    if (this.#made.size >= mostMade) {
      this.#made.clear();
    }
    this.#made.set(entry, made);
    return made;
  }

  #hit(entry: number, score: number, matches: Matches): Hit {
    const found = this.#entry(entry);
    return {
      number: entry,
      key: found.key,
      entry: found,
      score,
      get matched() {
        return matches.in(found);
      },
    };
  }
}

/** Plain data, so that it can be sent from one thread to another. */
export interface SearchParts {
  readonly postings: PostingsParts;
  readonly loose: LooseWordsParts;
  readonly keys: KeysParts;
}

/** Makes the index in steps of a few milliseconds, between which the caller may pause. */
export function* searchPartsOf(entries: SearchEntries): Generator<undefined, SearchParts> {
  const builder = new PostingsBuilder();
  let read = 0;
  for (let entry = 0; entry < entries.length; entry += 1) {
    read += builder.add(entries.at(entry));
    if (read > readAtOnce) {
      read = 0;
      yield;
    }
  }
  const postings = yield* builder.finish();
  const loose = yield* LooseWords.partsOf(postings);
  return { postings: { ...postings, lexicon: postings.lexicon.parts }, loose, keys: yield* Keys.sorted(entries) };
}

/** 3 for the key itself, 2 for the name in it (`li` of `li2010`), 1 for a beginning (of `liu2024`). */
function closenessOfKey(key: string, typed: string): number {
  return key === typed ? 3 : /\p{L}/u.test(typed.slice(-1)) && !/^\p{L}/u.test(key.slice(typed.length)) ? 2 : 1;
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
