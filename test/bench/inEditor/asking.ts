import * as vscode from 'vscode';

/** A file of the folder that is opened. */
export function open(name: string): Thenable<vscode.TextDocument> {
  return vscode.workspace.openTextDocument(vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, name));
}

/** What VS Code offers at a place. */
export function ask(document: vscode.TextDocument, position: vscode.Position): Thenable<vscode.CompletionList> {
  return vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
}

/** Shows a manuscript; milliseconds until an entry of its bibliography is offered where it is cited. */
export async function loaded(name: string, key: string): Promise<number> {
  const document = await open(name);
  const started = performance.now();
  await vscode.window.showTextDocument(document);
  const line = document.getText().split('\n').indexOf(`@${key}`);
  for (;;) {
    const list = await ask(document, new vscode.Position(line, key.length + 1));
    if (list.items.some(({ label }) => label === key || (typeof label === 'object' && label.label === key))) {
      return performance.now() - started;
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}
