import { biblatexEntry } from './export/biblatex.ts';
import { braced, entryText, languageOf, oneOfList, optionsFor, pages, people, prose, text, title, verbatim } from './export/latex.ts';
import type { CslItem } from './study.ts';

export type KeyedItem = CslItem & { readonly id: string };

/** Classic BibTeX has `journal` and `year`, BibLaTeX `journaltitle` and `date`. */
export type BibtexDialect = 'bibtex' | 'biblatex';

/**
 * CSL items as BibTeX in UTF-8; the tests read it back with Pandoc. Written here rather than with citation-js,
 * whose plugin drops PubMed's numbers, prints days into the month and brings network code into the bundle.
 * BibTeX has no day of publication. Small letters stay free for the style, which may begin a subtitle with a capital.
 * CSL's fields for which neither dialect has one (archives, scales, reviewed works) are left out.
 */
export function toBibtex(items: readonly KeyedItem[], dialect: BibtexDialect = 'bibtex'): string {
  return items.map(dialect === 'bibtex' ? entry : biblatexEntry).join('\n\n');
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function entry(item: KeyedItem): string {
  const [year, month] = item.issued?.['date-parts']?.[0] ?? [];
  const { name, within, publisher, genre = 'note' } = typeOf(item);
  const remark = genre === 'note' ? [item.genre, item.note].filter(Boolean).join('. ') : item.note;
  return entryText(name, item.id, [
    ['author', people(item.author)],
    ['editor', people(item.editor)],
    ['translator', people(item.translator)],
    ['options', optionsFor([...item.author, ...(item.editor ?? [])])],
    ['title', title(item.title)],
    [within, within === 'booktitle' ? title(item['container-title']) : text(item['container-title'])],
    ['series', title(item['collection-title'])],
    [publisher, oneOfList(item.publisher)],
    ['address', oneOfList(item['publisher-place'])],
    ['edition', text(item.edition)],
    ['year', year === undefined ? text(item.issued?.literal ?? item.issued?.raw) : braced(String(year))],
    ['month', month === undefined ? undefined : months[month - 1]],
    ['volume', text(item.volume)],
    ['number', text(item.issue ?? item.number)],
    ['pages', pages(item.page)],
    ['type', genre === 'type' ? text(item.genre) : undefined],
    ['note', prose(remark)],
    ['isbn', verbatim(item.ISBN)],
    ['issn', verbatim(item.ISSN)],
    ['langid', languageOf(item.language)],
    ['doi', verbatim(item.DOI)],
    ['pmid', verbatim(item.PMID)],
    ['pmcid', verbatim(item.PMCID)],
    ['url', verbatim(item.URL)],
    ['keywords', text(item.keyword)],
    ['abstract', prose(item.abstract)],
  ]);
}

/** An entry's type, and its fields for what holds the work, for who published it and for what it is called. */
interface EntryType {
  readonly name: string;
  readonly within: string;
  readonly publisher: string;
  readonly genre?: 'type';
}

const article: EntryType = { name: 'article', within: 'journal', publisher: 'publisher' };
const misc: EntryType = { name: 'misc', within: 'howpublished', publisher: 'publisher' };
const part: EntryType = { name: 'incollection', within: 'booktitle', publisher: 'publisher' };
const thesis: EntryType = { ...misc, name: 'phdthesis', publisher: 'school', genre: 'type' };

const types: Readonly<Record<string, EntryType>> = {
  'article-journal': article,
  'article-magazine': article,
  'article-newspaper': article,
  review: article,
  'review-book': article,
  book: { ...misc, name: 'book' },
  chapter: part,
  'entry-encyclopedia': part,
  'entry-dictionary': part,
  'paper-conference': { ...part, name: 'inproceedings' },
  thesis,
  report: { ...misc, name: 'techreport', publisher: 'institution', genre: 'type' },
  manuscript: { ...misc, name: 'unpublished' },
  pamphlet: { ...misc, name: 'booklet' },
};

function typeOf({ type, genre }: CslItem): EntryType {
  return type === 'thesis' && /master/i.test(genre ?? '') ? { ...thesis, name: 'mastersthesis' } : (types[type] ?? misc);
}
