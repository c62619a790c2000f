/** A line without its break. Of one that is longer than asked for, the text is only the beginning. */
export interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Cuts chunks, which may end anywhere, into lines that end with `\n`, `\r\n` or `\r`. A byte order mark is none of the text. */
export class LineReader {
  readonly #longest: number;
  #parts: string[] = [];
  #kept = 0;
  #start = 0;
  #at = 0;
  #isAfterReturn = false;

  constructor(longest: number) {
    this.#longest = longest;
  }

  /** Calls back for every line that the piece completes. */
  take(piece: string, each: (line: Line) => void): void {
    let from = 0;
    if (this.#at === 0 && piece.startsWith('\ufeff')) {
      from = 1;
      this.#start = 1;
    }
    const breaks = /[\r\n]/g;
    breaks.lastIndex = from;
    for (let found = breaks.exec(piece); found; found = breaks.exec(piece)) {
      const isSecondHalf = found[0] === '\n' && this.#isAfterReturn && found.index === from && this.#kept === 0;
      this.#isAfterReturn = found[0] === '\r';
      if (!isSecondHalf) {
        this.#keep(piece, from, found.index);
        each(this.#line(this.#at + found.index));
      }
      from = found.index + 1;
      this.#start = this.#at + from;
    }
    if (from < piece.length) {
      this.#keep(piece, from, piece.length);
      this.#isAfterReturn = false;
    }
    this.#at += piece.length;
  }

  /** The last line, which has no break. */
  end(each: (line: Line) => void): void {
    if (this.#start < this.#at) {
      each(this.#line(this.#at));
      this.#start = this.#at;
    }
  }

  #keep(piece: string, from: number, to: number): void {
    const room = this.#longest - this.#kept;
    if (room > 0 && from < to) {
      const part = piece.slice(from, Math.min(to, from + room));
      this.#parts.push(part);
      this.#kept += part.length;
    }
  }

  #line(end: number): Line {
    const text = this.#parts.length === 1 ? this.#parts[0]! : this.#parts.join('');
    this.#parts = [];
    this.#kept = 0;
    return { text, start: this.#start, end };
  }
}
