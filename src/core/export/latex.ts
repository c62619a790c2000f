import { isOthers } from '../bibliography/names.ts';
import type { Name } from '../study.ts';
import { markedPart, type CslTag } from './markedPart.ts';

/** Values of fields as BibTeX and BibLaTeX take them, with the braces around them. In UTF-8: only what TeX takes for markup is escaped. */

export function braced(value: string): string {
  return `{${value}}`;
}

export function text(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : braced(escape(value));
}

/**
 * One name of a publisher, an institution or a place. BibLaTeX and Pandoc take these fields for lists whose items a word
 * `and` divides, unless it is in braces.
 */
export function oneOfList(value: string | undefined): string | undefined {
  return text(value)?.replace(/(?<=[{\s])and(?=[\s}])/gi, braced);
}

/** DOIs and addresses are read as they stand; only braces that do not pair would break the entry, and a backslash before the last. */
export function verbatim(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : braced(value.replace(/[{}]|\\(?=\\*$)/g, sign => signs[sign]!));
}

const signs: Readonly<Record<string, string>> = { '{': '%7B', '}': '%7D', '\\': '%5C' };

export function pages(value: string | undefined): string | undefined {
  return value === undefined ? undefined : braced(escape(value).replace(/(?<=\w)[-–](?=\w)/g, '--'));
}

export function people(names: readonly Name[] | undefined): string | undefined {
  // In braces `others` would be a name; before nothing at all, `and` would be.
  const named = names?.filter(({ family, given, literal }) => `${literal ?? ''}${family ?? ''}${given ?? ''}`.trim() !== '');
  const written = named?.map((name, index) => (index > 0 && index === named.length - 1 && isOthers(name) ? 'others' : nameOf(name))) ?? [];
  return written.length > 0 ? braced(written.join(' and ')) : undefined;
}

/** Styles may lower the letters of a title, but for those in braces. */
export function title(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : braced(protectCapitals(markup(value)));
}

/** Text with CSL's markup, of which no style changes the capitals. */
export function prose(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : braced(markup(value));
}

// babel's names, as biblatex and Pandoc take them.
const languages: Readonly<Record<string, string>> = {
  de: 'german', es: 'spanish', fr: 'french', it: 'italian', nl: 'dutch', pl: 'polish', pt: 'portuguese',
  ru: 'russian', sv: 'swedish', tr: 'turkish',
};

/** Without it an English style would set a Spanish title in capitals; that a title is English goes without saying. */
export function languageOf(tag: string | undefined): string | undefined {
  const name = languages[tag?.slice(0, 2).toLowerCase() ?? ''];
  return name && braced(name);
}

/** `useprefix` has a style sort by the particle and print it with the family name, as a particle that CSL calls non-dropping. */
export function optionsFor(names: readonly Name[]): string | undefined {
  return names.some(name => isParticle(name['non-dropping-particle'])) ? '{useprefix=true}' : undefined;
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
    // An empty line is a paragraph, which no field may have: Pandoc leaves out such a publisher.
    .replace(/\s*[\n\r\f\v\u0085\u2028\u2029]\s*/g, ' ')
    .replace(/[\\~^<>]|[{}%&$#_]/g, char => specials[char] ?? `\\${char}`)
    .replace(/(?<=([-',]))(?=\1)/g, '{}')
    // Pandoc takes single quotation marks for a quotation, and sets that in double ones.
    .replace(/[‘`]/g, braced);
}

const capital = /[\p{Lu}\p{Lt}]/u;

const tags: Readonly<Record<CslTag, string>> = {
  nocase: '{',
  i: '\\textit{',
  b: '\\textbf{',
  sub: '\\textsubscript{',
  sup: '\\textsuperscript{',
  sc: '\\textsc{',
};

/** CSL's markup in titles, `<i>in vivo</i>`, becomes LaTeX's; a tag without its end is text, lest a brace stay open. */
function markup(title: string): string {
  const found = markedPart(title);
  if (!found) {
    return escape(title);
  }
  const { tag, inner, start, end } = found;
  const marked = `${tags[tag]}${markup(inner)}}`;
  // Two braces: within one BibTeX lowers capitals behind a command, and within none Pandoc does so.
  const kept = capital.test(inner) ? braced(braced(marked)) : marked;
  return `${escape(title.slice(0, start))}${kept}${markup(title.slice(end))}`;
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
function nameOf(name: Name): string {
  const { family, given, suffix, literal } = name;
  if (literal !== undefined || family === undefined) {
    return braced(escape(literal ?? given ?? ''));
  }
  const particle = [name['dropping-particle'], name['non-dropping-particle']].filter(each => each !== undefined && each !== '').join(' ');
  if (given === undefined) {
    return braced(escape([joined(particle, family), suffix].filter(Boolean).join(' ')));
  }
  return [surname(particle, family), suffix && apart(suffix), apart(given)].filter(Boolean).join(', ');
}

/** BibTeX takes words that begin small for a particle, and only those. */
function surname(particle: string, family: string): string {
  if (particle !== '' && !isParticle(particle)) {
    return braced(escape(joined(particle, family)));
  }
  const name = /^\p{Ll}/u.test(family) ? braced(escape(family)) : apart(family);
  return particle === '' ? name : `${escape(particle)} ${name}`;
}

function isParticle(words: string | undefined): boolean {
  return words !== undefined && /^\p{Ll}[\p{Ll}.]*(?: \p{Ll}[\p{Ll}.]*)*$/u.test(words) && !/\band\b/.test(words);
}

/** `d’Aumale`, `van Velzen`. */
function joined(particle: string, family: string): string {
  return particle === '' || /[-'’]$/.test(particle) ? particle + family : `${particle} ${family}`;
}

/** In braces where a sign or a word would end the name, or be a part of BibLaTeX’s `family=Author, given=A.`. */
function apart(name: string): string {
  return /[,=]|\band\b/i.test(name) ? braced(escape(name)) : escape(name);
}

/** A field of BibTeX and its value with the braces; nothing where the work has none. */
export type BibtexField = readonly [name: string, value: string | undefined];

/** An entry, a field a line. */
export function entryText(type: string, key: string, fields: readonly BibtexField[]): string {
  const lines = fields.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name} = ${value},`]));
  return `@${type}{${key},\n${lines.join('\n')}\n}`;
}
