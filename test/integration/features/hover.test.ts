import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { notebookOf, positionIn, withFiles, addressOf } from '../support/files.ts';
import { read, run, withSettings, write } from '../support/editor.ts';

/** Our hover at a position: what it is told of, its Markdown, and what its links may run. */
interface Seen {
  readonly of: string;
  readonly text: string;
  readonly commands: readonly string[];
}

async function hoverAt(document: vscode.TextDocument, position: vscode.Position): Promise<Seen | undefined> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
  // Problems at the same place are VS Code's to show, and other extensions' hovers have no range.
  const [ours] = hovers.filter(({ range }) => range !== undefined);
  const contents = (ours?.contents ?? []).filter(each => each instanceof vscode.MarkdownString);
  const trust = contents.map(({ isTrusted }) => isTrusted);
  assert.ok(!trust.includes(true), 'a hover may run any command');
  return ours && {
    of: document.getText(ours.range),
    text: contents.map(({ value }) => value).join('\n---\n'),
    commands: trust.flatMap(each => (typeof each === 'object' ? each.enabledCommands : [])).map(each => each.replace('ketamineCitations.', '')),
  };
}

async function hover(marked: string, language?: string, eol?: vscode.EndOfLine): Promise<Seen | undefined> {
  const { document, selection } = await write(marked, language, eol);
  return hoverAt(document, selection.active);
}

const declared = '---\nreferences:\n- id: author17\n  title: A title\n  author:\n  - literal: Author 17\n  issued: 2020\n---\n\n';

describe('Hover', () => {
  it('tells the card on a cite', async () => {
    const seen = await hover('As @fed|er2021 says');
    assert.equal(seen?.of, '@feder2021');
    assert.match(seen!.text, /### A randomized controlled trial[\s\S]*\*\*Finding\.\*\* Thirty people/);
  });
  it('links what can be done, and trusts no other command', async () => {
    const seen = await hover('[see -@fed|er2021, p. 3]');
    assert.equal(seen?.of, '-@feder2021');
    assert.deepEqual(seen!.commands, ['_insertQuoteBehind', 'copyReference', 'openDoi', 'showStudy']);
    const used = Array.from(seen!.text.matchAll(/\(command:ketamineCitations\.(\w+)\?/g), ([, name]) => name);
    assert.deepEqual(used, seen!.commands);
  });
  it('offers no quote where the study has none', async () =>
    assert.deepEqual((await hover('@dore|2019'))?.commands, ['copyReference', 'openDoi', 'showStudy']));
  it('tells notices before all else of the card', async () => {
    const text = (await hover('@rhee|2022'))!.text;
    assert.ok(text.indexOf('⚠ **Erratum.**') > 0 && text.indexOf('⚠ **Erratum.**') < text.indexOf('**Finding.**'));
  });
  it('says how many works of a long group it leaves out', async () => {
    const cites = Array.from({ length: 15 }, (_, index) => `@nobody${1900 + index}`);
    const lines = (await hover(`[s|ee ${cites.join('; ')}]`))!.text.split('\n').filter(line => line.startsWith('- '));
    assert.equal(lines.length, 13);
    assert.match(lines[11]!, /nobody1911/);
    assert.equal(lines[12], '- and 3 more');
  });
  it('lists the works of a group between its cites', async () => {
    const seen = await hover('As [s|ee @feder2021, p. 3; @dore2019; @nobody1900] shows.');
    assert.equal(seen?.of, '[see @feder2021, p. 3; @dore2019; @nobody1900]');
    assert.match(seen!.text, /\[\*\*Feder 2021\*\*\]\(command:[^)]*showStudy[^)]*\) · RCT · n 30 · six infusions v midazolam/);
    assert.match(seen!.text, /\*\*Dore 2019\*\*/);
    assert.match(seen!.text, /`nobody1900` is unknown/);
    assert.deepEqual(seen!.commands, ['showStudy']);
  });
  it('tells an entry of the metadata, and leads there', async () => {
    const seen = await hover(`${declared}As @auth|or17 says`);
    assert.match(seen!.text, /### A title\n\nAuthor 17 {2}\n\*2020\*/);
    assert.deepEqual(seen!.commands, ['_goTo']);
  });
  it('tells an entry of a bibliography file, and leads there', async () =>
    withFiles({ 'refs.bib': '@article{author17,\n  title = {Rivulets}\n}\n', 'a.md': '---\nbibliography: refs.bib\n---\n\n@author17\n' }, async () => {
      const document = await vscode.workspace.openTextDocument(addressOf('a.md'));
      for (let tries = 0; tries < 100; tries += 1) {
        const seen = await hoverAt(document, positionIn(document, '@auth|or17'));
        if (seen?.text.includes('Rivulets')) {
          assert.match(seen.text, /\*\*From\*\* \| refs\.bib/);
          assert.ok(seen.commands.includes('_goTo'));
          return;
        }
        await new Promise(resolve => setTimeout(resolve, 100));
      }
      assert.fail('the entry is never told');
    }));
  it('leaves unknown keys to the check that reports them', async () => {
    assert.equal(await hover('@nobo|dy1900'), undefined);
    await withSettings({ 'checks.unknownKey': 'off' }, async () => assert.match((await hover('@nobo|dy1900'))!.text, /`nobody1900` is unknown/));
  });
  for (const [name, text, of] of [
    ['a block quote', '> “Words” [@feder2021]', '@feder2021'],
    ['a table', '| a | b |\n|---|---|\n| x | @feder2021 |\n', '@feder2021'],
    ['a footnote', 'x[^1]\n\n[^1]: As @feder2021.', '@feder2021'],
    ['a heading', '# Of @feder2021', '@feder2021'],
    ['a text of the metadata', '---\nabstract: |\n  As [@feder2021, p. 3] has\n---\n', '@feder2021'],
    ['braces', '@{feder2021}', '@{feder2021}'],
  ] as const) {
    it(`works in ${name}`, async () => {
      const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: text });
      assert.equal((await hoverAt(document, positionIn(document, 'fed|er2021')))?.of, of);
    });
  }
  for (const language of ['quarto', 'rmd']) {
    it(`works in ${language}`, async () => assert.equal((await hover('[@fed|er2021]', language))?.of, '@feder2021'));
  }
  it('works with CRLF', async () =>
    assert.equal((await hover('One.\n\nTwo\n@fed|er2021 x', 'markdown', vscode.EndOfLine.CRLF))?.of, '@feder2021'));
  for (const marked of ['`@fed|er2021`', '```\n@fed|er2021\n```', '---\ncsl: "@fed|er2021"\n---', 'me@fed|er2021.example', '$@fed|er2021$', 'As @feder2021 s|ays', 'Wor|ds']) {
    it(`says nothing at ${JSON.stringify(marked)}`, async () => assert.equal(await hover(marked), undefined));
  }
  it('works in a notebook', async () =>
    withFiles({ 'a.ipynb': notebookOf('One.', 'As @feder2021 says') }, async () => {
      const notebook = await vscode.workspace.openNotebookDocument(addressOf('a.ipynb'));
      const { document } = notebook.cellAt(1);
      assert.equal((await hoverAt(document, positionIn(document, '@fed|er2021')))?.of, '@feder2021');
    }));

  describe('inserts a quote', () => {
    const quote = '“Few studies have been published to date exploring the effectiveness of ketamine for treatment-resistant depression (TRD) in large clinical samples. We report on the clinical outcomes of a large cohort treated with ketamine as part of clinical practice.” [@oliver2022, Abstract, Introduction]';
    const inserted = async (marked: string, at: string, key = 'oliver2022'): Promise<string> => {
      const editor = await write(marked);
      const { document } = editor;
      await run('_insertQuoteBehind', document.uri.toString(), document.offsetAt(positionIn(document, at)), key);
      return read(editor);
    };
    it('behind the citation, wherever the caret was', async () =>
      assert.equal(await inserted('Words|.\n\nAs shown [@oliver2022]. More.', '|@oliver2022'), `Words.\n\nAs shown [@oliver2022]. ${quote}| More.`));
    it('at the caret where the citation is gone', async () =>
      assert.equal(await inserted('Words |\n\nAs shown.', '|shown'), `Words ${quote}|\n\nAs shown.`));
  });
});
