import { blockAt, type Block, type Opaque } from './blocks.ts';
import { containerOf, type Container } from './container.ts';
import { scanInline, type Bracket, type Inline, type OpaqueSpan } from './inline.ts';
import { finished } from './steps.ts';

/**
 * Pandoc's citation grammar at the caret. A bar in the examples is the caret.
 * Source: the Pandoc User's Guide, "Citation syntax".
 */

/** Where the caret stands, as far as citing is concerned. */
export interface Place {
  /** Why nothing can be cited here; absent in prose. */
  readonly silent?: Opaque | OpaqueSpan;
  readonly container: Container;
  /** The line's start and end (without its line break). */
  readonly line: { readonly start: number; readonly end: number };
  /** The citation's brackets around the caret, as in `[@feder2021|]` or `[see |]`. */
  readonly group?: Bracket;
  /** Whether the caret stands in the text of an inline note `^[…|]` or of a `[^1]: …|`. */
  readonly inNote: boolean;
  /** Whether the caret stands under a heading References, Bibliography or the like, or in a `#refs` division. */
  readonly underReferences: boolean;
  /** The paragraph around the caret, `[start, end)`, and its inline marks; of a very long one what stands near the caret. */
  readonly paragraph: { readonly start: number; readonly end: number; readonly inline: Inline };
}

/** What has been typed of a citation: `[see -@ketmine ptsd|` gives `ketmine ptsd`. */
export interface CitationQuery {
  readonly text: string;
  /** Offset of `@`, or of the `-` before it. */
  readonly start: number;
  /** Offset behind the typed text; behind `}` where `@{…|}` was closed by the editor. */
  readonly end: number;
  readonly suppressAuthor: boolean;
  readonly place: Place;
}

/** Pandoc's key: a letter, digit or `_` first; punctuation stands inside it, one mark at a time. */
export const citekeyPattern = String.raw`[\p{L}\p{N}_]+(?:[:.#$%&\-+?<>~/][\p{L}\p{N}_]+)*`;

const referencesHeading =
  /^(?:references?(?: list)?|bibliography|works cited|literature(?: cited)?|literatur(?:verzeichnis)?|quellen|références(?: bibliographiques)?|bibliographie|referencias(?: bibliográficas)?|bibliografía)\s*$/iu;

/** Where the offset stands. Of a text of a million lines that takes long; an editor that is asked for it by itself takes steps. */
export function placeAt(text: string, offset: number): Place {
  return finished(placeInSteps(text, offset));
}

/** Where the offset stands; yields every few milliseconds. */
export function* placeInSteps(text: string, offset: number): Generator<undefined, Place> {
  const block = near(yield* blockAt(text, offset), offset);
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const newline = text.indexOf('\n', offset);
  const lineEnd = newline < 0 ? text.length : newline - (text[newline - 1] === '\r' && newline > offset ? 1 : 0);
  const inline = scanInline(text, block.start, block.end);
  const silent = block.opaque ?? silentSpan(inline, offset, text);
  const group = groupAt(text, inline, offset);
  const container = containerOf(text.slice(lineStart, lineEnd));
  return {
    ...(silent && { silent }),
    ...(group && { group }),
    container,
    line: { start: lineStart, end: lineEnd },
    inNote: container.kind === 'footnote' || inInlineNote(text, inline, offset),
    underReferences: block.inRefs || referencesHeading.test(block.heading?.replace(/[*_]/g, '').trim() ?? ''),
    paragraph: { start: block.start, end: block.end, inline },
  };
}

/** Of a longer paragraph (code units) no more than half of it is looked at on either side of the caret. */
const longestParagraph = 1 << 15;

function near(block: Block, offset: number): Block {
  const start = Math.max(block.start, offset - longestParagraph / 2);
  const end = Math.min(block.end, offset + longestParagraph / 2);
  return block.end - block.start > longestParagraph ? { ...block, start, end } : block;
}

function silentSpan(inline: Inline, offset: number, text: string): OpaqueSpan | undefined {
  return inline.spans.find(
    span => span.start < offset && (offset < span.end || isStillOpen(span.kind, span.end, offset, text)),
  )?.kind;
}

/** Behind `https://example.org|` the address goes on; behind `` `code`| `` it does not, unless it was never closed. */
function isStillOpen(kind: OpaqueSpan, end: number, offset: number, text: string): boolean {
  if (offset !== end) {
    return false;
  }
  const last = text[end - 1];
  return (kind === 'address' && last !== '>') || (kind === 'code' && last !== '`');
}

/**
 * The innermost brackets around the offset, if a citation can stand in them: they hold a cite already, or nothing yet,
 * and are no link, image, note, reference or checkbox.
 */
function groupAt(text: string, { brackets }: Inline, offset: number): Bracket | undefined {
  const around = brackets.filter(each => each.start < offset && (each.closed ? offset < each.end : true));
  const innermost = around.reduce<Bracket | undefined>((a, b) => (a && a.start > b.start ? a : b), undefined);
  if (!innermost) {
    return undefined;
  }
  const content = text.slice(innermost.start + 1, innermost.closed ? innermost.end - 1 : offset);
  const before = text[innermost.start - 1] ?? ' ';
  const after = innermost.closed ? (text[innermost.end] ?? ' ') : ' ';
  const holdsCite = citeStart.test(content);
  if ('^!\\'.includes(before) || content.startsWith('^') || before === ']') {
    return undefined;
  }
  if (
    !holdsCite &&
    ('([:{'.includes(after) ||
      (/^[ xX]?$/.test(content) && /^[\s>]*(?:[-*+]|\d+[.)])\s+$/.test(lineBefore(text, innermost.start))))
  ) {
    return undefined;
  }
  return holdsCite || innermost.closed ? innermost : undefined;
}

const citeStart = /(?:^|[^\p{L}\p{N}\\])@/u;

function lineBefore(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
}

function inInlineNote(text: string, { brackets }: Inline, offset: number): boolean {
  return brackets.some(each => each.start < offset && offset < each.end && text[each.start - 1] === '^');
}

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

// A sentence goes on after `. ` and `, `; a query has neither, nor brackets, nor quotation marks. In `n:>50` a sign compares.
const queryText = /^(?:[\p{L}\p{N}_](?:[^@;,[\](){}<>"“”„«»!?|\\\r\n.:]|[.:](?! )|(?<=\p{L}:)[<>])*)?$/u;

/**
 * What has been typed of a citation up to the caret: `As @ketmine ptsd|` gives `ketmine ptsd`. Nothing in e-mail
 * addresses, addresses, code, math, front matter and cross-references such as `@fig-1|`, and nothing once the first
 * word is a whole citekey that prose follows: `@feder2021 found|`.
 */
export function citationQueryAt(text: string, caret: number, isKey: (key: string) => boolean): CitationQuery | undefined {
  return finished(citationQueryInSteps(text, caret, isKey));
}

/** The same, and yields every few milliseconds. */
export function* citationQueryInSteps(
  text: string,
  caret: number,
  isKey: (key: string) => boolean,
): Generator<undefined, CitationQuery | undefined> {
  const lineStart = text.lastIndexOf('\n', caret - 1) + 1;
  const at = text.lastIndexOf('@', caret - 1);
  if (at < lineStart || !canStartCite(text, at)) {
    return undefined;
  }
  const isBraced = text[at + 1] === '{' && at + 1 < caret;
  const typed = text.slice(at + (isBraced ? 2 : 1), caret);
  if (!isQuery(typed, isKey)) {
    return undefined;
  }
  const place = yield* placeInSteps(text, caret);
  if (place.silent || silentSpan(place.paragraph.inline, at, text)) {
    return undefined;
  }
  const suppressAuthor = text[at - 1] === '-' && !/[\p{L}\p{N}]/u.test(text[at - 2] ?? ' ');
  return {
    text: typed,
    start: suppressAuthor ? at - 1 : at,
    end: endOfCite(text, at + 1, caret, isBraced, isKey),
    suppressAuthor,
    place,
  };
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
  if (!queryText.test(typed) || crossReference.test(typed) || /\s{2}/.test(typed)) {
    return false;
  }
  const words = typed.split(' ');
  const isFinished = words.length > 1 ? isKey(words[0]!) : /[.:]$/.test(typed) && isKey(typed.slice(0, -1));
  return words.length <= maxWords && !isFinished;
}

/**
 * A key that goes on behind the caret is replaced as a whole, `@fed|er2021` → `@feder2021`, if it is one; any other
 * text there is the writer's and stays.
 */
function endOfCite(
  text: string,
  keyStart: number,
  caret: number,
  isBraced: boolean,
  isKey: (key: string) => boolean,
): number {
  if (isBraced) {
    return text[caret] === '}' ? caret + 1 : caret;
  }
  const key = new RegExp(citekeyPattern, 'uy');
  key.lastIndex = keyStart;
  const whole = key.exec(text);
  const end = whole ? keyStart + whole[0].length : caret;
  return whole && end > caret && (isKey(whole[0]) || /\d{4}[a-z]?$/.test(whole[0])) ? end : caret;
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
