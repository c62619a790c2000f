import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { withSettings, write } from '../support/editor.ts';
import { addressOf, notebookOf, withFiles } from '../support/files.ts';

const all = new vscode.Range(0, 0, 1000, 0);

async function hints(document: vscode.TextDocument, range = all): Promise<vscode.InlayHint[]> {
  return vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, range);
}

/** Each hint with the text of its line before it. */
function asText(document: vscode.TextDocument, found: readonly vscode.InlayHint[]): string[] {
  return found.map(({ position, label }) => `${document.lineAt(position).text.slice(0, position.character)}|${String(label)}`);
}

async function hintsIn(text: string, eol?: vscode.EndOfLine, range?: vscode.Range): Promise<string[]> {
  const { document } = await write(`|${text}`, 'markdown', eol);
  return asText(document, await hints(document, range));
}

const on = { 'inlayHints.enabled': true };

describe('Inlay hints', () => {
  it('are off by default', async () => assert.deepEqual(await hintsIn('@feder2021'), []));
  it('tell author and year behind a cite', async () =>
    withSettings(on, async () =>
      assert.deepEqual(await hintsIn('[see @feder2021, p. 3; -@dore2019; @nobody1900]\n\n`@feder2021`\n'), [
        '[see @feder2021|Feder et al. 2021',
        '[see @feder2021, p. 3; -@dore2019|2019',
      ]),
    ));
  it('tell of the writer’s own entries', async () =>
    withSettings(on, async () =>
      assert.deepEqual(await hintsIn('---\nreferences:\n- id: author17\n  author: [{ literal: Author 17 }]\n  issued: 2020\n---\n\n@author17\n'), ['@author17|Author 17 2020']),
    ));
  it('are given for the lines in sight only', async () =>
    withSettings(on, async () =>
      assert.deepEqual(await hintsIn('@feder2021\n\n> @dore2019\n\n@oliver2022\n', vscode.EndOfLine.CRLF, new vscode.Range(1, 0, 3, 0)), ['> @dore2019|Dore et al. 2019']),
    ));
  it('are parted from the text, and tell the card', async () =>
    withSettings(on, async () => {
      const { document } = await write('@feder2021|');
      const [hint] = await hints(document);
      assert.equal(hint?.paddingLeft, true);
      assert.match((hint.tooltip as vscode.MarkdownString).value, /\*\*Finding\.\*\* Thirty people/);
    }));
  it('come in notebooks', async () =>
    withSettings(on, async () =>
      withFiles({ 'a.ipynb': notebookOf('One.', '@feder2021') }, async () => {
        const { document } = (await vscode.workspace.openNotebookDocument(addressOf('a.ipynb'))).cellAt(1);
        assert.deepEqual(asText(document, await hints(document)), ['@feder2021|Feder et al. 2021']);
      }),
    ));
});
