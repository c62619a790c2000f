/**
 * The inline marks of a paragraph, as far as citing needs them: which stretches are not prose (code, math, addresses,
 * comments, tags), and which square brackets belong together. Offsets are UTF-16 code units of the whole text.
 */

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

/** Each rule looks at one place of the text and answers where its span ends, or `undefined` where it does not apply. */
type Rule = (text: string, at: number, end: number) => number | undefined;

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
  for (let at = start; at < end;) {
    const char = text[at]!;
    if (char === '\\') {
      at += 2;
      continue;
    }
    const span = spanAt(text, at, end);
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

function spanAt(text: string, at: number, end: number): Span | undefined {
  for (const [kind, rule] of rules) {
    const spanEnd = rule(text, at, end);
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
function codeSpan(text: string, at: number, end: number): number | undefined {
  if (text[at] !== '`') {
    return undefined;
  }
  let from = at;
  while (text[from] === '`') {
    from += 1;
  }
  const marks = text.slice(at, from);
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
  const line = text.indexOf('\n', from);
  return line < 0 || line > end ? end : line;
}

/**
 * Pandoc: `$` opens math before a character that is not white space, and closes it behind one, when no digit follows;
 * so `$20 and $30` is money. `$$` needs only its like.
 */
function mathSpan(text: string, at: number, end: number): number | undefined {
  if (text[at] !== '$') {
    return undefined;
  }
  if (text[at + 1] === '$') {
    return closing(text, '$$', at + 2, end);
  }
  if (/\s/.test(text[at + 1] ?? ' ')) {
    return undefined;
  }
  for (let next = text.indexOf('$', at + 1); next >= 0 && next < end; next = text.indexOf('$', next + 1)) {
    if (!/[\s\\]/.test(text[next - 1]!) && !/\d/.test(text[next + 1] ?? ' ')) {
      return next + 1;
    }
  }
  return undefined;
}

// Looking for the end of each from every `](` to the paragraph's end would take for ever where there are thousands.
const longestTarget = 2000;

/** The `(…)` of `[text](…)`. */
function linkTarget(text: string, at: number, end: number): number | undefined {
  if (text[at] !== '(' || text[at - 1] !== ']') {
    return undefined;
  }
  let depth = 0;
  const limit = Math.min(end, at + longestTarget);
  for (let next = at; next < limit && text[next] !== '\n'; next += 1) {
    if (text[next] === '\\') {
      next += 1;
    } else if (text[next] === '(') {
      depth += 1;
    } else if (text[next] === ')' && --depth === 0) {
      return next + 1;
    }
  }
  return undefined;
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
