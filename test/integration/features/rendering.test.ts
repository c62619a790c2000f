import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors, run, withSettings, write } from '../support/editor.ts';
import { open, withFiles } from '../support/files.ts';

const feder = /Feder, A\., Costi, S\.[^\n]*\*American Journal of Psychiatry\*, \*178\*\(2\), 193–202\. https:\/\/doi\.org\/10\.1176\/appi\.ajp\.2020\.20050596/;
const [start, end] = ['<!-- bibliography:start -->', '<!-- bibliography:end -->'];
const entry = (key: string): string => `@article{${key},\n  author = {Author, Seventeen},\n  title = {Rivulets of ${key}},\n  year = {2019}\n}\n`;

/** With the reference of feder2021 shortened. */
const short = (text: string): string => text.replaceAll('\r\n', '\n').replace(feder, 'FEDER');

/** What a command makes of a manuscript; one undo must bring back what stood there. */
async function ran(marked: string, command: string, eol?: vscode.EndOfLine): Promise<string> {
  const { document } = await write(marked, 'markdown', eol);
  const before = document.getText();
  await run(command);
  const text = document.getText();
  if (text !== before) {
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
  }
  return text;
}

/** The text of the copy that opens beside a manuscript. */
async function rendered(marked: string): Promise<string> {
  const { document } = await write(marked);
  const before = document.getText();
  await run('renderMarkdown');
  const copy = vscode.window.activeTextEditor!.document;
  assert.notEqual(copy, document);
  assert.deepEqual([copy.isUntitled, copy.languageId, document.getText()], [true, 'markdown', before]);
  return copy.getText();
}

describe('Render Citations as Markdown', () => {
  afterEach(closeEditors);

  it('opens a copy with the citations as the style prints them, and the bibliography', async () => {
    const text = await rendered('---\ntitle: T\ncsl: apa\n---\n\nAs [@feder2021, p. 195], `[@li2010]` and @nobody1.|\n');
    assert.equal(short(text), '---\ntitle: T\n---\n\nAs (Feder et al., 2021, p. 195), `[@li2010]` and @nobody1.\n\n# References\n\nFEDER\n');
  });
  it('follows the settings and the metadata', () =>
    withSettings({ style: 'nature', locale: 'de-DE' }, async () => {
      const text = await rendered('---\nnocite: "@li2010"\n---\n\nShown [@feder2021].|\n');
      assert.match(text, /^Shown\.<sup>1<\/sup>\n\n# Literatur\n\n1\\\. Feder, A\. \*u\.\sa\.\*[^\n]*\n\n2\\\. Li, N\. \*u\.\sa\.\*[^\n]*\n$/);
    }));
  it('prints the entries of a bibliography once it is read', () =>
    withFiles({ 'refs.bib': entry('author17'), 'a.md': '---\nbibliography: refs.bib\n---\n\n[@author17]\n' }, async () => {
      await vscode.window.showTextDocument((await open('a.md', '[@author|17]')).document);
      await run('renderMarkdown');
      assert.equal(vscode.window.activeTextEditor!.document.getText(), '(Author, 2019)\n\n# References\n\nAuthor, S. (2019). *Rivulets of author17*.\n');
    }));
});

describe('Copy as Formatted HTML', () => {
  afterEach(closeEditors);

  it('opens a page with a button that copies', async () => {
    await write('As [@feder2021]|\n');
    await run('copyFormattedHtml');
    const page = (): vscode.Tab | undefined => {
      const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs);
      return tabs.find(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('ketamineCitations.formatted'));
    };
    // VS Code tells extensions of its tabs a little later.
    for (let tries = 0; !page() && tries < 50; tries += 1) {
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    assert.match(page()?.label ?? '', /^Formatted: Manuscript-\d+\.md$/);
  });
});

describe('Insert or Update Bibliography', () => {
  afterEach(closeEditors);

  for (const [marked, expected] of [
    ['a [@feder2021]\n\n|\n\nb\n', `a [@feder2021]\n\n${start}\n\nFEDER\n\n${end}\n\nb\n`],
    ['a [@fe|der2021]\n\n## References\n\n## Appendix\n', `a [@feder2021]\n\n## References\n\n${start}\n\nFEDER\n\n${end}\n\n## Appendix\n`],
    ['a [@fe|der2021]\n', `a [@feder2021]\n\n# References\n\n${start}\n\nFEDER\n\n${end}\n`],
    [`|a [@feder2021]\n\n${start}\nold\n${end}\nmine\n`, `a [@feder2021]\n\n${start}\n\nFEDER\n\n${end}\nmine\n`],
    [`|a\n\n${start}\nold\n${end}\nmine\n`, `a\n\n${start}\n${end}\nmine\n`],
    [`|a [@feder2021]\n\n${start}\nold\n`, `a [@feder2021]\n\n${start}\nold\n`],
    ['Nothing| cited\n', 'Nothing cited\n'],
  ] as const) {
    it(JSON.stringify(marked.slice(0, 50)), async () => assert.equal(short(await ran(marked, 'updateBibliography')), expected));
  }
  it('keeps the document’s line ends', async () => {
    const text = await ran('a [@feder2021]\n|\n', 'updateBibliography', vscode.EndOfLine.CRLF);
    assert.equal(text.replace(feder, 'FEDER'), `a [@feder2021]\r\n\r\n${start}\r\n\r\nFEDER\r\n\r\n${end}\r\n`);
  });
  it('counts citations in plain form', async () => {
    const text = await ran(`|a <span data-citation="[@feder2021]">(Feder)</span>\n\n${start}\n${end}\n`, 'updateBibliography');
    assert.match(text, feder);
  });
  const stale = `[@feder2021]\n\n${start}\nold\n${end}\n`;
  for (const [isOn, content, expected] of [
    [true, stale, `[@feder2021]\n\n${start}\n\nFEDER\n\n${end}\n`],
    [false, stale, stale],
    [true, '[@feder2021]\n', '[@feder2021]\n'],
    [true, `[@feder2021]\n\n${start}\nold\n`, `[@feder2021]\n\n${start}\nold\n`],
    // What stands in a file that can't be read would vanish from the list.
    [true, `---\nbibliography: none.bib\n---\n\n${stale}`, `---\nbibliography: none.bib\n---\n\n${stale}`],
  ] as const) {
    it(`${isOn ? 'on' : 'not on'} save: ${JSON.stringify(content.slice(0, 60))}`, () =>
      withSettings({ 'bibliography.updateOnSave': isOn }, () =>
        withFiles({ 'a.md': content }, async () => {
          const { document, position } = await open('a.md', '[@feder2021]|');
          const editor = await vscode.window.showTextDocument(document);
          await editor.edit(builder => builder.insert(position, ' b'));
          assert.ok(await document.save());
          assert.equal(short(document.getText()), expected.replace('[@feder2021]', '[@feder2021] b'));
        }),
      ));
  }
});

describe('Convert Citations to Plain Text', () => {
  afterEach(closeEditors);
  const plain = (citation: string, words: string): string => `<span data-citation="${citation}">${words}</span>`;

  it('at the caret, and back', async () => {
    const text = await ran('As [see @feder|2021, p. 195] and @li2010.', 'convertToPlain');
    assert.equal(text, `As ${plain('[see @feder2021, p. 195]', '(see Feder et al., 2021, p. 195)')} and @li2010.`);
    assert.equal(await ran(text.replace('(see Feder', '(see| Feder'), 'convertToPandoc'), 'As [see @feder2021, p. 195] and @li2010.');
  });
  it('in the whole document, with the numbers that it gives, and back letter for letter', () =>
    withSettings({ style: 'ieee' }, async () => {
      const { document } = await write('A [@feder2021] and [@li2010,\np. 960], [@feder2021].|\n');
      const before = document.getText();
      await run('convertToPlain', 'document');
      assert.match(document.getText(), />\\\[1\\\]<\/span> and <span data-citation="\[@li2010,&#10;p\. 960\]">\\\[2, p\. 960\\\]<\/span>, <span[^>]*>\\\[1\\\]<\/span>\.\n$/);
      await run('convertToPandoc', 'document');
      assert.equal(document.getText(), before);
    }));
  it('from footnotes, and to footnotes', async () => {
    const { document } = await write('Shown [@feder2021, p. 195].|\n');
    await run('convertToFootnotes', 'document');
    const notes = document.getText();
    await run('convertToPlain', 'document');
    assert.equal(document.getText(), `Shown ${plain('[@feder2021, p. 195]', '(Feder et al., 2021, p. 195)')}.\n`);
    await run('convertToFootnotes', 'document');
    assert.equal(document.getText(), notes);
    await vscode.commands.executeCommand('undo');
    assert.match(document.getText(), /<span/);
  });
  it('not of an unknown key', async () => assert.equal(await ran('As [@nobody|1]', 'convertToPlain'), 'As [@nobody1]'));
});
