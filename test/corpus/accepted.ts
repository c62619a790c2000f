/** A field of which we read something else than Pandoc. */
export interface FieldDifference {
  readonly format: string;
  readonly field: string;
  readonly ours: unknown;
  readonly theirs: unknown;
  /** The entry, as it is written. */
  readonly source: string;
}

interface Reason {
  readonly words: string;
  readonly format?: string;
  readonly field?: RegExp;
  is(difference: FieldDifference): boolean;
}

const text = (value: unknown): string => (value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value));
const bare = (value: unknown): string => text(value).replace(/<[^>]*>/g, '').toLowerCase();
const letters = (value: unknown): string => text(value).normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('ı', 'i');
const isDate = /^(?:issued|accessed|event-date|original-date|submitted|available-date)$/;

/** A text's letters, digits and other signs, without spaces, punctuation, markup and capitals. */
const signs = (value: unknown): string => bare(value).replaceAll(/[\s\p{P}]/gu, '');

/** Whether a text is a longer one of which something was left out. */
function isWithin(short: string, long: string): boolean {
  let at = -1;
  return short.length < long.length && [...short].every(char => (at = long.indexOf(char, at + 1)) >= 0);
}

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
    words: 'the last word after a colon begins a sentence',
    format: 'biblatex',
    field: /title/,
    is: ({ ours, theirs }) => {
      const [mine, other] = [text(ours), text(theirs)];
      const lastWord = /(:\s+["“‘']?)(\p{L})(\S*)$/u;
      return mine.replace(lastWord, (_, colon: string, first: string, rest: string) => colon + first.toLowerCase() + rest) === other;
    },
  },
  { words: 'a dotless i takes its accent in place of the dot', format: 'biblatex', is: ({ ours, theirs, source }) => /\\i\b/.test(source) && letters(ours) === letters(theirs) },
  {
    words: 'simple mathematics is Unicode and CSL’s markup; Pandoc leaves the TeX code',
    format: 'biblatex',
    is: ({ theirs, ours, source }) => /\$[^$]+\$/.test(source) && /\$[^$]+\$|\\[A-Za-z]+|\{\}|[_^]/.test(text(theirs)) && !/\$[^$]+\$|\\[A-Za-z]+/.test(text(ours)),
  },
  {
    words: 'a percent sign in a field is kept; as a comment it would cut the text off',
    format: 'biblatex',
    is: ({ ours, theirs }) => text(ours).includes('%') && !text(theirs).includes('%'),
  },
  {
    words: 'a single quotation mark inside a text is not double',
    format: 'biblatex',
    is: ({ ours, theirs, source }) => /`/.test(source) && text(ours) !== text(theirs) && text(ours).replaceAll(/[‘’]/g, '') === text(theirs).replaceAll(/[“”‘’]/g, ''),
  },
  {
    words: 'the sign or the words of a command that Pandoc does not know are kept',
    format: 'biblatex',
    is: ({ ours, theirs, source }) => /\\[A-Za-z]{2,}/.test(source) && typeof ours === 'string' && isWithin(signs(theirs), signs(ours)),
  },
  { words: 'two paragraphs do not run together', format: 'biblatex', is: ({ ours, theirs, source }) => /\n[ \t]*\n/.test(source) && text(ours).replaceAll(/\s/g, '') === text(theirs).replaceAll(/\s/g, '') },
  {
    words: 'an accented capital in braces is a capital; Pandoc takes the name for a particle',
    format: 'biblatex',
    field: /^(?:author|editor|translator)$/,
    is: ({ theirs, source }) => /\{\\\W/.test(source) && /"dropping-particle":"[^a-z"]*\p{Lu}/u.test(text(theirs)),
  },
  { words: 'CSL has no underlining', format: 'biblatex', is: ({ theirs, ours }) => /underline|<u>/.test(text(theirs)) && bare(theirs) === bare(ours) },
  { words: '`..` is an open end', field: isDate, is: ({ source }) => /\/\s*\.\.|\.\.\s*\//.test(source) },
  { words: 'there is no month nought', field: isDate, is: ({ theirs }) => /\[\d+,0\]/.test(text(theirs)) },
  { words: 'a date that Pandoc cannot read and loses is kept', field: isDate, is: ({ ours, theirs }) => ours !== undefined && !/\d/.test(text(theirs)) },
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

/** Why a difference is accepted; `undefined` if it is not. */
export function reasonFor(difference: FieldDifference): string | undefined {
  const { format, field } = difference;
  return reasons.find(each => (each.format ?? format) === format && (each.field?.test(field) ?? true) && each.is(difference))?.words;
}
