import { delimitedText, type DelimitedFormat } from '../export/delimited.ts';
import type { Vocabulary } from '../study.ts';
import { columnLabel, type Column } from './columns.ts';
import { cellsOf } from './markdown.ts';
import type { EvidenceRow } from './records.ts';

/** The table as a file. */
export function delimitedTable(rows: readonly EvidenceRow[], columns: readonly Column[], vocabulary: Vocabulary, format: DelimitedFormat): string {
  return delimitedText([columns.map(columnLabel), ...rows.map(row => cellsOf(row, columns, vocabulary, text => text))], format);
}
