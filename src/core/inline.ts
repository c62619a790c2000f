/**
 * The inline marks of a paragraph, as far as citing needs them: which stretches are not prose (code, math, addresses,
 * comments, tags), and which square brackets belong together. Offsets are UTF-16 code units of the whole text.
 */

import { matchingPairs } from './markdown/pairs.ts';

export type OpaqueSpan = 'code' | 'math' | 'address' | 'comment' | 'raw HTML' | 'link target';

export interface Span {
  readonly kind: OpaqueSpan;
  readonly start: number;
  readonly end: number;
}

/** A pair of square brackets: `start` is at `[`, `end` behind `]`, or at the paragraph's end while it is not closed. */
export interface Bracket {
  readonly start: number;
  readonly end: number;
  readonly closed: boolean;
}

export interface Inline {
  readonly spans: readonly Span[];
  readonly brackets: readonly Bracket[];
}

/** What is found out once while a text is scanned: asked again of thousands of marks, it would take for ever. */
interface Scan {
  /** The marks that are closed nowhere from here on. */
  readonly missed: Set<string>;
  /** For each `(` the offset behind its `)`. */
  parentheses?: ReadonlyMap<number, number>;
}

/** Each rule looks at one place of the text and answers where its span ends, or `undefined` where it does not apply. */
type Rule = (text: string, at: number, end: number, scan: Scan) => number | undefined;

const rules: readonly (readonly [OpaqueSpan, Rule])[] = [
  ['code', codeSpan],
  ['math', mathSpan],
  ['comment', (text, at, end) => (text.startsWith('<!--', at) ? closing(text, '-->', at + 4, end) : undefined)],
  ['address', sticky(/<[a-z][a-z0-9+.-]*:[^\s<>]*>|<[^\s<>@]+@[^\s<>]+>/iy)],
  ['raw HTML', sticky(/<\/?[a-z][\w-]*(?:\s+[\w:-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*\s*\/?>/iy)],
  ['link target', linkTarget],
  ['address', bareAddress],
];

/** Reads `[start, end)` of the text once, from left to right. */
export function scanInline(text: string, start: number, end: number): Inline {
  const spans: Span[] = [];
  const brackets: Bracket[] = [];
  const open: number[] = [];
  const scan: Scan = { missed: new Set() };
  for (let at = start; at < end;) {
    const char = text[at]!;
    if (char === '\\') {
      at += 2;
      continue;
    }
    const span = spanAt(text, at, end, scan);
    if (span) {
      spans.push(span);
      at = span.end;
      continue;
    }
    if (char === '[') {
      open.push(at);
    } else if (char === ']' && open.length > 0) {
      brackets.push({ start: open.pop()!, end: at + 1, closed: true });
    }
    at += 1;
  }
  brackets.push(...open.map(at => ({ start: at, end, closed: false })));
  return { spans, brackets };
}

function spanAt(text: string, at: number, end: number, scan: Scan): Span | undefined {
  for (const [kind, rule] of rules) {
    const spanEnd = rule(text, at, end, scan);
    if (spanEnd !== undefined) {
      return { kind, start: at, end: spanEnd };
    }
  }
  return undefined;
}

function closing(text: string, mark: string, from: number, end: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 || at + mark.length > end ? end : at + mark.length;
}

function sticky(pattern: RegExp): Rule {
  return (text, at, end) => {
    if (text[at] !== '<') {
      return undefined;
    }
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    return match && at + match[0].length <= end ? at + match[0].length : undefined;
  };
}

/**
 * As many backticks as opened it close a code span. One that is not closed is code to the end of its line: the writer
 * is still typing it, and nothing may pop up there.
 */
function codeSpan(text: string, at: number, end: number, { missed }: Scan): number | undefined {
  if (text[at] !== '`') {
    return undefined;
  }
  let from = at;
  while (text[from] === '`') {
    from += 1;
  }
  const marks = text.slice(at, from);
  const close = missed.has(marks) ? undefined : closingRun(text, marks, from, end);
  if (close !== undefined) {
    return close;
  }
  missed.add(marks);
  const line = text.indexOf('\n', from);
  return line < 0 || line > end ? end : line;
}

/** Behind the next run of as many backticks. */
function closingRun(text: string, marks: string, from: number, end: number): number | undefined {
  for (let next = text.indexOf(marks, from); next >= 0 && next < end; next = text.indexOf(marks, next)) {
    let after = next;
    while (text[after] === '`') {
      after += 1;
    }
    if (after - next === marks.length) {
      return after;
    }
    next = after;
  }
  return undefined;
}

/**
 * Pandoc: `$` opens math before a character that is not white space, and closes it behind one, when no digit follows;
 * so `$20 and $30` is money. `$$` needs only its like.
 */
function mathSpan(text: string, at: number, end: number, { missed }: Scan): number | undefined {
  if (text[at] !== '$') {
    return undefined;
  }
  if (text[at + 1] === '$') {
    return closing(text, '$$', at + 2, end);
  }
  if (missed.has('$') || /\s/.test(text[at + 1] ?? ' ')) {
    return undefined;
  }
  for (let next = text.indexOf('$', at + 1); next >= 0 && next < end; next = text.indexOf('$', next + 1)) {
    if (!/[\s\\]/.test(text[next - 1]!) && !/\d/.test(text[next + 1] ?? ' ')) {
      return next + 1;
    }
  }
  missed.add('$');
  return undefined;
}

// What is longer is no address.
const longestTarget = 2000;

/** The `(…)` of `[text](…)`, on one line. */
function linkTarget(text: string, at: number, end: number, scan: Scan): number | undefined {
  if (text[at] !== '(' || text[at - 1] !== ']') {
    return undefined;
  }
  scan.parentheses ??= new Map(Array.from(matchingPairs(text.slice(at, end), '(', ')'), ([open, close]) => [at + open, at + close]));
  const close = scan.parentheses.get(at);
  return close === undefined || close - at > longestTarget || text.slice(at, close).includes('\n') ? undefined : close;
}

const address = /(?:https?|ftp|file|mailto|doi):[^\s<>"\])}]*|www\.[^\s<>"\])}]+/iy;

function bareAddress(text: string, at: number, end: number): number | undefined {
  if (!'hfmdwHFMDW'.includes(text[at]!) || /[\p{L}\p{N}]/u.test(text[at - 1] ?? ' ')) {
    return undefined;
  }
  address.lastIndex = at;
  const match = address.exec(text);
  return match ? Math.min(end, at + match[0].length) : undefined;
}
