import * as vscode from 'vscode';

/** What {@link write} opened, and how often it did. */
const written: vscode.TextDocument[] = [];
let count = 0;
const endings: Readonly<Record<string, string>> = { markdown: 'md', quarto: 'qmd', rmd: 'Rmd', plaintext: 'txt' };

/** A manuscript in an editor: a bar in the text is the caret; `language` as VS Code names it. */
export async function write(
  marked: string,
  language = 'markdown',
  eol = vscode.EndOfLine.LF,
): Promise<vscode.TextEditor> {
  const caret = marked.indexOf('|');
  // A name of its own: VS Code gives that of a text that was closed to the next one, and with it the old text.
  count += 1;
  const uri = vscode.Uri.from({ scheme: 'untitled', path: `Manuscript-${count}.${endings[language]}` });
  const document = await vscode.workspace.openTextDocument(uri);
  written.push(document);
  const editor = await vscode.window.showTextDocument(document);
  await editor.edit(builder => {
    builder.insert(new vscode.Position(0, 0), marked.slice(0, caret) + marked.slice(caret + 1));
    builder.setEndOfLine(eol);
  });
  const position = document.positionAt(
    caret + (eol === vscode.EndOfLine.CRLF ? marked.slice(0, caret).split('\n').length - 1 : 0),
  );
  editor.selection = new vscode.Selection(position, position);
  return editor;
}

/**
 * Waits until VS Code's own Markdown server answers. While it registers itself, questions of all extensions are called off
 * or answered by nothing; the editor asks again then, a command does not.
 */
export async function serverAnswers(): Promise<void> {
  const { document, selection } = await write('[a|](https://example.org)');
  for (let tries = 0; tries < 300; tries += 1) {
    const kind = vscode.CodeActionKind.RefactorExtract.value;
    const ask = vscode.commands.executeCommand<unknown[]>('vscode.executeCodeActionProvider', document.uri, selection, kind);
    if ((await ask.then(all => all.length, () => 0)) > 0) {
      break;
    }
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  await closeEditors();
}

/** Closes all editors, and what is not saved in them with it. */
export async function closeEditors(): Promise<void> {
  const isLeft = (): boolean => vscode.window.tabGroups.all.some(({ tabs }) => tabs.length > 0) || written.some(({ isClosed }) => !isClosed);
  for (let tries = 0; isLeft(); tries += 1) {
    if (tries === 200) {
      throw new Error(`${written.map(({ uri }) => uri.toString()).join(', ')} can't be closed.`);
    }
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await new Promise(resolve => setTimeout(resolve, tries));
  }
  written.length = 0;
}

/** The editor's text with a bar at the caret. */
export function read({ document, selection }: vscode.TextEditor): string {
  const text = document.getText();
  const caret = document.offsetAt(selection.active);
  return `${text.slice(0, caret)}|${text.slice(caret)}`;
}

/** What our provider offers at the caret, in the order of the list. Items of other providers, words of the text, are left out. */
export async function offers(editor: vscode.TextEditor, resolve = 0): Promise<vscode.CompletionItem[]> {
  const { document, selection } = editor;
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    selection.active,
    undefined,
    resolve,
  );
  return list.items
    .filter(({ kind, sortText }) => kind !== undefined && kinds.includes(kind) && /^\d{4}$/.test(sortText ?? ''))
    .sort((a, b) => (a.sortText! < b.sortText! ? -1 : 1));
}

const kinds = [
  vscode.CompletionItemKind.Reference, vscode.CompletionItemKind.Text, vscode.CompletionItemKind.File, vscode.CompletionItemKind.EnumMember,
];

/** The label without the words beside it. */
export function labelOf({ label }: vscode.CompletionItem): string {
  return typeof label === 'string' ? label : label.label;
}

/** Does what VS Code does when an item is accepted, in one edit. */
export async function accept(editor: vscode.TextEditor, item: vscode.CompletionItem): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const range = item.range instanceof vscode.Range ? item.range : item.range!.inserting;
  const text =
    item.insertText instanceof vscode.SnippetString
      ? item.insertText.value.replace(/\$\{?0\}?/, '').replace(/\\([$}\\])/g, '$1')
      : item.insertText;
  edit.replace(editor.document.uri, range, text ?? labelOf(item));
  item.additionalTextEdits?.forEach(({ range: other, newText }) => edit.replace(editor.document.uri, other, newText));
  await vscode.workspace.applyEdit(edit);
}

/** Runs with some of our settings changed, and sets them back. */
export async function withSettings(
  settings: Readonly<Record<string, unknown>>,
  run: () => Promise<void>,
): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('ketamineCitations');
  const set = async (values: Readonly<Record<string, unknown>>): Promise<void> => {
    for (const [name, value] of Object.entries(values)) {
      await configuration.update(name, value, vscode.ConfigurationTarget.Global);
    }
  };
  await set(settings);
  try {
    await run();
  } finally {
    await set(Object.fromEntries(Object.keys(settings).map(name => [name, undefined])));
  }
}

/** Runs one of our commands. */
export async function run(name: string, ...given: readonly unknown[]): Promise<void> {
  await vscode.commands.executeCommand(`ketamineCitations.${name}`, ...given);
}
