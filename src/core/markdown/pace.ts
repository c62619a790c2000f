/** Tells when a generator has worked for so long that it should let others work: after a few milliseconds. */
export class Pace {
  #work = 0;

  /** After a piece of work of so many code units. Each piece has some work of its own, however short it is. */
  isDue(length: number): boolean {
    this.#work += length + everyPiece;
    if (this.#work < aStep) {
      return false;
    }
    this.#work = 0;
    return true;
  }
}

const everyPiece = 64;
const aStep = 1 << 16;
