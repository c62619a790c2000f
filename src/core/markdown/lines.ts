import { Char } from './chars.ts';

/**
 * The lines of a text, or of what is left of them inside a list item or a block quote. Five numbers a line, in columns of
 * their own, because a manuscript of a megabyte has twenty thousand lines.
 */
export class Lines {
  /** Where the source's line begins, and the next one. */
  readonly start: number[] = [];
  readonly next: number[] = [];
  /** Behind the indentation, and where the text ends; the same in a blank line. */
  readonly at: number[] = [];
  readonly end: number[] = [];
  /** Columns of white space in front of it, inside its container; tabs stand at every fourth column of the source's line. */
  readonly indent: number[] = [];
  /** The column of `at` in the source's line. */
  readonly column: number[] = [];

  get count(): number {
    return this.start.length;
  }

  /** Whether there is such a line. */
  has(index: number): boolean {
    return index < this.start.length;
  }

  isBlank(index: number): boolean {
    return this.at[index] === this.end[index];
  }

  add(start: number, next: number, at: number, end: number, indent: number, column: number): void {
    this.start.push(start);
    this.next.push(next);
    this.at.push(at);
    this.end.push(end);
    this.indent.push(indent);
    this.column.push(column);
  }

  /** Takes over a line of the container around, of which `strip` columns are the container's. */
  addStripped(from: Lines, index: number, strip: number): void {
    const indent = from.indent[index]!;
    this.add(
      from.start[index]!,
      from.next[index]!,
      from.at[index]!,
      from.end[index]!,
      indent >= strip ? indent - strip : indent,
      from.column[index]!,
    );
  }

  /** Takes over what of a line stands behind a mark that ends at `at`; `gap` columns of white space belong to the mark. */
  addBehind(from: Lines, index: number, text: string, at: number, gap: number): void {
    const column = from.column[index]! + at - from.at[index]!;
    const rest = behindSpace(text, at, from.end[index]!, column);
    const indent = Math.max(0, rest.column - column - gap);
    this.add(from.start[index]!, from.next[index]!, rest.at, from.end[index]!, indent, rest.column);
  }
}

/** The lines of a whole text from an offset on, taken one by one as they are asked for. */
export class SourceLines extends Lines {
  readonly #text: string;
  #from: number;
  /** The last line that was asked for. */
  furthest = -1;

  constructor(text: string, from: number) {
    super();
    this.#text = text;
    this.#from = from;
  }

  override has(index: number): boolean {
    if (index > this.furthest) {
      this.furthest = index;
    }
    while (this.start.length <= index && this.#from < this.#text.length) {
      this.#take();
    }
    return index < this.start.length;
  }

  /** The offset up to which the text was looked at. */
  get reach(): number {
    return this.furthest < this.count ? (this.next[this.furthest] ?? 0) : this.#text.length + 1;
  }

  /** Goes on at an offset at which a line begins, without the lines before; answers that line's index. */
  seek(offset: number, index: number): number {
    if (index >= this.count || this.start[this.count - 1]! < offset) {
      for (const column of [this.start, this.next, this.at, this.end, this.indent, this.column]) {
        column.length = index;
      }
      this.#from = offset;
      this.furthest = index - 1;
      return index;
    }
    let found = index;
    while (this.start[found]! < offset) {
      found += 1;
    }
    return found;
  }

  #take(): void {
    const text = this.#text;
    const start = this.#from;
    const newline = text.indexOf('\n', start);
    const next = newline < 0 ? text.length : newline + 1;
    let end = newline < 0 ? text.length : newline;
    while (end > start && text.charCodeAt(end - 1) === 13) {
      end -= 1;
    }
    const { at, column } = behindSpace(text, start, end, 0);
    this.add(start, next, at, end, column, column);
    this.#from = next;
  }
}

const tab = 9;
const tabStop = 4;

/** Behind the white space at an offset, and the column there. */
export function behindSpace(text: string, at: number, end: number, column: number): { at: number; column: number } {
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === Char.space || code === 13) {
      column += code === 13 ? 0 : 1;
    } else if (code === tab) {
      column += tabStop - (column % tabStop);
    } else {
      break;
    }
    at += 1;
  }
  return { at, column };
}
