import type { Term, Vocabulary } from '../study.ts';
import { foldedNamesOf } from './entry.ts';
import { emptyFilter, type Facets, type Filter, type YesNo } from './filter.ts';
import { plain } from './fold.ts';
import type { Piece, Qualifier } from './pieces.ts';
import { isQualifier, marks, piecesOf, qualifiers, quoted, valuesOf } from './pieces.ts';
import { parseRange, printRange } from './ranges.ts';

export interface Problem {
  readonly message: string;
}

/** What was understood of a query, and in plain sentences what was not. */
export interface ParsedQuery {
  readonly filter: Filter;
  readonly problems: readonly Problem[];
}

const answers: readonly YesNo[] = ['yes', 'no'];

const years = /^(\d{4})?(?:\s*[-\u2013]\s*(\d{4})?)?$/;

// Identifiers are pasted with their names before them: `doi:10.1176/…`.
const identifiers: readonly string[] = ['doi', 'pmid', 'pmcid'];

/** The qualifiers whose values are terms of the vocabulary, and what they are in a filter and in the vocabulary. */
export const termFacets = {
  condition: 'conditions', design: 'designs', topic: 'topics', comparator: 'comparators', result: 'results', route: 'routes',
} as const;

const rangeFacets = { n: 'n', sessions: 'sessions', 'follow-up': 'followUp' } as const;

/**
 * Reads what a writer typed: free words, and qualifiers `condition:ptsd,ocd -design:rct year:2019-2024 author:feder`.
 * Values of one qualifier are alternatives (of `has` all must hold). Never throws: what is not understood is told.
 */
export function parseQuery(query: string, vocabulary: Vocabulary): ParsedQuery {
  const reading = new Reading(vocabulary);
  for (const piece of piecesOf(query)) {
    reading.read(piece);
  }
  return reading.result();
}

/** The query that says the same as the filter. */
export function printFilter(filter: Filter): string {
  const { text, yearFrom, yearTo, not } = filter;
  const range = yearFrom === yearTo ? `${yearFrom ?? ''}` : `${yearFrom ?? ''}-${yearTo ?? ''}`;
  return [
    ...text.split(' ').map(word => (isQualified(word) ? `"${word}"` : word)),
    ...printFacets(filter, ''),
    ...(range === '' ? [] : [`year:${range}`]),
    ...printFacets(not, '-'),
  ].filter(part => part !== '').join(' ');
}

/** The terms a value means: those it names, else those with a name one of whose words begins with it. */
export function termsFor(value: string, terms: readonly Term[]): readonly Term[] {
  const wanted = plain(value);
  const choices = [
    terms.filter(term => foldedNamesOf(term)[0] === wanted),
    terms.filter(term => foldedNamesOf(term).includes(wanted)),
    terms.filter(term => wanted !== '' && foldedNamesOf(term).some(name => ` ${name}`.includes(` ${wanted}`))),
  ];
  return choices.find(found => found.length > 0) ?? [];
}

type Draft = { -readonly [F in keyof Facets]: Facets[F] };

class Reading {
  readonly #vocabulary: Vocabulary;
  readonly #words: string[] = [];
  readonly #wanted: Draft = { ...emptyFilter.not };
  readonly #unwanted: Draft = { ...emptyFilter.not };
  readonly #problems: Problem[] = [];
  #years: Pick<Filter, 'yearFrom' | 'yearTo'> = {};

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
  }

  read(piece: Piece): void {
    const { qualifier, given } = piece;
    if (isQualifier(qualifier)) {
      valuesOf(given).forEach(value => this.#take(qualifier, value, piece.negated));
    } else if (qualifier !== undefined && identifiers.includes(qualifier)) {
      this.#addText(given.replaceAll('"', ''));
    } else {
      this.#addText(piece.text);
      if (qualifier !== undefined && given !== '' && !given.startsWith('//')) {
        this.#tell(`“${qualifier}:” is no qualifier. There are ${listed(qualifiers.map(name => `${name}:`), 'and')}.`);
      }
    }
  }

  result(): ParsedQuery {
    const text = this.#words.join(' ');
    return { filter: { text, ...this.#wanted, ...this.#years, not: this.#unwanted }, problems: this.#problems };
  }

  #take(qualifier: Qualifier, value: string, negated: boolean): void {
    const draft = negated ? this.#unwanted : this.#wanted;
    switch (qualifier) {
      case 'condition':
      case 'design':
      case 'topic':
      case 'comparator':
      case 'result':
      case 'route':
        return this.#takeTerms(qualifier, value, draft);
      case 'n':
      case 'sessions':
      case 'follow-up':
        return this.#takeRange(qualifier, value, draft);
      case 'randomized':
      case 'cited':
        return this.#takeAnswer(qualifier, value, draft);
      case 'author':
        draft.authors = withValue(draft.authors, value);
        return;
      case 'journal':
        draft.journals = withValue(draft.journals, value);
        return;
      case 'year':
        return this.#takeYears(value, negated);
      case 'has':
        return this.#takeMark(value, draft);
    }
  }

  #takeTerms(qualifier: keyof typeof termFacets, value: string, draft: Draft): void {
    const facet = termFacets[qualifier];
    const terms = termsFor(value, this.#vocabulary[facet]);
    draft[facet] = terms.reduce((ids, { id }) => withValue(ids, id), draft[facet]);
    if (terms.length > 0) {
      return;
    }
    if (qualifier === 'comparator') {
      draft.comparedWith = withValue(draft.comparedWith, value);
    } else {
      this.#tell(`There is no ${qualifier} “${value}”.`);
    }
  }

  #takeRange(qualifier: keyof typeof rangeFacets, value: string, draft: Draft): void {
    const facet = rangeFacets[qualifier];
    const range = parseRange(value, qualifier === 'follow-up');
    if (range) {
      draft[facet] = [...draft[facet], range];
    } else if (!/^[<>=≥≤–-]+$/.test(value)) {
      const example = qualifier === 'follow-up' ? 'follow-up:>28d, follow-up:<4w or follow-up:3m-1y' : qualifier === 'sessions' ? 'sessions:1, sessions:>3 or sessions:2-6' : 'n:>50, n:<20 or n:20-50';
      this.#tell(`“${value}” is no number. Write ${example}.`);
    }
  }

  #takeAnswer(qualifier: 'randomized' | 'cited', value: string, draft: Draft): void {
    const answer = answers.find(word => word.startsWith(value.toLowerCase()));
    if (answer) {
      draft[qualifier] = withValue(draft[qualifier], answer);
    } else {
      this.#tell(`Write ${qualifier}:yes or ${qualifier}:no, not “${value}”.`);
    }
  }

  #takeYears(value: string, negated: boolean): void {
    const [range, first, last] = years.exec(value) ?? [];
    if (range === undefined || (first === undefined && last === undefined)) {
      return this.#tell(`“${value}” is no year. Write year:2021, year:2019-2024, year:2019- or year:-2015.`);
    }
    if (negated) {
      return this.#tell('Years can be chosen, not left out.');
    }
    if (Object.keys(this.#years).length > 0) {
      return this.#tell(`One range of years at a time: “${value}” is left out.`);
    }
    const to = /[-\u2013]/.test(value) ? last : first;
    const [earlier, later] = first && to && first > to ? [to, first] : [first, to];
    this.#years = { ...(earlier && { yearFrom: Number(earlier) }), ...(later && { yearTo: Number(later) }) };
  }

  #takeMark(value: string, draft: Draft): void {
    const mark = marks.find(name => `${name}s`.startsWith(plain(value)));
    if (mark) {
      draft[mark === 'quote' ? 'hasQuote' : 'hasNotice'] = true;
    } else {
      this.#tell(`Studies can be asked whether they have a ${listed(marks, 'or a')}, not “${value}”.`);
    }
  }

  #addText(text: string): void {
    this.#words.push(...text.split(/\s+/).filter(word => word !== ''));
  }

  #tell(message: string): void {
    this.#problems.push({ message });
  }
}

/** Whether a word of the text would be read as more than a word. */
function isQualified(word: string): boolean {
  const qualifier = piecesOf(word)[0]?.qualifier;
  return isQualifier(qualifier) || (qualifier !== undefined && identifiers.includes(qualifier));
}

function printFacets(facets: Facets, sign: string): string[] {
  const { hasQuote, hasNotice } = facets;
  const given: { readonly [Name in Exclude<Qualifier, 'year'>]: readonly string[] } = {
    condition: facets.conditions,
    design: facets.designs,
    topic: facets.topics,
    randomized: facets.randomized,
    comparator: [...facets.comparators, ...facets.comparedWith],
    result: facets.results,
    route: facets.routes,
    n: facets.n.map(printRange),
    sessions: facets.sessions.map(printRange),
    'follow-up': facets.followUp.map(printRange),
    author: facets.authors,
    journal: facets.journals,
    has: [...(hasQuote ? ['quote'] : []), ...(hasNotice ? ['notice'] : [])],
    cited: facets.cited,
  };
  return Object.entries(given)
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => `${sign}${name}:${values.map(quoted).join(',')}`);
}

function withValue<T>(values: readonly T[], value: T): readonly T[] {
  return values.includes(value) ? values : [...values, value];
}

function listed(names: readonly string[], joint: string): string {
  return `${names.slice(0, -1).join(', ')} ${joint} ${names.at(-1)}`;
}
