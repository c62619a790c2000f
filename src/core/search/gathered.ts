const bits = 12;
const size = 1 << bits;
const mask = size - 1;

interface Piece {
  readonly word: Int32Array;
  readonly entry: Int32Array;
  readonly where: Uint16Array;
}

/**
 * Postings in the order in which they come: a word's number, an entry's, and the fields. In pieces, for one array that has
 * outgrown its place is copied in a stretch that could be felt.
 */
export class Gathered {
  readonly #pieces: Piece[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(word: number, entry: number, where: number): void {
    const at = this.#length & mask;
    if (at === 0) {
      this.#pieces.push({ word: new Int32Array(size), entry: new Int32Array(size), where: new Uint16Array(size) });
    }
    const piece = this.#pieces[this.#pieces.length - 1]!;
    piece.word[at] = word;
    piece.entry[at] = entry;
    piece.where[at] = where;
    this.#length += 1;
  }

  /** Adds fields to a posting. */
  addTo(posting: number, where: number): void {
    this.#pieces[posting >> bits]!.where[posting & mask]! |= where;
  }

  entryAt(posting: number): number {
    return this.#pieces[posting >> bits]!.entry[posting & mask]!;
  }

  /** Calls `each` for every posting, and yields between the pieces. */
  *forEach(each: (word: number, entry: number, where: number) => void): Generator<undefined, void> {
    for (const [number, { word, entry, where }] of this.#pieces.entries()) {
      const count = Math.min(size, this.#length - (number << bits));
      for (let at = 0; at < count; at += 1) {
        each(word[at]!, entry[at]!, where[at]!);
      }
      yield;
    }
  }
}
