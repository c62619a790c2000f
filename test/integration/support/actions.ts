import * as vscode from 'vscode';
import { withFiles, addressOf, notebookOf } from './files.ts';

/** The code actions at the selection, as the menu would get them; of one kind only, if named. Those of other extensions are left out. */
export async function actions(editor: vscode.TextEditor, kind?: vscode.CodeActionKind): Promise<vscode.CodeAction[]> {
  return actionsAt(editor.document, editor.selection, kind);
}

export async function actionsAt(
  document: vscode.TextDocument,
  range: vscode.Range,
  kind?: vscode.CodeActionKind,
): Promise<vscode.CodeAction[]> {
  const all = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
    kind?.value,
  );
  return all.filter(({ edit, command }) => edit ?? command?.command.startsWith('ketamineCitations.'));
}

/** Does what VS Code does with a chosen action. */
export async function choose(all: readonly vscode.CodeAction[], title: string): Promise<void> {
  const action = all.find(each => each.title === title);
  if (!action) {
    throw new Error(`There is no ${title} among ${all.map(each => each.title).join(', ')}.`);
  }
  if (action.edit) {
    await vscode.workspace.applyEdit(action.edit);
  }
  if (action.command) {
    await vscode.commands.executeCommand(action.command.command, ...((action.command.arguments ?? []) as unknown[]));
  }
}

/** Runs with a notebook of these cells on show, beside further files by name, each once being edited: VS Code asks for actions only in texts that an editor held. */
export async function withNotebook(
  cells: readonly string[],
  run: (documents: readonly vscode.TextDocument[]) => Promise<void>,
  files: Readonly<Record<string, string>> = {},
): Promise<void> {
  await withFiles({ ...files, 'notebook.ipynb': notebookOf(...cells) }, async () => {
    const notebook = await vscode.workspace.openNotebookDocument(addressOf('notebook.ipynb'));
    const editor = await vscode.window.showNotebookDocument(notebook);
    for (const { document, index } of notebook.getCells()) {
      editor.selection = new vscode.NotebookRange(index, index + 1);
      await vscode.commands.executeCommand('notebook.cell.edit');
      for (let tries = 0; tries < 50 && vscode.window.activeTextEditor?.document !== document; tries += 1) {
        await new Promise(resolve => setTimeout(resolve, 100));
      }
    }
    await run(notebook.getCells().map(cell => cell.document));
  });
}
