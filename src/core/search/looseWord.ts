// A set of positions in the word is kept in the bits of one integer.
const longest = 31;

/** The letters of a word as bits. A few share one, so that a bit that is missing means that a letter is missing. */
export function letterSet(word: string): number {
  let set = 0;
  for (let i = 0; i < word.length; i++) {
    const letter = word.charCodeAt(i);
    set |= 1 << (letter >= 97 && letter < 123 ? letter - 97 : 26 + (letter % 6));
  }
  return set;
}

/**
 * A word sought anywhere in other words, with at most so many errors: letters left out, added or replaced. As Fuse takes
 * words, only faster: which letters another word has tells of most that they need not be read.
 */
export class LooseWord {
  readonly text: string;
  readonly most: number;
  readonly #set: number;
  readonly #masks = new Int32Array(128);
  readonly #others = new Map<number, number>();

  constructor(word: string, most: number) {
    this.text = word.slice(0, longest);
    this.most = most;
    this.#set = letterSet(this.text);
    for (let i = 0; i < this.text.length; i++) {
      const letter = this.text.charCodeAt(i);
      if (letter < 128) {
        this.#masks[letter]! |= 1 << i;
      } else {
        this.#others.set(letter, (this.#others.get(letter) ?? 0) | (1 << i));
      }
    }
  }

  /** Whether it may be found where a blank is in it; a number seldom is. */
  get mayHaveBlank(): boolean {
    return this.most > 0 && /^\p{L}/u.test(this.text);
  }

  /** Whether a word with these letters lacks no more of those sought than may be wrong. */
  mayBeIn(letters: number): boolean {
    let missing = this.#set & ~letters;
    for (let errors = this.most; missing !== 0; errors--) {
      if (errors === 0) {
        return false;
      }
      missing &= missing - 1;
    }
    return true;
  }

  /** The fewest errors with which it stands somewhere in `letters[start, end)` (Myers' bit-vector algorithm). */
  errorsIn(letters: Uint16Array, start: number, end: number): number {
    const { length } = this.text;
    const last = 1 << (length - 1);
    let more = -1;
    let fewer = 0;
    let errors = length;
    let fewest = length;
    for (let i = start; i < end; i++) {
      const letter = letters[i]!;
      const same = letter < 128 ? this.#masks[letter]! : (this.#others.get(letter) ?? 0);
      const diagonal = (((same & more) + more) ^ more) | same | fewer;
      const up = fewer | ~(diagonal | more);
      const down = more & diagonal;
      errors += ((up & last) === 0 ? 0 : 1) - ((down & last) === 0 ? 0 : 1);
      fewest = errors < fewest ? errors : fewest;
      more = (down << 1) | ~(diagonal | (up << 1));
      fewer = (up << 1) & diagonal;
    }
    return fewest;
  }
}
