import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { read, run, withSettings, write } from './support/editor.ts';

/** Set by the bundler. */
declare const TEST_HOST: 'node' | 'web';

describe('Zotero', function () {
  this.timeout(60_000);
  it('is off', () => {
    const configuration = vscode.workspace.getConfiguration('ketamineCitations');
    assert.equal(configuration.get('zotero.enabled'), false);
  });
  it('that does not answer changes nothing', async () => {
    const editor = await write('As shown|.');
    await withSettings({ 'zotero.enabled': true, 'zotero.port': 1 }, () => run('citeFromZotero'));
    assert.equal(read(editor), 'As shown|.');
  });

  if (TEST_HOST === 'node') {
    // By contract: the server answers as Better BibTeX's documentation says; no Zotero runs here.
    it('gives its picker’s citation to the manuscript', async () => {
      const { createServer } = await import('node:http');
      const server = createServer(({ url = '' }, response) => response.end(url.includes('probe') ? 'ready' : '[see @adams2001, p. 3]'));
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
      try {
        const { port } = server.address() as { port: number };
        await withSettings({ 'zotero.enabled': true, 'zotero.port': port }, async () => {
          const editor = await write('As shown|.');
          await run('citeFromZotero');
          assert.equal(editor.document.getText(), 'As shown [see @adams2001, p. 3].');
          await vscode.commands.executeCommand('undo');
          assert.equal(editor.document.getText(), 'As shown.');
        });
      } finally {
        server.closeAllConnections();
        server.close();
      }
    });
  }
});
