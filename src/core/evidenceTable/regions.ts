import type { Placed, Reading, Span } from '../reading.ts';

/** A marked stretch of a manuscript: its first mark, what stands between, and its end mark. Spans are absolute. */
export interface Region extends Span {
  /** What the first mark keeps, as it is written. */
  readonly json: string;
  /** From behind the first mark to before the end mark. */
  readonly content: Span;
  /** Of the content when we wrote it; none where a writer made the mark. */
  readonly checksum?: string;
}

export interface RegionFault {
  /** Where the mark stands. */
  readonly start: number;
  readonly message: string;
}

export interface Regions {
  readonly regions: readonly Region[];
  /** Marks that are no region's. */
  readonly faults: readonly RegionFault[];
}

const opening = '<!-- evidence-table:';
const ending = '<!-- evidence-table:end';

export function firstMark(json: string): string {
  return `${opening} ${json} -->`;
}

export function endMark(content: string): string {
  return `${ending} ${checksumOf(content)} -->`;
}

interface Mark extends Span {
  /** Nothing where the mark is an end. */
  readonly json?: string;
  readonly checksum?: string;
}

/** The evidence tables of a text, in order. Marks in code are an example, and none. */
export function marksIn(reading: Reading): Regions {
  const regions: Region[] = [];
  const faults: RegionFault[] = [];
  let open: Mark | undefined;
  const leaveOpen = (): void => {
    if (open) {
      faults.push({ start: open.start, message: `this evidence table has no end. Put ${ending} --> on a line of its own behind it.` });
    }
    open = undefined;
  };
  for (const found of written(reading)) {
    if ('message' in found) {
      leaveOpen();
      faults.push(found);
    } else if (found.json !== undefined) {
      leaveOpen();
      open = found;
    } else if (open) {
      regions.push(region(open, found));
      open = undefined;
    } else {
      faults.push({ start: found.start, message: 'this end of an evidence table has no beginning. Delete the mark, or put the one for the beginning back.' });
    }
  }
  leaveOpen();
  return { regions, faults };
}

function region(first: Mark, last: Mark): Region {
  const content = { start: first.end, end: last.start };
  return { start: first.start, end: last.end, json: first.json!, content, ...(last.checksum && { checksum: last.checksum }) };
}

const begun = /<!--[ \t]*evidence-table:/g;

function* written(reading: Reading): Generator<Mark | RegionFault> {
  const { text } = reading;
  // Most manuscripts have none, and a search for a word costs nothing.
  for (const { 0: lead, index: start } of text.includes('evidence-table:') ? text.matchAll(begun) : []) {
    const state = stateOf(reading, start);
    const close = state === 'none' ? -1 : text.indexOf('-->', start + lead.length);
    if (state === 'none') {
      continue;
    }
    if (state === 'misplaced' || close < 0) {
      const cure = close < 0 ? 'is not closed; end it with -->.' : 'must stand on lines of its own, with a blank line above it, outside lists and block quotes.';
      yield { start, message: `this mark of an evidence table ${cure}` };
      continue;
    }
    const inside = text.slice(start + lead.length, close).trim();
    const [isEnd, checksum] = /^end(?:\s+(\w+))?$/.exec(inside) ?? [];
    yield { start, end: close + '-->'.length, ...(isEnd === undefined ? { json: inside } : checksum !== undefined && { checksum }) };
  }
}

/** Whether a mark stands as a block of its own, in other text, or is none, as in code. */
function stateOf(reading: Reading, start: number): 'own' | 'misplaced' | 'none' {
  const { block, start: at } = reading.blockAt(start);
  const isFirst = /^ {0,3}$/.test(reading.text.slice(at, start));
  switch (block.kind) {
    case 'comment':
      return isFirst && !block.inQuote && !block.inNote ? 'own' : /^[\s>]*$/.test(reading.text.slice(at, start)) ? 'misplaced' : 'none';
    case 'paragraph':
    case 'heading':
    case 'table':
      return isOpaque(reading, start) ? 'none' : 'misplaced';
    default:
      return 'none';
  }
}

function isOpaque(reading: Reading, offset: number): boolean {
  const { block, start }: Placed = reading.blockAt(offset);
  return block.opaque.some(span => span.kind !== 'comment' && span.start <= offset - start && offset - start < span.end);
}

/** Whether nothing but a table, or nothing at all, stands between the marks; else where the other text begins. */
export function strayIn(text: string, { content }: Region): number | undefined {
  let at = content.start;
  for (const line of text.slice(content.start, content.end).split('\n')) {
    if (!/^\s*(?:\|.*)?$/.test(line)) {
      return at;
    }
    at += line.length + 1;
  }
  return undefined;
}

/** Whether the cells are still those that we wrote. */
export function isUntouched(text: string, { content, checksum }: Region): boolean {
  const now = text.slice(content.start, content.end);
  return checksum === undefined || now.trim() === '' || checksumOf(now) === checksum;
}

/** FNV-1a of the cells, 8 hexadecimal digits. A formatter of tables changes blanks and rules only, and so not the sum. */
export function checksumOf(content: string): string {
  const cells = content.split('\n').map(line => line.trim().replace(/\s+/g, ' '));
  let sum = 0x811c9dc5;
  for (const char of cells.filter(line => !/^[\s|:-]*$/.test(line)).join('\n')) {
    sum = Math.imul(sum ^ char.codePointAt(0)!, 0x01000193);
  }
  return (sum >>> 0).toString(16).padStart(8, '0');
}
