import { KeyIndex } from './checks/keyIndex.ts';
import type { Dataset } from './dataset.ts';
import { withOwnQuotes } from './quoteBank/own.ts';
import { completeQualifier, type QualifierCompletion } from './search/complete.ts';
import { searchEntry, type SearchEntry } from './search/entry.ts';
import { emptyFilter, matchesFilter, type Filter } from './search/filter.ts';
import { parseQuery } from './search/query.ts';
import type { Match } from './search/matches.ts';
import { Search } from './search/search.ts';
import { isStudy, type Entry, type Quote, type Study, type Vocabulary } from './study.ts';
import { finished } from './steps.ts';

/** A word of the query, and the text of the field in which it was found. */
export interface Matched {
  readonly match: Match;
  readonly text: string;
}

/** A work found, and where its words matched. */
export interface Found {
  readonly study: Entry;
  readonly matched: () => readonly Matched[];
}

export interface FindOptions {
  readonly limit?: number;
  /** Keys cited in the manuscript already; they break ties. */
  readonly cited?: ReadonlySet<string>;
  readonly fits?: (study: Entry) => boolean;
  /** Whether a short answer is filled up with guesses; so it is if not given. */
  readonly guesses?: boolean;
}

/** What a query found, what could not be understood in it, and how a qualifier that it ends in can go on. */
export interface Findings {
  readonly found: readonly Found[];
  readonly problems: readonly string[];
  readonly completions: readonly QualifierCompletion[];
}

/** A word of so many letters may still become one we know; from five letters on, typos are forgiven anyway. */
const longestUnsure = 4;

/** Of more entries than this none are counted while a qualifier is typed: it could be felt. */
const mostCounted = 5000;

/** What a library is made of. */
export interface Holdings extends Pick<Dataset, 'studies' | 'vocabulary'> {
  /** The writer's entries; of two with one key the first counts, and before a study of that key. */
  readonly own?: readonly Entry[];
  /** Quotes that the writer keeps, by citekey. */
  readonly quotes?: ReadonlyMap<string, readonly Quote[]>;
  /** Other keys by which entries may be cited. */
  readonly aliases?: ReadonlyMap<string, Entry>;
}

// Entries taken in between two pauses: about a millisecond.
const atOnce = 500;

/** All works at hand, by citekey, and their search, whose index is made at the first query. */
export class Library {
  /** The bundled studies. */
  readonly studies: readonly Study[];
  readonly vocabulary: Vocabulary;
  /** Every work that can be cited, the writer's own first. */
  readonly entries: readonly Entry[];
  readonly #byKey: ReadonlyMap<string, Entry>;
  readonly #aliases: ReadonlyMap<string, Entry>;
  readonly #shadowed: ReadonlyMap<string, readonly Entry[]>;
  #search: Search | undefined;
  #keyIndex: KeyIndex | undefined;

  /** In one stretch: for hundreds of entries. */
  constructor(holdings: Holdings, { byKey, shadowed }: ByKey = finished(entriesByKey(holdings))) {
    const { studies, quotes } = holdings;
    this.studies = quotes ? studies.map(study => withOwnQuotes(study, quotes.get(study.id))).filter(isStudy) : studies;
    this.vocabulary = holdings.vocabulary;
    this.#aliases = holdings.aliases ?? new Map<string, Entry>();
    this.#byKey = byKey;
    this.#shadowed = shadowed;
    this.entries = [...byKey.values()];
  }

  /** With its index, in steps of a few milliseconds, between which the caller may pause: for thousands of entries. */
  static *build(holdings: Holdings): Generator<undefined, Library> {
    const library = new Library(holdings, yield* entriesByKey(holdings));
    yield;
    yield* library.prepare();
    return library;
  }

  readonly get = (key: string): Entry | undefined => this.#byKey.get(key) ?? this.#aliases.get(key);

  readonly has = (key: string): boolean => this.#byKey.has(key) || this.#aliases.has(key);

  /** The entries of a key that do not count, because one before them has it. */
  shadowed(key: string): readonly Entry[] {
    return this.#shadowed.get(key) ?? noEntries;
  }

  /** Every key by which something can be cited. */
  get keyIndex(): KeyIndex {
    this.#keyIndex ??= KeyIndex.of(this.#keys());
    return this.#keyIndex;
  }

  #keys(): readonly string[] {
    return [...this.#byKey.keys(), ...this.#aliases.keys()];
  }

  /** Makes the index in steps of a few milliseconds, between which the caller may pause. */
  *prepare(): Generator<undefined, void> {
    this.#keyIndex ??= yield* KeyIndex.made(this.#keys());
    if (!this.#search) {
      const searchable: SearchEntry[] = [];
      for (const entry of this.#byKey.values()) {
        searchable.push(searchEntry(entry, this.vocabulary));
        if (searchable.length % atOnce === 0) {
          yield;
        }
      }
      this.#search ??= yield* Search.build(searchable);
    }
  }

  /** Searches words and qualifiers as they were typed: `ketmine condition:ptsd year:2019-`. */
  find(query: string, options: FindOptions = {}): Findings {
    const { filter, problems } = parseQuery(query, this.vocabulary);
    return {
      found: this.#matching(filter, options),
      problems: problems.map(({ message }) => message),
      completions: completeQualifier(query, this.vocabulary, this.entries.length > mostCounted ? this.studies : this.entries),
    };
  }

  /**
   * The same for a list that closes for good once it is empty: a word just begun, which matches nothing yet because it
   * was misspelt at its start (`ktea|mine`), is taken without its last letters.
   */
  findWhileTyped(query: string, options: FindOptions = {}): readonly Found[] {
    const begun = /[^\s:]*$/u.exec(query)![0].length;
    const fewest = begun > longestUnsure ? 0 : Math.max(begun - 1, 0);
    for (let cut = 0; cut <= fewest; cut += 1) {
      // No guesses: what is inserted with Enter must be what was typed.
      const { found } = this.find(query.slice(0, query.length - cut), { ...options, guesses: false });
      if (found.length > 0) {
        return found;
      }
    }
    return [];
  }

  /** The studies that a filter lets through, best match of its text first. */
  filtered(filter: Filter = emptyFilter): readonly Study[] {
    return this.#matching(filter, { limit: Infinity, fits: isStudy }).flatMap(({ study }) => (isStudy(study) ? [study] : []));
  }

  #matching(filter: Filter, { limit = 50, cited, fits = () => true, guesses }: FindOptions): Found[] {
    this.#search ??= new Search(Array.from(this.#byKey.values(), entry => searchEntry(entry, this.vocabulary)));
    const accepts = (key: string): boolean => {
      const study = this.get(key);
      return study !== undefined && fits(study) && matchesFilter(study, filter);
    };
    const hits = this.#search.search(filter.text, { limit, accepts, ...(cited && { cited }), ...(guesses !== undefined && { guesses }) });
    return hits.map(hit => ({
      study: this.get(hit.key)!,
      matched: () => hit.matched.map(match => ({ match, text: hit.entry[match.field] })),
    }));
  }
}

const noEntries: readonly Entry[] = [];

interface ByKey {
  readonly byKey: ReadonlyMap<string, Entry>;
  readonly shadowed: ReadonlyMap<string, readonly Entry[]>;
}

function* entriesByKey({ own = [], studies, quotes }: Holdings): Generator<undefined, ByKey> {
  const byKey = new Map<string, Entry>();
  const shadowed = new Map<string, Entry[]>();
  let taken = 0;
  for (const entries of [own, studies]) {
    for (const entry of entries) {
      if (byKey.has(entry.id)) {
        shadowed.set(entry.id, [...(shadowed.get(entry.id) ?? []), entry]);
      } else {
        byKey.set(entry.id, withOwnQuotes(entry, quotes?.get(entry.id)));
      }
      taken += 1;
      if (taken % atOnce === 0) {
        yield;
      }
    }
  }
  return { byKey, shadowed };
}
