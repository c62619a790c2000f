import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { read, run, write } from './support/editor.ts';
import { addressOf, open, withFiles } from './support/files.ts';

const entry = (key: string): string => `@article{${key},\n  author = {Author, Seventeen},\n  title = {On ${key}},\n  year = {2019}\n}\n`;
const files = { 'refs.bib': `${entry('author17')}\n${entry('author18')}`, 'a.md': '---\nbibliography: refs.bib\n---\n\nText \n' };

/** Shows the manuscript, with the caret at the bar, once its entries are known. */
async function manuscript(): Promise<vscode.TextEditor> {
  const { document, position } = await open('a.md', 'Text |');
  const editor = await vscode.window.showTextDocument(document);
  editor.selection = new vscode.Selection(position, position);
  for (let tries = 0; tries < 100; tries += 1) {
    await vscode.env.clipboard.writeText('');
    const isKnown = await run('copyBibtex', 'author18').then(() => vscode.env.clipboard.readText());
    if (isKnown !== '') {
      break;
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  return editor;
}

async function once(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100 && !holds(); tries += 1) {
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

describe('Library: the view of the writer’s own entries', () => {
  it('opens, and takes every grouping and order', () =>
    withFiles(files, async () => {
      await manuscript();
      await run('showLibrary');
      for (const name of ['groupLibraryByKeyword', 'groupLibraryByType', 'groupLibraryByYear', 'sortLibraryByYear', 'sortLibraryByAuthor', 'groupLibraryByFile', 'clearLibraryFilter', 'readBibliographies']) {
        await run(name);
      }
    }));
  it('goes to an entry in its file', () =>
    withFiles(files, async () => {
      await manuscript();
      await run('goToEntry', 'author18');
      await once(() => vscode.window.activeTextEditor?.document.uri.path.endsWith('/refs.bib') ?? false);
      const editor = vscode.window.activeTextEditor!;
      assert.equal(editor.document.lineAt(editor.selection.active.line).text, '@article{author18,');
    }));
  it('goes to where the entry is now in a file that is not saved', () =>
    withFiles(files, async () => {
      await manuscript();
      const bibliography = await vscode.workspace.openTextDocument(addressOf('refs.bib'));
      const edit = new vscode.WorkspaceEdit();
      edit.insert(bibliography.uri, new vscode.Position(0, 0), '% A remark\n% over two lines\n');
      await vscode.workspace.applyEdit(edit);
      await run('goToEntry', 'author18');
      await once(() => vscode.window.activeTextEditor?.document === bibliography);
      const { selection } = vscode.window.activeTextEditor!;
      assert.equal(bibliography.lineAt(selection.active.line).text, '@article{author18,');
    }));
  it('goes to an entry that the metadata declare', async () => {
    const editor = await write('---\ntitle: A title\nreferences:\n- id: author21\n  type: book\n  title: Declared\n---\n\nText|');
    await run('goToEntry', 'author21');
    await once(() => vscode.window.activeTextEditor?.selection.isEmpty === false);
    const { document, selection } = vscode.window.activeTextEditor!;
    assert.equal(document, editor.document);
    assert.deepEqual([selection.start.line, document.getText(selection)], [3, 'author21']);
  });
  it('cites an entry by its key', () =>
    withFiles(files, async () => {
      const editor = await manuscript();
      await run('insertCitation', 'author18');
      assert.match(read(editor), /Text \[@author18\]/);
    }));
  it('names a bibliography in a manuscript without metadata, its name selected', async () => {
    const editor = await write('Text|');
    await run('nameBibliography');
    assert.equal(editor.document.getText(), '---\nbibliography: references.bib\n---\n\nText');
    assert.equal(editor.document.getText(vscode.window.activeTextEditor!.selection), 'references.bib');
  });
  it('names it behind what the metadata hold already', async () => {
    const editor = await write('---\ntitle: A title\n---\n\nText|');
    await run('nameBibliography');
    assert.equal(editor.document.getText(), '---\ntitle: A title\nbibliography: references.bib\n---\n\nText');
    assert.equal(editor.document.getText(vscode.window.activeTextEditor!.selection), 'references.bib');
  });
  it('leads to the bibliography that is named already', async () => {
    const editor = await write('---\nbibliography: own.bib\n---\n\nText|');
    await run('nameBibliography');
    assert.equal(editor.document.getText(vscode.window.activeTextEditor!.selection), 'own.bib');
  });
});
