import { summaryOf } from './bibliography/summary.ts';
import { KeyIndex } from './checks/keyIndex.ts';
import type { DeclaredEntry } from './frontMatter.ts';
import { Library, type FindOptions, type Findings } from './library.ts';
import { withOwnQuotes } from './quoteBank/own.ts';
import type { QualifierCompletion } from './search/complete.ts';
import type { Cited, Filter } from './search/filter.ts';
import type { Entry, Study } from './study.ts';

/**
 * A library with the few entries before it that a manuscript's own metadata declares: they come and go while the metadata is
 * written, and the index of all the others, which may be 100,000, stays the same.
 */
export class DeclaredLibrary extends Library {
  readonly #base: Library;
  readonly #declared: ReadonlySet<string>;
  #allKeys: KeyIndex | undefined;

  override readonly studies: readonly Study[];
  override readonly get: (key: string) => Entry | undefined;
  override readonly has: (key: string) => boolean;

  constructor(declared: readonly Entry[], base: Library) {
    const own = declared.map(entry => withOwnQuotes(entry, base.quotes.get(entry.id)));
    super({ edition: base.edition, studies: [], own, vocabulary: base.vocabulary });
    const byKey = new Map(own.map(entry => [entry.id, entry]));
    this.#base = base;
    this.#declared = new Set(byKey.keys());
    this.studies = base.studies;
    this.get = key => byKey.get(key) ?? base.get(key);
    this.has = key => byKey.has(key) || base.has(key);
  }

  override get entries(): Iterable<Entry> {
    return { [Symbol.iterator]: () => this.#all() };
  }

  *#all(): Generator<Entry, void> {
    for (const key of this.#declared) {
      yield this.get(key)!;
    }
    for (const entry of this.#base.entries) {
      if (!this.#declared.has(entry.id)) {
        yield entry;
      }
    }
  }

  override shadowed(key: string): readonly Entry[] {
    return this.#declared.has(key) ? [] : this.#base.shadowed(key);
  }

  override get keyIndex(): KeyIndex {
    this.#allKeys ??= KeyIndex.of([...this.#declared], this.#base.keyIndex);
    return this.#allKeys;
  }

  override prepare(): Generator<undefined, void> {
    return this.#base.prepare();
  }

  /** What is declared comes first: scores of two searches can't be compared. */
  override find(query: string, options: FindOptions = {}): Findings {
    // A guess among the few must not stand before what the many surely have.
    const own = super.find(query, { ...options, guesses: false }).found;
    const { fits = () => true, limit = 50 } = options;
    const others = this.#base.find(query, { ...options, fits: entry => !this.#declared.has(entry.id) && fits(entry) });
    return { ...others, found: [...own, ...others.found].slice(0, limit) };
  }

  override begun(typed: string, limit: number): readonly Entry[] {
    const others = this.#base.begun(typed, limit).filter(({ id }) => !this.#declared.has(id));
    return [...super.begun(typed, limit), ...others].slice(0, limit);
  }

  override openValues(query: string, cited?: Cited): readonly QualifierCompletion[] {
    return this.#base.openValues(query, cited);
  }

  override *through(filter: Filter, cited?: Cited): Generator<undefined, readonly Entry[]> {
    const own = yield* super.through(filter, cited);
    const others = yield* this.#base.through(filter, cited);
    return [...own, ...others.filter(({ id }) => !this.#declared.has(id))];
  }

  override filtered(filter?: Filter, cited?: Cited): readonly Study[] {
    return this.#base.filtered(filter, cited);
  }
}

/** An entry of the metadata as the library has entries. `file` is the manuscript's address, `name` what lists call it. */
export function entryOfMetadata({ key, csl, start, end }: DeclaredEntry, file: string, name: string): Entry {
  const summary = summaryOf(csl);
  return { id: key, csl, quotes: [], notices: [], summary, origin: { file, name, start, end, keywords: summary.keywords } };
}
