// A set of positions in the word is kept in the bits of one integer.
const longest = 30;

// A misspelt beginning of fewer letters begins too many words.
const shortestGuess = 5;

// What the beginning of a word is worth beside the whole word.
const beginning = 0.5;

/** Edits forgiven in a word: one from `shortest` letters on, two from `long`; none in numbers. */
export function editsIn(word: string, shortest = 4, long = 8): number {
  return /^\p{N}/u.test(word) || word.length < shortest ? 0 : word.length < long ? 1 : 2;
}

/**
 * Reads other words letter by letter and tells how many edits (a letter left out, added, replaced, or two neighbours
 * swapped) separate what was read from one word. Depth is the number of letters read; one may go back to any depth,
 * which is what makes the walk through a trie cheap.
 *
 * `#states[depth * 3 + e]` has bit `i` set where the first `i` letters of the word match with at most `e` edits
 * (Wu and Manber's automaton, anchored, with swaps).
 */
export class Typos {
  readonly word: string;
  readonly edits: number;
  readonly #masks = new Int32Array(128);
  readonly #others = new Map<number, number>();
  readonly #states: Int32Array;
  readonly #letters: Uint16Array;
  readonly #end: number;
  readonly #all: number;

  constructor(word: string, edits: number, deepest: number) {
    this.word = word.slice(0, longest);
    this.edits = edits;
    this.#end = 1 << this.word.length;
    this.#all = this.#end * 2 - 1;
    this.#states = new Int32Array((deepest + 1) * 3);
    this.#letters = new Uint16Array(deepest + 1);
    for (let e = 0; e <= edits; e++) {
      this.#states[e] = ((2 << e) - 1) & this.#all;
    }
    for (let i = 0; i < this.word.length; i++) {
      const letter = this.word.charCodeAt(i);
      if (letter < 128) {
        this.#masks[letter]! |= 1 << i;
      } else {
        this.#others.set(letter, (this.#others.get(letter) ?? 0) | (1 << i));
      }
    }
  }

  /** Reads the letter that leads to `depth`; false when nothing that begins so can match any more. */
  read(letter: number, depth: number): boolean {
    const states = this.#states;
    const mask = this.#mask(letter);
    const at = depth * 3;
    this.#letters[depth] = letter;
    let fewer = ((states[at - 3]! & mask) << 1) & this.#all;
    states[at] = fewer;
    if (this.edits > 0) {
      // Positions from which the two letters read last fit the other way round.
      const swapped = depth > 1 ? mask & (this.#mask(this.#letters[depth - 1]!) >> 1) : 0;
      for (let e = 1; e <= this.edits; e++) {
        const before = states[at - 4 + e]!;
        const swap = swapped === 0 ? 0 : (states[at - 7 + e]! & swapped) << 2;
        fewer = ((states[at - 3 + e]! & mask) << 1) | before | ((before | fewer) << 1) | swap;
        fewer &= this.#all;
        states[at + e] = fewer;
      }
    }
    return fewer !== 0;
  }

  /** Edits between the word and the letters read so far, or -1 when there are too many. */
  editsAt(depth: number): number {
    for (let e = 0; e <= this.edits; e++) {
      if (this.#states[depth * 3 + e]! & this.#end) {
        return e;
      }
    }
    return -1;
  }

  /** The fewest edits with which the word begins what was read, given those so far (-1 when it does not). */
  begunAt(depth: number, sofar: number): number {
    const edits = this.editsAt(depth);
    const counts = edits === 0 || (edits > 0 && this.word.length >= shortestGuess);
    return counts && (sofar < 0 || edits < sofar) ? edits : sofar;
  }

  #mask(letter: number): number {
    return letter < 128 ? this.#masks[letter]! : (this.#others.get(letter) ?? 0);
  }
}

/** How well a word of an entry answers the word typed, from 0 (not at all) to 1 (the same). */
export function closeness(typos: Typos, word: string): number {
  let begun = -1;
  let depth = 0;
  while (depth < word.length && typos.read(word.charCodeAt(depth), depth + 1)) {
    depth++;
    begun = typos.begunAt(depth, begun);
  }
  const whole = depth === word.length ? typos.editsAt(depth) : -1;
  return worth(typos.word.length, whole, begun);
}

/** The worth of a match: the whole word with `whole` edits, or its beginning with `begun`; -1 is neither. */
export function worth(typed: number, whole: number, begun: number): number {
  return Math.max(whole < 0 ? 0 : sureness(typed, whole), begun < 0 ? 0 : beginning * sureness(typed, begun));
}

/** An edit costs less in a long word. */
function sureness(typed: number, edits: number): number {
  return edits === 0 ? 1 : 0.7 - edits / typed;
}
