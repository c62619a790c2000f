import type { Dataset } from './dataset.ts';
import { completeQualifier, type QualifierCompletion } from './search/complete.ts';
import { searchEntry } from './search/entry.ts';
import { emptyFilter, matchesFilter, type Filter } from './search/filter.ts';
import { parseQuery } from './search/query.ts';
import { Search, type Match } from './search/search.ts';
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

  /** Searches words and qualifiers as they were typed: `ketmine condition:ptsd year:2019-`. */
  find(query: string, options: FindOptions = {}): Findings {
    const { filter, problems } = parseQuery(query, this.vocabulary);
    return {
      found: this.#matching(filter, options),
      problems: problems.map(({ message }) => message),
      completions: completeQualifier(query, this.vocabulary, this.studies),
    };
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
    return hits.map(hit => ({ study: this.get(hit.key)!, matched: () => hit.matched.map(match => ({ match, text: hit.entry[match.field] })) }));
  }
}
