import { Buckets } from './buckets.ts';
import type { SearchEntry } from './entry.ts';
import { fold } from './fold.ts';

const keysAtOnce = 500;

/** The order of entries when all else is equal, and their citekeys, folded, for looking up. */
export class Keys {
  readonly #folded: readonly string[];
  /** Numbers of the entries, by folded key. */
  readonly #byKey: Int32Array;
  /** The place of each entry when they stand newest first, then by key. */
  readonly place: Int32Array;

  private constructor(folded: readonly string[], byKey: Int32Array, place: Int32Array) {
    this.#folded = folded;
    this.#byKey = byKey;
    this.place = place;
  }

  /** Sorts, in steps of a few milliseconds. */
  static *sorted(entries: readonly SearchEntry[]): Generator<undefined, Keys> {
    const folded: string[] = [];
    const groups = new Buckets<number>();
    for (const { key } of entries) {
      const text = fold(key);
      groups.add(text.slice(0, 3), folded.length);
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
        years.add(entries[entry]!.year, entry);
      }
    }
    const place = new Int32Array(entries.length);
    next = 0;
    for (const ofYear of years.inOrder().reverse()) {
      ofYear.forEach(entry => (place[entry] = next++));
      yield;
    }
    return new Keys(folded, byKey, place);
  }

  /** Numbers of the entries whose keys begin with `start`, by key. */
  beginningWith(start: string): Int32Array {
    return this.#byKey.subarray(this.#firstFrom(start), this.#firstFrom(`${start}\uffff`));
  }

  /** The key of an entry, folded. */
  keyOf(entry: number): string {
    return this.#folded[entry]!;
  }

  /** The first place by key that does not come before `bound`. */
  #firstFrom(bound: string): number {
    let [low, high] = [0, this.#byKey.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#folded[this.#byKey[middle]!]! < bound) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
