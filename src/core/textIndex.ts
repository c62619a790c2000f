/**
 * Finds the number of a text among many. A map of 100,000 texts is made anew whenever it has outgrown its place, in one
 * stretch that can be felt, and can't be handed from one thread to another.
 */

/** Plain data, so that it can be sent. */
export interface TextIndexParts {
  /** One more than the number of the text whose hash leads there, or 0; as many as a power of two. */
  readonly slots: Int32Array;
  /** Makes the hash another in each index, so that no file can be written in which all texts have the same. */
  readonly seed: number;
  /** How many texts differ. */
  readonly distinct: number;
}

// Texts taken in between two pauses: a fraction of a millisecond.
const atOnce = 1000;

export class TextIndex {
  readonly parts: TextIndexParts;
  readonly #textAt: (index: number) => string;

  /** @param textAt answers the same as when the parts were made. */
  constructor(parts: TextIndexParts, textAt: (index: number) => string) {
    this.parts = parts;
    this.#textAt = textAt;
  }

  /** In steps. */
  static *of(count: number, textAt: (index: number) => string): Generator<undefined, TextIndex> {
    const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * count + 2)));
    const seed = Math.floor(Math.random() * 2 ** 31);
    let distinct = 0;
    for (let index = 0; index < count; index += 1) {
      const slot = slotOf(slots, seed, textAt(index), textAt);
      distinct += slots[slot] === 0 ? 1 : 0;
      slots[slot] = index + 1;
      if (index % atOnce === atOnce - 1) {
        yield;
      }
    }
    return new TextIndex({ slots, seed, distinct }, textAt);
  }

  /** The greatest number that this text has; -1 where there is no such text. */
  find(text: string): number {
    const { slots, seed } = this.parts;
    return slots[slotOf(slots, seed, text, this.#textAt)]! - 1;
  }
}

/** Where the text is, or is to be put. */
function slotOf(slots: Int32Array, seed: number, text: string, textAt: (index: number) => string): number {
  const mask = slots.length - 1;
  let slot = hashOf(text, seed) & mask;
  while (slots[slot] !== 0 && textAt(slots[slot]! - 1) !== text) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

/** Fowler, Noll and Vo's hash (FNV-1a) of the code units, and a last stirring, for its low bits alone are used. */
function hashOf(text: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
