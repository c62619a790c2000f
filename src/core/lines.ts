/** Where a line begins and a character stands, both counted from 0, as editors do. */
export interface LinePosition {
  readonly line: number;
  readonly character: number;
}

/** The lines of a text that no editor holds. They end in `\n`, `\r\n` or `\r`, as VS Code reads files. */
export class Lines {
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#starts = [0, ...Array.from(text.matchAll(/\r\n?|\n/g), ({ 0: end, index }) => index + end.length)];
  }

  /** The position of an offset (UTF-16 code units) of the text. */
  positionAt(offset: number): LinePosition {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#starts[middle]! <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return { line: low, character: offset - this.#starts[low]! };
  }
}
