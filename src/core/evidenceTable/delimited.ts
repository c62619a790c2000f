import type { Vocabulary } from '../study.ts';
import { columnLabel, type Column } from './columns.ts';
import { cellsOf } from './markdown.ts';
import type { EvidenceRow } from './records.ts';

export type FileFormat = 'csv' | 'tsv';

/**
 * The table as a file. CSV as RFC 4180 has it, in CRLF, and with a byte order mark, without which Excel takes UTF-8 for
 * another encoding. TSV in LF, without one: statistics programs read it as a part of the first name.
 */
export function delimitedTable(rows: readonly EvidenceRow[], columns: readonly Column[], vocabulary: Vocabulary, format: FileFormat): string {
  const [mark, delimiter, lineEnd] = format === 'csv' ? ['\ufeff', ',', '\r\n'] : ['', '\t', '\n'];
  const body = rows.map(row => cellsOf(row, columns, vocabulary, text => text));
  return mark + [columns.map(columnLabel), ...body].map(cells => cells.map(cell => field(cell, delimiter)).join(delimiter) + lineEnd).join('');
}

// Full-width forms too: spreadsheets take them for the same.
const formula = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/;

/** A field that no spreadsheet takes for a formula, which could run: an apostrophe in front makes it text. */
export function field(text: string, delimiter: string): string {
  const line = text.replace(/\s*[\t\r\n]+\s*/g, ' ');
  const safe = formula.test(line) ? `'${line}` : line;
  return safe.includes(delimiter) || safe.includes('"') ? `"${safe.replaceAll('"', '""')}"` : safe;
}
