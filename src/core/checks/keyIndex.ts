import { finished } from '../steps.ts';
import { NearestKeys, type NearKey } from './nearestKeys.ts';

// Keys taken in between two pauses: about a millisecond.
const atOnce = 500;

/** All keys of a library, to find those like one that is not among them. */
export class KeyIndex {
  readonly #nearest: NearestKeys;
  readonly #byLowerCase: ReadonlyMap<string, readonly string[]>;
  readonly #base: KeyIndex | undefined;

  private constructor(nearest: NearestKeys, byLowerCase: ReadonlyMap<string, readonly string[]>, base?: KeyIndex) {
    this.#nearest = nearest;
    this.#byLowerCase = byLowerCase;
    this.#base = base;
  }

  /** In steps of about a millisecond: there may be 100,000 keys. `base` holds more keys, which are looked up too. */
  static *made(keys: readonly string[], base?: KeyIndex): Generator<undefined, KeyIndex> {
    const nearest = new NearestKeys(base && base.#nearest);
    const byLowerCase = new Map<string, string[]>();
    for (const [index, key] of keys.entries()) {
      nearest.add(key);
      const folded = key.toLowerCase();
      const group = byLowerCase.get(folded);
      if (group) {
        group.push(key);
      } else {
        byLowerCase.set(folded, [key]);
      }
      if (index % atOnce === atOnce - 1) {
        yield;
      }
    }
    return new KeyIndex(nearest, byLowerCase, base);
  }

  /** In one stretch: for hundreds of keys. */
  static of(keys: readonly string[], base?: KeyIndex): KeyIndex {
    return keys.length === 0 && base ? base : finished(KeyIndex.made(keys, base));
  }

  /** At most three keys that may have been meant, nearest first. */
  nearest(key: string): readonly NearKey[] {
    return this.#nearest.of(key);
  }

  /** The keys that differ from this one by upper and lower case only. */
  sameButCase(key: string): readonly string[] {
    const own = this.#byLowerCase.get(key.toLowerCase()) ?? [];
    return this.#base ? [...new Set([...own, ...this.#base.sameButCase(key)])] : own;
  }
}
