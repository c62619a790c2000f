import { Candidates } from './candidates.ts';
import type { SearchEntry } from './entry.ts';
import { fold } from './fold.ts';
import { Judge } from './judge.ts';
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
const mostJudged = 60;

// Scores that differ by less are the same to a reader.
const step = Math.log(1.02);
