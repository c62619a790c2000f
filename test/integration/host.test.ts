import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** Set by the bundler. */
declare const TEST_HOST: 'node' | 'web';

const id = 'ketamine-citations.ketamine-citations';

describe('The extension host', () => {
  it('is the one the run was meant for', () => {
    assert.equal(typeof process === 'undefined' ? 'web' : 'node', TEST_HOST);
  });

  it('runs the extension, too', async () => {
    const extension = vscode.extensions.getExtension(id);
    assert.ok(extension, `${id} is not in this host`);
    await extension.activate();
    assert.ok(extension.isActive);
  });

  it('has opened the folder with the manuscript', async () => {
    const [manuscript] = await vscode.workspace.findFiles('manuscript.md');
    assert.ok(manuscript);
  });
});
