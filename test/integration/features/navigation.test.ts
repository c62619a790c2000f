import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { write } from '../support/editor.ts';
import { addressOf, notebookOf, open, positionIn, shown, withFiles } from '../support/files.ts';

type Definition = vscode.Location | vscode.LocationLink;

async function definitions(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.LocationLink[]> {
  const found = await vscode.commands.executeCommand<Definition[]>('vscode.executeDefinitionProvider', document.uri, position);
  return found.filter(each => 'targetUri' in each);
}

/** Where a click leads: the file and the text there, and what the pointer marks. */
async function definition(document: vscode.TextDocument, position: vscode.Position): Promise<string | undefined> {
  const [link] = await definitions(document, position);
  const [target] = link ? await shown([{ uri: link.targetUri, range: link.targetRange }]) : [];
  return link && `${document.getText(link.originSelectionRange)} → ${target}`;
}

async function definitionIn(marked: string, language?: string, eol?: vscode.EndOfLine): Promise<string | undefined> {
  const { document, selection } = await write(marked, language, eol);
  return definition(document, selection.active);
}

const references = async (document: vscode.TextDocument, position: vscode.Position): Promise<string[]> =>
  shown(
    (await vscode.commands.executeCommand<vscode.Location[]>('vscode.executeReferenceProvider', document.uri, position))
      // Texts that other tests left open, and never stored, cite the same works.
      .filter(({ uri }) => uri.scheme !== 'untitled' || uri.toString() === document.uri.toString())
      .map(({ uri, range }) => ({ uri, range })),
  );

async function highlights(document: vscode.TextDocument, position: vscode.Position): Promise<string[]> {
  const found = await vscode.commands.executeCommand<vscode.DocumentHighlight[]>('vscode.executeDocumentHighlights', document.uri, position);
  return found
    .sort((a, b) => a.range.start.compareTo(b.range.start))
    .map(({ range, kind }) => `${document.getText(range)} ${kind === vscode.DocumentHighlightKind.Write ? 'written' : kind === vscode.DocumentHighlightKind.Read ? 'read' : 'text'}`);
}

const metadata = '---\nreferences:\n- id: author17\n  title: A title\n---\n\n';

describe('Going to the definition', () => {
  it('leads to the study’s card', async () => {
    const { document, selection } = await write('[see -@fed|er2021, p. 3]');
    const [link] = await definitions(document, selection.active);
    assert.equal(link?.targetUri.toString(), 'ketamine-study:/feder2021.md');
    assert.equal(document.getText(link.originSelectionRange), '-@feder2021');
  });
  it('leads to the entry in the metadata', async () =>
    assert.match((await definitionIn(`${metadata}As @auth|or17`))!, /^@author17 → .*: author17$/));
  it('leads to the entry in metadata further down', async () =>
    assert.match((await definitionIn(`As @auth|or17.\n\n${metadata}`))!, /^@author17 → .*: author17$/));
  it('prefers an entry of the writer’s own', async () =>
    assert.match((await definitionIn(`${metadata.replace('author17', 'feder2021')}As @fed|er2021`))!, /→ .*: feder2021$/));
  it('leads from the entry to itself', async () =>
    assert.match((await definitionIn(metadata.replace('author17', 'auth|or17')))!, /^author17 → .*: author17$/));
  for (const [file, entry, found] of [
    ['refs.bib', '@book{author18,\n}\n@article{author17,\n}', 'author17'],
    ['refs.json', '[{"id": "author18"}, {"id": "author17"}]', '"author17"'],
    ['refs.yaml', 'references:\r\n- id: author18\r\n- id: author17\r\n', 'author17'],
    ['refs.ris', 'TY  - JOUR\nID  - author17\nER  - \n', 'author17'],
  ] as const) {
    it(`leads to the entry in ${file}`, async () =>
      withFiles({ [`text/${file}`]: entry, 'text/a.md': `---\nbibliography: [${file}]\n---\n\nAs @author17\n` }, async () => {
        const { document, position } = await open('text/a.md', '@auth|or17');
        assert.equal(await definition(document, position), `@author17 → ${file}: ${found}`);
      }));
  }
  it('follows a change of the file', async () =>
    withFiles({ 'refs.bib': '@book{author18,\n}', 'a.md': '---\nbibliography: refs.bib\n---\n\n@author17\n' }, async () => {
      const { document, position } = await open('a.md', '@auth|or17');
      assert.equal(await definition(document, position), undefined);
      await vscode.workspace.fs.writeFile(addressOf('refs.bib'), new TextEncoder().encode('@book{author18,\n}\n@book{author17,\n}'));
      assert.equal(await definition(document, position), '@author17 → refs.bib: author17');
    }));
  it('leads to the file that a project names', async () =>
    withFiles({ '_quarto.yml': 'bibliography: all/refs.bib\n', 'all/refs.bib': '@book{author17,\n}', 'text/a.qmd': '@author17\n' }, async () => {
      const { document, position } = await open('text/a.qmd', '@auth|or17');
      assert.equal(await definition(document, position), '@author17 → refs.bib: author17');
    }));
  it('works with CRLF', async () =>
    assert.match((await definitionIn(`${metadata}One.\n\nAs @auth|or17`, 'markdown', vscode.EndOfLine.CRLF))!, /^@author17 → .*: author17$/));
  for (const marked of ['`@fed|er2021`', '@nobo|dy1900', 'Wor|ds', '[see| @feder2021]']) {
    it(`leads nowhere from ${marked}`, async () => assert.equal(await definitionIn(marked), undefined));
  }
});

describe('Finding references', () => {
  it('goes through the workspace, in the order of files', async () =>
    withFiles(
      {
        'a.md': 'As @author17 says.\r\n\r\n> “Words” [see @{author17}, p. 3; @dore2019]\r\n',
        'text/b.qmd': '| a | b |\n|---|---|\n| x | [-@author17] |\n\n`@author17`\n',
        'text/c.Rmd': 'x[^1]\n\n[^1]: See @author17.\n\n```\n@author17\n```\n',
        'text/d.markdown': '@author18\n',
        '.hidden/e.md': '@author17\n',
        'node_modules/f/README.md': '@author17\n',
      },
      async () => {
        const { document, position } = await open('a.md', '@auth|or17 says');
        assert.deepEqual(await references(document, position), [
          'a.md: @author17', 'a.md: @{author17}', 'b.qmd: -@author17', 'c.Rmd: @author17',
        ]);
      },
    ));
  it('sees what is not saved', async () =>
    withFiles({ 'a.md': '@author31\n', 'b.md': '@author31\n' }, async () => {
      const { document, position } = await open('a.md', '@auth|or31');
      const other = await vscode.workspace.openTextDocument(addressOf('b.md'));
      const edit = new vscode.WorkspaceEdit();
      edit.replace(other.uri, new vscode.Range(0, 0, 0, 9), 'Nothing, then [@author31]');
      await vscode.workspace.applyEdit(edit);
      assert.deepEqual(await references(document, position), ['a.md: @author31', 'b.md: @author31']);
      const found = await vscode.commands.executeCommand<vscode.Location[]>('vscode.executeReferenceProvider', document.uri, position);
      assert.deepEqual(found.map(({ range }) => range.start.character), [0, 15]);
    }));
  it('sees a file that changed', async () =>
    withFiles({ 'a.md': '@author17\n', 'b.md': '@author17\n' }, async () => {
      const { document, position } = await open('a.md', '@auth|or17');
      assert.equal((await references(document, position)).length, 2);
      await vscode.workspace.fs.writeFile(addressOf('c.md'), new TextEncoder().encode('@author17 @author17\n'));
      assert.equal((await references(document, position)).length, 4);
      await vscode.workspace.fs.delete(addressOf('c.md'));
    }));
  it('leaves out what searches leave out', async () =>
    withFiles({ 'a.md': '@author17\n', 'drafts/b.md': '@author17\n', 'old/c.md': '@author17\n' }, async () => {
      const set = async (section: string, value: unknown): Promise<void> =>
        vscode.workspace.getConfiguration(section).update('exclude', value, vscode.ConfigurationTarget.Workspace);
      await set('search', { '**/drafts': true });
      await set('files', { '**/{old,older}': true });
      try {
        const { document, position } = await open('a.md', '@auth|or17');
        assert.deepEqual(await references(document, position), ['a.md: @author17']);
      } finally {
        await set('search', undefined);
        await set('files', undefined);
      }
    }));
  it('tells the declaration too', async () =>
    withFiles({ 'refs.bib': '@book{author17,\n}', 'a.md': '---\nbibliography: refs.bib\nreferences:\n- id: "author17"\n---\n\n@author17\n' }, async () => {
      const { document, position } = await open('a.md', '@auth|or17');
      assert.deepEqual((await references(document, position)).sort(), ['a.md: "author17"', 'a.md: @author17', 'refs.bib: author17']);
    }));
  it('finds the cites of a bundled study', async () =>
    withFiles({ 'a.md': '@feder2021\n', 'b.md': '[@feder2021; @feder2014]\n' }, async () => {
      const { document, position } = await open('a.md', '@fed|er2021');
      assert.deepEqual(await references(document, position), ['a.md: @feder2021', 'b.md: @feder2021']);
    }));
  it('looks into every kind of file that VS Code takes for Markdown', async () => {
    const endings = ['mkd', 'mdwn', 'mdown', 'markdown', 'markdn', 'mdtxt', 'mdtext'];
    const files = Object.fromEntries(endings.map(ending => [`b.${ending}`, `@author32 in ${ending}\n`]));
    await withFiles({ 'a.md': '@author32\n', ...files }, async () => {
      const { document, position } = await open('a.md', '@auth|or32');
      const expected = ['a.md', ...Object.keys(files)].map(name => `${name}: @author32`);
      assert.deepEqual((await references(document, position)).sort(), expected.sort());
    });
  });
  it('looks into notebooks, shown or not', async () =>
    withFiles(
      {
        'a.ipynb': notebookOf('As @author17 says', '%code\n"@author17"', '[@author17]'),
        'b.ipynb': notebookOf('One.', '> [see @author17]\n'),
        'c.ipynb': notebookOf('Nothing.'),
        'd.ipynb': 'no notebook @author17',
      },
      async () => {
        const notebook = await vscode.workspace.openNotebookDocument(addressOf('a.ipynb'));
        const { document } = notebook.cellAt(0);
        const found = await references(document, positionIn(document, '@auth|or17'));
        assert.deepEqual(found, ['a.ipynb: @author17', 'a.ipynb: @author17', 'b.ipynb: @author17']);
        assert.equal(vscode.workspace.notebookDocuments.some(({ uri }) => uri.path.endsWith('c.ipynb')), false);
      },
    ));
  it('finds the open texts where no folder holds them', async () => {
    const { document, selection } = await write('@author|32 and [@author32]');
    assert.deepEqual((await references(document, selection.active)).map(text => text.replace(/^.*: /, '')), ['@author32', '@author32']);
  });
});

describe('Highlighting', () => {
  it('marks every cite of the work, and its declaration', async () => {
    const { document, selection } = await write(`${metadata}@auth|or17 and @author18\n\n> [see -@{author17}, p. 3]\n\n\`@author17\`\n`);
    assert.deepEqual(await highlights(document, selection.active), ['author17 written', '@author17 read', '-@{author17} read']);
  });
  it('works with CRLF', async () => {
    const { document, selection } = await write('One.\n\n@fed|er2021\n\n[@feder2021]\n', 'markdown', vscode.EndOfLine.CRLF);
    assert.deepEqual(await highlights(document, selection.active), ['@feder2021 read', '@feder2021 read']);
  });
});
