/**
 * The document's blocks, as far as citing needs them: what stands in code, front matter or comments, where the paragraph
 * around an offset begins and ends, which heading it stands under, and what a new line of the same block must begin with.
 * Offsets are UTF-16 code units; lines end in `\n` or `\r\n`.
 */

import { Pace } from './markdown/pace.ts';

/** Blocks whose text Pandoc does not read as prose. */
export type Opaque = 'front matter' | 'code' | 'comment' | 'raw HTML';

export interface Block {
  /** Set when the offset stands in a block that is not prose. */
  readonly opaque?: Opaque;
  /** The paragraph (or cell row, heading, list item's paragraph) around the offset: `[start, end)`. */
  readonly start: number;
  readonly end: number;
  /** The text of the nearest heading above, without its marks. */
  readonly heading?: string;
  /** Whether the offset stands in a `::: {#refs}` division, where Pandoc puts the bibliography. */
  readonly inRefs: boolean;
}

interface Scan {
  opaque: Opaque | undefined;
  /** What ends the opaque block. */
  closes: (line: string) => boolean;
  start: number;
  heading: string | undefined;
  refsDepth: number;
  divDepth: number;
  inList: boolean;
  afterBlank: boolean;
  previous: string;
}

const never = (): boolean => false;
// Nobody quotes a thousand times over; a line of a million marks would be gone over by each pattern.
const fence = /^((?:[ \t]*>){0,1000})[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}(?=[^`]*$)|~{3,})/;
const listItem = /^(?:[ \t]*>){0,1000}[ \t]*(?:[-*+]|\(?(?:\d{1,9}|[a-z]|[ivxlc]+|#)[.)]|\(?@[\w-]*\))(?:[ \t]|$)/i;
const footnote = /^ {0,3}\[\^[^\]\s]+\]:/;
const heading = /^(?:[ \t]*>){0,1000} {0,3}#{1,6}(?:[ \t]+(.*?))?(?:[ \t]+#+)?(?:[ \t]*\{[^{}]*\})?[ \t]*$/;
// Of a longer line the patterns could take for ever.
const longestHeading = 2000;
const longestLine = 1 << 15;
const setext = /^ {0,3}(?:=+|-+)[ \t]*$/;
const tableRow = /^(?:[ \t]*>){0,1000}[ \t]*\|/;
const blank = /^(?:[ \t]*>){0,1000}[ \t]*$/;
// The blank behind a mark is asked for once only: the pattern would try every mark with and without it otherwise.
const indentation = /^(?: {4}|\t)|^(?:[ \t]*>){1,1000} ?(?: {4}|\t)/;
const rawHtml = /^ {0,3}<(script|style|pre|textarea)(?=[\s>]|$)/i;

/** The block around an offset. Reads the text from its start to the end of that block, once; yields every few milliseconds. */
export function* blockAt(text: string, offset: number): Generator<undefined, Block> {
  const pace = new Pace();
  const scan: Scan = {
    opaque: undefined,
    closes: never,
    start: 0,
    heading: undefined,
    refsDepth: 0,
    divDepth: 0,
    inList: false,
    afterBlank: true,
    previous: '',
  };
  let lineStart = 0;
  for (;;) {
    const lineEnd = endOfLine(text, lineStart);
    const line = lineText(text, lineStart, lineEnd);
    const isLast = lineEnd >= offset;
    const opaque = step(scan, line, lineStart, text);
    if (isLast) {
      return {
        ...(opaque && { opaque }),
        start: Math.min(scan.start, lineStart),
        end: opaque ? lineEnd : yield* endOfParagraph(text, line, lineEnd),
        ...(scan.heading !== undefined && { heading: scan.heading }),
        inRefs: scan.refsDepth > 0,
      };
    }
    lineStart = lineEnd + 1;
    if (pace.isDue(line.length)) {
      yield;
    }
  }
}

/** Takes one more line into account; answers what the line itself stands in. */
function step(scan: Scan, line: string, lineStart: number, text: string): Opaque | undefined {
  if (scan.opaque) {
    const inside = scan.opaque;
    if (scan.closes(line)) {
      scan.opaque = undefined;
      scan.start = lineStart + line.length + 1;
      scan.afterBlank = true;
      // A fence in a block quote ends where the quote ends; that line is prose again.
      return inside === 'code' && !/^[\s>]*(`{3,}|~{3,})\s*$/.test(line) ? step(scan, line, lineStart, text) : inside;
    }
    return inside;
  }
  const opened = opens(line, lineStart, text);
  if (opened) {
    scan.opaque = opened.opaque;
    scan.closes = opened.closes;
    scan.previous = '';
    return opened.opaque;
  }
  return prose(scan, line, lineStart);
}

interface Opening {
  readonly opaque: Opaque;
  readonly closes: (line: string) => boolean;
}

// Most lines are prose and begin so; looking for marks in each would cost the most of reading a long manuscript.
const plainLine = /^[“"‘(]?\p{L}[\p{L}’'-]+,?(?:\s|$)/u;

function opens(line: string, lineStart: number, text: string): Opening | undefined {
  if (lineStart > 0 && plainLine.test(line) && !line.includes('<!--')) {
    return undefined;
  }
  if (lineStart === 0 && /^---[ \t]*$/.test(line) && !blank.test(secondLine(text))) {
    return { opaque: 'front matter', closes: next => /^(?:---|\.\.\.)[ \t]*$/.test(next) };
  }
  const [, quote = '', marks = ''] = fence.exec(line) ?? [];
  if (marks) {
    const depth = quote.split('>').length;
    const end = new RegExp(`^[\\s>]*${marks[0]}{${marks.length},}[ \\t]*$`);
    const leavesQuote = (next: string): boolean => (/^(?:[ \t]*>){0,1000}/.exec(next)?.[0] ?? '').split('>').length < depth;
    return { opaque: 'code', closes: next => end.test(next) || leavesQuote(next) };
  }
  const tag = rawHtml.exec(line)?.[1];
  if (tag && !new RegExp(`</${tag}>`, 'i').test(line)) {
    return { opaque: 'raw HTML', closes: next => new RegExp(`</${tag}>`, 'i').test(next) };
  }
  const comment = line.includes('<!--') ? withoutCodeSpans(line).lastIndexOf('<!--') : -1;
  return comment >= 0 && !line.includes('-->', comment)
    ? { opaque: 'comment', closes: next => next.includes('-->') }
    : undefined;
}

function withoutCodeSpans(line: string): string {
  return line.length > longestLine ? line : line.replace(/(`+)(?!`).*?[^`]\1(?!`)/g, span => ' '.repeat(span.length));
}

function prose(scan: Scan, line: string, lineStart: number): Opaque | undefined {
  const next = lineStart + line.length + 1;
  const previous = scan.previous;
  scan.previous = '';
  if (plainLine.test(line)) {
    scan.inList &&= !scan.afterBlank;
    scan.afterBlank = false;
    scan.previous = line;
    return undefined;
  }
  if (blank.test(line)) {
    scan.start = next;
    scan.afterBlank = true;
    return undefined;
  }
  const indented = indentation.test(line);
  const isItem = listItem.test(line) || footnote.test(line);
  if (scan.afterBlank && indented && !scan.inList) {
    return 'code';
  }
  if (!indented && scan.afterBlank) {
    scan.inList = isItem || (scan.inList && /^[\s>]{2}/.test(line));
  }
  scan.inList ||= isItem;
  scan.afterBlank = false;
  const title = isHeading(line) ? heading.exec(line) : null;
  if (title) {
    scan.heading = title[1] ?? '';
    scan.start = lineStart;
    scan.afterBlank = true;
    scan.inList = false;
  } else if (setext.test(line) && previous) {
    scan.heading = previous.trim();
    scan.afterBlank = true;
    scan.start = next;
  } else if (isItem || tableRow.test(line) || /^ {0,3}:{3,}/.test(line)) {
    scan.start = lineStart;
    countDivisions(scan, line);
  } else {
    scan.previous = line;
  }
  return undefined;
}

function isHeading(line: string): boolean {
  return line.length <= longestHeading && heading.test(line);
}

function countDivisions(scan: Scan, line: string): void {
  if (!/^ {0,3}:{3,}/.test(line)) {
    return;
  }
  if (/^ {0,3}:{3,}[ \t]*$/.test(line)) {
    scan.divDepth = Math.max(0, scan.divDepth - 1);
    scan.refsDepth = scan.refsDepth > scan.divDepth ? 0 : scan.refsDepth;
    return;
  }
  scan.divDepth += 1;
  if (/#refs\b/.test(line)) {
    scan.refsDepth = scan.divDepth;
  }
}

function* endOfParagraph(text: string, line: string, lineEnd: number): Generator<undefined, number> {
  if (blank.test(line) || isHeading(line) || tableRow.test(line)) {
    return lineEnd;
  }
  const pace = new Pace();
  let end = lineEnd;
  while (end < text.length) {
    const nextEnd = endOfLine(text, end + 1);
    const next = lineText(text, end + 1, nextEnd);
    if (blank.test(next) || isHeading(next) || listItem.test(next) || fence.test(next) || tableRow.test(next)) {
      break;
    }
    end = nextEnd;
    if (pace.isDue(next.length)) {
      yield;
    }
  }
  return end;
}

function secondLine(text: string): string {
  const start = endOfLine(text, 0) + 1;
  return lineText(text, start, endOfLine(text, start));
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function lineText(text: string, start: number, end: number): string {
  return text.slice(start, end > start && text[end - 1] === '\r' ? end - 1 : end);
}
