import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { positionIn } from './support/files.ts';

const entry = (key: string, title: string): string => `@article{${key},\n  author = {Author, Seventeen},\n  title = {${title}},\n  year = {2019}\n}\n`;
const folders = vscode.workspace.workspaceFolders ?? [];
const at = (folder: number, name: string): vscode.Uri => vscode.Uri.joinPath(folders[folder]!.uri, ...name.split('/'));

async function put(folder: number, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await vscode.workspace.fs.writeFile(at(folder, name), new TextEncoder().encode(text));
  }
}

/** What is told at the bar, once it is what is waited for, or will surely not be. */
async function told(folder: number, name: string, marked: string, awaited: RegExp): Promise<string> {
  const document = await vscode.workspace.openTextDocument(at(folder, name));
  await vscode.window.showTextDocument(document);
  for (let tries = 0; ; tries += 1) {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, positionIn(document, marked));
    const text = hovers.flatMap(({ contents }) => contents.map(each => (typeof each === 'string' ? each : each.value))).join('\n');
    if (awaited.test(text) || tries === 50) {
      return text;
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

// Run by itself: all other tests have one folder.
if (folders.length > 1) {
  describe('In a workspace of several folders', () => {
    it('each manuscript has the bibliographies that its own folder’s settings name, counted from that folder', async () => {
      await put(0, { 'lib/refs.bib': entry('author17', 'Of the first'), 'a.md': 'As @author17 and @author18.\n' });
      await put(1, { 'lib/refs.bib': entry('author18', 'Of the second'), 'a.md': 'As @author17 and @author18.\n' });
      for (const { uri } of folders) {
        const configuration = vscode.workspace.getConfiguration('ketamineCitations', uri);
        const named = uri.path.endsWith('/two') ? ['lib/*.bib'] : ['lib/refs.bib'];
        await configuration.update('bibliographies', named, vscode.ConfigurationTarget.WorkspaceFolder);
      }
      assert.match(await told(1, 'a.md', '@author|18', /second/), /Of the second/);
      assert.match(await told(0, 'a.md', '@author|17', /first/), /Of the first/);
      assert.doesNotMatch(await told(1, 'a.md', '@author|17', /unknown|no entry|^$/i), /Of the first/);
      assert.doesNotMatch(await told(0, 'a.md', '@author|18', /unknown|no entry|^$/i), /Of the second/);
    });
    it('a file is looked for beside the manuscript, then in the manuscript’s own folder', async () => {
      await put(0, { 'shared.bib': entry('author27', 'Of the first') });
      await put(1, { 'shared.bib': entry('author27', 'Of the second'), 'text/b.md': '---\nbibliography: shared.bib\n---\n\n@author27\n' });
      assert.match(await told(1, 'text/b.md', '@author|27', /Of the/), /Of the second/);
    });
    it('a project’s file counts in its own folder only', async () => {
      await put(1, { '_quarto.yml': 'bibliography: book.bib\n', 'book.bib': entry('author37', 'Of the project'), 'text/c.md': '@author37\n' });
      await put(0, { 'book.bib': entry('author37', 'Elsewhere'), 'text/c.md': '@author37\n' });
      assert.match(await told(1, 'text/c.md', '@author|37', /project/), /Of the project/);
      assert.doesNotMatch(await told(0, 'text/c.md', '@author|37', /Of the project|Elsewhere/), /Of the project|Elsewhere/);
    });
  });
}
