/**
 * Many short texts in a few long ones. 100,000 entries of nine texts each as objects would be a million things that the
 * collector of garbage goes through, in stretches that can be felt, and that can't be handed from one thread to another.
 */

/** So many texts, `1 << bits`, are in a block, the last one excepted. */
const bits = 10;
const perBlock = 1 << bits;
const mask = perBlock - 1;

/** Plain data, so that it can be sent and stored. */
export interface TextBlock {
  /** The texts, one directly behind the other. */
  readonly text: string;
  /** Where each of them ends, in UTF-16 code units. */
  readonly ends: Uint32Array;
}

export class PackedTexts {
  readonly length: number;
  readonly blocks: readonly TextBlock[];

  /** Takes what the `blocks` of another were, or what was checked by {@link isPacked}. */
  constructor(blocks: readonly TextBlock[]) {
    this.blocks = blocks;
    const last = blocks.at(-1);
    this.length = last ? (blocks.length - 1) * perBlock + last.ends.length : 0;
  }

  at(index: number): string {
    const { text, ends } = this.blocks[index >> bits]!;
    const place = index & mask;
    return text.slice(place === 0 ? 0 : ends[place - 1], ends[place]);
  }
}

export class TextPacker {
  readonly #blocks: TextBlock[] = [];
  #texts: string[] = [];

  add(text: string): void {
    if (this.#texts.push(text) === perBlock) {
      this.#close();
    }
  }

  /** To be called once. */
  finish(): PackedTexts {
    if (this.#texts.length > 0) {
      this.#close();
    }
    return new PackedTexts(this.#blocks);
  }

  #close(): void {
    let end = 0;
    const ends = Uint32Array.from(this.#texts, text => (end += text.length));
    this.#blocks.push({ text: this.#texts.join(''), ends });
    this.#texts = [];
  }
}

/** Whether blocks that come from outside hold `count` texts. */
export function isPacked(blocks: readonly TextBlock[], count: number): boolean {
  const full = Math.ceil(count / perBlock);
  return (
    blocks.length === full &&
    blocks.every(({ text, ends }, index) => {
      const isWhole = ends.length === (index < full - 1 ? perBlock : count - (full - 1) * perBlock);
      return isWhole && ends.at(-1) === text.length && ends.every((end, at) => at === 0 || ends[at - 1]! <= end);
    })
  );
}
