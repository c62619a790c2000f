import { familyOf } from '../bibliography/names.ts';
import { creatorsOf } from '../creators.ts';
import { designsOf } from '../evidence.ts';
import type { CslItem, Entry, Summary, Term, Vocabulary } from '../study.ts';
import { plain } from './fold.ts';
import { strengthOf } from './strength.ts';

/** What can be searched of a study or of any entry of a bibliography. A text that is missing is empty. */
export interface SearchEntry {
  readonly key: string;
  /** The first author's family name, or the name of a body. */
  readonly author: string;
  /** The other authors. */
  readonly coauthors: string;
  readonly year: string;
  readonly title: string;
  readonly gist: string;
  /**
   * What the study is about: conditions and topics that title or gist name, designs, comparators and routes, with their short
   * forms; keywords of a writer's entry.
   */
  readonly labels: string;
  /** Other terms of the study, and other words for all of them. */
  readonly asides: string;
  readonly finding: string;
  readonly journal: string;
  /** Population, treatment, comparator and outcome. */
  readonly pico: string;
  /** Quotes and identifiers. */
  readonly extra: string;
  /** How strong the evidence is, see `strengthOf`; absent for a writer's entry, whose design is not known. */
  readonly strength?: number;
}

export type Field = Exclude<keyof SearchEntry, 'strength'>;

/** In the order in which a match is told, and the worth of a match in each. */
export const fieldWeights: Readonly<Record<Field, number>> = {
  key: 4,
  author: 4,
  year: 3,
  title: 3,
  gist: 3,
  labels: 3,
  pico: 2.5,
  coauthors: 2,
  asides: 2,
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
  const [author = '', ...coauthors] = creatorsOf(item.csl).map(familyOf);
  return {
    key: item.id,
    author,
    coauthors: coauthors.join(', '),
    year: String(yearOf(item.csl) ?? ''),
    title: item.csl.title ?? '',
    gist: item.gist ?? '',
    ...labelsOf(item, vocabulary),
    finding: item.finding ?? '',
    journal: listed([item.csl['container-title'], item.csl['container-title-short']], ', '),
    pico: picoOf(item),
    extra: extraOf(item),
    strength: strengthOf(item),
  };
}

function searchEntryOf(key: string, summary: Summary, quotes: readonly string[]): SearchEntry {
  const { author, coauthors, year, title, journal, doi, pmid, keywords } = summary;
  const extra = listed([doi, pmid, ...quotes], '; ');
  return { key, author, coauthors, year, title, journal, gist: '', labels: keywords.join(', '), asides: '', finding: '', pico: '', extra };
}

/** The same, each text made when it is asked for: a search reads few texts of many entries. */
export class LazySearchEntry implements SearchEntry {
  readonly key: string;
  readonly gist = '';
  readonly asides = '';
  readonly finding = '';
  readonly pico = '';
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

export function yearOf(csl: CslItem): number | undefined {
  return csl.issued?.['date-parts']?.[0]?.[0];
}

/**
 * A subject that the title or the gist names is what the study is about; one that it is only coded as is less so. Who types
 * `anxiety` wants trials in anxiety first, then those in which anxiety is a word of the title.
 */
function labelsOf(item: Citable, vocabulary: Vocabulary): Pick<SearchEntry, 'labels' | 'asides'> {
  const { conditions = [], topics = [], evidence, gist = '', population, csl } = item;
  const title = ` ${plain(`${csl.title ?? ''} ${gist}`)} `;
  const people = ` ${plain(population ?? '')} `;
  const isTold = (term: Term): boolean => foldedNamesOf(term).some(name => title.includes(` ${name} `));
  const isAliasTold = (alias: string): boolean => [title, people].some(text => text.includes(` ${plain(alias)} `));
  const subjects = [...having(vocabulary.conditions, conditions), ...having(vocabulary.topics, topics)];
  const designs = having(vocabulary.designs, designsOf(item));
  const given = [...having(vocabulary.comparators, evidence?.comparators), ...having(vocabulary.routes, evidence?.routes)];
  const aliases = [...subjects, ...designs, ...given].flatMap(term => term.aliases ?? []);
  return {
    labels: once([...namesOf([...subjects.filter(isTold), ...designs, ...given]), ...aliases.filter(isAliasTold)]),
    asides: once([...namesOf(subjects.filter(term => !isTold(term))), ...aliases.filter(alias => !isAliasTold(alias))]),
  };
}

function having(terms: readonly Term[], ids: readonly string[] = []): readonly Term[] {
  return terms.filter(({ id }) => ids.includes(id));
}

function namesOf(terms: readonly Term[]): string[] {
  return terms.flatMap(({ label, short }) => [label, ...(short ? [short] : [])]);
}

function once(names: readonly string[]): string {
  return [...new Map(names.map(name => [name.toLowerCase(), name])).values()].join(', ');
}

function picoOf({ population, intervention, comparator, outcome }: Citable): string {
  return listed([population, ...Object.values(intervention ?? {}), comparator, outcome?.measure], '; ');
}

function extraOf({ registration, quotes, csl }: Citable): string {
  return listed([registration, csl.DOI, csl.PMID, csl.PMCID, ...(quotes ?? []).map(quote => quote.text)], '; ');
}

function listed(texts: readonly (string | null | undefined)[], separator: string): string {
  return texts.filter(text => text).join(separator);
}

const foldedNames = new WeakMap<Term, readonly string[]>();

/** What a term may be called, folded, its id first; kept, since every keystroke asks for them all. */
export function foldedNamesOf(term: Term): readonly string[] {
  const { id, label, short = label, aliases = [] } = term;
  const names = foldedNames.get(term) ?? [id, label, short, ...aliases].map(plain);
  foldedNames.set(term, names);
  return names;
}
