import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { run, write } from '../support/editor.ts';

const wait = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds));

/**
 * Opens the menu and chooses the line at an index, as with the arrow keys and Enter, until what it leads to is so. Nothing
 * tells when the menu has opened: each time it gets longer.
 */
const choose = async (index: number, isSo: () => boolean): Promise<boolean> => {
  for (let tries = 1; tries <= 10 && !isSo(); tries += 1) {
    const closed = run('showStatus');
    await wait(200 * tries);
    for (let step = 0; step < index; step += 1) {
      await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
    }
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await closed;
  }
  return isSo();
};

describe('The menu of the status item', () => {
  it('leads to an unknown key', async () => {
    const editor = await write('As @feder2021 and @nobody1900 say|.');
    const selected = (): string => editor.document.getText(vscode.window.activeTextEditor!.selection);
    assert.ok(await choose(1, () => selected().includes('nobody1900')), selected());
  });
  it('opens where no manuscript is, too', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const closed = run('showStatus');
    await wait(1000);
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await closed;
    assert.equal(vscode.window.activeTextEditor, undefined);
  });
});
