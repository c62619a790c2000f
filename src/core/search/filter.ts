import { creatorsOf } from '../creators.ts';
import type { CslItem, Summary, Term, Vocabulary } from '../study.ts';
import type { Citable } from './entry.ts';
import { familyName, yearOf } from './entry.ts';
import { plain } from './fold.ts';

/** Ids of terms, and beginnings of names; of each list one must hold. False means "does not matter". */
export interface Facets {
  readonly conditions: readonly string[];
  readonly designs: readonly string[];
  readonly topics: readonly string[];
  readonly authors: readonly string[];
  readonly journals: readonly string[];
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

const noFacets: Facets = {
  conditions: [], designs: [], topics: [], authors: [], journals: [], hasQuote: false, hasNotice: false,
};

export const emptyFilter: Filter = { text: '', ...noFacets, not: noFacets };

export function isEmptyFilter(filter: Filter): boolean {
  return filter.text === '' && !hasYears(filter) && !hasFacets(filter) && !hasFacets(filter.not);
}

/** Whether the answer depends on names, which are folded for each entry that is asked. */
export function namesSomebody({ authors, journals, not }: Filter): boolean {
  return [authors, journals, not.authors, not.journals].some(names => names.length > 0);
}

/** Whether an entry has what the filter asks for, apart from its `text`, which is for `Search` to answer. */
export function matchesFilter(item: Citable, filter: Filter): boolean {
  return isWithinYears(item, filter) && meets(item, filter) && !meetsAny(item, filter.not);
}

/** The filter in words: `PTSD · RCT · 2019–2024 · has quotes`; nothing for an empty one. */
export function describeFilter(filter: Filter, vocabulary: Vocabulary): string {
  return [
    ...describeFacets(filter, vocabulary),
    ...describeFacets(filter.not, vocabulary).map(text => `not ${text}`),
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

const lists = ['conditions', 'designs', 'topics', 'authors', 'journals'] as const;
type List = (typeof lists)[number];

const holds: { readonly [L in List]: (item: Citable, value: string) => boolean } = {
  conditions: (item, id) => item.conditions?.includes(id) ?? false,
  designs: (item, id) => item.design === id,
  topics: (item, id) => item.topics?.includes(id) ?? false,
  authors: (item, name) => hasBeginning(namesIn(item).authors, name),
  journals: (item, name) => hasBeginning(namesIn(item).journals, name),
};

const holdsAny = (item: Citable, facets: Facets, list: List): boolean =>
  facets[list].some(value => holds[list](item, value));

function meets(item: Citable, facets: Facets): boolean {
  return (
    lists.every(list => facets[list].length === 0 || holdsAny(item, facets, list)) &&
    (!facets.hasQuote || hasQuotes(item)) &&
    (!facets.hasNotice || hasNotices(item))
  );
}

function meetsAny(item: Citable, facets: Facets): boolean {
  return (
    lists.some(list => holdsAny(item, facets, list)) ||
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
    authors: creatorsOf(csl).map(name => plain(familyName(name))),
    journals: journals.map(title => plain(title ?? '')),
  };
}

/** Whether `value` is the beginning of a word in one of the folded names. */
function hasBeginning(names: readonly string[], value: string): boolean {
  const begun = ` ${plain(value)}`;
  return names.some(name => ` ${name}`.includes(begun));
}

function hasFacets(facets: Facets): boolean {
  return facets.hasQuote || facets.hasNotice || lists.some(facet => facets[facet].length > 0);
}

function hasYears({ yearFrom, yearTo }: Filter): boolean {
  return yearFrom !== undefined || yearTo !== undefined;
}

function describeFacets(facets: Facets, vocabulary: Vocabulary): string[] {
  return [
    described(facets.conditions, vocabulary.conditions),
    described(facets.designs, vocabulary.designs),
    described(facets.topics, vocabulary.topics),
    facets.authors.length > 0 ? `by ${facets.authors.join(' or ')}` : '',
    facets.journals.length > 0 ? `in ${facets.journals.join(' or ')}` : '',
  ].filter(text => text !== '');
}

function described(ids: readonly string[], terms: readonly Term[]): string {
  const names = ids.map(id => {
    const term = terms.find(each => each.id === id);
    return term?.short ?? term?.label ?? id;
  });
  return names.join(' or ');
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
