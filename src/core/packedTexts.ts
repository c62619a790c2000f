/**
 * Many short texts in few bytes. 100,000 entries of ten texts each as strings would be a million things that the collector of
 * garbage goes through, in stretches that can be felt; and bytes can be handed from one thread to another without a copy.
 */

/** So many texts, `1 << bits`, are in a block, the last one excepted. */
const bits = 10;
const perBlock = 1 << bits;
const mask = perBlock - 1;

/** Plain data, so that it can be sent and stored. */
export interface PackedParts {
  /** All texts in UTF-8, one directly behind the other. */
  readonly bytes: Uint8Array;
  /** Where each block begins in the bytes, and where the last one ends. */
  readonly starts: Uint32Array;
  /** Where each text ends within its block, in UTF-16 code units. */
  readonly ends: Uint32Array;
}

export class PackedTexts {
  readonly parts: PackedParts;
  readonly #blocks: string[] = [];

  constructor(parts: PackedParts) {
    this.parts = parts;
  }

  get length(): number {
    return this.parts.ends.length;
  }

  /** A block is decoded when the first of its texts is asked for, and stays so. */
  at(index: number): string {
    const { ends } = this.parts;
    const text = (this.#blocks[index >> bits] ??= this.#decoded(index >> bits));
    return text.slice((index & mask) === 0 ? 0 : ends[index - 1], ends[index]);
  }

  #decoded(block: number): string {
    const { bytes, starts } = this.parts;
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(starts[block], starts[block + 1]));
  }
}

export class TextPacker {
  readonly #encoder = new TextEncoder();
  readonly #blocks: Uint8Array[] = [];
  readonly #ends: number[] = [];
  #texts: string[] = [];
  #end = 0;

  add(text: string): void {
    this.#end += text.length;
    this.#ends.push(this.#end);
    if (this.#texts.push(text) === perBlock) {
      this.#close();
    }
  }

  /** To be called once; in steps of a fraction of a millisecond. */
  *finish(): Generator<undefined, PackedParts> {
    if (this.#texts.length > 0) {
      this.#close();
    }
    const bytes = new Uint8Array(this.#blocks.reduce((sum, block) => sum + block.length, 0));
    const starts = new Uint32Array(this.#blocks.length + 1);
    for (const [index, block] of this.#blocks.entries()) {
      bytes.set(block, starts[index]);
      starts[index + 1] = starts[index]! + block.length;
      yield;
    }
    return { bytes, starts, ends: Uint32Array.from(this.#ends) };
  }

  #close(): void {
    this.#blocks.push(this.#encoder.encode(this.#texts.join('')));
    this.#texts = [];
    this.#end = 0;
  }
}

/** Whether parts that come from outside hold `count` texts. What they say is not looked at. */
export function isPacked({ bytes, starts, ends }: PackedParts, count: number): boolean {
  const isAscending = starts.every((start, index) => index === 0 || starts[index - 1]! <= start);
  return ends.length === count && starts.length === Math.ceil(count / perBlock) + 1 && isAscending && starts.at(-1) === bytes.length;
}
