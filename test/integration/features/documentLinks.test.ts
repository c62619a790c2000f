import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { withNotebook } from '../support/actions.ts';

/** All links that a document has, VS Code's too: the text that is clicked, and where it leads. */
async function links(document: vscode.TextDocument): Promise<string[]> {
  const found = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', document.uri, 100);
  return found.map(({ range, target }) => `${document.getText(range)} → ${target?.toString(true)}`);
}

async function linksIn(text: string, language = 'markdown'): Promise<string[]> {
  return links(await vscode.workspace.openTextDocument({ language, content: text }));
}

describe('Links of the document', () => {
  for (const language of ['markdown', 'quarto', 'rmd']) {
    it(`lead from DOIs and PMIDs to the work in ${language}`, async () =>
      assert.deepEqual(await linksIn('See doi:10.1176/appi.ajp.2020.20050596.\r\n\r\n> (PMID: 33397139)\r\n', language), [
        'doi:10.1176/appi.ajp.2020.20050596 → https://doi.org/10.1176/appi.ajp.2020.20050596',
        'PMID: 33397139 → https://pubmed.ncbi.nlm.nih.gov/33397139/',
      ]));
  }
  it('say where they lead', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: '10.1000/a(1)' });
    const [link] = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', document.uri, 1);
    assert.equal(link?.tooltip, 'Open doi.org/10.1000/a(1) in the browser');
    assert.equal(link.target?.toString(true), 'https://doi.org/10.1000/a(1)');
  });
  it('stand once where VS Code makes one itself', async () => {
    assert.deepEqual(await linksIn('See https://doi.org/10.1000/17 there'), ['https://doi.org/10.1000/17 → https://doi.org/10.1000/17']);
    assert.equal((await linksIn('See <https://doi.org/10.1000/17> there')).length, 1);
    assert.equal((await linksIn('See [10.1000/17](https://doi.org/10.1000/17) there')).length, 1);
  });
  it('are found in tables, footnotes and the metadata’s references', async () =>
    assert.deepEqual(
      (await linksIn('---\nreferences:\n- id: author17\n  DOI: 10.1000/17\n---\n\n| a | b |\n|---|---|\n| x | 10.1000/18 |\n\nx[^1]\n\n[^1]: doi:10.1000/19.\n')).map(text => text.replace(/ → .*/, '')).sort(),
      ['10.1000/17', '10.1000/18', 'doi:10.1000/19'],
    ));
  it('are not found in code', async () => assert.deepEqual(await linksIn('`10.1000/17`\n\n```\ndoi:10.1000/17\n```\n'), []));
  it('are found in notebooks', async () =>
    withNotebook(['One.', 'See 10.1000/17.'], async ([, second]) =>
      assert.deepEqual(await links(second!), ['10.1000/17 → https://doi.org/10.1000/17']),
    ));
});
