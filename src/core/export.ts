import type { CslItem, Name } from './study.ts';

/**
 * CSL items as BibTeX in UTF-8; the tests read it back with Pandoc. Written here rather than with citation-js,
 * whose plugin drops PubMed's numbers, prints days into the month and brings network code into the bundle.
 * BibTeX has no day of publication. Small letters stay free for the style, which may begin a subtitle with a capital.
 */
export function toBibtex(items: readonly (CslItem & { readonly id: string })[]): string {
  return items.map(entry).join('\n\n');
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function entry(item: CslItem & { readonly id: string }): string {
  const [year, month] = item.issued?.['date-parts']?.[0] ?? [];
  const { name, within, publisher } = types[item.type] ?? misc;
  const monthName = month === undefined ? undefined : months[month - 1];
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['author', people(item.author)],
    ['editor', people(item.editor)],
    ['title', title(item.title)],
    [within, within === 'booktitle' ? title(item['container-title']) : text(item['container-title'])],
    ['series', text(item['collection-title'])],
    [publisher, text(item.publisher)],
    ['address', text(item['publisher-place'])],
    ['edition', text(item.edition)],
    ['year', year === undefined ? undefined : braced(String(year))],
    ['month', monthName],
    ['volume', text(item.volume)],
    ['number', text(item.issue ?? item.number)],
    ['pages', item.page === undefined ? undefined : braced(escape(item.page).replace(/(?<=\w)[-–](?=\w)/g, '--'))],
    ['note', text(item.genre)],
    ['isbn', verbatim(item.ISBN)],
    ['langid', languageOf(item.language)],
    ['doi', verbatim(item.DOI)],
    ['pmid', verbatim(item.PMID)],
    ['pmcid', verbatim(item.PMCID)],
    ['url', verbatim(item.URL)],
  ];
  const lines = fields.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name} = ${value},`]));
  return `@${name}{${item.id},\n${lines.join('\n')}\n}`;
}

/** An entry's type, and its fields for what holds the work and for who published it. */
interface EntryType {
  readonly name: string;
  readonly within: string;
  readonly publisher: string;
}

const article: EntryType = { name: 'article', within: 'journal', publisher: 'publisher' };
const misc: EntryType = { name: 'misc', within: 'howpublished', publisher: 'publisher' };
const part: EntryType = { name: 'incollection', within: 'booktitle', publisher: 'publisher' };

// The types that BibTeX and BibLaTeX share.
const types: Readonly<Record<string, EntryType>> = {
  'article-journal': article,
  'article-magazine': article,
  'article-newspaper': article,
  book: { ...misc, name: 'book' },
  chapter: part,
  'entry-encyclopedia': part,
  'entry-dictionary': part,
  'paper-conference': { ...part, name: 'inproceedings' },
  thesis: { ...misc, name: 'phdthesis', publisher: 'school' },
  report: { ...misc, name: 'techreport', publisher: 'institution' },
};

function people(names: readonly Name[] | undefined): string | undefined {
  return names && names.length > 0 ? braced(names.map(nameOf).join(' and ')) : undefined;
}

/** Styles may lower the letters of a title, but for those in braces. */
function title(value: string | undefined): string | undefined {
  return value === undefined ? undefined : braced(protectCapitals(markup(value)));
}

// babel's names, as biblatex and Pandoc take them.
const languages: Readonly<Record<string, string>> = {
  de: 'german', es: 'spanish', fr: 'french', it: 'italian', nl: 'dutch', pl: 'polish', pt: 'portuguese',
  ru: 'russian', sv: 'swedish', tr: 'turkish',
};

/** Without it an English style would set a Spanish title in capitals; that a title is English goes without saying. */
function languageOf(tag: string | undefined): string | undefined {
  const name = languages[tag?.slice(0, 2).toLowerCase() ?? ''];
  return name && braced(name);
}

function braced(value: string): string {
  return `{${value}}`;
}

function text(value: string | undefined): string | undefined {
  return value === undefined ? undefined : braced(escape(value));
}

/** DOIs and addresses are read as they stand; only braces that do not pair would break the entry. */
function verbatim(value: string | undefined): string | undefined {
  return value === undefined ? undefined : braced(value.replace(/[{}]/g, brace => (brace === '{' ? '%7B' : '%7D')));
}

const specials: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
};

/** Kept apart is what TeX would join into another character, as `--` into a dash and `''` into a quotation mark. */
function escape(value: string): string {
  return value
    .normalize('NFC')
    .replace(/[\\~^<>]|[{}%&$#_]/g, char => specials[char] ?? `\\${char}`)
    .replace(/(?<=([-',]))(?=\1)/g, '{}')
    // Pandoc takes single quotation marks for a quotation, and sets that in double ones.
    .replace(/[‘`]/g, braced);
}

const capital = /[\p{Lu}\p{Lt}]/u;

const tags: Readonly<Record<string, string>> = {
  i: '\\textit{',
  b: '\\textbf{',
  sub: '\\textsubscript{',
  sup: '\\textsuperscript{',
  sc: '\\textsc{',
};

/** CSL's markup in titles, `<i>in vivo</i>`, becomes LaTeX's; a tag without its end is text, lest a brace stay open. */
function markup(title: string): string {
  const found = /<(?:(i|b|su[bp]|sc)|(span) class="nocase")>(.*?)<\/\1\2>/s.exec(title);
  if (!found) {
    return escape(title);
  }
  const [whole, tag = '', , inner = ''] = found;
  const marked = `${tags[tag] ?? '{'}${markup(inner)}}`;
  // Two braces: within one BibTeX lowers capitals behind a command, and within none Pandoc does so.
  const kept = capital.test(inner) ? braced(braced(marked)) : marked;
  return `${escape(title.slice(0, found.index))}${kept}${markup(title.slice(found.index + whole.length))}`;
}

// A LaTeX command is no word.
const words = /(?<![\p{L}\p{N}\\])[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:[-–’'][\p{L}\p{M}\p{N}]+)*/gu;

/** Styles put titles into lower case; a word with a capital keeps it in braces. The first word's is kept anyway. */
function protectCapitals(title: string): string {
  return title.replace(words, (word, offset: number) =>
    capital.test(offset === 0 ? word.slice(1) : word) ? braced(word) : word,
  );
}

/** `Zarate, Jr., Carlos A.`; in braces what BibTeX would take apart: groups, and family names that begin small. */
function nameOf({ family, given, suffix, literal }: Name): string {
  if (literal !== undefined || family === undefined) {
    return braced(escape(literal ?? given ?? ''));
  }
  if (given === undefined) {
    return braced(escape([family, suffix].filter(Boolean).join(' ')));
  }
  const name = /^\p{Ll}/u.test(family) ? braced(escape(family)) : apart(family);
  return [name, suffix && escape(suffix), apart(given)].filter(Boolean).join(', ');
}

function apart(name: string): string {
  return /,|\band\b/i.test(name) ? braced(escape(name)) : escape(name);
}
