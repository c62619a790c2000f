import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { actionsAt, choose } from './support/actions.ts';
import { accept, labelOf } from './support/editor.ts';
import { addressOf, notebookOf, open, withFiles } from './support/files.ts';
import { codeOf, problemsIn } from './support/problems.ts';

const { File, Folder } = vscode.CompletionItemKind;
const bib = '@article{author17,\n  author = {Author, Seventeen},\n  title = {Rivulets},\n  year = {2019}\n}\n';
const metadata = (yaml: string): string => `---\n${yaml}\n---\n\nText @author17\n`;

/** The paths offered at the bar, in order. */
async function offered(name: string, marked: string): Promise<vscode.CompletionItem[]> {
  const { document, position } = await open(name, marked);
  await vscode.window.showTextDocument(document);
  const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, position);
  return list.items
    .filter(({ kind, sortText }) => (kind === File || kind === Folder) && /^\d{4}$/.test(sortText ?? ''))
    .sort((a, b) => (a.sortText! < b.sortText! ? -1 : 1));
}

async function labels(name: string, marked: string): Promise<string[]> {
  return (await offered(name, marked)).map(labelOf);
}

async function accepted(name: string, marked: string, label: string): Promise<string> {
  const item = (await offered(name, marked)).find(each => labelOf(each) === label)!;
  const { document } = await open(name, marked);
  const editor = await vscode.window.showTextDocument(document);
  await accept(editor, item);
  return document.lineAt(1).text;
}

async function fixes(document: vscode.TextDocument, awaited: string): Promise<{ problem: vscode.Diagnostic; all: readonly vscode.CodeAction[] }> {
  // Files near it are looked for in the background.
  const isSettled = (all: readonly vscode.CodeAction[]): boolean => all.some(({ title }) => title.startsWith(awaited));
  const isWanted = (found: readonly vscode.Diagnostic[]): boolean => found.some(each => codeOf(each) === 'bibliography');
  const problem = (await problemsIn(document, isWanted)).find(each => codeOf(each) === 'bibliography')!;
  for (let tries = 0; ; tries += 1) {
    const all = await actionsAt(document, problem.range, vscode.CodeActionKind.QuickFix);
    if (isSettled(all) || tries === 50) {
      return { problem, all };
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

describe('Paths of bibliographies', () => {
  const files = { 'refs.bib': bib, 'b.json': '[]', 'lib/more.bib': bib, 'notes.txt': '', 'node_modules/x/y.bib': '', 'a, b.ris': '' };

  it('are offered under bibliography, likely ones first', () =>
    withFiles({ ...files, 'a.md': metadata('bibliography: ') }, async () =>
      assert.deepEqual(await labels('a.md', 'bibliography: |'), ['refs.bib', 'a, b.ris', 'b.json', 'lib/', '../'])));
  it('are offered in lists, and under a format', () =>
    withFiles({ ...files, 'a.md': metadata('bibliography:\n  - refs.bib\n  - lib/\nformat:\n  pdf:\n    bibliography: [refs.bib, ]') }, async () => {
      assert.deepEqual(await labels('a.md', '  - lib/|'), ['more.bib']);
      assert.ok((await labels('a.md', '[refs.bib, |]')).includes('refs.bib'));
    }));
  it('are offered while the metadata is not closed yet', () =>
    withFiles({ ...files, 'a.md': '---\nbibliography: ' }, async () =>
      assert.ok((await labels('a.md', 'bibliography: |')).includes('refs.bib'))));
  it('are offered from the root', () =>
    withFiles({ 'a.md': metadata('bibliography: /') }, async () =>
      assert.deepEqual((await offered('a.md', 'bibliography: /|')).filter(each => labelOf(each) === '../'), [])));
  it('are offered in a list that is not closed yet', () =>
    withFiles({ ...files, 'a.md': '---\nbibliography: [refs.bib, \n---\n\nText\n', 'b.md': '---\nbibliography: [refs.bib, lib/m' }, async () => {
      assert.ok((await labels('a.md', '[refs.bib, |')).includes('b.json'));
      assert.deepEqual(await labels('b.md', '[refs.bib, lib/m|'), ['more.bib']);
    }));
  it('are offered in the metadata of a notebook, and in no other cell', () =>
    withFiles(
      { ...files, 'text/n.ipynb': notebookOf('%raw\n---\nbibliography: ../lib/\n---', '%raw\n---\nbibliography: ../lib/\n---', 'Text') },
      async () => {
        const notebook = await vscode.workspace.openNotebookDocument(addressOf('text/n.ipynb'));
        await vscode.window.showNotebookDocument(notebook);
        const found = notebook.getCells().slice(0, 2).map(async ({ document }) => {
          const position = new vscode.Position(1, document.lineAt(1).text.length);
          const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, position);
          return list.items.filter(({ kind }) => kind === File).map(labelOf);
        });
        assert.deepEqual(await Promise.all(found), [['more.bib'], []]);
      },
    ));
  it('are offered in project files', () =>
    withFiles({ ...files, '_quarto.yml': 'project:\n  type: book\nbibliography: \n' }, async () =>
      assert.ok((await labels('_quarto.yml', 'bibliography: |')).includes('refs.bib'))));
  it('are offered nowhere else', () =>
    withFiles({ ...files, 'a.md': `${metadata('csl: ')}bibliography: `, 'other.yml': 'bibliography: ' }, async () => {
      assert.deepEqual(await labels('a.md', 'csl: |'), []);
      assert.deepEqual(await labels('a.md', '\nbibliography: |'), []);
      assert.deepEqual(await labels('other.yml', 'bibliography: |'), []);
    }));
  it('go on in a folder that is chosen', () =>
    withFiles({ ...files, 'a.md': metadata('bibliography: l') }, async () => {
      const [item] = (await offered('a.md', 'bibliography: l|')).filter(each => labelOf(each) === 'lib/');
      assert.equal(item?.command?.command, 'editor.action.triggerSuggest');
      assert.equal(await accepted('a.md', 'bibliography: l|', 'lib/'), 'bibliography: lib/');
    }));
  it('are quoted where YAML needs it', () =>
    withFiles({ ...files, 'a.md': metadata('bibliography: ') }, async () =>
      assert.equal(await accepted('a.md', 'bibliography: |', 'a, b.ris'), 'bibliography: "a, b.ris"')));
});

describe('A bibliography that is missing', () => {
  it('is replaced by the nearest', () =>
    withFiles({ 'lib/trials.bib': bib, 'a.md': metadata('bibliography: "lib/trails.bib"') }, async () => {
      const { document } = await open('a.md', '@|author17');
      await vscode.window.showTextDocument(document);
      const { all } = await fixes(document, 'Replace');
      assert.deepEqual(all.map(({ title, isPreferred = false }) => [title, isPreferred]), [['Replace by lib/trials.bib', true], ['Create trails.bib', false]]);
      await choose(all, 'Replace by lib/trials.bib');
      assert.equal(document.lineAt(1).text, 'bibliography: lib/trials.bib');
      assert.deepEqual(await problemsIn(document, found => found.length === 0), []);
    }));
  it('is found in another folder', () =>
    withFiles({ 'lib/quartz.bib': bib, 'text/a.md': metadata('bibliography: quartz.bib') }, async () => {
      const { document } = await open('text/a.md', '@|author17');
      await vscode.window.showTextDocument(document);
      assert.ok((await fixes(document, 'Replace')).all.some(({ title }) => title === 'Replace by ../lib/quartz.bib'));
    }));
  it('is created empty, and never over another', () =>
    withFiles({ 'a.md': metadata('bibliography: granite.json') }, async () => {
      const { document } = await open('a.md', '@|author17');
      await vscode.window.showTextDocument(document);
      const { all } = await fixes(document, 'Create');
      await choose(all, 'Create granite.json');
      const text = async (): Promise<string> => new TextDecoder().decode(await vscode.workspace.fs.readFile(addressOf('granite.json')));
      assert.equal(await text(), '[]\n');
      await vscode.workspace.fs.writeFile(addressOf('granite.json'), new TextEncoder().encode('[{"id":"author17"}]'));
      await choose(all, 'Create granite.json');
      assert.equal(await text(), '[{"id":"author17"}]');
    }));
  it('is told in the project file that names it, with the same fixes', () =>
    withFiles({ '_quarto.yml': 'bibliography:\n  - refz.bib\n', 'refs.bib': bib, 'a.md': 'Text @author17\n' }, async () => {
      await vscode.window.showTextDocument((await open('a.md', '@|author17')).document);
      const { document } = await open('_quarto.yml', '- |refz');
      await vscode.window.showTextDocument(document);
      const { problem, all } = await fixes(document, 'Replace');
      assert.equal(document.getText(problem.range), 'refz.bib');
      await choose(all, 'Replace by refs.bib');
      assert.equal(document.lineAt(1).text, '  - refs.bib');
      assert.deepEqual(await problemsIn(document, found => found.length === 0), []);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }));
});

describe('nocite', () => {
  const copied = async (name: string): Promise<string> => {
    const { document } = await open(name, 'Text|');
    await vscode.window.showTextDocument(document);
    let text = '';
    for (let tries = 0; tries < 50 && !text.includes('author17'); tries += 1) {
      await vscode.env.clipboard.writeText('');
      await vscode.commands.executeCommand('ketamineCitations.copyReferencesBibtex');
      text = await vscode.env.clipboard.readText();
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    return text;
  };

  it('lists works among the references, and its unknown keys are told', () =>
    withFiles({ 'refs.bib': bib, 'a.md': "---\nbibliography: refs.bib\nnocite: '@author17, @author71'\n---\n\nText @feder2021\n" }, async () => {
      assert.match(await copied('a.md'), /feder2021[\s\S]*author17/);
      const { document } = await open('a.md', 'Text|');
      const problems = await problemsIn(document);
      assert.deepEqual(problems.map(each => [codeOf(each), document.getText(each.range)]), [['unknown-key', '@author71']]);
    }));
  it('lists all entries of the bibliographies', () =>
    withFiles({ 'refs.bib': `${bib}${bib.replace('17', '18')}`, 'a.md': "---\nbibliography: refs.bib\nnocite: '@*'\n---\n\nText\n" }, async () =>
      assert.match(await copied('a.md'), /author17[\s\S]*author18/)));
});
