import type { Bibliography } from './bibliography/bibliography.ts';
import { KeyIndex } from './checks/keyIndex.ts';
import type { Dataset } from './dataset.ts';
import { LibraryIndex, libraryIndexParts, type LibraryIndexParts } from './libraryIndex.ts';
import { withOwnQuotes } from './quoteBank/own.ts';
import { completeOpenValue, completeQualifier, type QualifierCompletion } from './search/complete.ts';
import { asksWhetherCited, emptyFilter, isEmptyFilter, matchesFilter, namesSomebody, type Cited, type Filter } from './search/filter.ts';
import type { Match } from './search/matches.ts';
import { fold } from './search/fold.ts';
import { parseQuery } from './search/query.ts';
import type { SourceParts } from './search/sources.ts';
import { finished } from './steps.ts';
import { isStudy, type Edition, type Entry, type Quote, type Study, type Vocabulary } from './study.ts';
import { Works } from './works.ts';

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
  /** Keys cited in the manuscript already, for `cited:yes`; they break ties. */
  readonly cited?: Cited;
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

/** In a library of more entries only the bundled studies are counted while a qualifier is typed: all would take noticeably long. */
export const mostCounted = 5000;

/** The same in the list after `@`: there every key waits for the count. */
const mostCountedInList = 1000;

/** Works looked at between two pauses: about a millisecond. */
const lookedAtOnce = 250;

/** What a library is made of. */
export interface Holdings extends Pick<Dataset, 'studies' | 'vocabulary'> {
  /** Which state of the dataset the studies are from. */
  readonly edition?: Edition | undefined;
  /** The writer's files; of two works with one key that of the file that comes first counts. */
  readonly bibliographies?: readonly Bibliography[];
  /** More of the writer's works, behind those of the files; of two with one key the first counts. */
  readonly own?: readonly Entry[];
  /** Quotes that the writer keeps, by citekey. */
  readonly quotes?: ReadonlyMap<string, readonly Quote[]>;
}

const noQuotes: ReadonlyMap<string, readonly Quote[]> = new Map();

/** All works at hand, by citekey, and their search, whose index is made at the first query. */
export class Library {
  /** The bundled studies. */
  readonly studies: readonly Study[];
  /** Which state of the dataset the studies are from; absent where its file is damaged. */
  readonly edition: Edition | undefined;
  readonly vocabulary: Vocabulary;
  /** Those that the writer keeps, by citekey. */
  readonly quotes: ReadonlyMap<string, readonly Quote[]>;
  readonly #works: Works;
  #index: LibraryIndex | undefined;
  #keyIndex: KeyIndex | undefined;
  #byDoi: ReadonlyMap<string, string> | undefined;

  constructor({ edition, studies, vocabulary, bibliographies = [], own = [], quotes = noQuotes }: Holdings) {
    this.studies = studies.map(study => withOwnQuotes(study, quotes.get(study.id))).filter(isStudy);
    this.edition = edition;
    this.vocabulary = vocabulary;
    this.quotes = quotes;
    this.#works = new Works({ bibliographies, list: [...own, ...studies], quotes, vocabulary });
  }

  /** With its index, in steps of a few milliseconds, between which the caller may pause: for thousands of entries. */
  static *build(holdings: Holdings): Generator<undefined, Library> {
    const library = new Library(holdings);
    yield;
    yield* library.prepare();
    return library;
  }

  readonly get = (key: string): Entry | undefined => this.#works.get(key);

  readonly has = (key: string): boolean => this.#works.has(key);

  /** Every work that can be cited, the writer's own first; each is made when its turn comes. */
  get entries(): Iterable<Entry> {
    return { [Symbol.iterator]: () => this.#every() };
  }

  /** The entries of a key that do not count, because one before them has it. */
  shadowed(key: string): readonly Entry[] {
    return this.#works.all(key).slice(1);
  }

  /** Every key by which something can be cited. */
  get keyIndex(): KeyIndex {
    this.#keyIndex ??= KeyIndex.of(this.#works.aliases, this.#indexed.keys);
    return this.#keyIndex;
  }

  /** What the index is made of. */
  get sources(): readonly SourceParts[] {
    return this.#works.sources;
  }

  /** Takes what {@link libraryIndexParts} made, maybe in another thread, of the same {@link sources}. */
  take(parts: LibraryIndexParts): void {
    this.#index ??= new LibraryIndex(this.sources, parts);
  }

  /** Makes the index in steps of a few milliseconds, between which the caller may pause. */
  *prepare(): Generator<undefined, void> {
    if (!this.#index) {
      this.take(yield* libraryIndexParts(this.sources));
    }
  }

  get #indexed(): LibraryIndex {
    this.#index ??= new LibraryIndex(this.sources, finished(libraryIndexParts(this.sources)));
    return this.#index;
  }

  #citedFor(query: string, cited: Cited | undefined): Cited | undefined {
    return cited && query.includes('cited:') ? this.knownAs(cited) : cited;
  }

  /** The entries among which the values of qualifiers are counted: those that have the words of the query. */
  *#counted(query: string, most = mostCounted): Generator<Entry, void> {
    const { search, merged } = this.#indexed;
    const isLarge = merged.length > most;
    // The studies are in the last source, of which some entries may be the writer's.
    const last = this.sources.length - 1;
    for (const number of search.answering(parseQuery(query, this.vocabulary).filter.text)) {
      const place = merged.placeOf(number);
      const entry = !isLarge || place.source === last ? this.#works.at(place) : undefined;
      if (entry && (!isLarge || isStudy(entry))) {
        yield entry;
      }
    }
  }

  *#every(): Generator<Entry, void> {
    const { merged } = this.#indexed;
    for (let number = 0; number < merged.length; number += 1) {
      yield this.#works.glanceAt(merged.placeOf(number));
    }
  }

  /** Searches words and qualifiers as they were typed: `ketmine condition:ptsd year:2019-`. */
  find(query: string, options: FindOptions = {}): Findings {
    const { filter, problems } = parseQuery(query, this.vocabulary);
    return {
      found: this.#matching(filter, options),
      problems: problems.map(({ message }) => message),
      completions: completeQualifier(query, this.vocabulary, this.#counted(query), this.#citedFor(query, options.cited)),
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
        return this.#withBegun(query, found, options);
      }
    }
    return this.#withBegun(query, [], options);
  }

  /** Of a key that holds signs the words say little, and `n:>5` may be one: entries whose keys begin so come first. */
  #withBegun(query: string, found: readonly Found[], { limit = 50 }: FindOptions): readonly Found[] {
    const isRanked = found[0] !== undefined && fold(found[0].study.id).startsWith(fold(query));
    if (isRanked || !/[^\p{L}\p{N}\s]/u.test(query) || /\s/.test(query)) {
      return found;
    }
    const known = new Set(found.map(({ study }) => study.id));
    const missing = this.begun(query, limit).filter(({ id }) => !known.has(id));
    return missing.length === 0 ? found : [...missing.map(study => ({ study, matched: () => [] })), ...found].slice(0, limit);
  }

  /** The entries whose keys begin with what was typed, in upper or lower case. */
  begun(typed: string, limit: number): readonly Entry[] {
    const { merged } = this.#indexed;
    return Array.from(this.#indexed.begun(typed).subarray(0, limit), number => this.#works.at(merged.placeOf(number)));
  }

  /** Whether there is a key that begins with what was typed, in upper or lower case. */
  readonly beginsKey = (typed: string): boolean => this.begun(typed, 1).length > 0;

  /** How many entries can be cited. */
  get size(): number {
    return this.#indexed.merged.length;
  }

  /** The keys that are cited, and those of the bundled studies that the writer cites by an entry of their own with the same DOI. */
  knownAs(cited: Cited): Cited {
    this.#byDoi ??= new Map(this.studies.flatMap(({ id, csl }) => (csl.DOI ? [[csl.DOI.toLowerCase(), id] as const] : [])));
    const known = new Set(cited);
    for (const key of cited) {
      const entry = this.get(key);
      const doi = entry && !isStudy(entry) ? (entry.summary?.doi ?? entry.csl.DOI?.toLowerCase()) : undefined;
      const study = doi ? this.#byDoi.get(doi) : undefined;
      if (study !== undefined) {
        known.add(study);
      }
    }
    return known;
  }

  /** The values that can follow where a query typed into a manuscript ends in a qualifier: `ptsd comparator:|`. */
  openValues(query: string, cited?: Cited): readonly QualifierCompletion[] {
    return query.includes(':') ? completeOpenValue(query, this.vocabulary, this.#counted(query, mostCountedInList), this.#citedFor(query, cited)) : [];
  }

  /** The studies that a filter lets through, best match of its text first. */
  filtered(filter: Filter = emptyFilter, cited?: Cited): readonly Study[] {
    return this.#matching(filter, { limit: Infinity, fits: isStudy, ...(cited && { cited }) }).flatMap(({ study }) => (isStudy(study) ? [study] : []));
  }

  /** All works that a filter lets through, in no order of merit, in steps of about a millisecond behind the first. */
  *through(filter: Filter, cited?: Cited): Generator<undefined, readonly Entry[]> {
    const { search, merged } = this.#indexed;
    const found: Entry[] = [];
    for (const [index, number] of search.answering(filter.text).entries()) {
      if (index % lookedAtOnce === 0) {
        yield;
      }
      const entry = this.#works.glanceAt(merged.placeOf(number));
      if (matchesFilter(entry, filter, cited)) {
        found.push(entry);
      }
    }
    return found;
  }

  #matching(filter: Filter, { limit = 50, cited, fits, guesses }: FindOptions): Found[] {
    const { search, merged } = this.#indexed;
    const works = this.#works;
    const asked = cited && asksWhetherCited(filter) ? this.knownAs(cited) : cited;
    // What is computed for a filter by names is kept by the entry, which is kept for that.
    const isKept = namesSomebody(filter);
    const accepts = (number: number): boolean => {
      const place = merged.placeOf(number);
      const entry = isKept ? works.at(place) : works.glanceAt(place);
      return (!fits || fits(entry)) && matchesFilter(entry, filter, asked);
    };
    const hits = search.search(filter.text, {
      limit,
      ...((fits || !isEmptyFilter({ ...filter, text: '' })) && { accepts }),
      ...(cited && { cited }),
      ...(guesses !== undefined && { guesses }),
    });
    return hits.map(hit => ({
      study: works.at(merged.placeOf(hit.number)),
      matched: () => hit.matched.map(match => ({ match, text: hit.entry[match.field] })),
    }));
  }
}
