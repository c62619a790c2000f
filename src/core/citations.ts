import { placeAt, type Place } from './caret.ts';
import { keyAt } from './markdown/key.ts';
import type { Bracket, Reading } from './reading.ts';
import { withoutQualifiers } from './search/pieces.ts';

/**
 * Pandoc's citation grammar at the caret. A bar in the examples is the caret.
 * Source: the Pandoc User's Guide, "Citation syntax".
 */

/** What has been typed of a citation: `[see -@ketmine ptsd|` gives `ketmine ptsd`. */
export interface CitationQuery {
  readonly text: string;
  /** Offset of `@`, or of the `-` before it. */
  readonly start: number;
  /** Offset after the typed text, and after the brackets in it that the editor closed: `@{…|}`, `@a(1|)`. */
  readonly typedEnd: number;
  /** Offset after the key or the word that goes on after the caret: `@fed|er2021`. */
  readonly end: number;
  readonly suppressAuthor: boolean;
  /** Whether it was typed in braces, `@{fed|}`. */
  readonly braced: boolean;
  readonly place: Place;
}

/** Pandoc's key: a letter, digit or `_` first; punctuation stands inside it, one mark at a time. */
export const citekeyPattern = String.raw`[\p{L}\p{N}_]+(?:[:.#$%&\-+?<>~/][\p{L}\p{N}_]+)*`;

// Longer, and it is prose: nobody searches a study by eight words.
const maxWords = 7;
const crossReference =
  /^(?:fig|tbl|tab|lst|eq|sec|ch|thm|lem|cor|prp|cnj|def|exm|exr|exc|sol|rem|alg|apx|nte|tip|wrn|imp|cau|vid|dia|suppfig|supptbl)[-:]/i;

/**
 * Whether `@key` means a figure, table, section … of the document itself: Quarto's reserved prefixes, `@fig-1`, and
 * pandoc-crossref's, `@fig:one`; capitalised they begin a sentence.
 */
export function isCrossReference(key: string): boolean {
  return crossReference.test(key);
}

// A sentence goes on after `. ` and `, `; a query has neither, nor brackets, nor quotation marks, but for the values of
// qualifiers: `condition:"chronic pain",ocd n:>50`.
const queryText = /^(?:[\p{L}\p{N}_](?:[^@;,[\](){}<>"“”„«»!?|\\\r\n.:]|[.:](?! ))*)?$/u;

/**
 * What has been typed of a citation up to the caret: `As @ketmine ptsd|` gives `ketmine ptsd`. Nothing in e-mail
 * addresses, addresses, code, math, metadata and cross-references such as `@fig-1|`, and nothing once the first
 * word is a whole citekey that prose follows: `@feder2021 found|`.
 * @param beginsKey whether some key begins with what was typed: it is searched for then whatever signs it has.
 */
export function citationQueryAt(
  reading: Reading,
  caret: number,
  isKey: (key: string) => boolean,
  beginsKey: (start: string) => boolean = () => false,
): CitationQuery | undefined {
  const { text } = reading;
  const found = typedBefore(text, caret, isKey, beginsKey);
  if (!found) {
    return undefined;
  }
  const { at, typed, braced, hasSigns } = found;
  const end = braced ? endOfBraced(text, at, caret) : endOfBare(text, at, caret, isKey);
  // In braces the whole key is replaced: the rest of it would be left outside of them.
  const typedEnd = braced ? end : behindClosed(text, at, caret);
  const place = placeAt(reading, caret, hasSigns ? { start: at, end } : undefined);
  if (place.silent && !place.nocite) {
    return undefined;
  }
  const suppressAuthor = text[at - 1] === '-' && !/[\p{L}\p{N}]/u.test(text[at - 2] ?? ' ');
  return { text: typed, start: suppressAuthor ? at - 1 : at, typedEnd, end, suppressAuthor, braced, place };
}

/** What was typed behind the `@` at `at`; `hasSigns` where it is a key with signs that may mean something in Markdown. */
interface Typed {
  readonly at: number;
  readonly typed: string;
  readonly braced: boolean;
  readonly hasSigns: boolean;
}

const signs = /[^\p{L}\p{N}_\s-]/u;

/** An @ may be part of the key, but nobody has several in one. */
const mostSigns = 3;

function typedBefore(
  text: string,
  caret: number,
  isKey: (key: string) => boolean,
  beginsKey: (start: string) => boolean,
): Typed | undefined {
  const lineStart = caret === 0 ? 0 : text.lastIndexOf('\n', caret - 1) + 1;
  const line = text.slice(lineStart, caret);
  let inLine = line.length;
  for (let count = 0; count < mostSigns && inLine > 0; count += 1) {
    inLine = line.lastIndexOf('@', inLine - 1);
    const at = lineStart + inLine;
    if (inLine < 0) {
      return undefined;
    }
    if (canStartCite(text, at)) {
      const braced = line[inLine + 1] === '{';
      const typed = line.slice(inLine + (braced ? 2 : 1));
      const isOfWords = isQuery(typed, isKey);
      const hasSigns = (!isOfWords || signs.test(typed)) && isKeyBegun(typed, braced, isKey, beginsKey);
      if (isOfWords || hasSigns) {
        return { at, typed, braced, hasSigns };
      }
    }
  }
  return undefined;
}

/** Whether it is a key that is being typed, whatever its signs are: `@10.1016/S0022-2836(05)8|`, `@{a;b|`. */
function isKeyBegun(
  typed: string,
  braced: boolean,
  isKey: (key: string) => boolean,
  beginsKey: (start: string) => boolean,
): boolean {
  if (typed.length > longestKey || /\s/.test(typed) || crossReference.test(typed)) {
    return false;
  }
  return (braced && staysInBraces(typed)) || beginsKey(typed) || isQueryWithParentheses(typed, isKey);
}

/** No key that is typed is longer. */
const longestKey = 200;

function staysInBraces(typed: string): boolean {
  let depth = 1;
  for (const char of typed) {
    depth += char === '{' ? 1 : char === '}' ? -1 : 0;
    if (depth === 0) {
      return false;
    }
  }
  return true;
}

/** `@a(05)8`, `@a(05`, unless a whole key comes before the parenthesis, which is prose then. */
function isQueryWithParentheses(typed: string, isKey: (key: string) => boolean): boolean {
  const first = typed.indexOf('(');
  return first > 0 && !isKey(typed.slice(0, first)) && isQuery(typed.replace(/\([^()]*(?:\)|$)/g, ''), isKey);
}

function canStartCite(text: string, at: number): boolean {
  const before = text[at - 1] ?? ' ';
  if (before === '\\') {
    let first = at - 1;
    while (text[first - 1] === '\\') {
      first -= 1;
    }
    return (at - first) % 2 === 0;
  }
  return !/[\p{L}\p{N}_/@.]/u.test(before);
}

function isQuery(typed: string, isKey: (key: string) => boolean): boolean {
  const plain = withoutQualifiers(typed);
  if (!queryText.test(plain) || crossReference.test(typed) || /\s{2}/.test(plain)) {
    return false;
  }
  const words = plain.split(' ');
  const isFinished = words.length > 1 ? isKey(typed.split(' ')[0]!) : /[.:]$/.test(typed) && isKey(typed.slice(0, -1));
  return words.length <= maxWords && !isFinished;
}

/** Where the key or the word ends that goes on after the caret: `@fed|er2021`, `@ketamine pt|sd`. */
function endOfBare(text: string, at: number, caret: number, isKey: (key: string) => boolean): number {
  const known = endOfKnown(text, at, caret, isKey);
  if (known !== undefined) {
    return known;
  }
  restOfWord.lastIndex = caret;
  const endOfWord = caret + restOfWord.exec(text)![0].length;
  const read = keyAt(text, at, Math.min(text.length, at + longestKey));
  const end = Math.max(endOfWord, read?.end ?? caret);
  return end > caret ? end : behindClosed(text, at, caret);
}

const restOfWord = /[\p{L}\p{N}_]{0,200}/uy;

/** Where a key ends that goes on behind the caret with signs that need braces: `@pa|ren(1)`. */
function endOfKnown(text: string, at: number, caret: number, isKey: (key: string) => boolean): number | undefined {
  if (caret - at > longestKey || /^[\s\]]?$/.test(text.slice(caret, caret + 1))) {
    return undefined;
  }
  const run = /^\S*/.exec(text.slice(caret, at + longestKey))![0];
  for (let length = run.length; length > 0; length -= 1) {
    if (isKey(text.slice(at + 1, caret + length))) {
      return caret + length;
    }
  }
  return undefined;
}

/** In braces all up to the closing one is the key. */
function endOfBraced(text: string, at: number, caret: number): number {
  const read = keyAt(text, at, text.length);
  return read && read.markEnd > caret ? read.markEnd : behindClosed(text, at, caret);
}

const partners: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** Behind the brackets that the editor closed at the caret when they were typed: `@a(1|)`. */
function behindClosed(text: string, at: number, caret: number): number {
  const open: string[] = [];
  for (const char of text.slice(at + 1, caret)) {
    const partner = partners[char];
    if (partner !== undefined) {
      open.push(partner);
    } else if (open.at(-1) === char) {
      open.pop();
    }
  }
  let end = caret;
  while (open.length > 0 && text[end] === open.pop()) {
    end += 1;
  }
  return end;
}

/** `[@fed|]`: whether the brackets hold nothing but what stands in `[start, end)`, and so were typed for it. */
export function holdsOnly(
  text: string,
  group: Bracket,
  { start, end }: { readonly start: number; readonly end: number },
): boolean {
  const behind = group.closed ? text.slice(end, group.end - 1) : '';
  return text.slice(group.start + 1, start).trim() === '' && behind.trim() === '';
}
