import { familyOf } from '../bibliography/names.ts';
import { creatorsOf } from '../creators.ts';
import { label, shortLabel } from '../describe.ts';
import { designsOf } from '../evidence.ts';
import type { CslItem, Summary, Vocabulary } from '../study.ts';
import type { Citable } from './entry.ts';
import { yearOf } from './entry.ts';
import { plain } from './fold.ts';

/** Whole numbers from `from` to `to`, both inclusive; open where one is missing. */
export interface Range {
  readonly from?: number;
  readonly to?: number;
}

/** What a writer may say yes or no to. */
export type YesNo = 'yes' | 'no';

/** Ids of terms, beginnings of names and words, and ranges; of each list one must hold. False means "does not matter". */
export interface Facets {
  readonly conditions: readonly string[];
  readonly designs: readonly string[];
  readonly topics: readonly string[];
  readonly randomized: readonly YesNo[];
  readonly comparators: readonly string[];
  /** Beginnings of words of what the record says of the comparator, for what is no term: `midazolam`. */
  readonly comparedWith: readonly string[];
  readonly results: readonly string[];
  readonly routes: readonly string[];
  readonly authors: readonly string[];
  readonly journals: readonly string[];
  readonly cited: readonly YesNo[];
  readonly n: readonly Range[];
  readonly sessions: readonly Range[];
  /** In days. */
  readonly followUp: readonly Range[];
  readonly hasQuote: boolean;
  readonly hasNotice: boolean;
}

/** What the writer wants to see. The years are inclusive; nothing in `not` may hold. */
export interface Filter extends Facets {
  readonly text: string;
  readonly yearFrom?: number;
  readonly yearTo?: number;
  readonly not: Facets;
}

/** The keys that the manuscript cites, for `cited:yes`. */
export type Cited = ReadonlySet<string>;

const noFacets: Facets = {
  conditions: [], designs: [], topics: [], randomized: [], comparators: [], comparedWith: [], results: [], routes: [],
  authors: [], journals: [], cited: [], n: [], sessions: [], followUp: [], hasQuote: false, hasNotice: false,
};

export const emptyFilter: Filter = { text: '', ...noFacets, not: noFacets };

export function isEmptyFilter(filter: Filter): boolean {
  return filter.text === '' && !hasYears(filter) && !hasFacets(filter) && !hasFacets(filter.not);
}

/** Whether the answer depends on names, which are folded for each entry that is asked. */
export function namesSomebody({ authors, journals, not }: Filter): boolean {
  return [authors, journals, not.authors, not.journals].some(names => names.length > 0);
}

/** Whether the answer depends on what the manuscript cites. */
export function asksWhetherCited({ cited, not }: Filter): boolean {
  return cited.length > 0 || not.cited.length > 0;
}

/** Whether the filter asks for what is known of the bundled studies only. */
export function asksOfStudies(filter: Filter): boolean {
  return ofStudies.some(facet => filter[facet].length > 0 || filter.not[facet].length > 0);
}

const nothingCited: Cited = new Set();

/** Whether an entry has what the filter asks for, apart from its `text`, which is for `Search` to answer. */
export function matchesFilter(item: Citable, filter: Filter, cited: Cited = nothingCited): boolean {
  return isWithinYears(item, filter) && meets(item, filter, cited) && !meetsAny(item, filter.not, cited);
}

/** The filter in words: `PTSD · RCT · n > 50 · 2019–2024 · has quotes`; nothing for an empty one. */
export function describeFilter(filter: Filter, vocabulary: Vocabulary): string {
  return [
    ...describeFacets(filter, vocabulary),
    ...describeFacets({ ...filter.not, randomized: [], cited: [] }, vocabulary).map(text => `not ${text}`),
    ...filter.not.randomized.map(answer => (answer === 'yes' ? 'not stated as randomized' : 'not stated as not randomized')),
    ...filter.not.cited.map(answer => (answer === 'yes' ? 'not cited' : 'cited')),
    ...(hasYears(filter) ? [describeYears(filter.yearFrom, filter.yearTo)] : []),
    ...describeMarks(filter, 'has'),
    ...describeMarks(filter.not, 'has no'),
    ...(filter.text === '' ? [] : [`“${filter.text}”`]),
  ].join(' · ');
}

function isWithinYears(item: Citable, { yearFrom, yearTo }: Filter): boolean {
  if (yearFrom === undefined && yearTo === undefined) {
    return true;
  }
  const year = item.summary ? Number(item.summary.year) || undefined : yearOf(item.csl);
  return year !== undefined && year >= (yearFrom ?? -Infinity) && year <= (yearTo ?? Infinity);
}

function isWithin(value: number | null | undefined, { from = -Infinity, to = Infinity }: Range): boolean {
  return typeof value === 'number' && value >= from && value <= to;
}

/** Of each facet that is a list, whether an entry has one of its values. */
const holds: { readonly [F in ListFacet]: (item: Citable, value: Facets[F][number], cited: Cited) => boolean } = {
  conditions: ({ conditions }, id) => conditions?.includes(id) ?? false,
  designs: (item, id) => designsOf(item).includes(id),
  topics: ({ topics }, id) => topics?.includes(id) ?? false,
  // Null, not stated, is neither.
  randomized: ({ evidence }, answer) => evidence?.randomized === (answer === 'yes'),
  comparators: ({ evidence }, id) => evidence?.comparators.includes(id) ?? false,
  comparedWith: ({ comparator }, word) => hasBeginning([plain(comparator ?? '')], word),
  results: ({ evidence }, id) => evidence?.direction === id,
  routes: ({ evidence }, id) => evidence?.routes.includes(id) ?? false,
  authors: (item, name) => hasBeginning(namesIn(item).authors, name),
  journals: (item, name) => hasBeginning(namesIn(item).journals, name),
  cited: ({ id }, answer, cited) => cited.has(id) === (answer === 'yes'),
  n: ({ n }, range) => isWithin(n, range),
  sessions: ({ evidence }, range) => isWithin(evidence?.sessions, range),
  followUp: ({ evidence }, range) => isWithin(evidence?.followUpDays, range),
};

type ListFacet = Exclude<keyof Facets, 'hasQuote' | 'hasNotice'>;

const listFacets = Object.keys(holds) as readonly ListFacet[];

const ofStudies: readonly ListFacet[] = [
  'conditions', 'designs', 'topics', 'randomized', 'comparators', 'comparedWith', 'results', 'routes', 'n', 'sessions', 'followUp',
];

// A filter is asked for each of thousands of entries, and most of its lists are empty.
const askedFor = new WeakMap<Facets, readonly ListFacet[]>();

/** The lists of a filter that have values. */
function askedIn(facets: Facets): readonly ListFacet[] {
  const known = askedFor.get(facets) ?? listFacets.filter(facet => facets[facet].length > 0);
  askedFor.set(facets, known);
  return known;
}

function holdsAny<F extends ListFacet>(item: Citable, facets: Facets, facet: F, cited: Cited): boolean {
  const values: readonly Facets[F][number][] = facets[facet];
  return values.some(value => holds[facet](item, value, cited));
}

function meets(item: Citable, facets: Facets, cited: Cited): boolean {
  return (
    askedIn(facets).every(facet => holdsAny(item, facets, facet, cited)) &&
    (!facets.hasQuote || hasQuotes(item)) &&
    (!facets.hasNotice || hasNotices(item))
  );
}

function meetsAny(item: Citable, facets: Facets, cited: Cited): boolean {
  return (
    askedIn(facets).some(facet => holdsAny(item, facets, facet, cited)) ||
    (facets.hasQuote && hasQuotes(item)) ||
    (facets.hasNotice && hasNotices(item))
  );
}

function hasQuotes({ quotes }: Citable): boolean {
  return quotes !== undefined && quotes.length > 0;
}

function hasNotices({ notices }: Citable): boolean {
  return notices !== undefined && notices.length > 0;
}

interface Names {
  readonly authors: readonly string[];
  readonly journals: readonly string[];
}

// Folding the names of all entries at every keystroke would cost more than the search.
const folded = new WeakMap<object, Names>();

function namesIn(item: Citable): Names {
  const source = item.summary ?? item.csl;
  let names = folded.get(source);
  if (!names) {
    names = item.summary ? namesOfSummary(item.summary) : namesOfCsl(item.csl);
    folded.set(source, names);
  }
  return names;
}

function namesOfSummary({ author, coauthors, journal }: Summary): Names {
  return { authors: [plain(author), plain(coauthors)], journals: [plain(journal)] };
}

function namesOfCsl(csl: CslItem): Names {
  const journals = [csl['container-title'], csl['container-title-short']];
  return {
    authors: creatorsOf(csl).map(name => plain(familyOf(name))),
    journals: journals.map(title => plain(title ?? '')),
  };
}

/** Whether `value` is the beginning of a word in one of the folded names. */
function hasBeginning(names: readonly string[], value: string): boolean {
  const begun = foldedOnce(value);
  return names.some(name => name.startsWith(begun) || name.includes(` ${begun}`));
}

let lastFolded: readonly [value: string, folded: string] = ['', ''];

/** One value is asked of thousands of entries in turn. */
function foldedOnce(value: string): string {
  if (lastFolded[0] !== value) {
    lastFolded = [value, plain(value)];
  }
  return lastFolded[1];
}

function hasFacets(facets: Facets): boolean {
  return facets.hasQuote || facets.hasNotice || askedIn(facets).length > 0;
}

function hasYears({ yearFrom, yearTo }: Filter): boolean {
  return yearFrom !== undefined || yearTo !== undefined;
}

function describeFacets(facets: Facets, vocabulary: Vocabulary): string[] {
  const either = (texts: readonly string[], before = '', after = ''): string => (texts.length === 0 ? '' : `${before}${texts.join(' or ')}${after}`);
  return [
    either(facets.conditions.map(id => shortLabel(vocabulary.conditions, id))),
    either(facets.designs.map(id => shortLabel(vocabulary.designs, id))),
    either(facets.topics.map(id => shortLabel(vocabulary.topics, id))),
    either(facets.randomized.map(answer => (answer === 'yes' ? 'randomized' : 'not randomized'))),
    either([...facets.comparators.map(id => shortLabel(vocabulary.comparators, id)), ...facets.comparedWith], 'v '),
    either(facets.results.map(id => label(vocabulary.results, id))),
    either(facets.routes.map(id => shortLabel(vocabulary.routes, id))),
    either(facets.n.map(describeRange), 'n '),
    either(facets.sessions.map(describeRange), 'sessions '),
    either(facets.followUp.map(describeRange), 'follow-up ', ' days'),
    either(facets.authors, 'by '),
    either(facets.journals, 'in '),
    either(facets.cited.map(answer => (answer === 'yes' ? 'cited' : 'not cited'))),
  ].filter(text => text !== '');
}

/** `> 50`, `< 20`, `20–50`, `41` */
function describeRange({ from, to }: Range): string {
  if (from === undefined || to === undefined) {
    return from === undefined ? `< ${(to ?? 0) + 1}` : `> ${from - 1}`;
  }
  return from === to ? String(from) : `${from}–${to}`;
}

function describeYears(from: number | undefined, to: number | undefined): string {
  if (from === to) {
    return String(from);
  }
  return from === undefined ? `until ${to}` : to === undefined ? `from ${from}` : `${from}–${to}`;
}

function describeMarks({ hasQuote, hasNotice }: Facets, verb: string): string[] {
  return [...(hasQuote ? [`${verb} quotes`] : []), ...(hasNotice ? [`${verb} notices`] : [])];
}
