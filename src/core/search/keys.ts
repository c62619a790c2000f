import { PackedTexts, TextPacker, type PackedParts } from '../packedTexts.ts';
import { fold } from './fold.ts';
import { Buckets } from './lexicon.ts';
import type { SearchEntries } from './sources.ts';

const keysAtOnce = 500;

/** Plain data, so that it can be sent from one thread to another. */
export interface KeysParts {
  readonly folded: PackedParts;
  /** Numbers of the entries, by folded key. */
  readonly byKey: Int32Array;
  readonly place: Int32Array;
}

/** The order of entries when all else is equal, and their citekeys, folded, for looking up. */
export class Keys {
  readonly #folded: PackedTexts;
  readonly #byKey: Int32Array;
  /** The place of each entry when they stand newest first, then by key. */
  readonly place: Int32Array;

  constructor({ folded, byKey, place }: KeysParts) {
    this.#folded = new PackedTexts(folded);
    this.#byKey = byKey;
    this.place = place;
  }

  /** Sorts, in steps of a few milliseconds. */
  static *sorted(entries: SearchEntries): Generator<undefined, KeysParts> {
    const folded: string[] = [];
    const packer = new TextPacker();
    const groups = new Buckets<number>();
    for (let entry = 0; entry < entries.length; entry += 1) {
      const text = fold(entries.keyAt(entry));
      packer.add(text);
      groups.add(text.slice(0, 3), entry);
      if (folded.push(text) % keysAtOnce === 0) {
        yield;
      }
    }
    const byKey = new Int32Array(entries.length);
    const years = new Buckets<number>();
    let next = 0;
    for (const group of groups.inOrder()) {
      yield;
      for (const entry of group.sort((a, b) => (folded[a]! < folded[b]! ? -1 : folded[a]! > folded[b]! ? 1 : a - b))) {
        byKey[next++] = entry;
        years.add(entries.yearAt(entry), entry);
      }
    }
    const place = new Int32Array(entries.length);
    next = 0;
    for (const ofYear of years.inOrder().reverse()) {
      ofYear.forEach(entry => (place[entry] = next++));
      yield;
    }
    return { folded: yield* packer.finish(), byKey, place };
  }

  /** Numbers of the entries whose keys begin with `start`, by key. */
  beginningWith(start: string): Int32Array {
    return this.#byKey.subarray(this.#firstFrom(start), this.#firstFrom(`${start}\uffff`));
  }

  /** The key of an entry, folded. */
  keyOf(entry: number): string {
    return this.#folded.at(entry);
  }

  /** The first place by key that does not come before `bound`. */
  #firstFrom(bound: string): number {
    let [low, high] = [0, this.#byKey.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#folded.at(this.#byKey[middle]!) < bound) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
