import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors, run, withSettings, write } from './support/editor.ts';
import { addressOf, open, withFiles } from './support/files.ts';

const quote = { text: 'Some words of the source', key: 'feder2021', locator: 'p. 195' };
const layout = '{\n  "quotes": [\n    {\n      "key": "dore2019",\n      "text": "Other words",\n      "locator": "p. 4"\n    }\n  ]\n}\n';

/** Runs with `quotes.json` in the test's folder as the writer's file, and further files. */
async function withQuotes(files: Readonly<Record<string, string>>, test: () => Promise<void>): Promise<void> {
  await withFiles({ 'other.md': 'Text', ...files }, async () => {
    const root = vscode.workspace.workspaceFolders![0]!.uri.path;
    await withSettings({ 'quotes.file': addressOf('quotes.json').path.slice(root.length + 1) }, test);
  });
}

async function textOf(uri = addressOf('quotes.json')): Promise<string> {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await vscode.workspace.fs.readFile(uri));
}

async function saved(uri?: vscode.Uri): Promise<Record<string, string>[]> {
  return JSON.parse(await textOf(uri)).quotes.map(({ added, ...fields }: Record<string, string>) => fields);
}

/** Says Enter to every question until the command has come to its end. */
async function accepting(command: Promise<void>): Promise<void> {
  let isDone = false;
  const end = command.finally(() => (isDone = true));
  while (!isDone) {
    await new Promise(resolve => setTimeout(resolve, 200));
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  }
  await end;
}

function select(editor: vscode.TextEditor, words: string): void {
  const { document } = editor;
  const start = document.getText().indexOf(words);
  editor.selection = new vscode.Selection(document.positionAt(start), document.positionAt(start + words.length));
}

async function problemsOf(uri: vscode.Uri, fits: (problem: vscode.Diagnostic) => boolean): Promise<vscode.Diagnostic[]> {
  for (let tries = 0; tries < 100; tries += 1) {
    const found = vscode.languages.getDiagnostics(uri).filter(fits);
    if (found.length > 0) {
      return found;
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  return [];
}

describe('quotes of the writer’s own', () => {
  it('are saved from a selection, with the work and the place that are cited behind it', () =>
    withQuotes({}, async () => {
      select(await write('“Some words\nof the source” [@feder2021, p. 195].|'), 'Some words\nof the source');
      await accepting(run('saveQuote'));
      assert.deepEqual(await saved(), [{ key: 'feder2021', text: 'Some words of the source', locator: 'p. 195' }]);
      assert.match(await textOf(), /^\{\n  "quotes": \[\n    \{\n      "key"[\s\S]*"added": "\d{4}-\d\d-\d\d"\n    \}\n  \]\n\}\n$/);
    }));
  it('are saved from the clipboard, when nothing is selected', () =>
    withQuotes({}, async () => {
      await write('[@feder2021]|');
      await vscode.env.clipboard.writeText('“Some ﬁne words\nof the source” (Feder et al., 2021, p. 195)');
      await accepting(run('saveQuote', { key: 'feder2021' }));
      assert.deepEqual(await saved(), [{ key: 'feder2021', text: 'Some fine words of the source', locator: 'p. 195' }]);
    }));
  it('go behind those that are there, and nothing else changes', () =>
    withQuotes({ 'quotes.json': `\ufeff${layout.replaceAll('\n', '\r\n')}` }, async () => {
      const before = await textOf();
      await run('saveQuote', quote);
      const after = await textOf();
      assert.deepEqual(JSON.parse(after.slice(1)).quotes.map(({ key }: { key: string }) => key), ['dore2019', 'feder2021']);
      const end = before.lastIndexOf('\r\n  ]');
      assert.ok(after.startsWith(before.slice(0, end)) && after.endsWith(before.slice(end)));
      assert.deepEqual((await vscode.workspace.fs.readDirectory(addressOf())).map(([name]) => name).sort(), ['other.md', 'quotes.json']);
    }));
  it('are not saved twice', () =>
    withQuotes({}, async () => {
      await run('saveQuote', quote);
      const once = await textOf();
      await run('saveQuote', { ...quote, text: `“${quote.text.replace(' ', '\n')}”`, locator: 'p. 196' });
      assert.equal(await textOf(), once);
    }));
  it('leave a broken file as it is, and its fault is shown at its line', () =>
    withQuotes({ 'quotes.json': layout.replace('"Other words",', '"Other words"') }, async () => {
      const before = await textOf();
      await run('saveQuote', quote);
      assert.equal(await textOf(), before);
      const [problem] = await problemsOf(addressOf('quotes.json'), ({ source }) => source === 'Ketamine Citations');
      assert.match(problem?.message ?? '', /no sound JSON/);
      assert.equal(problem?.range.start.line, 5);
    }));
  it('leave another program’s file alone', () =>
    withQuotes({ 'quotes.json': '[{ "quote": "Be" }]' }, async () => {
      await run('saveQuote', quote);
      assert.equal(await textOf(), '[{ "quote": "Be" }]');
    }));
  it('go into the open document, whose other edits stay, and can be undone', () =>
    withQuotes({ 'quotes.json': layout }, async () => {
      const document = await vscode.workspace.openTextDocument(addressOf('quotes.json'));
      const editor = await vscode.window.showTextDocument(document);
      await editor.edit(builder => builder.insert(document.positionAt(document.getText().indexOf('Other')), 'Still '));
      await run('saveQuote', quote);
      assert.deepEqual((await saved()).map(({ text }) => text), ['Still Other words', quote.text]);
      assert.equal(document.isDirty, false);
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), layout.replace('Other', 'Still Other'));
    }));
  it('are kept for all workspaces where the setting is empty, and opened from there', async () =>
    withSettings({ 'quotes.file': '' }, async () => {
      await run('saveQuote', quote);
      await run('openQuotes');
      const uri = vscode.window.activeTextEditor!.document.uri;
      try {
        assert.match(uri.path, /ketamine-citations\.ketamine-citations\/quotes\.json$/);
        assert.deepEqual(await saved(uri), [{ key: quote.key, text: quote.text, locator: quote.locator }]);
      } finally {
        await closeEditors();
        await vscode.workspace.fs.delete(uri);
      }
    }));
  it('come and go with the folder of their file', () =>
    withFiles({ 'a.md': 'As [@dore2019].\n', 'kept/quotes.json': layout }, () =>
      withSettings({ 'quotes.file': vscode.workspace.asRelativePath(addressOf('kept/quotes.json')) }, async () => {
        const { document, position } = await open('a.md', '[@|dore2019]');
        await vscode.window.showTextDocument(document);
        const shows = async (isThere: boolean): Promise<void> => {
          for (let tries = 0; ; tries += 1) {
            const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
            const text = hovers.flatMap(({ contents }) => contents.map(each => (typeof each === 'string' ? each : each.value))).join('\n');
            if (text.includes('Other words') === isThere && text !== '') {
              return;
            }
            assert.ok(tries < 100, text);
            await new Promise(resolve => setTimeout(resolve, 100));
          }
        };
        await shows(true);
        await vscode.workspace.fs.rename(addressOf('kept'), addressOf('away'));
        await shows(false);
        await vscode.workspace.fs.rename(addressOf('away'), addressOf('kept'));
        await shows(true);
      }),
    ));
  it('are not written outside the workspace folder', () =>
    withFiles({ 'other.md': 'Text' }, () =>
      withSettings({ 'quotes.file': '../quotes.json' }, async () => {
        await run('saveQuote', quote);
        const outside = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, '..', 'quotes.json');
        await assert.rejects(Promise.resolve(vscode.workspace.fs.stat(outside)));
      }),
    ));
  it('are imported from annotations that Zotero exported', () => {
    const cite = (key: string, page: number): string => `([Someone, 2020, p. ${page}](zotero://select/items/@${key}))`;
    const note = `# Annotations\n\n“First words” ${cite('feder2021', 3)} ([pdf](zotero://open-pdf/x)) Mine\n\n“Second words” ${cite('dore2019', 4)}\n`;
    return withQuotes({ 'note.md': note, 'quotes.json': layout.replace('Other words', 'Second words') }, async () => {
      await accepting(run('importQuotes', addressOf('note.md').toString()));
      assert.deepEqual(await saved(), [
        { key: 'dore2019', text: 'Second words', locator: 'p. 4' },
        { key: 'feder2021', text: 'First words', locator: 'p. 3', note: 'Mine' },
      ]);
    });
  });
  it('have a schema, by which VS Code checks the file', () =>
    withQuotes({ 'quotes.json': '{ "quotes": [{ "key": "feder2021" }] }' }, async () => {
      const extension = vscode.extensions.getExtension('ketamine-citations.ketamine-citations')!;
      const [{ fileMatch, url }] = extension.packageJSON.contributes.jsonValidation;
      assert.equal(fileMatch, 'quotes.json');
      assert.ok(JSON.parse(await textOf(vscode.Uri.joinPath(extension.extensionUri, url))).definitions.quote);
      await vscode.window.showTextDocument(addressOf('quotes.json'));
      const problems = await problemsOf(addressOf('quotes.json'), ({ message }) => message.includes('Missing property "text"'));
      assert.equal(problems.length, 1);
    }));
});
