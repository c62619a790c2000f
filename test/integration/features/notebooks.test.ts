import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { actionsAt, choose, withNotebook } from '../support/actions.ts';
import { run } from '../support/editor.ts';
import { positionIn } from '../support/files.ts';
import { codeOf, problemsIn } from '../support/problems.ts';

const { QuickFix } = vscode.CodeActionKind;
const wait = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds));

type Cells = readonly vscode.TextDocument[];

const textsIn = (cells: Cells): string[] => cells.map(cell => cell.getText());

/** One undo must bring back what the cells held before. */
async function undone(cells: Cells, before: readonly string[]): Promise<void> {
  await vscode.commands.executeCommand('undo');
  assert.deepEqual(textsIn(cells), before);
}

/** The cells after the command, which is one step. */
async function ran(before: readonly string[], command: string, ...given: readonly unknown[]): Promise<string[]> {
  let after: string[] = [];
  await withNotebook(before, async cells => {
    const texts = textsIn(cells);
    await run(command, ...given);
    after = textsIn(cells);
    await undone(cells, texts);
  });
  return after;
}

/** The cells after the fix at the bar in one of them was chosen, which is one step. */
async function fixed(before: readonly string[], index: number, marked: string, title: string): Promise<string[]> {
  let after: string[] = [];
  await withNotebook(before, async cells => {
    const texts = textsIn(cells);
    const at = positionIn(cells[index]!, marked);
    await choose(await actionsAt(cells[index]!, new vscode.Range(at, at), QuickFix), title);
    after = textsIn(cells);
    await undone(cells, texts);
  });
  return after;
}

const twoKeys = `%raw
---
references:
- id: federRCT
  title: A randomized controlled trial of repeated ketamine administration for chronic posttraumatic stress disorder
  DOI: 10.1176/appi.ajp.2020.20050596
---`;
const codesIn = async (cell: vscode.TextDocument, fits?: (found: readonly vscode.Diagnostic[]) => boolean): Promise<string[]> =>
  (await problemsIn(cell, fits)).map(codeOf);

/** Chooses the line of the status item's menu that stands so many behind the first. */
async function chooseInMenu(lines: number): Promise<void> {
  const shown = run('showStatus');
  await wait(1500);
  for (let line = 0; line < lines; line += 1) {
    await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
  }
  await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  await shown;
}

describe('In a notebook', () => {
  it('all clear problems of all cells are fixed', async () =>
    assert.deepEqual(
      await ran(['[@fedr2021]', '%code\n# [@fedr2021]', 'and [@Dore2019]', 'and [@dore2019; @dore2019]'], 'fixAll'),
      ['[@feder2021]', '# [@fedr2021]', 'and [@dore2019]', 'and [@dore2019]'],
    ));
  it('they are fixed while no cell is being written in, too', async () =>
    withNotebook(['[@fedr2021]', 'and [@Dore2019]'], async cells => {
      await vscode.commands.executeCommand('notebook.cell.quitEdit');
      for (let tries = 0; tries < 50 && vscode.window.activeTextEditor; tries += 1) {
        await wait(100);
      }
      const texts = textsIn(cells);
      await run('fixAll');
      assert.deepEqual(textsIn(cells), ['[@feder2021]', 'and [@dore2019]']);
      // VS Code undoes what became of cells' texts only from within one of them.
      await vscode.commands.executeCommand('notebook.cell.edit');
      await undone(cells, texts);
    }));
  it('all problems of a kind are fixed in all cells', async () =>
    assert.deepEqual(
      await fixed(['[@fedr2021]', 'and [@Dore2019]', 'and [@fedr2021]'], 0, '[@fed|r2021]', 'Fix all unknown citekeys in this document'),
      ['[@feder2021]', 'and [@Dore2019]', 'and [@feder2021]'],
    ));
  it('all citations are converted, each cell with notes of its own', async () => {
    const after = await ran(['a [@feder2021]', '%code\n# [@feder2021]', 'b [@feder2021, p. 195]', 'c [@dore2019]'], 'convertToFootnotes', 'document');
    assert.match(after[0]!, /^a\[\^feder2021\]\n\n\[\^feder2021\]: Feder, A\..*[0-9]$/);
    assert.equal(after[1], '# [@feder2021]');
    assert.match(after[2]!, /^b\[\^feder2021-2\]\n\n\[\^feder2021-2\]: Feder, A\..* p\. 195\.$/);
    assert.match(after[3]!, /^c\[\^dore2019\]\n\n\[\^dore2019\]: Dore, J\./);
  });
  it('there and back', async () =>
    withNotebook(['a [@feder2021]', 'b [@feder2021, p. 195]'], async cells => {
      const texts = textsIn(cells);
      await run('convertToFootnotes', 'document');
      assert.ok(textsIn(cells).every(text => text.includes('[^feder2021')));
      await run('convertToPandoc', 'document');
      assert.deepEqual(textsIn(cells), texts);
    }));
  it('a work under two keys is told once, in the cell of the second, and mended in all', async () => {
    const cells = [twoKeys, 'a [@feder2021]', 'b [@federRCT]', 'c [@federRCT, p. 195]'];
    await withNotebook(cells, async ([, first, second, third]) => {
      assert.deepEqual(await codesIn(second!), ['same-work']);
      assert.deepEqual([await codesIn(third!, () => true), await codesIn(first!, () => true)], [[], []]);
    });
    assert.deepEqual((await fixed(cells, 2, 'b [@feder|RCT]', 'Cite feder2021 instead of federRCT everywhere')).slice(1), [
      'a [@feder2021]',
      'b [@feder2021]',
      'c [@feder2021, p. 195]',
    ]);
  });
  it('a key of two works is told in the first cell that cites it', async () => {
    const cells = ['%raw\n---\nbibliography: refs.bib\n---', 'a', 'b [@feder2021]', 'c [@feder2021] and [@nobody1999]'];
    const own = { 'refs.bib': '@book{feder2021, title = {Rivulets and Quartz}, author = {Author, Seventeen}, year = {2019}}\n' };
    await withNotebook(cells, async ([, , first, second]) => {
      assert.deepEqual(await codesIn(second!), ['unknown-key']);
      assert.deepEqual(await codesIn(first!), ['key-in-two']);
    }, own);
  });
  it('what was told in a cell that is gone is told in the next', async () =>
    withNotebook(['a [@bahji2021]', 'b [@bahji2021]'], async ([first, second]) => {
      assert.deepEqual(await codesIn(first!), ['notice']);
      assert.deepEqual(await codesIn(second!, () => true), []);
      const { notebook } = vscode.window.activeNotebookEditor!;
      const edit = new vscode.WorkspaceEdit();
      edit.set(notebook.uri, [vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(0, 1))]);
      await vscode.workspace.applyEdit(edit);
      assert.deepEqual(await codesIn(second!), ['notice']);
    }));
  it('the status item’s menu goes on to the problem in the next cell', async () =>
    withNotebook(['a [@fedr2021]', 'b', 'c [@Dore2019]'], async ([, , third]) => {
      const at = (): string | undefined => {
        const editor = vscode.window.activeTextEditor;
        return editor && `${textsIn([editor.document])[0]!.slice(0, 1)}: ${editor.document.getText(editor.selection)}`;
      };
      assert.equal(vscode.window.activeTextEditor?.document, third);
      for (const expected of ['c: @Dore2019', 'a: @fedr2021']) {
        // Behind the works cited and the unknown keys.
        await chooseInMenu(2);
        for (let tries = 0; tries < 50 && at() !== expected; tries += 1) {
          await wait(100);
        }
        assert.equal(at(), expected);
      }
    }));
  it('the status item’s menu fixes all clear problems of all cells', async () =>
    withNotebook(['a [@fedr2021]', 'b', 'c [@Dore2019]'], async cells => {
      // Behind these two, the next problem and the list of all.
      await chooseInMenu(4);
      assert.deepEqual(textsIn(cells), ['a [@feder2021]', 'b', 'c [@dore2019]']);
    }));
});
