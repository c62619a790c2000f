import * as vscode from 'vscode';
import { closeEditors } from './editor.ts';

let count = 0;

/** The address of a file of the test that runs, in a folder of its own inside the opened one. */
export function addressOf(name = ''): vscode.Uri {
  return vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, `files-${count}`, ...name.split('/'));
}

/**
 * Runs with some files, by name, and deletes them again. VS Code keeps a deleted file's text open for some minutes, so
 * each test has a folder of its own, and those that rename have keys of their own.
 */
export async function withFiles(files: Readonly<Record<string, string>>, run: () => Promise<void>): Promise<void> {
  count += 1;
  for (const [name, text] of Object.entries(files)) {
    await vscode.workspace.fs.writeFile(addressOf(name), new TextEncoder().encode(text));
  }
  try {
    await run();
  } finally {
    // VS Code opens an editor for what is not saved, and keeps one whose file is gone.
    for (const document of vscode.workspace.textDocuments.filter(({ isDirty, isUntitled }) => isDirty && !isUntitled)) {
      await document.save();
    }
    await closeEditors();
    await vscode.workspace.fs.delete(addressOf(), { recursive: true, useTrash: false });
  }
}

/** A notebook as Jupyter stores it: Markdown cells, but for those that begin with `%raw` or `%code`. */
export function notebookOf(...cells: readonly string[]): string {
  return JSON.stringify({
    cells: cells.map(cell => {
      const [, kind = 'markdown', source = ''] = /^(?:%(raw|code)\n)?([\s\S]*)$/.exec(cell)!;
      const lines = source.split(/(?<=\n)/);
      return { cell_type: kind, metadata: {}, source: lines, ...(kind === 'code' && { execution_count: null, outputs: [] }) };
    }),
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 2,
  });
}

/** Opens a file of the folder with the caret at the first bar that stands in `marked`, a stretch of its text. */
export async function open(name: string, marked: string): Promise<{ document: vscode.TextDocument; position: vscode.Position }> {
  const document = await vscode.workspace.openTextDocument(addressOf(name));
  return { document, position: positionIn(document, marked) };
}

/** The position of the bar in a stretch of the document's text. */
export function positionIn(document: vscode.TextDocument, marked: string): vscode.Position {
  const caret = marked.indexOf('|');
  const at = document.getText().indexOf(marked.replace('|', ''));
  if (caret < 0 || at < 0) {
    throw new Error(`${marked} does not stand in ${document.uri.path}.`);
  }
  return document.positionAt(at + caret);
}

/** The texts of places, with the file's name: `a.md: @author17`. A cell is named by its notebook; what a test before left open is not shown. */
export async function shown(
  places: readonly { readonly uri: vscode.Uri; readonly range: vscode.Range }[],
): Promise<string[]> {
  const texts: string[] = [];
  for (const { uri, range } of places) {
    if (uri.scheme === 'untitled' || uri.path.startsWith(addressOf().path)) {
      const document = await vscode.workspace.openTextDocument(uri);
      texts.push(`${uri.path.split('/').at(-1)}: ${document.getText(range)}`);
    }
  }
  return texts;
}
