import type { Span } from '../reading.ts';

/** How a text of YAML is written; `flow` is plain in a list or mapping in brackets. */
export type YamlStyle = 'plain' | 'flow' | "'" | '"' | 'block';

/** A text of YAML as it reads, without quotation marks, escapes and indentation, and where each of its characters stands. */
export class DecodedText {
  readonly style: YamlStyle;
  readonly #source: string;
  #value = '';
  /** Stretches one after the other: where each begins in the text and in the source, and where it ends in the source. */
  readonly #starts: number[] = [];
  readonly #from: number[] = [];
  readonly #to: number[] = [];

  constructor(source: string, style: YamlStyle) {
    this.#source = source;
    this.style = style;
  }

  get value(): string {
    return this.#value;
  }

  /** Where the first character stands in the source. */
  get start(): number {
    return this.#from[0] ?? 0;
  }

  /** After the last one. */
  get end(): number {
    return this.#to.at(-1) ?? 0;
  }

  /** Takes over a stretch of the source as it is. */
  copy(from: number, to: number): void {
    if (to > from) {
      this.put(this.#source.slice(from, to), from, to);
    }
  }

  /** Adds characters that stand for a stretch of the source. */
  put(text: string, from: number, to: number): void {
    if (text !== '') {
      this.#starts.push(this.#value.length);
      this.#from.push(from);
      this.#to.push(to);
      this.#value += text;
    }
  }

  /** Adds what stands for the break of a line, with the blank lines after it: a space, or a break for each blank line. */
  fold(from: number, to: number, blankLines: number): void {
    this.put(blankLines > 0 ? '\n'.repeat(blankLines) : ' ', from, to);
  }

  /** Leaves so many line breaks at the end. */
  trimBreaks(most: number): void {
    const length = this.#value.length - /\n*$/.exec(this.#value)![0].length + most;
    if (length >= this.#value.length) {
      return;
    }
    this.#value = this.#value.slice(0, length);
    while (this.#starts.length > 0 && this.#starts.at(-1)! >= length) {
      this.#starts.pop();
      this.#from.pop();
      this.#to.pop();
    }
  }

  /** The stretch of the source that a stretch of the text stands for. */
  sourceOf({ start, end }: Span): Span {
    const from = this.#offsetOf(start, false);
    return { start: from, end: end > start ? this.#offsetOf(end - 1, true) : from };
  }

  /** Where a character stands in the source, or where it ends. */
  #offsetOf(at: number, isEnd: boolean): number {
    const index = this.#indexOf(at);
    if (index < 0) {
      return this.end;
    }
    const [from, to] = [this.#from[index]!, this.#to[index]!];
    const length = (this.#starts[index + 1] ?? this.#value.length) - this.#starts[index]!;
    if (length !== to - from) {
      return isEnd ? to : from;
    }
    return Math.min(to, from + at - this.#starts[index]! + (isEnd ? 1 : 0));
  }

  /** The last stretch that begins at the offset or before it. */
  #indexOf(at: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }
}
