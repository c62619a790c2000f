import type { Vocabulary } from '../study.ts';
import type { Facets, Filter } from './filter.ts';
import { plain } from './fold.ts';
import type { Mark, Piece, Qualifier } from './pieces.ts';
import { isQualifier, marks, piecesOf, qualifiers, quoted, valuesOf } from './pieces.ts';
import { termsFor } from './terms.ts';

export interface Problem {
  readonly message: string;
}

/** What was understood of a query, and in plain sentences what was not. */
export interface ParsedQuery {
  readonly filter: Filter;
  readonly problems: readonly Problem[];
}

const years = /^(\d{4})?(?:\s*[-\u2013]\s*(\d{4})?)?$/;

// Identifiers are pasted with their names before them: `doi:10.1176/…`.
const identifiers: readonly string[] = ['doi', 'pmid', 'pmcid'];

const termFacets = { condition: 'conditions', design: 'designs', topic: 'topics' } as const;

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

interface Draft {
  readonly conditions: Set<string>;
  readonly designs: Set<string>;
  readonly topics: Set<string>;
  readonly authors: Set<string>;
  readonly journals: Set<string>;
  readonly has: Set<Mark>;
}

function newDraft(): Draft {
  const none = (): Set<string> => new Set();
  return { conditions: none(), designs: none(), topics: none(), authors: none(), journals: none(), has: new Set() };
}

function facetsOf(draft: Draft): Facets {
  return {
    conditions: [...draft.conditions],
    designs: [...draft.designs],
    topics: [...draft.topics],
    authors: [...draft.authors],
    journals: [...draft.journals],
    hasQuote: draft.has.has('quote'),
    hasNotice: draft.has.has('notice'),
  };
}

class Reading {
  readonly #vocabulary: Vocabulary;
  readonly #words: string[] = [];
  readonly #wanted = newDraft();
  readonly #unwanted = newDraft();
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
    const not = facetsOf(this.#unwanted);
    return { filter: { text, ...facetsOf(this.#wanted), ...this.#years, not }, problems: this.#problems };
  }

  #take(qualifier: Qualifier, value: string, negated: boolean): void {
    const draft = negated ? this.#unwanted : this.#wanted;
    switch (qualifier) {
      case 'condition':
      case 'design':
      case 'topic':
        return this.#takeTerms(qualifier, value, draft[termFacets[qualifier]]);
      case 'author':
      case 'journal':
        draft[`${qualifier}s`].add(value);
        return;
      case 'year':
        return this.#takeYears(value, negated);
      case 'has':
        return this.#takeMark(value, draft.has);
    }
  }

  #takeTerms(qualifier: keyof typeof termFacets, value: string, ids: Set<string>): void {
    const terms = termsFor(value, this.#vocabulary[termFacets[qualifier]]);
    terms.forEach(term => ids.add(term.id));
    if (terms.length === 0) {
      this.#tell(`There is no ${qualifier} “${value}”.`);
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

  #takeMark(value: string, taken: Set<Mark>): void {
    const mark = marks.find(name => `${name}s`.startsWith(plain(value)));
    if (mark) {
      taken.add(mark);
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
  const { conditions, designs, topics, authors, journals, hasQuote, hasNotice } = facets;
  const has = [...(hasQuote ? ['quote'] : []), ...(hasNotice ? ['notice'] : [])];
  const given: Partial<Record<Qualifier, readonly string[]>> = {
    condition: conditions, design: designs, topic: topics, author: authors, journal: journals, has,
  };
  return Object.entries(given)
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => `${sign}${name}:${values.map(quoted).join(',')}`);
}

function listed(names: readonly string[], joint: string): string {
  return `${names.slice(0, -1).join(', ')} ${joint} ${names.at(-1)}`;
}
