import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { write } from '../support/editor.ts';
import { addressOf, notebookOf, open, positionIn, withFiles } from '../support/files.ts';

/** Renames as VS Code does, and gives the text of each file named. */
async function renamed(files: Readonly<Record<string, string>>, file: string, marked: string, name: string): Promise<Readonly<Record<string, string>>> {
  const after: Record<string, string> = {};
  await withFiles(files, async () => {
    const { document, position } = await open(file, marked);
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, position, name);
    assert.ok(await vscode.workspace.applyEdit(edit));
    for (const each of Object.keys(files)) {
      after[each] = (await vscode.workspace.openTextDocument(addressOf(each))).getText();
    }
    await vscode.workspace.saveAll();
  });
  return after;
}

async function prepared(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const { range, placeholder } = await vscode.commands.executeCommand<{ range: vscode.Range; placeholder: string }>('vscode.prepareRename', document.uri, position);
  return `${document.getText(range)} as ${placeholder}`;
}

async function preparedIn(marked: string): Promise<string> {
  const { document, selection } = await write(marked);
  return prepared(document, selection.active);
}

/** What VS Code shows at the caret when a rename can't begin; other providers would have answered. */
async function refusedIn(marked: string): Promise<string> {
  const error: unknown = await preparedIn(marked).then(offered => assert.fail(`it was offered ${offered}`), (refused: unknown) => refused);
  assert.ok(error && typeof error === 'object' && 'value' in error, `an error that lets others answer: ${String(error)}`);
  return String(error.value).replaceAll('&nbsp;', ' ').replaceAll('\\', '');
}

/** The places that a rename would change, as the next provider's would, too. */
async function changedBy(marked: string, name: string): Promise<number> {
  const { document, selection } = await write(marked);
  const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, selection.active, name);
  return edit.entries().length;
}

describe('Renaming a key', () => {
  it('offers the key alone', async () => {
    assert.equal(await preparedIn('[see -@{auth|or41}, p. 3]'), 'author41 as author41');
    assert.equal(await preparedIn('---\nreferences:\n- id: "auth|or41"\n---\n'), 'author41 as author41');
  });
  it('leaves a bundled study its name', async () =>
    assert.equal(await refusedIn('@fed|er2021'), 'feder2021 is the citekey of a bundled study; its name is fixed.'));
  for (const marked of [
    '# Head [@fed|er2021] words', 'Text [@fed|er2021].', '[the [@fed|er2021] site](a.html)', '¦ a ¦ b ¦\n¦---¦---¦\n¦ [@fed|er2021] ¦ c ¦', '> [!NOTE]\n> [@fed|er2021]',
    'Setext [@fed|er2021]\n===\n', 'Text[^1].\n\n[^1]: [@fed|er2021]', '- [@fed|er2021]', '@fed|er2021 [p. 3]', '---\nnocite: "@fed|er2021"\n---\n',
  ]) {
    it(`lets nobody else rename what it refuses: ${JSON.stringify(marked)}`, async () => assert.match(await refusedIn(marked), /its name is fixed/));
  }
  for (const marked of ['# Head |[@author41] words', '# Head [@author41]| words', 'Text |[@author41].', '# Head [se|e @author41, p. 3]', '# Head [see @author41, p.| 3]', '@author41 [p. |3]', '# On @author41 [p.| 3]']) {
    it(`lets nobody else rename a citation beside its key: ${JSON.stringify(marked)}`, async () =>
      assert.equal(await refusedIn(marked), 'There is no citekey here to rename.'));
  }
  it('leaves headings and links without a citation to others', async () => {
    assert.equal(await preparedIn('# He|ad'), 'Head as Head');
    assert.equal(await preparedIn('See [wo|rds].\n\n[words]: a.html\n'), 'words as words');
  });
  it('says that there is no key', async () => assert.rejects(preparedIn('Wor|ds'), /There is no citekey here to rename\./));
  it('renames unknown keys in all manuscripts', async () =>
    assert.deepEqual(
      await renamed(
        {
          'a.md': 'As @author42 says [see -@author42, p. 3; @author421].\r\n\r\n`@author42`\r\n',
          'text/b.qmd': '> @{author42} and\n\n[^1]\n\n[^1]: @author42\n',
          'text/c.md': '@author18\n',
        },
        'a.md', '@auth|or42 says', 'author92',
      ),
      {
        'a.md': 'As @author92 says [see -@author92, p. 3; @author421].\r\n\r\n`@author42`\r\n',
        'text/b.qmd': '> @{author92} and\n\n[^1]\n\n[^1]: @author92\n',
        'text/c.md': '@author18\n',
      },
    ));
  it('renames a cite that is a group of its own', async () =>
    assert.deepEqual(await renamed({ 'a.md': '[@author43] and @author43\n' }, 'a.md', '[@auth|or43]', 'author93'), { 'a.md': '[@author93] and @author93\n' }));
  it('renames in the bibliography of another manuscript that names it from the root of its Quarto project', async () =>
    assert.deepEqual(
      await renamed(
        {
          'a.md': 'As @author42\n',
          'book/_quarto.yml': 'project:\n  type: book\n',
          'book/refs/x.bib': '@book{author42,\n  title = {A}\n}\n',
          'book/text/b.qmd': '---\nbibliography: /refs/x.bib\n---\n\n@author42\n',
          'refs/x.bib': '@book{author42,\n  title = {B}\n}\n',
        },
        'a.md', '@auth|or42', 'author92',
      ),
      {
        'a.md': 'As @author92\n',
        'book/_quarto.yml': 'project:\n  type: book\n',
        'book/refs/x.bib': '@book{author92,\n  title = {A}\n}\n',
        'book/text/b.qmd': '---\nbibliography: /refs/x.bib\n---\n\n@author92\n',
        'refs/x.bib': '@book{author42,\n  title = {B}\n}\n',
      },
    ));
  it('renames the declaration in the metadata, and from there', async () =>
    assert.deepEqual(
      await renamed({ 'a.md': '---\nreferences:\n- id: "author44"\n  title: A\n---\n\n@author44\n' }, 'a.md', '"auth|or44"', '@author94'),
      { 'a.md': '---\nreferences:\n- id: "author94"\n  title: A\n---\n\n@author94\n' },
    ));
  it('renames an entry that has a bundled study’s key, and leaves manuscripts that mean the study', async () =>
    withFiles(
      {
        'a.md': '---\nbibliography: refs.bib\n---\n\n@mills1998\n',
        'b.md': 'As @mills1998\n',
        'refs.bib': '@book{mills1998,\n  title = {Quartz}\n}\n',
      },
      async () => {
        const { document, position } = await open('a.md', '@mills|1998');
        await vscode.window.showTextDocument(document);
        for (let tries = 0; tries < 100; tries += 1) {
          const edit = await vscode.commands
            .executeCommand<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, position, 'author57')
            .then(found => found, () => undefined);
          if (edit && edit.size > 0) {
            const changed = edit.entries().map(([{ path }]) => path.split('/').at(-1)).sort();
            assert.deepEqual(changed, ['a.md', 'refs.bib']);
            return;
          }
          await new Promise(resolve => setTimeout(resolve, 100));
        }
        assert.fail('it was never renamed');
      },
    ));
  it('renames the entry in bibliography files', async () =>
    assert.deepEqual(
      await renamed(
        { 'a.md': '---\nbibliography: [refs.bib, refs.json]\n---\n\n@author45\n', 'refs.bib': '@book{author45,\n note = {author45}\n}\n', 'refs.json': '[{"id":"author45"}]' },
        'a.md', '@auth|or45', 'author95',
      ),
      { 'a.md': '---\nbibliography: [refs.bib, refs.json]\n---\n\n@author95\n', 'refs.bib': '@book{author95,\n note = {author45}\n}\n', 'refs.json': '[{"id":"author95"}]' },
    ));
  it('writes braces where Pandoc needs them', async () =>
    assert.deepEqual(await renamed({ 'a.md': '-@author46\n' }, 'a.md', '@auth|or46', 'a..b'), { 'a.md': '-@{a..b}\n' }));
  it('renames in the cells of notebooks', async () =>
    withFiles({ 'a.ipynb': notebookOf('As @author47', '[@author47]'), 'b.md': '@author47\n' }, async () => {
      const notebook = await vscode.workspace.openNotebookDocument(addressOf('a.ipynb'));
      const { document } = notebook.cellAt(1);
      // VS Code's command drops the new name where no editor holds the text yet.
      await vscode.window.showNotebookDocument(notebook, { selections: [new vscode.NotebookRange(1, 2)] });
      await vscode.commands.executeCommand('notebook.cell.edit');
      const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, positionIn(document, '@auth|or47'), 'author97');
      assert.ok(await vscode.workspace.applyEdit(edit));
      assert.deepEqual(notebook.getCells().map(cell => cell.document.getText()), ['As @author97', '[@author97]']);
      assert.equal((await vscode.workspace.openTextDocument(addressOf('b.md'))).getText(), '@author97\n');
      await vscode.workspace.saveAll();
    }));
  it('is one step to take back', async () => {
    const editor = await write('@auth|or48 and @author48');
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', editor.document.uri, editor.selection.active, 'author98');
    await vscode.workspace.applyEdit(edit);
    assert.equal(editor.document.getText(), '@author98 and @author98');
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), '@author48 and @author48');
  });
  for (const name of ['feder2021', 'author18', 'a b', '@{}']) {
    for (const marked of ['@auth|or48', '# Head [@auth|or48] words\n\n[@author48]', 'Text [@auth|or48].\n\n# Head [@author48]', '[the [@auth|or48] site](a.html)']) {
      it(`changes nothing for the name ${name} in ${JSON.stringify(marked)}`, async () =>
        assert.equal(await changedBy(`---\nreferences:\n- id: author18\n---\n\n${marked}`, name), 0));
    }
  }
  it('refuses what the file’s format can’t hold', async () =>
    withFiles({ 'a.md': '---\nbibliography: refs.bib\n---\n\n@author49\n', 'refs.bib': '@book{author49,\n}\n' }, async () => {
      const { document, position } = await open('a.md', '@auth|or49');
      const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, position, 'a,b');
      assert.deepEqual(edit.entries(), []);
    }));
  it('keeps to the manuscripts that declare it where a bundled study has the same key', async () =>
    assert.deepEqual(
      await renamed({ 'a.md': '---\nreferences:\n- id: feder2021\n---\n\n@feder2021\n', 'b.md': '@feder2021\n' }, 'a.md', '@fed|er2021', 'author99'),
      { 'a.md': '---\nreferences:\n- id: author99\n---\n\n@author99\n', 'b.md': '@feder2021\n' },
    ));
});
