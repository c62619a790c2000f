import * as vscode from 'vscode';
import type { TextEdit } from '../../core/insertion.ts';

/** Edits of one of a manuscript's texts. */
export interface EditsIn {
  readonly document: vscode.TextDocument;
  readonly edits: readonly TextEdit[];
}

/** Edits of a document as VS Code takes them; applied, they are one undo step. */
export function workspaceEdit(document: vscode.TextDocument, edits: readonly TextEdit[]): vscode.WorkspaceEdit {
  return workspaceEditOf([{ document, edits }]);
}

/** The same of several texts; of one notebook's cells they are one undo step, too. */
export function workspaceEditOf(parts: readonly EditsIn[]): vscode.WorkspaceEdit {
  const result = new vscode.WorkspaceEdit();
  for (const { document, edits } of parts.filter(part => part.edits.length > 0)) {
    result.set(
      document.uri,
      edits.map(({ start, end, text }) => new vscode.TextEdit(rangeOf(document, start, end), text)),
    );
  }
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
  throwUnless(done);
}

/** Writes into the texts of one manuscript as one undo step. Errors: as {@link write}. */
export async function writeAll(parts: readonly EditsIn[]): Promise<void> {
  const [only, ...others] = parts.filter(({ edits }) => edits.length > 0);
  const editor = vscode.window.activeTextEditor;
  if (only && others.length === 0 && editor?.document === only.document) {
    await write(editor, only.edits);
  } else {
    throwUnless(await vscode.workspace.applyEdit(workspaceEditOf(parts)));
  }
}

/** The error for edits of a text that is not as it was when they were made. */
export function changedMeanwhile(): Error {
  return new Error(vscode.l10n.t('the manuscript was changed meanwhile; nothing was written.'));
}

function throwUnless(done: boolean): void {
  if (!done) {
    throw new Error(vscode.l10n.t('the manuscript can’t be written to.'));
  }
}

export function rangeOf(document: vscode.TextDocument, start: number, end: number): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
