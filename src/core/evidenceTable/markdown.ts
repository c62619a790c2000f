import { markedKey } from '../citekeys.ts';
import { escapeMarkdown } from '../quotes.ts';
import type { Vocabulary } from '../study.ts';
import { cellText, columnLabel, columnWidth, isNumeric, warningBeside, type Column } from './columns.ts';
import type { EvidenceRow } from './records.ts';

/** What a table without studies says in its one row. */
const noStudy = 'no study';

/** A table as Pandoc and GitHub read it, one line a row, without a line end behind the last one. */
export function markdownTable(rows: readonly EvidenceRow[], columns: readonly Column[], vocabulary: Vocabulary): string {
  const body = rows.map(row => cellsOf(row, columns, vocabulary, escapeCell));
  const empty = columns.map((_, index) => (index === 0 ? noStudy : ''));
  return [columns.map(columnLabel), columns.map(ruleOf), ...(rows.length > 0 ? body : [empty])].map(lineOf).join('\n');
}

function lineOf(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Pandoc gives a column of long lines the share of the page that its rule has of the line. */
function ruleOf(column: Column): string {
  const dashes = '-'.repeat(Math.max(3, columnWidth(column)));
  return isNumeric(column) ? `${dashes.slice(1)}:` : `:${dashes.slice(1)}`;
}

/** The cells of a row; `escaped` makes markup's text of what is not markup. What a reader must know of the work stands in the first. */
export function cellsOf({ key, study }: EvidenceRow, columns: readonly Column[], vocabulary: Vocabulary, escaped: (text: string) => string): readonly string[] {
  const warning = warningBeside(study, columns);
  return columns.map((column, index) => {
    const text = column === 'citation' ? citation(key) : escaped(cellText(column, study, vocabulary));
    return index === 0 && warning ? `${text} (${warning})` : text;
  });
}

/** Pandoc's citation, which it prints as the style does. */
function citation(key: string): string {
  return `[@${markedKey(key)}]`;
}

/** A text on one line of a table's cell, which Pandoc, GitHub and VS Code's preview show letter for letter. */
export function escapeCell(text: string): string {
  return escapeMarkdown(text.replace(/\s*[\r\n]\s*/g, ' '))
    // Entities, `:emoji:`, and what Pandoc would set as dashes and an ellipsis.
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/:(?=[\w+-]+:)/g, '\\:')
    .replace(/--/g, '\\-\\-')
    .replace(/\.\.\./g, '\\.\\.\\.');
}
