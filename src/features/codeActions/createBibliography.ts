import * as vscode from 'vscode';
import { emptyBibliography } from '../../core/bibliography/empty.ts';
import { nameOf } from '../../editor/files.ts';
import { commandId } from '../../manifest.ts';

/**
 * The action that makes a missing bibliography, given by its address; none for what no ending tells to be one. Where
 * nothing can be written, it says so.
 */
export function createAction(address: string): vscode.CodeAction[] {
  const uri = vscode.Uri.parse(address, true);
  if (emptyBibliography(uri.path) === undefined) {
    return [];
  }
  const title = vscode.l10n.t('Create {0}', nameOf(uri));
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== true) {
    action.disabled = { reason: vscode.l10n.t('Files can’t be made where {0} would stand.', uri.path) };
    return [action];
  }
  action.command = { title, command: commandId('_createBibliography'), arguments: [address] };
  return [action];
}

/** Makes a bibliography without entries, as one step that can be undone. A file that is there meanwhile stays as it is. */
export async function createBibliography(address: string): Promise<void> {
  const uri = vscode.Uri.parse(address, true);
  const contents = new TextEncoder().encode(emptyBibliography(uri.path) ?? '');
  const edit = new vscode.WorkspaceEdit();
  // Not with `overwrite: false` besides, which makes a file that is there a fault.
  edit.createFile(uri, { ignoreIfExists: true, contents });
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new Error(vscode.l10n.t('{0} can’t be made.', uri.path));
  }
}
