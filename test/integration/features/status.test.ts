import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { run, write } from '../support/editor.ts';

const wait = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds));

/**
 * Opens the menu, which stays until it is closed. What its lines do is tried by hand in test/e2e/references.test.ts: here
 * nothing tells when it is open.
 */
async function openAndClose(): Promise<void> {
  let isClosed = false;
  const closed = run('showStatus').then(() => {
    isClosed = true;
  });
  await wait(1000);
  assert.ok(!isClosed, 'the menu did not open');
  while (!isClosed) {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await wait(200);
  }
  await closed;
}

describe('The menu of the status item', () => {
  it('opens on a manuscript, and leaves the caret alone', async () => {
    const { selection } = await write('As @feder2021 and @nobody1900 say|.');
    await openAndClose();
    assert.ok(vscode.window.activeTextEditor?.selection.isEqual(selection));
  });
  it('opens where no manuscript is, too', async () => {
    await openAndClose();
    assert.equal(vscode.window.activeTextEditor, undefined);
  });
});
