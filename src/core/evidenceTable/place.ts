import type { TextEdit } from '../insertion.ts';
import type { Block, Reading } from '../reading.ts';
import { marksIn, type Region } from './regions.ts';

/** Where a table goes: the edit, how much of its text stands before the table, and whether that is elsewhere than the caret. */
export interface TablePlaced {
  readonly edit: TextEdit;
  readonly lead: number;
  readonly isElsewhere: boolean;
}

const listMark = /^[ \t]*(?:[-*+]|\(?(?:\d{1,9}|[A-Za-z#])[.)]|\(@[\w-]*\))[ \t]/;

/**
 * Puts a table, parted by blank lines, where the caret stands, or, where that is inside something, behind it: a paragraph, a list,
 * a block quote, code, metadata, another table.
 *
 * @param table lines ending in `\n`, without one behind the last line
 */
export function placeTable(reading: Reading, caret: number, table: string): TablePlaced {
  const { text } = reading;
  const at = spotFrom(reading, caret);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const [before, after] = [text.slice(0, at), text.slice(at)];
  const lead = before.trim() === '' || /\n[ \t]*\r?\n$/.test(before) ? '' : before.endsWith('\n') ? newline : newline + newline;
  const trail = /^[ \t]*(?:\r?\n|$)/.test(after) ? newline : newline + newline;
  const inserted = `${lead}${table.replaceAll('\n', newline)}${trail}`;
  return { edit: { start: at, end: at, text: inserted }, lead: lead.length, isElsewhere: at !== startOfLine(text, caret) };
}

/** The start of the first line, from the caret's on, at which a table parts nothing; the text's end, where there is none. */
function spotFrom(reading: Reading, caret: number): number {
  const { text, blocks, starts } = reading;
  const { regions } = marksIn(reading);
  const line = startOfLine(text, caret);
  const first = blocks.findIndex((block, index) => line < starts[index]! + block.length);
  for (let index = first < 0 ? blocks.length : first; index < blocks.length; index += 1) {
    const at = Math.max(starts[index]!, line);
    if (isFree(blocks[index]!, at, regions) && !goesOnBehind(text, at)) {
      return at;
    }
  }
  return text.length;
}

function isFree({ kind, inQuote, inNote, inRefs }: Block, at: number, regions: readonly Region[]): boolean {
  return kind === 'blank' && !inQuote && !inNote && !inRefs && !regions.some(({ start, end }) => start <= at && at < end);
}

/** Whether what stands above the blank lines goes on below them: with an indented line, or with the next item of a list. */
function goesOnBehind(text: string, at: number): boolean {
  const above = filledLines(text.slice(Math.max(0, at - longestLine), at)).at(-1) ?? '';
  const below = filledLines(text.slice(at, at + longestLine))[0] ?? '';
  const isInside = listMark.test(above) || /^[ \t]/.test(above);
  return /^[ \t]/.test(below) || (isInside && listMark.test(below));
}

// Enough for blank lines and the first characters of a line.
const longestLine = 20_000;

function filledLines(text: string): readonly string[] {
  return text.split(/\r?\n/).filter(line => line.trim() !== '');
}

function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}
