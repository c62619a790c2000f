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
  const isArticle = item.type === 'article-journal';
  const monthName = month === undefined ? undefined : months[month - 1];
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['author', item.author.length > 0 ? braced(item.author.map(nameOf).join(' and ')) : undefined],
    ['title', braced(protectCapitals(markup(item.title)))],
    [isArticle ? 'journal' : 'howpublished', text(item['container-title'])],
    ['year', year === undefined ? undefined : braced(String(year))],
    ['month', monthName],
    ['volume', text(item.volume)],
    ['number', text(item.issue)],
    ['pages', item.page === undefined ? undefined : braced(escape(item.page).replace(/(?<=\w)[-–](?=\w)/g, '--'))],
    ['note', text(item.genre)],
    ['langid', languageOf(item.language)],
    ['doi', verbatim(item.DOI)],
    ['pmid', verbatim(item.PMID)],
    ['pmcid', verbatim(item.PMCID)],
    ['url', verbatim(item.URL)],
  ];
  const lines = fields.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name} = ${value},`]));
  return `@${isArticle ? 'article' : 'misc'}{${item.id},\n${lines.join('\n')}\n}`;
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
