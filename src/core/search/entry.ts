import type { CslItem, Entry, Name, Summary, Vocabulary } from '../study.ts';

/** What can be searched of a study or of any entry of a bibliography. A text that is missing is empty. */
export interface SearchEntry {
  readonly key: string;
  /** The first author's family name, or the name of a body. */
  readonly author: string;
  /** The other authors. */
  readonly coauthors: string;
  readonly year: string;
  readonly title: string;
  /** Labels of conditions, topics and design, with their short forms and aliases. */
  readonly labels: string;
  readonly finding: string;
  readonly journal: string;
  /** Treatment, comparator, outcome, quotes, identifiers. */
  readonly extra: string;
}

export type Field = keyof SearchEntry;

/** In the order in which a match is told, and the worth of a match in each. */
export const fieldWeights: Readonly<Record<Field, number>> = {
  key: 4,
  author: 4,
  year: 3,
  title: 3,
  labels: 2.5,
  coauthors: 2,
  journal: 1.2,
  finding: 1,
  extra: 0.7,
};

export const fields = Object.keys(fieldWeights) as readonly Field[];

/** A study, or an entry that knows less than one. */
export type Citable = Pick<Entry, 'id' | 'csl'> & Partial<Omit<Entry, 'id' | 'csl'>>;

/** Makes a study or an entry of a bibliography searchable. */
export function searchEntry(item: Citable, vocabulary: Vocabulary): SearchEntry {
  if (item.summary) {
    return searchEntryOf(item.id, item.summary, (item.quotes ?? []).map(({ text }) => text));
  }
  const [author = '', ...coauthors] = (item.csl.author ?? []).map(familyName);
  return {
    key: item.id,
    author,
    coauthors: coauthors.join(', '),
    year: String(yearOf(item.csl) ?? ''),
    title: item.csl.title ?? '',
    labels: labelsOf(item, vocabulary),
    finding: item.finding ?? '',
    journal: listed([item.csl['container-title'], item.csl['container-title-short']], ', '),
    extra: extraOf(item),
  };
}

function searchEntryOf(key: string, summary: Summary, quotes: readonly string[]): SearchEntry {
  const { author, coauthors, year, title, journal, doi, pmid, keywords } = summary;
  const extra = listed([doi, pmid, ...quotes], '; ');
  return { key, author, coauthors, year, title, journal, labels: keywords.join(', '), finding: '', extra };
}

/** The same, each text made when it is asked for: a search reads few texts of many entries. */
export class LazySearchEntry implements SearchEntry {
  readonly key: string;
  readonly finding = '';
  readonly #summary: Summary;
  readonly #quotes: readonly string[];

  constructor(key: string, summary: Summary, quotes: readonly string[]) {
    this.key = key;
    this.#summary = summary;
    this.#quotes = quotes;
  }

  get author(): string {
    return this.#summary.author;
  }

  get coauthors(): string {
    return this.#summary.coauthors;
  }

  get year(): string {
    return this.#summary.year;
  }

  get title(): string {
    return this.#summary.title;
  }

  get journal(): string {
    return this.#summary.journal;
  }

  get labels(): string {
    return this.#summary.keywords.join(', ');
  }

  get extra(): string {
    return listed([this.#summary.doi, this.#summary.pmid, ...this.#quotes], '; ');
  }
}

export function familyName(name: Name): string {
  return name.family ?? name.literal ?? name.given ?? '';
}

export function yearOf(csl: CslItem): number | undefined {
  return csl.issued?.['date-parts']?.[0]?.[0];
}

function labelsOf(item: Citable, vocabulary: Vocabulary): string {
  const used = [
    ...vocabulary.conditions.filter(term => item.conditions?.includes(term.id)),
    ...vocabulary.designs.filter(term => item.design === term.id),
    ...vocabulary.topics.filter(term => item.topics?.includes(term.id)),
  ];
  const names = used.flatMap(term => [term.label, ...(term.short ? [term.short] : []), ...(term.aliases ?? [])]);
  return [...new Map(names.map(name => [name.toLowerCase(), name])).values()].join(', ');
}

function extraOf(item: Citable): string {
  const { intervention, comparator, outcome, population, registration, quotes, csl } = item;
  return listed([
    ...Object.values(intervention ?? {}), comparator, outcome?.measure, population, registration,
    csl.DOI, csl.PMID, csl.PMCID, ...(quotes ?? []).map(quote => quote.text),
  ], '; ');
}

function listed(texts: readonly (string | null | undefined)[], separator: string): string {
  return texts.filter(text => text).join(separator);
}
