import { Candidates } from './candidates.ts';
import type { SearchEntry } from './entry.ts';
import { fold } from './fold.ts';
import { Judge } from './judge.ts';
import { Keys, type KeysParts } from './keys.ts';
import { Lexicon } from './lexicon.ts';
import type { Match } from './matches.ts';
import { Matches } from './matches.ts';
import { PostingsBuilder, type Postings, type PostingsParts } from './postings.ts';
import type { QueryWord } from './queryWords.ts';
import { queryWords } from './queryWords.ts';
import type { SearchEntries } from './sources.ts';
import { kindOf, namesDesign, sizeOf, unknownStrength } from './strength.ts';
import { finished } from '../steps.ts';

export interface SearchOptions {
  /** At most so many hits; 50 if not given. */
  readonly limit?: number;
  /** Keys cited in the manuscript: they come first among equals. */
  readonly cited?: ReadonlySet<string>;
  /** Leaves out the entries whose numbers it refuses. */
  readonly accepts?: (entry: number) => boolean;
  /** Whether a short answer is filled up to ten with what answers less well; so it is if not given, where there is a limit. */
  readonly guesses?: boolean;
}

type Accepts = (entry: number) => boolean;
type Compare = (a: number, b: number) => number;

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

// Fuse reads this many of the entries that may be guesses, and more of them where nothing else was found.
const mostGuessed = 12;
const mostGuessedAlone = 24;

// More than the words of a query can score.
const mostWorth = 1e4;

const mostMade = 2000;

// So many are offered where there are guesses: what fits into a list without scrolling.
const fewest = 10;

// Of fewer words one is not most.
const fewestLacking = 3;

// More than any weight the index gives.
const keyBonus = 1e6;

// Scores that differ by less are the same to a reader.
const hair = Math.log(1.02);

/**
 * Searches entries by words in any order, begun, misspelt or without accents. An index finds the entries that have all
 * words and weighs them by the fields; where the words name authors or years, Fuse raises a weight by up to a half. Exact
 * citekeys come first of all, then those begun. Of equals the stronger kind of evidence comes first (see `strengthOf`), unless the
 * query names a design; then what is labelled by more of the words, then more participants, what is cited already, the newest.
 *
 * A short answer may be filled up, see `SearchOptions.guesses`: of the entries that answer any word the best go to Fuse, which is
 * less strict about letters, and those in which it finds all words follow (not after an exact citekey); then entries that have most of
 * the words, but not all.
 */
export class Search {
  readonly #entries: SearchEntries;
  /** Entries that were found of late: what is reckoned for one is kept by it. */
  readonly #made = new Map<number, SearchEntry>();
  readonly #keys: Keys;
  readonly #candidates: Candidates;
  readonly #strengths: Int32Array;
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
    this.#strengths = parts.strengths;
    this.#asKey = new Uint8Array(entries.length);
  }

  /** The entries that answer a query, best first; for an empty one all. Never throws. */
  search(query: string, { limit = 50, cited, accepts, guesses = limit < Infinity }: SearchOptions = {}): Hit[] {
    const words = queryWords(query);
    const matches = new Matches(words);
    const isCited = (entry: number): number => (cited?.has(this.#entries.keyAt(entry)) ? 1 : 0);
    const { place } = this.#keys;
    const byCited: Compare = (a, b) => isCited(b) - isCited(a) || place[a]! - place[b]!;
    if (words.length === 0) {
      const all = place.map((_, entry) => entry).filter(accepts ?? (() => true));
      return best(all, () => 0, limit, byCited).map(entry => this.#hit(entry, 0, matches));
    }
    const strengths = this.#strengths;
    const candidates = this.#candidates;
    const byKind: Compare = namesDesign(query) ? () => 0 : (a, b) => kindOf(strengths[a]!) - kindOf(strengths[b]!);
    const amongEquals: Compare = (a, b) =>
      byKind(a, b) || candidates.labelledBy(b) - candidates.labelledBy(a) || sizeOf(strengths[b]!) - sizeOf(strengths[a]!) || byCited(a, b);
    this.#readAsKey(query);
    const found = this.#candidates.find(words, accepts);
    const list = best(found, entry => this.#weight(entry), Math.max(limit, mostJudged), amongEquals);
    const scores = this.#scores(list, words);
    const head = list.slice(0, mostJudged).sort((a, b) => scores.get(b)! - scores.get(a)! || amongEquals(a, b));
    const sure = [...head, ...list.slice(mostJudged)].map(entry => this.#hit(entry, scores.get(entry)!, matches));
    const further = guesses && found.length < fewest ? this.#further(words, new Set(found), accepts, amongEquals) : [];
    return [...sure, ...further.map(entry => this.#hit(entry, -Infinity, matches))].slice(0, limit);
  }

  /** The numbers of all entries that answer a query, in no order; for an empty one of all there are. */
  answering(query: string): Int32Array {
    const words = queryWords(query);
    return words.length === 0 ? this.#keys.place.map((_, entry) => entry) : this.#candidates.find(words).slice();
  }

  /** What a short answer is filled up with: entries in which Fuse finds all words, best first, then such as have most of them. */
  #further(words: readonly QueryWord[], found: ReadonlySet<number>, accepts: Accepts = () => true, amongEquals: Compare): number[] {
    const candidates = this.#candidates;
    const any = candidates.findAny(words);
    const weight = (entry: number): number => candidates.answeredBy(entry) + candidates.scoreOf(entry) / mostWorth;
    const nearest = best(any, weight, found.size === 0 ? mostGuessedAlone : mostGuessed, amongEquals, entry => !found.has(entry) && accepts(entry));
    const isExact = [...found].some(entry => this.#asKey[entry] === 3);
    const verdicts = isExact ? new Map<number, number>() : this.#verdicts(words, nearest);
    const guessed = nearest.filter(entry => verdicts.has(entry)).sort((a, b) => verdicts.get(b)! - verdicts.get(a)!);
    const hasMost = (entry: number): boolean => words.length >= fewestLacking && candidates.answeredBy(entry) > words.length / 2;
    const lacking = nearest.filter(entry => !verdicts.has(entry) && hasMost(entry));
    return [...guessed, ...lacking].slice(0, fewest - found.size);
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

  /**
   * The weights of the index; those of entries that are named by author, key or year are raised by Fuse. Works on one subject
   * stay equal: which of them comes first their evidence decides. Nearly equal weights count as equal.
   */
  #scores(entries: readonly number[], words: readonly QueryWord[]): Map<number, number> {
    const named = entries.slice(0, mostJudged).filter(entry => !this.#asKey[entry] && this.#candidates.isNamed(entry));
    const verdictOf = this.#verdicts(words, named);
    return new Map(entries.map(entry => {
      // In quarters, for Fuse tells apart papers of one author by how long their titles are.
      const verdict = Math.round(4 * (verdictOf.get(entry) ?? 0)) / 4;
      const weight = this.#weight(entry) * (1 + verdict / 2);
      return [entry, Math.round(Math.log(weight) / hair)];
    }));
  }

  /** How well the entries in which Fuse finds all words answer them, from 0 to 1. */
  #verdicts(words: readonly QueryWord[], entries: readonly number[]): ReadonlyMap<number, number> {
    // Numbers, and one or two letters, Fuse finds everywhere.
    if (!words.some(({ text }) => /\p{L}{3}/u.test(text))) {
      return new Map();
    }
    const verdicts = this.#judge.judge(words.map(({ text }) => text).join(' '), entries.map(entry => this.#entry(entry)));
    return new Map(entries.flatMap((entry, i) => (verdicts[i]! > 0 ? [[entry, verdicts[i]!]] : [])));
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
  readonly keys: KeysParts;
  /** Of each entry, see `strengthOf`. */
  readonly strengths: Int32Array;
}

/** Makes the index in steps of a few milliseconds, between which the caller may pause. */
export function* searchPartsOf(entries: SearchEntries): Generator<undefined, SearchParts> {
  const builder = new PostingsBuilder();
  const strengths = new Int32Array(entries.length);
  let read = 0;
  for (let number = 0; number < entries.length; number += 1) {
    const entry = entries.at(number);
    strengths[number] = entry.strength ?? unknownStrength;
    read += builder.add(entry);
    if (read > readAtOnce) {
      read = 0;
      yield;
    }
  }
  const postings = yield* builder.finish();
  return { postings: { ...postings, lexicon: postings.lexicon.parts }, keys: yield* Keys.sorted(entries), strengths };
}

/** 3 for the key itself, 2 for the name in it (`li` of `li2010`), 1 for a beginning (of `liu2024`). */
function closenessOfKey(key: string, typed: string): number {
  return key === typed ? 3 : /\p{L}/u.test(typed.slice(-1)) && !/^\p{L}/u.test(key.slice(typed.length)) ? 2 : 1;
}

/** The `count` weightiest that are accepted, in order. */
function best(
  found: Int32Array,
  weight: (entry: number) => number,
  count: number,
  amongEquals: Compare,
  accepts: Accepts = () => true,
): number[] {
  const weights = new Float64Array(found.length);
  const compare = (i: number, j: number): number => weights[j]! - weights[i]! || amongEquals(found[i]!, found[j]!);
  let kept: number[] = [];
  let bar = -Infinity;
  for (let i = 0; i < found.length; i++) {
    weights[i] = weight(found[i]!);
    if (weights[i]! >= bar && accepts(found[i]!)) {
      kept.push(i);
      if (kept.length >= 4 * count) {
        kept = kept.sort(compare).slice(0, count);
        bar = weights[kept.at(-1)!]!;
      }
    }
  }
  return kept.sort(compare).slice(0, count).map(i => found[i]!);
}
