import * as vscode from 'vscode';
import { relativePath } from '../../core/bibliography/nearPaths.ts';
import { nameAlso } from '../../core/export/nameAlso.ts';
import { nameOf } from '../../editor/files.ts';
import { metadataOfCell, type KnownKeys } from '../../editor/known.ts';
import { isManuscript } from '../../editor/manuscripts.ts';
import { notebookOf } from '../../editor/readings.ts';
import type { ExportNeeds } from './exporting.ts';

const { t } = vscode.l10n;

/** Whether the manuscript or its project names the file, so that Pandoc finds it. */
export async function isNamed(document: vscode.TextDocument, file: vscode.Uri, known: KnownKeys): Promise<boolean> {
  const { sources } = await known.of(document);
  return sources.some(({ uri, by }) => by !== 'settings' && uri.toString() === file.toString());
}

/** Names the file in the manuscript's metadata, in one step to undo. */
export async function nameInManuscript(document: vscode.TextDocument, file: vscode.Uri, { readings, known }: ExportNeeds): Promise<void> {
  if (document.isClosed || (await isNamed(document, file, known))) {
    return;
  }
  const { metadataIn } = await known.of(document);
  const text = metadataIn.getText();
  const reading = isManuscript(metadataIn) ? await readings.of(metadataIn) : undefined;
  const cell = reading ? undefined : metadataOfCell(text);
  const blocks = reading?.metadata ?? (cell ? [cell] : []);
  const mayEdit = reading !== undefined || cell !== undefined;
  const path = pathFrom(notebookOf(document)?.uri ?? document.uri, file);
  const edit = mayEdit ? await nameAlso(text, blocks, reading?.frontMatter ?? cell, path) : undefined;
  if (!edit || metadataIn.getText() !== text) {
    throw new Error(t('The metadata are written in a way that can’t be added to by itself. Write {0} under “bibliography:”.', path));
  }
  const change = new vscode.WorkspaceEdit();
  change.replace(metadataIn.uri, new vscode.Range(metadataIn.positionAt(edit.start), metadataIn.positionAt(edit.end)), edit.text);
  await vscode.workspace.applyEdit(change);
}

/** How the manuscript names the file: from its own folder. An untitled one is taken to be in the folder opened first. */
function pathFrom(manuscript: vscode.Uri, file: vscode.Uri): string {
  const base = manuscript.scheme === 'untitled' ? vscode.workspace.workspaceFolders?.[0]?.uri : vscode.Uri.joinPath(manuscript, '..');
  if (!base) {
    return file.scheme === 'file' ? file.fsPath : nameOf(file);
  }
  return relativePath(base.path.endsWith('/') ? base.path : `${base.path}/`, file.path);
}
