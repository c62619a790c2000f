import { finished } from '../steps.ts';
import { keySigns, NearestKeys, type KeyList, type KeySigns, type NearKey } from './nearestKeys.ts';

/** All keys of a library, to find those like one that is not among them. */
export class KeyIndex {
  readonly #nearest: NearestKeys;
  readonly #base: KeyIndex | undefined;
  /** Asked for by each citation that has the key. */
  readonly #sameButCase = new Map<string, readonly string[]>();

  /**
   * @param signs what {@link keySigns} made of the same keys.
   * @param base holds more keys, which are looked up too.
   */
  constructor(keys: KeyList, signs: KeySigns, base?: KeyIndex) {
    this.#nearest = new NearestKeys(keys, signs, base && base.#nearest);
    this.#base = base;
  }

  /** In one stretch: for hundreds of keys. */
  static of(keys: readonly string[], base?: KeyIndex): KeyIndex {
    const list = { length: keys.length, keyAt: (index: number) => keys[index]! };
    return keys.length === 0 && base ? base : new KeyIndex(list, finished(keySigns(list)), base);
  }

  /** At most three keys that may have been meant, nearest first. */
  nearest(key: string): readonly NearKey[] {
    return this.#nearest.of(key);
  }

  /** The keys that differ from this one by upper and lower case only. */
  sameButCase(key: string): readonly string[] {
    const known = this.#sameButCase.get(key);
    if (known) {
      return known;
    }
    const found = [...new Set([...this.#nearest.sameButCase(key), ...(this.#base?.sameButCase(key) ?? [])])];
    this.#sameButCase.set(key, found);
    return found;
  }
}
