import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { actionsAt, choose } from './support/actions.ts';
import { addressOf, notebookOf, open, shown, withFiles } from './support/files.ts';
import { codeOf, problemsIn } from './support/problems.ts';

const entry = (key: string): string => `@article{${key},\n  author = {Author, Seventeen},\n  title = {Rivulets of ${key}},\n  year = {2019}\n}\n`;

/** The references of a manuscript, copied as BibTeX, once they hold what is waited for. */
async function copied(name: string, awaited: string): Promise<string> {
  await vscode.window.showTextDocument((await open(name, 'Text|')).document);
  for (let tries = 0; ; tries += 1) {
    await vscode.env.clipboard.writeText('');
    await vscode.commands.executeCommand('ketamineCitations.copyReferencesBibtex');
    const text = await vscode.env.clipboard.readText();
    if (text.includes(awaited) || tries === 50) {
      return text;
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

describe('nocite in project files', () => {
  const project = "project:\n  type: book\nbibliography: refs.bib\nnocite: '@author17, @author71'\n";
  const refs = `${entry('author17')}${entry('author18')}`;

  it('lists works among the references of the manuscripts below', () =>
    withFiles({ '_quarto.yml': project, 'refs.bib': refs, 'text/a.md': 'Text @feder2021\n' }, async () => {
      const text = await copied('text/a.md', 'author17');
      assert.match(text, /feder2021[\s\S]*author17/);
      assert.doesNotMatch(text, /author18/);
    }));
  it('gives way to a manuscript’s own text, and is joined with a list', () =>
    withFiles(
      {
        '_metadata.yml': "bibliography: refs.bib\nnocite: '@author17'\n",
        'refs.bib': refs,
        'a.md': "---\nnocite: '@author18'\n---\n\nText\n",
        'b.md': "---\nnocite: ['@author18']\n---\n\nText\n",
      },
      async () => {
        assert.doesNotMatch(await copied('a.md', 'author18'), /author17/);
        assert.match(await copied('b.md', 'author17'), /author18[\s\S]*author17/);
      },
    ));
  it('lists all entries', () =>
    withFiles({ '_metadata.yml': "bibliography: refs.bib\nnocite: '@*'\n", 'refs.bib': refs, 'a.md': 'Text\n' }, async () =>
      assert.match(await copied('a.md', 'author18'), /author17[\s\S]*author18/)));
  it('has its unknown keys told there, with their repair', () =>
    withFiles({ '_quarto.yml': project.replace('author17', 'autor17'), 'refs.bib': refs, 'a.md': 'Text @author17\n' }, async () => {
      await vscode.window.showTextDocument((await open('a.md', 'Text|')).document);
      const { document } = await open('_quarto.yml', '@|autor17');
      const found = await problemsIn(document, problems => problems.length === 2);
      assert.deepEqual(found.map(each => [codeOf(each), document.getText(each.range)]), [['unknown-key', '@autor17'], ['unknown-key', '@author71']]);
      await vscode.window.showTextDocument(document);
      await choose(await actionsAt(document, found[0]!.range, vscode.CodeActionKind.QuickFix), 'Replace by author17');
      assert.equal(document.lineAt(3).text, "nocite: '@author17, @author71'");
      const left = await problemsIn(document, problems => problems.length === 1);
      assert.deepEqual(left.map(each => document.getText(each.range)), ['@author71']);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }));
  it('may list what an open manuscript names itself', () =>
    withFiles({ '_quarto.yml': "nocite: '@author17, @author71'\n", 'refs.bib': refs, 'a.md': '---\nbibliography: refs.bib\n---\n\nText\n' }, async () => {
      await vscode.window.showTextDocument((await open('a.md', 'Text|')).document);
      const { document } = await open('_quarto.yml', '@|author17');
      const left = await problemsIn(document, problems => problems.length === 1);
      assert.deepEqual(left.map(each => document.getText(each.range)), ['@author71']);
    }));
  it('is followed when it changes', () =>
    withFiles({ '_quarto.yml': project, 'refs.bib': refs, 'a.md': 'Text\n' }, async () => {
      assert.match(await copied('a.md', 'author17'), /author17/);
      await vscode.workspace.fs.writeFile(addressOf('_quarto.yml'), new TextEncoder().encode(project.replace('author17', 'author18')));
      assert.doesNotMatch(await copied('a.md', 'author18'), /author17/);
    }));
});

describe('A key inside nocite', () => {
  const files = {
    'refs.bib': entry('author61').replace('Rivulets', 'Moraines'),
    'a.md': "---\nbibliography: refs.bib\nnocite: '@*, @author61'\n---\n\nAs @author61 says.\n",
    'b.md': "---\nbibliography: refs.bib\nnocite: |\n  @{author61}\n---\n\nText\n",
    '_metadata.yml': 'nocite: ["@author61"]\n',
  };
  it('is told on hover', () =>
    withFiles(files, async () => {
      const { document, position } = await open('a.md', "'@*, @auth|or61'");
      await vscode.window.showTextDocument(document);
      let text = '';
      for (let tries = 0; tries < 100 && !text.includes('Moraines'); tries += 1) {
        const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
        text = hovers.flatMap(({ contents }) => contents.map(each => (typeof each === 'string' ? each : each.value))).join('\n');
        await new Promise(resolve => setTimeout(resolve, 100));
      }
      assert.match(text, /Moraines of author61/);
    }));
  it('leads to its entry, and is found with every other place of the key', () =>
    withFiles(files, async () => {
      const { document, position } = await open('a.md', '@*, @auth|or61');
      const found = await vscode.commands.executeCommand<vscode.Location[]>('vscode.executeReferenceProvider', document.uri, position);
      const places = await shown(found.map(({ uri, range }) => ({ uri, range })));
      assert.deepEqual(places.sort(), ['_metadata.yml: @author61', 'a.md: @author61', 'a.md: @author61', 'b.md: @{author61}', 'refs.bib: author61']);
      const links = await vscode.commands.executeCommand<vscode.LocationLink[]>('vscode.executeDefinitionProvider', document.uri, position);
      assert.ok(links.some(({ targetUri }) => targetUri.path.endsWith('refs.bib')));
      const marked = await vscode.commands.executeCommand<vscode.DocumentHighlight[]>('vscode.executeDocumentHighlights', document.uri, position);
      assert.deepEqual(marked.map(({ range }) => document.getText(range)), ['@author61', '@author61']);
    }));
  it('is renamed everywhere', () =>
    withFiles({ ...files, 'c.ipynb': notebookOf("%raw\n---\nbibliography: refs.bib\nnocite: '@author61'\n---\n", 'As @author61.') }, async () => {
      const { document, position } = await open('a.md', '@*, @auth|or61');
      const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, position, 'author62');
      assert.ok(await vscode.workspace.applyEdit(edit));
      const text = async (name: string): Promise<string> => (await vscode.workspace.openTextDocument(addressOf(name))).getText();
      assert.match(await text('a.md'), /nocite: '@\*, @author62'\n[\s\S]*As @author62 says/);
      assert.match(await text('b.md'), /\n {2}@\{author62\}\n/);
      assert.equal(await text('_metadata.yml'), 'nocite: ["@author62"]\n');
      assert.match(await text('refs.bib'), /^@article\{author62,/);
      const notebook = await vscode.workspace.openNotebookDocument(addressOf('c.ipynb'));
      assert.deepEqual(
        notebook.getCells().map(cell => /author6\d/.exec(cell.document.getText())?.[0]),
        ['author62', 'author62'],
      );
      await notebook.save();
      await vscode.workspace.saveAll();
    }));
  it('is no key to rename where it means all', () =>
    withFiles(files, async () => {
      const { document, position } = await open('a.md', "'@|*, @author61'");
      await assert.rejects(
        Promise.resolve(vscode.commands.executeCommand('vscode.prepareRename', document.uri, position)),
        /There is no citekey here to rename/,
      );
    }));
});
