import type { Span } from '../reading.ts';
import { Char, isSpace } from './chars.ts';
import type { Piece } from './leaf.ts';
import { behindSpace, Lines } from './lines.ts';
import { Opaques } from './opaque.ts';

/** A table: the line behind it, and its cells, as text or, in a grid, as lines that hold blocks. */
export interface Table {
  readonly end: number;
  readonly cells?: readonly Piece[];
  readonly blocks?: readonly Lines[];
}

// What is longer is read as further tables or paragraphs, so that none takes longer than a few milliseconds.
const longestTable = 1500;
const longestGrid = 300;

/** The table that begins at a line, of any of Pandoc's kinds. */
export function tableAt(text: string, lines: Lines, index: number): Table | undefined {
  if (!lines.has(index + 1)) {
    return undefined;
  }
  if (lines.indent[index]! >= 4) {
    // Only a head may be that far in, over the line of dashes.
    return text.charCodeAt(lines.at[index + 1]!) === Char.dash ? simpleTable(text, lines, index) : undefined;
  }
  const first = text.charCodeAt(lines.at[index]!);
  const second = text.charCodeAt(lines.at[index + 1]!);
  if (first === 43) {
    return gridTable(text, lines, index);
  }
  if (second === Char.pipe || second === Char.colon || second === Char.dash) {
    const table = pipeTable(text, lines, index) ?? (second === Char.dash ? simpleTable(text, lines, index) : undefined);
    if (table) {
      return table;
    }
  }
  return first === Char.dash ? (multilineTable(text, lines, index) ?? headlessTable(text, lines, index)) : undefined;
}

// --- | a | b |

const pipeRule = /^\|?[ \t]*:?-+:?[ \t]*(?:[|+][ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

function pipeTable(text: string, lines: Lines, index: number): Table | undefined {
  const rule = text.slice(lines.at[index + 1]!, lines.end[index + 1]!);
  if (!holdsPipe(text, lines, index) || !/[|+]/.test(rule) || !pipeRule.test(rule) || lines.indent[index + 1]! >= 4) {
    return undefined;
  }
  const columns = rule.match(/-+/g)!.length;
  const cells: Span[] = pipeCells(text, lines.at[index]!, lines.end[index]!).slice(0, columns);
  let end = index + 2;
  while (lines.has(end) && end - index < longestTable && !lines.isBlank(end) && holdsPipe(text, lines, end)) {
    cells.push(...pipeCells(text, lines.at[end]!, lines.end[end]!).slice(0, columns));
    end += 1;
  }
  return { end, cells: cells.filter(cell => cell.end > cell.start) };
}

function holdsPipe(text: string, lines: Lines, index: number): boolean {
  const found = text.slice(lines.at[index]!, lines.end[index]!).indexOf('|');
  return found >= 0;
}

/** What stands between the pipes, but for those in code, math, tags and behind a backslash; cells may be empty. */
function pipeCells(text: string, start: number, end: number): Span[] {
  const row = text.slice(start, end);
  const opaques = new Opaques(row);
  const cells: Span[] = [];
  let from = row.startsWith('|') ? 1 : 0;
  for (let at = from; at < row.length; at += 1) {
    const code = row.charCodeAt(at);
    if (code === Char.pipe) {
      cells.push(trimmedSpan(row, from, at, start));
      from = at + 1;
    } else if (code === Char.backslash || code === Char.backtick || code === Char.dollar || code === Char.less) {
      const span = opaques.at(at);
      at = span ? span.end - 1 : code === Char.backslash ? at + 1 : at;
    }
  }
  cells.push(trimmedSpan(row, from, row.length, start));
  return cells;
}

function trimmedSpan(row: string, from: number, to: number, offset: number): Span {
  while (from < to && isSpace(row.charCodeAt(from))) {
    from += 1;
  }
  while (to > from && isSpace(row.charCodeAt(to - 1))) {
    to -= 1;
  }
  return { start: offset + from, end: offset + to };
}

// --- Columns told by dashes

const dashes = /^-+(?:[ \t]+-+)*[ \t]*$/;
const dashGroups = /^-+(?:[ \t]+-+)+[ \t]*$/;

function isDashes(text: string, lines: Lines, index: number, pattern: RegExp): boolean {
  return (
    lines.has(index) &&
    lines.indent[index]! < 4 &&
    text.charCodeAt(lines.at[index]!) === Char.dash &&
    pattern.test(text.slice(lines.at[index]!, lines.end[index]!))
  );
}

/** The columns at which the table's columns begin. */
function columnsOf(text: string, lines: Lines, index: number): number[] {
  const columns: number[] = [];
  const indent = lines.indent[index]!;
  for (const { index: at } of text.slice(lines.at[index]!, lines.end[index]!).matchAll(/-+/g)) {
    columns.push(indent + at);
  }
  return columns;
}

/** A line cut at the columns. */
function cut(text: string, lines: Lines, index: number, columns: readonly number[]): Span[] {
  const indent = lines.indent[index]!;
  const at = lines.at[index]!;
  const end = lines.end[index]!;
  const offset = (column: number): number => Math.min(end, Math.max(at, at + column - indent));
  return columns.map((column, i) => {
    const from = i === 0 ? at : offset(column);
    const to = i + 1 < columns.length ? offset(columns[i + 1]!) : end;
    return trimmedSpan(text.slice(from, to), 0, to - from, from);
  });
}

function simpleTable(text: string, lines: Lines, index: number): Table | undefined {
  if (!isDashes(text, lines, index + 1, dashGroups) || isDashes(text, lines, index, dashes)) {
    return undefined;
  }
  const columns = columnsOf(text, lines, index + 1);
  return rows(text, lines, index + 2, columns, cut(text, lines, index, columns), false);
}

function headlessTable(text: string, lines: Lines, index: number): Table | undefined {
  return isDashes(text, lines, index, dashes)
    ? rows(text, lines, index + 1, columnsOf(text, lines, index), [], true)
    : undefined;
}

/** Rows of one line each, up to a blank line or a line of dashes. */
function rows(text: string, lines: Lines, from: number, columns: number[], cells: Span[], needsFooter: boolean): Table | undefined {
  let end = from;
  while (lines.has(end) && end - from < longestTable && !lines.isBlank(end) && !isDashes(text, lines, end, dashes)) {
    cells.push(...cut(text, lines, end, columns));
    end += 1;
  }
  const hasFooter = isDashes(text, lines, end, dashes);
  if (end === from || (needsFooter && !hasFooter) || (hasFooter && lines.has(end + 1) && !lines.isBlank(end + 1))) {
    return undefined;
  }
  return { end: hasFooter ? end + 1 : end, cells: cells.filter(cell => cell.end > cell.start) };
}

/** Rows of several lines each, between blank lines, from a line of dashes to another. */
function multilineTable(text: string, lines: Lines, index: number): Table | undefined {
  if (!isDashes(text, lines, index, dashes) || lines.isBlank(index + 1)) {
    return undefined;
  }
  let rule = index + 1;
  while (lines.has(rule) && rule - index < 64 && !lines.isBlank(rule) && !isDashes(text, lines, rule, dashes)) {
    rule += 1;
  }
  const hasHead = rule > index + 1 && isDashes(text, lines, rule, dashes) && lines.has(rule + 1) && !lines.isBlank(rule + 1);
  if (!hasHead) {
    return isDashes(text, lines, index, dashGroups) ? multilineRows(text, lines, index + 1, columnsOf(text, lines, index), []) : undefined;
  }
  const columns = columnsOf(text, lines, rule);
  return multilineRows(text, lines, rule + 1, columns, rowCells(text, lines, index + 1, rule, columns));
}

function multilineRows(text: string, lines: Lines, from: number, columns: number[], cells: Piece[]): Table | undefined {
  let row = from;
  let end = from;
  for (; lines.has(end) && end - from < longestTable; end += 1) {
    const isFooter = isDashes(text, lines, end, dashes) && (!lines.has(end + 1) || lines.isBlank(end + 1));
    if (isFooter || lines.isBlank(end)) {
      cells.push(...rowCells(text, lines, row, end, columns));
      row = end + 1;
    }
    if (isFooter) {
      return end > from ? { end: end + 1, cells } : undefined;
    }
    if (isDashes(text, lines, end, dashes)) {
      // Another table begins. To look further on from each would take quadratic time.
      return undefined;
    }
    if (lines.isBlank(end) && (!lines.has(end + 1) || lines.isBlank(end + 1))) {
      return undefined;
    }
  }
  return undefined;
}

function rowCells(text: string, lines: Lines, from: number, to: number, columns: readonly number[]): Piece[] {
  const cut_ = Array.from({ length: to - from }, (_, i) => cut(text, lines, from + i, columns));
  return columns.map((_, column) => cut_.map(parts => parts[column]!).filter(part => part.end > part.start)).filter(parts => parts.length > 0);
}

// --- +---+---+

const gridRule = /^\+(?:[-=:]+\+)+[ \t]*$/;

function gridTable(text: string, lines: Lines, index: number): Table | undefined {
  const rule = text.slice(lines.at[index]!, lines.end[index]!).trimEnd();
  if (!gridRule.test(rule)) {
    return undefined;
  }
  const columns = Array.from(rule.matchAll(/\+/g), ({ index: at }) => at);
  const blocks: Lines[] = [];
  let row = index + 1;
  let last = index;
  let at = row;
  for (; lines.has(at) && at - index < longestGrid && isGridLine(text, lines, at); at += 1) {
    if (gridRule.test(text.slice(lines.at[at]!, lines.end[at]!))) {
      blocks.push(...gridCells(text, lines, row, at, columns));
      row = at + 1;
      last = at;
    }
  }
  // A further table takes up the line between two rows.
  const isCut = at - index >= longestGrid;
  return last > index ? { end: isCut ? last : last + 1, blocks } : undefined;
}

function isGridLine(text: string, lines: Lines, index: number): boolean {
  const code = text.charCodeAt(lines.at[index]!);
  return !lines.isBlank(index) && (code === Char.pipe || code === 43);
}

function gridCells(text: string, lines: Lines, from: number, to: number, columns: readonly number[]): Lines[] {
  return columns.slice(0, -1).map((column, i) => {
    const cell = new Lines();
    for (let line = from; line < to; line += 1) {
      const at = lines.at[line]!;
      const end = lines.end[line]!;
      const start = Math.min(end, at + column + 1);
      const isLast = i + 2 === columns.length;
      let stop = isLast ? end : Math.max(start, Math.min(end, at + columns[i + 1]!));
      while (stop > start && (isSpace(text.charCodeAt(stop - 1)) || (isLast && stop === end && text[stop - 1] === '|'))) {
        stop -= 1;
      }
      const behind = behindSpace(text, start, stop, 0);
      cell.add(lines.start[line]!, lines.next[line]!, behind.at, stop, Math.max(0, behind.column - 1), behind.column);
    }
    return cell;
  });
}
