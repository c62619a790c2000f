import type { TextEdit } from '../insertion.ts';
import type { Reading } from '../reading.ts';
import type { Vocabulary } from '../study.ts';
import { markdownTable } from './markdown.ts';
import { rowsOf, type EvidenceRow, type EvidenceSources } from './records.ts';
import { endMark, firstMark, isUntouched, marksIn, strayIn, type Region } from './regions.ts';
import { parseSpec, printSpec, type TableSpec } from './spec.ts';

/** Why a table was left as it is. */
export interface TableFault {
  /** From 1. */
  readonly line: number;
  readonly message: string;
  /** Set where only cells changed by hand would be lost: the writer may want the update all the same. */
  readonly isTouched?: true;
}

export interface TablesUpdated {
  /** Of the tables that differ from what they should be now. */
  readonly edits: readonly TextEdit[];
  readonly faults: readonly TableFault[];
  /** How many tables there are, those with faults too. */
  readonly count: number;
  /** Keys of cited works that have no row, for there is no record of them. */
  readonly left: readonly string[];
}

/** A whole table with its marks, lines ending in `\n`. */
export function markedTable(spec: TableSpec, rows: readonly EvidenceRow[], vocabulary: Vocabulary): string {
  return `${firstMark(printSpec(spec))}${betweenMarks(spec, rows, vocabulary)}`;
}

function betweenMarks({ columns }: TableSpec, rows: readonly EvidenceRow[], vocabulary: Vocabulary): string {
  const table = markdownTable(rows, columns, vocabulary);
  return `\n\n${table}\n\n${endMark(table)}`;
}

/**
 * Makes every evidence table of a text anew from its first mark, which stays as it is. A table whose marks are broken, whose
 * choice is not understood, or whose cells were changed by hand (unless `evenTouched`) is left as it is, and told.
 */
export function updateTables(reading: Reading, sources: EvidenceSources, evenTouched = false): TablesUpdated {
  const { text } = reading;
  const { regions, faults } = marksIn(reading);
  const told: TableFault[] = faults.map(({ start, message }) => ({ line: lineAt(text, start), message }));
  const edits: TextEdit[] = [];
  const left = new Set<string>();
  for (const region of regions) {
    const made = remade(text, region, sources, evenTouched);
    if ('message' in made) {
      told.push(made);
    } else {
      made.left.forEach(key => left.add(key));
      edits.push(...made.edits);
    }
  }
  return { edits, faults: told.sort((a, b) => a.line - b.line), count: regions.length + faults.length, left: [...left] };
}

function remade(text: string, region: Region, sources: EvidenceSources, evenTouched: boolean): TableFault | Pick<TablesUpdated, 'edits' | 'left'> {
  const line = lineAt(text, region.start);
  const stray = strayIn(text, region);
  if (stray !== undefined) {
    return { line: lineAt(text, stray), message: 'this line stands inside an evidence table, whose update would drop it. Put it behind the table’s end.' };
  }
  const parsed = parseSpec(region.json, sources.shelf.vocabulary);
  const rows = 'fault' in parsed ? parsed : rowsOf(parsed.spec, sources);
  if ('fault' in parsed || 'fault' in rows) {
    return { line, message: (rows as { readonly fault: string }).fault };
  }
  if (!evenTouched && !isUntouched(text, region)) {
    const message = 'cells of this table were changed by hand, and an update would drop that. Move your words out of the table, or update it all the same.';
    return { line, message, isTouched: true };
  }
  const between = betweenMarks(parsed.spec, rows.rows, sources.shelf.vocabulary);
  const written = text.includes('\r\n') ? between.replaceAll('\n', '\r\n') : between;
  const { start } = region.content;
  const isSame = text.slice(start, region.end) === written;
  return { edits: isSame ? [] : [{ start, end: region.end, text: written }], left: rows.left };
}

/** From 1. */
function lineAt(text: string, offset: number): number {
  return (text.slice(0, offset).match(/\r\n|\r|\n/g)?.length ?? 0) + 1;
}
