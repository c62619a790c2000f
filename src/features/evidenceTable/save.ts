import * as vscode from 'vscode';
import { plural } from '../../core/describe.ts';
import { delimitedTable } from '../../core/evidenceTable/delimited.ts';
import type { EvidenceRow } from '../../core/evidenceTable/records.ts';
import type { TableSpec } from '../../core/evidenceTable/spec.ts';
import type { DelimitedFormat } from '../../core/export/delimited.ts';
import type { Vocabulary } from '../../core/study.ts';
import { nameOf } from '../../editor/files.ts';
import { askFile, newFile, tellWritten } from '../../editor/saveFile.ts';
import { writeWhole } from '../../editor/wholeFile.ts';

/** Writes the table into the file that the writer names, or that is given by its address. Errors: the given file exists already. */
export async function saveTable(
  { columns }: TableSpec,
  rows: readonly EvidenceRow[],
  vocabulary: Vocabulary,
  format: DelimitedFormat,
  manuscript: vscode.TextDocument | undefined,
  given: string | undefined,
): Promise<void> {
  const { t } = vscode.l10n;
  const question = {
    title: t('Save the Evidence Table'),
    saveLabel: t('Save the Table'),
    name: `evidence-table.${format}`,
    filters: format === 'csv' ? { [t('CSV, comma-separated')]: ['csv'] } : { [t('TSV, tab-separated')]: ['tsv'] },
  };
  const file = given === undefined ? await askFile(question, manuscript) : await newFile(given);
  if (file) {
    await writeWhole(file, delimitedTable(rows, columns, vocabulary, format));
    tellWritten(t('Evidence table of {0} written to {1}.', plural(rows.length, 'study'), nameOf(file)), file);
  }
}
