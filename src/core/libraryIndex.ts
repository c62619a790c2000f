import { KeyIndex } from './checks/keyIndex.ts';
import { keySigns, type KeySigns } from './checks/nearestKeys.ts';
import { fold } from './search/fold.ts';
import { Keys } from './search/keys.ts';
import { Search, searchPartsOf, type SearchParts } from './search/search.ts';
import { Merged, sourceOf, type SourceParts } from './search/sources.ts';

/** What finds the works of a library: plain data, so that it can be made in one thread and used in another. */
export interface LibraryIndexParts {
  /** The works that count, see {@link Merged}. */
  readonly numbers: Int32Array;
  readonly signs: KeySigns;
  readonly search: SearchParts;
}

/** In steps of a few milliseconds, between which the caller may pause. */
export function* libraryIndexParts(sources: readonly SourceParts[]): Generator<undefined, LibraryIndexParts> {
  const merged = yield* Merged.of(sources.map(sourceOf));
  return { numbers: merged.numbers, signs: yield* keySigns(merged), search: yield* searchPartsOf(merged) };
}

/** Finds the works of several sources by their words, and keys that are like another. */
export class LibraryIndex {
  readonly merged: Merged;
  readonly search: Search;
  readonly keys: KeyIndex;
  readonly #byKey: Keys;

  constructor(sources: readonly SourceParts[], { numbers, signs, search }: LibraryIndexParts) {
    this.merged = new Merged(sources.map(sourceOf), numbers);
    this.search = new Search(this.merged, search);
    this.keys = new KeyIndex(this.merged, signs);
    this.#byKey = new Keys(search.keys);
  }

  /** The numbers of the entries whose keys begin with what was typed, in upper or lower case, by key. */
  begun(typed: string): Int32Array {
    return this.#byKey.beginningWith(fold(typed));
  }
}
