import type { ConvertHelp } from '../../src/core/bibliography/scan.ts';
import { limitFor } from './pandocsReading.ts';

/** A field of which we read something else than Pandoc. */
export interface FieldDifference {
  readonly format: string;
  readonly field: string;
  readonly ours: unknown;
  readonly theirs: unknown;
  /** The entry, as it is written. */
  readonly source: string;
  /** What converting the entry needs, for BibTeX. */
  readonly help?: ConvertHelp;
}

interface Reason {
  readonly words: string;
  readonly format?: string;
  readonly field?: RegExp;
  is(difference: FieldDifference): boolean;
}

const text = (value: unknown): string => (value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value));
const bare = (value: unknown): string => text(value).replace(/<[^>]*>/g, '').toLowerCase();
const isDate = /^(?:issued|accessed|event-date|original-date|submitted|available-date)$/;

/** The text of one field of a BibTeX entry, roughly: up to the next line that begins a field. */
export function fieldSource(source: string, names: RegExp): string {
  return new RegExp(`(?:^|[,{\\s])(?:${names.source})\\s*=\\s*([\\s\\S]*?)(?=,\\s*[\\w-]+\\s*=|\\}?\\s*$)`, 'i').exec(source)?.[1] ?? '';
}

/**
 * Where we knowingly read something else than Pandoc, and why: the reasons that the tests list for their own samples, as
 * far as they can be recognized in any file. What no rule here recognizes is shown as a difference.
 */
const reasons: readonly Reason[] = [
  { words: '`@conference` is `@inproceedings` by another name', format: 'biblatex', field: /^type$/, is: ({ source }) => /^@\s*conference\b/i.test(source) },
  { words: 'Pandoc takes any type that begins with `comment` for a comment', format: 'biblatex', is: ({ source }) => /^@\s*comment[a-z]/i.test(source) },
  {
    words: 'an accented capital in braces is a capital; Pandoc takes the name for a particle',
    format: 'biblatex',
    field: /^(?:author|editor|translator)$/,
    is: ({ ours, theirs }) => /"dropping-particle":"[^a-z"]*[^\x00-\x7f]/u.test(text(theirs)) && wordsOfNames(ours) === wordsOfNames(theirs),
  },
  { words: '`..` is an open end', field: isDate, is: ({ source }) => /\/\s*\.\.|\.\.\s*\//.test(source) },
  { words: 'there is no month or day nought', field: isDate, is: ({ ours, theirs }) => text(theirs).replace(/(?:,0)+\]/g, ']') === text(ours) && text(ours) !== text(theirs) },
  { words: 'an empty date is none', format: 'biblatex', field: isDate, is: ({ theirs, source }) => text(theirs) === '{"date-parts":[[0]]}' && /(?:date|year)\s*=\s*(?:\{\s*(?:%[^\n{}]*)?\}|"\s*")/i.test(source) },
  { words: 'after 21 comes 21st', format: 'biblatex', field: /^collection-title$/, is: ({ ours, theirs }) => text(ours).replace(/^(\d+)(?:st|nd|rd) series$/, '$1th series') === theirs },
  { words: 'a date that Pandoc cannot read and loses is kept', field: isDate, is: ({ ours, theirs }) => ours !== undefined && (!/\d/.test(text(theirs)) || (text(theirs) === '{"date-parts":[[0]]}' && /^\D+$/.test(literalOf(ours)))) },
  { words: 'a PubMed number is one, whatever field it is in', field: /^PMC?ID$/, is: ({ theirs, ours }) => theirs === undefined && ours !== undefined },
  { words: 'an address has no backslash or braces around its signs', format: 'biblatex', field: /^(?:URL|DOI)$/, is: ({ ours, theirs }) => /[\\{]/.test(text(theirs)) && text(theirs).replaceAll(/\{(\\?[_&#%~$])\}/g, '$1').replaceAll('\\', '') === text(ours) },
  { words: '`en` is English as `en-US` is', format: 'biblatex', field: /title/, is: ({ ours, theirs, source }) => /^\W*en\W*$/i.test(fieldSource(source, /langid|language|hyphenation/)) && bare(ours) === bare(theirs) },
  { words: 'CSL’s word for the kind of work; CSL has no catalog and no unpublished', format: 'ris', field: /^type$/, is: ({ source }) => /^TY {1,2}- *(?:ADVS|MPCT|COMP|CTLG|UNPB)/m.test(source) },
  { words: 'Pandoc reverses the order of keywords', format: 'ris', field: /^keyword$/, is: ({ ours, theirs }) => text(ours).split(/[,;] */).sort().join() === text(theirs).split(/[,;] */).sort().join() },
  { words: 'Pandoc reads only years of RIS', format: 'ris', field: /^(?:issued|accessed)$/, is: ({ ours, theirs }) => theirs === undefined || text(ours).slice(0, 21).replace(/[\],].*/, '') === text(theirs).slice(0, 21).replace(/[\],].*/, '') },
  { words: 'Pandoc does not read AN, C2, J2 and M3', format: 'ris', field: /^(?:container-title-short|genre)$/, is: ({ theirs }) => theirs === undefined },
  { words: 'Pandoc puts a hyphen before a page that stands alone', format: 'ris', field: /^page$/, is: ({ ours, theirs }) => text(theirs) === `-${text(ours)}` },
  { words: 'RIS has the suffix last', format: 'ris', field: /^author$/, is: ({ ours }) => /"suffix"/.test(text(ours)) },
  { words: 'a type that CSL does not know is none', format: 'csljson', field: /^type$/, is: ({ ours, theirs }) => text(theirs) === '' || text(ours) === 'document' },
  { words: 'CSL’s span that keeps a word’s case is kept', format: 'csljson', is: ({ ours, theirs }) => text(ours).includes('nocase') && bare(ours) === bare(theirs) },
  { words: 'Zotero keeps in the note what CSL has a field for', format: 'csljson', is: ({ field, source }) => /"note"\s*:\s*"(?:[^"\\]|\\.)*?[\w-]+: /.test(source) && /^(?:note|PMID|PMCID|DOI|ISBN|ISSN|issued|original-date|genre|number|type)$/.test(field) },
  { words: 'Pandoc takes the title’s short form for the journal’s', format: 'csljson', field: /^(?:container-title-short|title-short)$/, is: ({ source }) => /"shortTitle"/.test(source) },
  { words: 'no field of CSL', format: 'csljson', is: ({ field, ours }) => ours === undefined && !/^[a-z]+(?:-[a-z]+)*$|^[A-Z]+$/.test(field) },
  { words: 'a season is kept', format: 'csljson', field: isDate, is: ({ ours }) => /"season"/.test(text(ours)) },
];

/** The words of each name in alphabetical order, whatever part of the name they are. */
function wordsOfNames(names: unknown): string {
  const list = Array.isArray(names) ? (names as readonly Readonly<Record<string, unknown>>[]) : [];
  return list.map(name => Object.values(name).join(' ').split(/\s+/).sort().join(' ')).join('; ');
}

function literalOf(date: unknown): string {
  return typeof date === 'object' && date !== null && 'literal' in date ? String(date.literal) : '';
}

/** Why a difference is accepted; `undefined` if it is not. */
export function reasonFor(difference: FieldDifference): string | undefined {
  const { format, field, help } = difference;
  const reason = reasons.find(each => (each.format ?? format) === format && (each.field?.test(field) ?? true) && each.is(difference))?.words;
  return reason ?? (format === 'biblatex' && help ? limitFor({ ...difference, help }) : undefined);
}
