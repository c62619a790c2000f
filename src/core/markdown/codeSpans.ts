import { Char } from './chars.ts';
import type { Lines } from './lines.ts';

/** The runs of backticks from a line to the next blank one: where each stands, and the index of the next one as long. */
interface Runs {
  readonly lines: Lines;
  readonly from: number;
  /** Where the blank line begins, or the text ends. */
  readonly to: number;
  readonly starts: readonly number[];
  readonly next: readonly (number | undefined)[];
}

/**
 * Code in the line that goes over several lines of a paragraph: no line begins anything in it, not even one that looks like
 * a fence. What was found up to a blank line is kept, so that a text without one is not searched at every fence.
 */
export class CodeSpans {
  readonly #text: string;
  #runs: Runs | undefined;
  /** Up to where the text was looked at for the last answer. */
  searched = 0;
  /** The paragraph and the line that were asked about last, and the first run of which it isn't known yet where it ends. */
  #from = -1;
  #at = 0;
  #index = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether the line at `index` begins in code that began in the paragraph, whose first line is `first`. */
  covers(lines: Lines, first: number, index: number): boolean {
    const [from, at] = [lines.at[first]!, lines.start[index]!];
    this.searched = 0;
    if (from !== this.#from || at < this.#at || lines !== this.#runs?.lines) {
      if (!this.#text.slice(from, at).includes('`')) {
        return false;
      }
      this.#from = from;
      this.#index = firstFrom(this.#upToBlank(lines, first).starts, from);
    }
    this.#at = at;
    const { starts, next, to } = this.#upToBlank(lines, first);
    this.searched = to + 1;
    while (this.#index < starts.length && starts[this.#index]! < at) {
      const close = this.#isEscaped(starts[this.#index]!) ? undefined : next[this.#index];
      if (close !== undefined && starts[close]! >= at) {
        return true;
      }
      this.#index = (close ?? this.#index) + 1;
    }
    return false;
  }

  #isEscaped(at: number): boolean {
    let from = at;
    while (this.#text.charCodeAt(from - 1) === Char.backslash) {
      from -= 1;
    }
    return (at - from) % 2 === 1;
  }

  #upToBlank(lines: Lines, first: number): Runs {
    const from = lines.at[first]!;
    const kept = this.#runs;
    if (kept?.lines === lines && kept.from <= from && from < kept.to) {
      return kept;
    }
    const starts: number[] = [];
    const lengths: number[] = [];
    let index = first;
    for (; lines.has(index) && !lines.isBlank(index); index += 1) {
      for (let at = this.#nextRun(lines.at[index]!, lines.end[index]!); at >= 0; ) {
        const end = this.#runEnd(at);
        starts.push(at);
        lengths.push(end - at);
        at = this.#nextRun(end, lines.end[index]!);
      }
    }
    this.#runs = { lines, from, to: lines.next[index - 1]!, starts, next: nextAlike(lengths) };
    return this.#runs;
  }

  #nextRun(from: number, end: number): number {
    for (let at = from; at < end; at += 1) {
      if (this.#text.charCodeAt(at) === Char.backtick) {
        return at;
      }
    }
    return -1;
  }

  #runEnd(at: number): number {
    let end = at;
    while (this.#text.charCodeAt(end) === Char.backtick) {
      end += 1;
    }
    return end;
  }
}

function nextAlike(lengths: readonly number[]): (number | undefined)[] {
  const next = new Array<number | undefined>(lengths.length);
  const last = new Map<number, number>();
  for (let i = lengths.length - 1; i >= 0; i -= 1) {
    next[i] = last.get(lengths[i]!);
    last.set(lengths[i]!, i);
  }
  return next;
}

/** The index of the first of ascending numbers that is not below the value. */
function firstFrom(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
