import { fold } from './fold.ts';

// A set of positions in the word is kept in the bits of one integer.
const longest = 31;

/**
 * The letters of a word as bits, without that of the sign, which would slow what reckons with them. A few letters share one:
 * a bit that is missing means that a letter is missing.
 */
export function letterSet(word: string): number {
  let set = 0;
  for (let i = 0; i < word.length; i++) {
    const letter = word.charCodeAt(i);
    set |= 1 << (letter >= 97 && letter < 123 ? letter - 97 : 26 + (letter % 5));
  }
  return set;
}

/**
 * A word sought anywhere in texts, with at most so many errors: letters left out, added or replaced. As Fuse seeks words,
 * only faster: which letters another word has tells of most that they need not be read.
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

  /** The places in `sets` of the words that lack no more of its letters than may be wrong. */
  placesIn(sets: Int32Array): Int32Array {
    const [sought, most] = [this.#set, this.most];
    const places = new Int32Array(sets.length);
    let count = 0;
    for (let place = 0; place < sets.length; place++) {
      let missing = sought & ~sets[place]!;
      for (let errors = most; errors > 0 && missing !== 0; errors--) {
        missing &= missing - 1;
      }
      places[count] = place;
      count += missing === 0 ? 1 : 0;
    }
    return places.subarray(0, count);
  }

  /**
   * The fewest errors with which it stands somewhere in `letters[start, end)`, or some number that is no more than `enough`
   * (Myers' bit-vector algorithm).
   */
  errorsIn(letters: Uint16Array, start: number, end: number, enough = 0): number {
    const { length } = this.text;
    const masks = this.#masks;
    const last = length - 1;
    let more = -1;
    let fewer = 0;
    let errors = length;
    let fewest = length;
    for (let i = start; i < end && fewest > enough; i++) {
      const letter = letters[i]!;
      const same = letter < 128 ? masks[letter]! : (this.#others.get(letter) ?? 0);
      const diagonal = (((same & more) + more) ^ more) | same | fewer;
      const up = fewer | ~(diagonal | more);
      const down = more & diagonal;
      errors += ((up >> last) & 1) - ((down >> last) & 1);
      fewest = errors < fewest ? errors : fewest;
      more = (down << 1) | ~(diagonal | (up << 1));
      fewer = (up << 1) & diagonal;
    }
    return fewest;
  }
}

/** A text, folded, where words can be sought in it; the same place for every text. */
class Reader {
  readonly letters = new Uint16Array(4096);

  /** Reads a text; returns how many letters it has, and blanks. */
  read(text: string): number {
    const { letters } = this;
    const length = Math.min(text.length, letters.length);
    for (let i = 0; i < length; i++) {
      const letter = text.charCodeAt(i);
      if (letter >= 128) {
        return this.#write(fold(text));
      }
      letters[i] = letter >= 65 && letter < 91 ? letter + 32 : letter;
    }
    return length;
  }

  #write(text: string): number {
    const length = Math.min(text.length, this.letters.length);
    for (let i = 0; i < length; i++) {
      this.letters[i] = text.charCodeAt(i);
    }
    return length;
  }
}

export const sharedReader = new Reader();
