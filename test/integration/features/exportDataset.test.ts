import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { run } from '../support/editor.ts';
import { addressOf, withFiles } from '../support/files.ts';

const textOf = async (name: string): Promise<string> =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(await vscode.workspace.fs.readFile(addressOf(name)));

const exportTo = (name: string, format: string): Promise<void> => run('exportDataset', { format, file: addressOf(name).toString() });

/** The studies as the extension has them, so that no count is typed here. */
async function bundled(): Promise<{ readonly version: string; readonly keys: readonly string[] }> {
  const { extensionUri } = vscode.extensions.getExtension('ketamine-citations.ketamine-citations')!;
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'dist', 'studies.json'));
  const { edition, studies } = JSON.parse(new TextDecoder().decode(bytes)) as { edition: { version: string }; studies: readonly { id: string }[] };
  return { version: edition.version, keys: studies.map(({ id }) => id) };
}

describe('Exporting all studies', () => {
  it('writes one row a study as CSV, with the version of the dataset, and no manuscript is needed', () =>
    withFiles({}, async () => {
      const { version, keys } = await bundled();
      await exportTo('out.csv', 'csv');
      const lines = (await textOf('out.csv')).split('\r\n');
      assert.match(lines[0]!, /^\ufeffcitekey,gist,authors,year,title,/);
      assert.deepEqual(lines.slice(1, -1).map(line => line.slice(0, line.indexOf(','))), keys);
      assert.ok(lines.slice(1, -1).every(line => line.includes(`,${version},`)));
    }));
  it('writes every study as CSL-JSON under its citekey', () =>
    withFiles({}, async () => {
      await exportTo('out.json', 'csljson');
      const items = JSON.parse(await textOf('out.json')) as readonly { id: string; DOI: string }[];
      assert.deepEqual(items.map(({ id }) => id), (await bundled()).keys);
      assert.equal(items.find(({ id }) => id === 'feder2021')?.DOI, '10.1176/appi.ajp.2020.20050596');
    }));
  it('replaces no file that is there, and leaves none half written', () =>
    withFiles({ 'out.csv': 'mine' }, async () => {
      await exportTo('out.csv', 'csv');
      assert.equal(await textOf('out.csv'), 'mine');
      await exportTo('sub/out.csv', 'csv');
      assert.deepEqual((await vscode.workspace.fs.readDirectory(addressOf('sub'))).map(([name]) => name), ['out.csv']);
    }));
  it('writes no CSL-JSON into a file that Pandoc would not read as such', () =>
    withFiles({ 'a.md': 'A\n' }, async () => {
      await exportTo('out.txt', 'csljson');
      await assert.rejects(textOf('out.txt'));
    }));
  it('asks for the format where none is given; Escape ends it without a file', () =>
    withFiles({ 'a.md': 'A\n' }, async () => {
      let isDone = false;
      const asked = run('exportDataset', { file: addressOf('out.csv').toString() }).then(() => (isDone = true));
      // The list may be shown later than the first Escape.
      for (let tries = 0; tries < 60 && !isDone; tries += 1) {
        await new Promise(resolve => setTimeout(resolve, 200));
        await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      }
      await asked;
      await assert.rejects(textOf('out.csv'));
    }));
});
