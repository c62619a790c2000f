import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { run, withSettings, write } from '../support/editor.ts';

/** What a command puts on the clipboard; empty where it puts nothing there. */
const copied = async (command: string): Promise<string> => {
  await vscode.env.clipboard.writeText('');
  await run(command);
  return vscode.env.clipboard.readText();
};

const manuscript = `---
references:
- id: author17
  type: article-journal
  title: A title of one's own
  author:
  - family: Author
    given: Seventeen
  issued: 2001
---

As @zarate2006 showed [@feder2021, p. 3; @zarate2006] and @author17|.
`;

describe('The references of a manuscript', () => {
  it('are copied as the style prints and sorts them', async () => {
    await write(manuscript);
    const [author, feder, zarate, ...rest] = (await copied('copyReferences')).split('\n\n');
    assert.equal(rest.length, 0);
    assert.match(author!, /^Author, S\. \(2001\)\. \*A title of one[’']s own/);
    assert.match(feder!, /^Feder, A\., Costi, S\., .*\*American Journal of Psychiatry\*, \*178\*\(2\), 193–202\. https:/);
    assert.match(zarate!, /^Zarate, C\. A\., Jr\., Singh, J\. B\., /);
  });
  it('are copied in the order of their first mention, with numbers, where the style numbers them', async () => {
    await write(manuscript);
    await withSettings({ style: 'ama' }, async () => {
      assert.deepEqual(
        (await copied('copyReferences')).split('\n\n').map(line => line.slice(0, 12)),
        ['1\\. Zarate C', '2\\. Feder A,', '3\\. Author S'],
      );
    });
  });
  it('are copied as data, in the order of their first mention', async () => {
    await write(manuscript);
    const keys = ['zarate2006', 'feder2021', 'author17'];
    const bibtex = await copied('copyReferencesBibtex');
    assert.deepEqual(Array.from(bibtex.matchAll(/^@\w+\{([^,]+),$/gm), match => match[1]), keys);
    const json = JSON.parse(await copied('copyReferencesCslJson')) as { id: string; DOI?: string }[];
    assert.deepEqual(json.map(({ id }) => id), keys);
    assert.equal(json[1]?.DOI, '10.1176/appi.ajp.2020.20050596');
    const ris = await copied('copyReferencesRis');
    assert.deepEqual(Array.from(ris.matchAll(/^ID {2}- (.*)$/gm), match => match[1]), keys);
  });
  it('leave out what there are no data of, and copy the rest', async () => {
    await write('As @feder2021 and @nobody1900 say|.');
    assert.match(await copied('copyReferences'), /^Feder, A\., Costi[^\n]*$/);
  });
  it('leave the clipboard alone where nothing is cited', async () => {
    await write('Nothing yet|.');
    assert.equal(await copied('copyReferences'), '');
  });
  it('are those of the text as it is now', async () => {
    const editor = await write('As @feder2021 says|.');
    await editor.edit(builder => builder.insert(new vscode.Position(0, 0), 'First @dore2019. '));
    assert.deepEqual(
      (JSON.parse(await copied('copyReferencesCslJson')) as { id: string }[]).map(({ id }) => id),
      ['dore2019', 'feder2021'],
    );
  });
  it('are those of all Markdown cells of a notebook', async () => {
    const cell = (text: string, kind = vscode.NotebookCellKind.Markup, language = 'markdown') =>
      new vscode.NotebookCellData(kind, text, language);
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([cell('As @feder2021'), cell('print("@zarate2006")', vscode.NotebookCellKind.Code, 'python'), cell('and @dore2019')]),
    );
    await vscode.window.showNotebookDocument(notebook);
    const keysOnce = async (): Promise<readonly string[]> => {
      for (let tries = 0; tries < 50; tries += 1) {
        const text = await copied('copyReferencesCslJson');
        const keys = text === '' ? [] : (JSON.parse(text) as { id: string }[]).map(({ id }) => id);
        if (keys.length === 2) {
          return keys;
        }
        await new Promise(resolve => setTimeout(resolve, 100));
      }
      return [];
    };
    assert.deepEqual(await keysOnce(), ['feder2021', 'dore2019']);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});

describe('Going to a citation', () => {
  it('selects it', async () => {
    const { document } = await write('One two\n\nAs @feder2021 says|.\n');
    await write('Another document|');
    await run('_goTo', document.uri.toString(), 12, 22);
    const editor = vscode.window.activeTextEditor!;
    assert.equal(editor.document, document);
    assert.equal(document.getText(editor.selection), '@feder2021');
  });
  it('keeps within a text that has become shorter', async () => {
    const { document } = await write('Short|');
    await run('_goTo', document.uri.toString(), 3, 1000);
    assert.equal(document.getText(vscode.window.activeTextEditor!.selection), 'rt');
  });
});

describe('The view of references', () => {
  it('opens, and takes either order', async () => {
    await write(manuscript);
    await run('showReferences');
    await run('orderReferencesByStyle');
    await run('orderReferencesByAppearance');
    assert.deepEqual((JSON.parse(await copied('copyReferencesCslJson')) as { id: string }[]).map(({ id }) => id)[0], 'zarate2006');
  });
});
