import * as vscode from 'vscode';
import { emptyBibliography } from '../../core/bibliography/empty.ts';

/** Makes the bibliography that is missing, without entries. A file that is there meanwhile stays as it is. */
export function createFile(address: string): vscode.CodeAction[] {
  const uri = vscode.Uri.parse(address, true);
  const contents = emptyBibliography(uri.path);
  if (contents === undefined || vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== true) {
    return [];
  }
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const action = new vscode.CodeAction(vscode.l10n.t('Create {0}', name), vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.createFile(uri, { overwrite: false, ignoreIfExists: true, contents: new TextEncoder().encode(contents) });
  return [action];
}
