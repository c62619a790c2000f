import * as vscode from 'vscode';
import type { TextEdit } from '../../core/insertion.ts';

/** Edits of a document as VS Code takes them; applied, they are one undo step. */
export function workspaceEdit(document: vscode.TextDocument, edits: readonly TextEdit[]): vscode.WorkspaceEdit {
  const result = new vscode.WorkspaceEdit();
  result.set(
    document.uri,
    edits.map(({ start, end, text }) => new vscode.TextEdit(rangeOf(document, start, end), text)),
  );
  return result;
}

/** Writes into the editor as one undo step. Errors: the document can't be written to, or was changed meanwhile. */
export async function write(editor: vscode.TextEditor, edits: readonly TextEdit[]): Promise<void> {
  const { document } = editor;
  const done = await editor.edit(builder => {
    for (const { start, end, text } of edits) {
      builder.replace(rangeOf(document, start, end), text);
    }
  });
  if (!done) {
    throw new Error(vscode.l10n.t('the manuscript can’t be written to.'));
  }
}

export function rangeOf(document: vscode.TextDocument, start: number, end: number): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
