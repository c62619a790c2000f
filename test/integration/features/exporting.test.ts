import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { run, withSettings, write } from '../support/editor.ts';
import { addressOf, notebookOf, withFiles } from '../support/files.ts';

const textOf = async (name: string): Promise<string> => new TextDecoder().decode(await vscode.workspace.fs.readFile(addressOf(name)));

/** Shows a file of the workspace as the manuscript in front. */
async function show(name: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(addressOf(name)));
}

const exportTo = async (name: string, format: string, more: object = {}): Promise<void> => {
  await run('exportBibliography', { format, file: addressOf(name).toString(), ...more });
};

const keysIn = (bibtex: string): readonly (string | undefined)[] => Array.from(bibtex.matchAll(/^@\w+\{([^,]+),$/gm), match => match[1]);

/** What is there in the end; a save's consequences come later than the save. */
async function eventually(name: string, pattern: RegExp): Promise<string> {
  for (let tries = 0; ; tries += 1) {
    // While a file takes another's place, VS Code's remote file systems have none for a moment.
    const text = await textOf(name).catch(() => '');
    if (pattern.test(text) || tries === 100) {
      assert.match(text, pattern);
      return text;
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

async function add(editor: vscode.TextEditor, text: string): Promise<void> {
  await editor.edit(builder => builder.insert(editor.document.positionAt(editor.document.getText().length), text));
}

const own = '% mine\n@book{author17,\n  author = {Author, Seventeen},\n  title = {A title of one’s own},\n  year = {2001},\n}\n';

describe('Exporting a bibliography', () => {
  it('writes what the manuscript cites, in the order of first mention, and what nocite lists', () =>
    withFiles({ 'a.md': '---\nnocite: "@oliver2022"\n---\n\nAs @zarate2006 and [@feder2021; @zarate2006] say; @nobody1900 does not.\n' }, async () => {
      await show('a.md');
      await exportTo('out.bib', 'bibtex');
      assert.deepEqual(keysIn(await textOf('out.bib')), ['zarate2006', 'feder2021', 'oliver2022']);
      await exportTo('out.json', 'csljson');
      const items = JSON.parse(await textOf('out.json')) as { id: string; DOI: string }[];
      assert.deepEqual(items.map(({ id }) => id), ['zarate2006', 'feder2021', 'oliver2022']);
      assert.equal(items[1]!.DOI, '10.1176/appi.ajp.2020.20050596');
      await exportTo('out.yaml', 'cslyaml');
      assert.match(await textOf('out.yaml'), /^references:\n- id: zarate2006\n/);
      await exportTo('out.ris', 'ris');
      assert.match(await textOf('out.ris'), /^TY {2}- JOUR\nID {2}- zarate2006\n/);
      await exportTo('latex.bib', 'biblatex');
      assert.match(await textOf('latex.bib'), /^ {2}journaltitle = /m);
    }));
  it('takes along entries of the writer’s own, and what the metadata declare with all its fields', () =>
    withFiles({ 'refs.bib': own, 'a.md': '---\nbibliography: refs.bib\nreferences:\n- id: author18\n  type: book\n  title: B\n  publisher: A house\n---\n\nAs @author17 and @author18.\n' }, async () => {
      await show('a.md');
      await exportTo('out.bib', 'bibtex');
      const text = await textOf('out.bib');
      assert.deepEqual(keysIn(text), ['author17', 'author18']);
      assert.match(text, /publisher = \{A house\}/);
      assert.doesNotMatch(text, /x-ketamine/);
    }));
  it('takes an entry under the key by which it is cited, also where that is another of its keys', () =>
    withFiles({ 'refs.bib': own.replace('  year', '  ids = {author71},\n  year'), 'a.md': '---\nbibliography: refs.bib\n---\n\nAs @author71.\n' }, async () => {
      await show('a.md');
      await exportTo('out.bib', 'bibtex');
      assert.deepEqual(keysIn(await textOf('out.bib')), ['author71']);
    }));
  it('adds to a file and leaves what is in it', () =>
    withFiles({ 'refs.bib': own, 'a.md': '---\nbibliography: refs.bib\n---\n\nAs @author17 and @feder2021.\n' }, async () => {
      await show('a.md');
      await exportTo('refs.bib', 'bibtex', { ifExists: 'merge' });
      const text = await textOf('refs.bib');
      assert.ok(text.startsWith(own));
      assert.deepEqual(keysIn(text), ['author17', 'feder2021']);
    }));
  it('replaces a file only where that is asked, and never one from which cited entries come', () =>
    withFiles({ 'refs.bib': own, 'old.bib': own, 'a.md': '---\nbibliography: refs.bib\n---\n\nAs @author17 and @feder2021.\n' }, async () => {
      await show('a.md');
      await exportTo('refs.bib', 'bibtex', { ifExists: 'replace' });
      assert.equal(await textOf('refs.bib'), own);
      await exportTo('old.bib', 'bibtex', { ifExists: 'replace' });
      assert.doesNotMatch(await textOf('old.bib'), /% mine/);
    }));
  it('writes nothing into a file whose name Pandoc would take for another format, or that can’t be read to its end', () =>
    withFiles({ 'a.md': 'As @feder2021.\n', 'open.bib': '@book{x,\n  title = {Open' }, async () => {
      await show('a.md');
      await exportTo('out.txt', 'bibtex');
      await assert.rejects(textOf('out.txt'));
      await exportTo('open.bib', 'bibtex', { ifExists: 'merge' });
      assert.equal(await textOf('open.bib'), '@book{x,\n  title = {Open');
    }));
  it('edits an open file that has unsaved changes, in one step, and leaves it unsaved', () =>
    withFiles({ 'refs.bib': own, 'a.md': 'As @feder2021.\n' }, async () => {
      const bibliography = await show('refs.bib');
      await add(bibliography, '% not saved\n');
      await show('a.md');
      await exportTo('refs.bib', 'bibtex', { ifExists: 'merge' });
      const { document } = await show('refs.bib');
      assert.deepEqual([document.isDirty, await textOf('refs.bib')], [true, own]);
      assert.match(document.getText(), /% not saved\n\n@article\{feder2021,/);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), `${own}% not saved\n`);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }));
  it('names the file in the metadata, in one step', () =>
    withFiles({ 'a.md': '---\nbibliography: mine.bib\n---\n\nAs @feder2021.\n', 'mine.bib': own }, async () => {
      const { document } = await show('a.md');
      const before = document.getText();
      await exportTo('sub/out.bib', 'bibtex', { isNamed: true });
      assert.match(document.getText(), /^---\nbibliography: \[mine\.bib, sub\/out\.bib\]\n---\n/);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), before);
    }));
  it('takes all Markdown cells of a notebook for one manuscript', () =>
    withFiles({ 'a.ipynb': notebookOf('As @zarate2006', '%code\nprint("@dore2019")', 'and @feder2021') }, async () => {
      await vscode.window.showNotebookDocument(await vscode.workspace.openNotebookDocument(addressOf('a.ipynb')));
      for (let tries = 0; tries < 50; tries += 1) {
        await exportTo('out.bib', 'bibtex', { ifExists: 'merge' });
        if (await textOf('out.bib').then(text => keysIn(text).length === 2, () => false)) {
          break;
        }
        await new Promise(resolve => setTimeout(resolve, 100));
      }
      assert.deepEqual(keysIn(await textOf('out.bib')), ['zarate2006', 'feder2021']);
    }));
  it('does nothing where nothing is cited', async () => {
    await write('Nothing yet|.');
    await exportTo('none.bib', 'bibtex');
    await assert.rejects(textOf('none.bib'));
  });
});

describe('A bibliography kept in step', () => {
  it('gets the studies that a saved manuscript cites, and keeps what is changed by hand or cited no more', () =>
    withFiles({ 'a.md': '---\nbibliography: out.bib\n---\n\nAs @feder2021 and @zarate2006.\n' }, async () => {
      const editor = await show('a.md');
      await exportTo('out.bib', 'bibtex');
      const changed = `${own}\n${(await textOf('out.bib')).replace('volume = {178}', 'volume = {1780}')}`;
      await vscode.workspace.fs.writeFile(addressOf('out.bib'), new TextEncoder().encode(changed));
      await withSettings({ 'export.keepInStep': true }, async () => {
        await editor.edit(builder => builder.replace(new vscode.Range(4, 0, 5, 0), 'As @feder2021 and @dore2019 and @author17.\n'));
        await editor.document.save();
        const text = await eventually('out.bib', /dore2019/);
        assert.ok(text.startsWith(changed), text);
        assert.deepEqual(keysIn(text), ['author17', 'feder2021', 'zarate2006', 'dore2019']);
      });
    }));
  it('is never a file to which nothing was exported, and nothing happens unless the setting says so', () =>
    withFiles({ 'mine.bib': own, 'out.json': '', 'a.md': '---\nbibliography: [mine.bib, out.json]\n---\n\nAs @feder2021.\n' }, async () => {
      const editor = await show('a.md');
      await exportTo('out.json', 'csljson');
      await add(editor, 'And @dore2019.\n');
      await editor.document.save();
      await withSettings({ 'export.keepInStep': true }, async () => {
        assert.doesNotMatch(await textOf('out.json'), /dore2019/);
        await add(editor, 'And @zarate2006.\n');
        await editor.document.save();
        await eventually('out.json', /zarate2006/);
        assert.equal(await textOf('mine.bib'), own);
      });
    }));
});
