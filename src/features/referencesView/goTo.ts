import * as vscode from 'vscode';

/** Shows `[start, end)` of a document, or of a notebook's cell, and selects it. */
export async function goTo(address: string, start: number, end: number): Promise<void> {
  const uri = vscode.Uri.parse(address, true);
  const document = await vscode.workspace.openTextDocument(uri);
  const selection = new vscode.Range(document.positionAt(start), document.positionAt(end));
  if (uri.scheme === 'vscode-notebook-cell') {
    // A cell has no editor of its own to show: VS Code opens its notebook and the cell in it.
    await vscode.commands.executeCommand('vscode.open', uri, { selection });
    return;
  }
  const shown = vscode.window.visibleTextEditors.find(editor => editor.document === document);
  const editor = await vscode.window.showTextDocument(document, {
    selection,
    ...(shown?.viewColumn && { viewColumn: shown.viewColumn }),
  });
  editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
