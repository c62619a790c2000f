import * as vscode from 'vscode';
import { plural } from '../../core/describe.ts';
import { delimitedTable, type FileFormat } from '../../core/evidenceTable/delimited.ts';
import type { EvidenceRow } from '../../core/evidenceTable/records.ts';
import type { TableSpec } from '../../core/evidenceTable/spec.ts';
import type { Vocabulary } from '../../core/study.ts';
import { firstExisting, nameOf } from '../../editor/files.ts';
import { notebookOf } from '../../editor/readings.ts';

/** Writes the table into the file that the writer names, or that is given by its address. Errors: the given file exists already. */
export async function saveTable(
  { columns }: TableSpec,
  rows: readonly EvidenceRow[],
  vocabulary: Vocabulary,
  format: FileFormat,
  manuscript: vscode.TextDocument | undefined,
  given: string | undefined,
): Promise<void> {
  const { t } = vscode.l10n;
  const file = given === undefined ? await askFile(format, manuscript) : vscode.Uri.parse(given, true);
  if (!file) {
    return;
  }
  // The dialog asks before it lets a file be replaced; nobody was asked of this one.
  if (given !== undefined && (await firstExisting([file]))) {
    throw new Error(t('{0} exists already; name another file.', nameOf(file)));
  }
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(delimitedTable(rows, columns, vocabulary, format)));
  tell(rows.length, file);
}

function askFile(format: FileFormat, manuscript: vscode.TextDocument | undefined): Thenable<vscode.Uri | undefined> {
  const { t } = vscode.l10n;
  const name = `evidence-table.${format}`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const saved = manuscript && !manuscript.isUntitled ? (notebookOf(manuscript)?.uri ?? manuscript.uri) : undefined;
  const beside = saved ? vscode.Uri.joinPath(saved, '..', name) : folder && vscode.Uri.joinPath(folder, name);
  return vscode.window.showSaveDialog({
    ...(beside && { defaultUri: beside }),
    filters: format === 'csv' ? { [t('CSV, comma-separated')]: ['csv'] } : { [t('TSV, tab-separated')]: ['tsv'] },
    title: t('Save the Evidence Table'),
    saveLabel: t('Save the Table'),
  });
}

/** Not waited for. */
function tell(count: number, file: vscode.Uri): void {
  const { t } = vscode.l10n;
  const open = t('Open');
  void vscode.window.showInformationMessage(t('Evidence table of {0} written to {1}.', plural(count, 'study'), nameOf(file)), open).then(picked => {
    if (picked === open) {
      void vscode.commands.executeCommand('vscode.open', file);
    }
  });
}
