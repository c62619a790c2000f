import type { Block } from './reading.ts';

/** A map that grows beyond this takes too long at one go to make room. */
const mostInMap = 50_000;
/** Room for the blocks of the longest manuscript; what was kept before is found out again when it is asked for. */
const mostMaps = 16;

/** What was concluded from blocks, for as long as they are: a weak map for a million of them, whose growing is not felt. */
export class KeptByBlock<T extends {} | null> {
  #maps: readonly WeakMap<Block, T>[] = [new WeakMap()];
  #count = 0;

  get(block: Block): T | undefined {
    for (const map of this.#maps) {
      const found = map.get(block);
      if (found !== undefined) {
        return found;
      }
    }
    return undefined;
  }

  set(block: Block, value: T): void {
    if (this.#count >= mostInMap) {
      this.#maps = [new WeakMap<Block, T>(), ...this.#maps.slice(0, mostMaps - 1)];
      this.#count = 0;
    }
    this.#maps[0]!.set(block, value);
    this.#count += 1;
  }
}
