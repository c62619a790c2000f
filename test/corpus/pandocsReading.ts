import { convertBibtex } from '../../src/core/bibliography/bibtex/convert.ts';
import { accents, cases, citing, marks, mathSigns, quoting, signs, silent, switches, verbatim } from '../../src/core/bibliography/bibtex/commands.ts';
import type { ConvertHelp } from '../../src/core/bibliography/scan.ts';

/**
 * What we would read of a BibTeX field if we had Pandoc's limits: if that is what Pandoc read, then nothing else is different.
 * Each limit changes the source as Pandoc sees it, or makes two readings equal but for one thing.
 */

export interface Reread {
  readonly field: string;
  /** The entry, as it is written. */
  readonly source: string;
  readonly help: ConvertHelp;
  readonly ours: unknown;
  readonly theirs: unknown;
}

interface Limit {
  readonly words: string;
  /** What has to be in the source for it to matter. */
  readonly in: RegExp;
  /** The source as Pandoc takes it. */
  readonly change?: (source: string, formulas: string[]) => string;
  /** What is the same to both. */
  readonly same?: (text: string) => string;
}

/** Commands for signs, spaces and boxes that we know and Pandoc 2.17 leaves out, with any argument. */
const lost: ReadonlySet<string> = new Set(
  `textendash textemdash endash emdash textellipsis textbullet textdegree textmu textmicro textcopyright textregistered texttrademark textsterling texteuro
  textyen textcent textdollar textbar textdagger textdaggerdbl textperiodcentered textasteriskcentered textquotesingle textquotedbl
  textexclamdown textquestiondown textunderscore textbraceleft textbraceright textpm texttimes textdiv textminus textrightarrow textleftarrow
  textordfeminine textordmasculine textonehalf textonequarter textthreequarters textonesuperior texttwosuperior textthreesuperior textnumero
  textapprox textequal textnonbreakinghyphen textvisiblespace textasciiacute textasciigrave textasciidieresis textasciimacron textparagraph
  textsection degree dag ddag SS th TH dh DH dj DJ ng NG EUR flqq frqq flq frq glqq grqq glq grq guillemotleft guillemotright guillemetleft
  guillemetright guilsinglleft guilsinglright quotedblbase quotesinglbase BibTeX mbox hbox text st mkbibsuperscript mkbibsubscript space
  path url`.trim().split(/\s+/),
);

const known: readonly { has(name: string): boolean }[] = [accents, cases, marks, quoting, signs, silent, switches, verbatim];
const apart: ReadonlySet<string> = new Set(['bibstring', 'penalty', 'begin', 'end', 'par', 'item', 'newline', 'linebreak']);
const joint = '\u200b';
const command = /\\([A-Za-z]+)\*?[ \t]*/g;

function isLost(name: string): boolean {
  const isKnown = known.some(each => each.has(name)) || citing.test(name) || apart.has(name);
  // Many write signs of mathematics in text, where Pandoc does not know them.
  return lost.has(name) || !isKnown || (mathSigns.has(name) && !signs.has(name));
}

function withoutLost(source: string): string {
  let kept = '';
  let from = 0;
  for (const { 0: all, 1: name = '', index } of source.matchAll(command)) {
    if (index >= from && isLost(name)) {
      kept += source.slice(from, index);
      from = afterArguments(source, index + all.length);
      // What is side by side then are still two words.
      kept += /\p{L}$/u.test(kept) && /^\p{L}/u.test(source.slice(from, from + 2)) ? joint : '';
    }
  }
  return kept + source.slice(from);
}

function afterArguments(source: string, from: number): number {
  for (let at = from; ; ) {
    const open = source[at];
    const close = open === '{' ? '}' : open === '[' ? ']' : undefined;
    let depth = close === undefined ? 0 : 1;
    let end = at + 1;
    for (; depth > 0 && end < source.length; end += 1) {
      depth += source[end] === open ? 1 : source[end] === close ? -1 : 0;
    }
    if (close === undefined || depth > 0) {
      return at;
    }
    at = end;
  }
}

/** A formula becomes one letter that has no case, in braces. */
const firstFormula = 0xa000;
const mostFormulas = 1000;
const formula = /(?<!\\)\$\$?((?:\\[^]|[^$\\])+)(?<!\\)\$\$?|\\\(([^]*?)\\\)|\\ensuremath\s*\{((?:[^{}]|\{[^{}]*\})*)\}/g;

function withoutFormulas(source: string, formulas: string[]): string {
  return source.replace(formula, (all: string, ...inside: readonly (string | undefined)[]) => {
    const code = inside.slice(0, 3).find(each => each !== undefined) ?? '';
    if (formulas.length >= mostFormulas) {
      return all;
    }
    formulas.push(code.replace(/\s+/g, ' ').trim());
    return `{${String.fromCharCode(firstFormula + formulas.length - 1)}}`;
  });
}

const besideIndex = /(?<=<\/su[bp]>)\p{Lu}|\p{Lu}(?=\p{Ll}?<su[bp]>)/gu;

/** Of a command that is lost Pandoc keeps spaces, and takes what comes after it for no beginning. */
function withoutSpaces(text: string): string {
  return text.replaceAll(joint, '').replace(/(?<=^\W*|[.:?!]\W*\s)\p{L}/gu, first => first.toLowerCase()).replace(/\s+/g, '');
}

const limits: readonly Limit[] = [
  { words: 'simple mathematics is Unicode and CSL’s markup; Pandoc leaves the TeX code', in: /\$|\\\(|\\ensuremath/, change: withoutFormulas },
  { words: 'the sign or the words of a command that Pandoc does not know are kept', in: /\\[A-Za-z]/, change: withoutLost, same: withoutSpaces },
  { words: 'a percent sign in a field is kept; as a comment it would cut the text off', in: /%/, change: source => source.replace(/(?<!\\)%[^\n{}]*/g, '') },
  { words: 'a dotless i takes its accent in place of the dot', in: /\\[ij](?![A-Za-z])/, same: text => text.normalize('NFD').replace(/[ıȷ](?=\p{M})/gu, dotless => (dotless === 'ı' ? 'i' : 'j')).normalize('NFC') },
  { words: 'a single quotation mark inside a text is not double', in: /`/, same: text => text.replace(/[“”‘’]/g, '’') },
  { words: 'two paragraphs or items do not run together, and a space that a command makes is kept', in: /\n[ \t]*\n|\\(?:par|item|begin|end|newline|linebreak|space|quad|qquad)(?![A-Za-z])|\\[;:]/, same: text => text.replace(/\s+/g, '') },
  { words: 'the last word after a colon or the end of a sentence begins a sentence', in: /[:.?!]/, same: text => text.replace(/(?<=[:.?!]["”’)]*\s+["“‘(]?)\p{Lu}/gu, first => first.toLowerCase()) },
  { words: 'a sign beside an index keeps its capital: the O of H₂O', in: /\\text(?:super|sub)script|\$/, same: text => text.replace(besideIndex, sign => sign.toLowerCase()) },
  { words: 'CSL has no underlining', in: /\\(?:underline|uline|ul)\b/, same: text => text.replace(/<\/?u>/g, '') },
];

/** Why what Pandoc read of a field is what we read of it; nothing if none of the limits explains it, or all together. */
export function limitFor(difference: Reread): string | undefined {
  const { source, help } = difference;
  const whole = [source, ...Object.values(help.context.strings ?? {}), ...parentsIn(source).map(key => help.textOf(key) ?? '')].join('\n');
  const possible = limits.filter(each => each.in.test(whole));
  const alone = possible.find(each => explains(difference, [each]));
  if (alone) {
    return alone.words;
  }
  const needed = possible.length > 1 && explains(difference, possible) ? possible.filter((_, i) => !explains(difference, possible.toSpliced(i, 1))) : undefined;
  return needed?.map(({ words }) => words).join('; ');
}

function explains({ field, source, help, theirs }: Reread, chosen: readonly Limit[]): boolean {
  const formulas: string[] = [];
  const change = (text: string): string => chosen.reduce((changed, limit) => limit.change?.(changed, formulas) ?? changed, text);
  const strings = help.context.strings && Object.fromEntries(Object.entries(help.context.strings).map(([name, value]) => [name, change(value)]));
  const item = convertBibtex(change(source), {
    context: { ...help.context, ...(strings && { strings }) },
    textOf: key => {
      const other = help.textOf(key);
      return other === undefined ? undefined : change(other);
    },
  });
  const same = (text: string): string => chosen.reduce((changed, limit) => limit.same?.(changed) ?? changed, text);
  const mine = plain(item[field as keyof typeof item]).replace(/[\ua000-\ua3e7]/g, letter => JSON.stringify(formulas[letter.charCodeAt(0) - firstFormula] ?? '').slice(1, -1));
  return same(mine) === same(plain(theirs));
}

/** A value as one text, in which nothing is different that is only written differently. */
function plain(value: unknown): string {
  const isEmpty = value === undefined || (Array.isArray(value) && value.length === 0);
  const text = JSON.stringify(isEmpty ? '' : sorted(value)) ?? '';
  return text.replace(/<span class=\\"nocase\\">(.*?)<\/span>/g, '$1').replace(/(?:\s|\\n)+/g, ' ').replace(/^" | "$/g, '"');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, part]) => [name, sorted(part)])) : value;
}

function parentsIn(source: string): readonly string[] {
  return Array.from(source.matchAll(/\b(?:crossref|xdata)\s*=\s*["{]([^"}]*)/gi), ([, list = '']) => list.split(/[\s,]+/)).flat();
}
