import type { CslDate, CslItem } from '../study.ts';
import { braced, entryText, languageOf, oneOfList, optionsFor, pages, people, prose, text, title, verbatim, type BibtexField as Field } from './latex.ts';

/** One entry as BibLaTeX has it: `journaltitle`, `date` with its day, `location`. Source: the manual of biblatex 3.19, section 2. */
export function biblatexEntry(item: CslItem & { readonly id: string }): string {
  const { name, within } = types[item.type] ?? misc;
  return entryText(name, item.id, [
    ...whoFields(item),
    ['title', title(item.title)],
    ['shorttitle', title(other(item, 'title-short'))],
    [within, within === 'booktitle' ? title(item['container-title']) : text(item['container-title'])],
    ['shortjournal', within === 'journaltitle' ? text(item['container-title-short']) : undefined],
    ['series', title(item['collection-title'])],
    ['eventtitle', title(other(item, 'event-title') ?? other(item, 'event'))],
    ['venue', text(other(item, 'event-place'))],
    ...whereAndWhen(item, name),
    ['volume', text(item.volume)],
    ['number', text(item.issue ?? item.number ?? other(item, 'collection-number'))],
    ['chapter', text(other(item, 'chapter-number'))],
    ['pages', pages(item.page)],
    ['pagetotal', text(other(item, 'number-of-pages'))],
    ['volumes', text(other(item, 'number-of-volumes'))],
    ['version', text(other(item, 'version'))],
    ['type', text(item.genre)],
    ['note', prose(item.note)],
    ...identifiers(item),
    ['keywords', text(item.keyword)],
    ['abstract', prose(item.abstract)],
    ['annotation', prose(other(item, 'annote'))],
  ]);
}

function whoFields(item: CslItem): readonly Field[] {
  const { author, editor, translator } = item;
  const within = item['container-author'];
  return [
    ['author', people(author)],
    ['bookauthor', people(within)],
    ['editor', people(editor)],
    ['translator', people(translator)],
    ['options', optionsFor([author, within, editor, translator].flatMap(names => names ?? []))],
    // The type alone does not tell a magazine from a journal.
    ['entrysubtype', subtypes[item.type]],
  ];
}

const subtypes: Readonly<Record<string, string>> = { 'article-magazine': '{magazine}', 'article-newspaper': '{newspaper}' };

function whereAndWhen(item: CslItem, name: string): readonly Field[] {
  const publisher = name === 'thesis' || name === 'report' ? 'institution' : name === 'online' ? 'organization' : 'publisher';
  return [
    [publisher, oneOfList(item.publisher)],
    ['location', oneOfList(item['publisher-place'])],
    ['edition', text(item.edition)],
    ...dateFields('date', item.issued),
    ...dateFields('origdate', item['original-date']),
    ...dateFields('eventdate', item['event-date']),
  ];
}

function identifiers(item: CslItem): readonly Field[] {
  return [
    ['isbn', verbatim(item.ISBN)],
    ['issn', verbatim(item.ISSN)],
    ['langid', languageOf(item.language)],
    ['doi', verbatim(item.DOI)],
    ['pmid', verbatim(item.PMID)],
    ['pmcid', verbatim(item.PMCID)],
    ['url', verbatim(item.URL)],
    ...dateFields('urldate', item.accessed),
  ];
}

/** Words such as “in press” are no date; `year` takes them. */
function dateFields(name: string, date: CslDate | undefined): readonly Field[] {
  const parts = date?.['date-parts'] ?? [];
  if (!date || !parts[0]?.length) {
    return [[name === 'date' ? 'year' : name, text(date?.literal ?? date?.raw)]];
  }
  const season = Number(date.season);
  const circa = date.circa ? '~' : '';
  const days = parts.slice(0, 2).map(each => day(each.length === 1 && season >= 1 && season <= 4 ? [each[0]!, season + 20] : each) + circa);
  return [[name, braced(days.join('/'))]];
}

/**
 * `2021-01-18`; seasons are months from 21 on. BibLaTeX counts years as ISO 8601 does, where 1 BC is `0000` and 44 BC `-0043`,
 * and a year of more than four digits has a `y`.
 */
function day([year = 0, ...rest]: readonly number[]): string {
  const counted = year < 0 ? year + 1 : year;
  const digits = String(Math.abs(counted)).padStart(4, '0');
  const written = `${digits.length > 4 ? 'y' : ''}${counted < 0 ? '-' : ''}${digits}`;
  return [written, ...rest.filter(part => part > 0).map(part => String(part).padStart(2, '0'))].join('-');
}

/** One of CSL's fields that the bundled records do not have. */
function other(item: CslItem, name: string): string | undefined {
  const value = (item as unknown as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

interface EntryType {
  readonly name: string;
  /** The field for what holds the work. */
  readonly within: string;
}

const misc: EntryType = { name: 'misc', within: 'howpublished' };
const article: EntryType = { name: 'article', within: 'journaltitle' };
const part: EntryType = { name: 'incollection', within: 'booktitle' };

const types: Readonly<Record<string, EntryType>> = {
  'article-journal': article,
  'article-magazine': article,
  'article-newspaper': article,
  review: article,
  'review-book': article,
  book: { ...misc, name: 'book' },
  chapter: part,
  'entry-encyclopedia': { ...part, name: 'inreference' },
  'entry-dictionary': { ...part, name: 'inreference' },
  'paper-conference': { ...part, name: 'inproceedings' },
  thesis: { ...misc, name: 'thesis' },
  report: { ...misc, name: 'report' },
  manuscript: { ...misc, name: 'unpublished' },
  pamphlet: { ...misc, name: 'booklet' },
  webpage: { ...misc, name: 'online' },
  post: { ...misc, name: 'online' },
  'post-weblog': { ...misc, name: 'online' },
  dataset: { ...misc, name: 'dataset' },
  software: { ...misc, name: 'software' },
  patent: { ...misc, name: 'patent' },
};
