import type { Dataset } from './dataset.ts';
import { completeQualifier, type QualifierCompletion } from './search/complete.ts';
import { searchEntry } from './search/entry.ts';
import { emptyFilter, matchesFilter, type Filter } from './search/filter.ts';
import { parseQuery } from './search/query.ts';
import type { Match } from './search/matches.ts';
import { Search } from './search/search.ts';
import type { Study, Vocabulary } from './study.ts';

/** A word of the query, and the text of the field in which it was found. */
export interface Matched {
  readonly match: Match;
  readonly text: string;
}

/** A study found, and where its words matched. */
export interface Found {
  readonly study: Study;
  readonly matched: () => readonly Matched[];
}

export interface FindOptions {
  readonly limit?: number;
  /** Keys cited in the manuscript already; they break ties. */
  readonly cited?: ReadonlySet<string>;
  readonly fits?: (study: Study) => boolean;
}

/** What a query found, what could not be understood in it, and how a qualifier that it ends in can go on. */
export interface Findings {
  readonly found: readonly Found[];
  readonly problems: readonly string[];
  readonly completions: readonly QualifierCompletion[];
}

/** A word of so many letters may still become one we know; from five letters on, typos are forgiven anyway. */
const longestUnsure = 4;

/** All studies at hand, by citekey, and their search, whose index is made at the first query. */
export class Library {
  readonly studies: readonly Study[];
  readonly vocabulary: Vocabulary;
  readonly #byKey: ReadonlyMap<string, Study>;
  #search: Search | undefined;

  constructor({ studies, vocabulary }: Pick<Dataset, 'studies' | 'vocabulary'>) {
    this.studies = studies;
    this.vocabulary = vocabulary;
    this.#byKey = new Map(studies.map(study => [study.id, study]));
  }

  readonly get = (key: string): Study | undefined => this.#byKey.get(key);

  readonly has = (key: string): boolean => this.#byKey.has(key);

  /** Makes the index in steps of a few milliseconds, between which the caller may pause. */
  *prepare(): Generator<undefined, void> {
    this.#search ??= yield* Search.build(this.studies.map(study => searchEntry(study, this.vocabulary)));
  }

  /** Searches words and qualifiers as they were typed: `ketmine condition:ptsd year:2019-`. */
  find(query: string, options: FindOptions = {}): Findings {
    const { filter, problems } = parseQuery(query, this.vocabulary);
    return {
      found: this.#matching(filter, options),
      problems: problems.map(({ message }) => message),
      completions: completeQualifier(query, this.vocabulary, this.studies),
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
      const { found } = this.find(query.slice(0, query.length - cut), options);
      if (found.length > 0) {
        return found;
      }
    }
    return [];
  }

  /** The studies that a filter lets through, best match of its text first. */
  filtered(filter: Filter = emptyFilter): readonly Study[] {
    return this.#matching(filter, { limit: Infinity }).map(({ study }) => study);
  }

  #matching(filter: Filter, { limit = 50, cited, fits = () => true }: FindOptions): Found[] {
    this.#search ??= new Search(this.studies.map(study => searchEntry(study, this.vocabulary)));
    const accepts = (key: string): boolean => {
      const study = this.get(key);
      return study !== undefined && fits(study) && matchesFilter(study, filter);
    };
    const hits = this.#search.search(filter.text, { limit, accepts, ...(cited && { cited }) });
    return hits.map(hit => ({
      study: this.get(hit.key)!,
      matched: () => hit.matched.map(match => ({ match, text: hit.entry[match.field] })),
    }));
  }
}
