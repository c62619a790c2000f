import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { run, write } from '../support/editor.ts';

/** Opens the menu and closes it again. What its lines do is tried by hand in test/e2e/references.test.ts: here nothing tells when it is open. */
async function openAndClose(): Promise<void> {
  const closed = run('showStatus');
  const close = setInterval(() => void vscode.commands.executeCommand('workbench.action.closeQuickOpen'), 500);
  try {
    await closed;
  } finally {
    clearInterval(close);
  }
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
