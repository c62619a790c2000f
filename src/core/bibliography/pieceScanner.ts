import { faultOfCitedKey } from '../citekeys.ts';
import type { TextEdit } from '../insertion.ts';
import type { FileProblem, Scan, ScanContext, ScannedEntry, Scanner } from './scan.ts';

/** An entry that is longer than this is none (UTF-16 code units): it would be held in memory and read in one go. */
export const longestEntry = 1_000_000;

const mostProblems = 1000;

/** What all scanners do alike: they take a chunk in pieces, each of which is a millisecond or two of work. */
export abstract class PieceScanner implements Scanner {
  readonly #piece: number;
  readonly #entries: ScannedEntry[] = [];
  readonly #problems: FileProblem[] = [];

  constructor(piece: number) {
    this.#piece = piece;
  }

  *push(chunk: string): Generator<undefined, void> {
    for (let at = 0; at < chunk.length; at += this.#piece) {
      yield* this.take(chunk.slice(at, at + this.#piece)) ?? [];
      yield;
    }
  }

  *end(): Generator<undefined, Scan> {
    yield* this.finish() ?? [];
    return { entries: this.#entries, problems: this.#problems, context: this.context() };
  }

  /** Yields where one piece of text may be more than a millisecond or two of work: it ends what is read as a whole. */
  protected abstract take(piece: string): Iterable<undefined, void> | void;
  protected abstract finish(): Iterable<undefined, void> | void;

  protected context(): ScanContext {
    return {};
  }

  protected found(entry: ScannedEntry): void {
    const fault = faultOfCitedKey(entry.key);
    // Where the entry is damaged its key may be as well, and that is told.
    const isTold = (this.#problems.at(-1)?.end ?? -1) > entry.start;
    if (fault !== undefined && !isTold) {
      this.problem(entry.start, entry.end, fault, false);
    }
    this.#entries.push(entry);
  }

  /** Nobody reads a thousand problems of one file; a hostile one would fill the memory with them. */
  protected problem(start: number, end: number, message: string, isLoss: boolean, more?: Pick<FileProblem, 'stopsPandoc' | 'repair'>): void {
    if (this.#problems.length < mostProblems) {
      this.#problems.push({ start, end, message, isLoss, ...more });
    } else if (this.#problems.length === mostProblems) {
      this.#problems.push({ start, end, message: 'There is more that can’t be read from here on. Mend what is told above first.', isLoss: true });
    }
  }

  /** Something for which Pandoc refuses the whole file, though we read on. */
  protected refused(start: number, end: number, message: string, repair?: readonly TextEdit[]): void {
    this.problem(start, end, message, false, { stopsPandoc: true, ...(repair && { repair }) });
  }
}
