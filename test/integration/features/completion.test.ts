import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { accept, labelOf, offers, read, withSettings, write } from '../support/editor.ts';

const labels = async (marked: string, language?: string): Promise<string[]> =>
  (await offers(await write(marked, language))).map(labelOf);

/** The text after the first offer whose label begins so was accepted at the bar. */
async function accepted(marked: string, label: string): Promise<string> {
  const editor = await write(marked);
  const item = (await offers(editor)).find(each => labelOf(each).startsWith(label));
  assert.ok(item, `nothing is offered as ${label}`);
  await accept(editor, item);
  return editor.document.getText();
}

/** The formatted references come once the style's engine is there, which is made when the writer pauses. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 15; tries += 1) {
    if (await holds()) {
      return;
    }
    // Longer than the pause in which the style is made; asking again sooner would put it off.
    await new Promise(resolve => setTimeout(resolve, 1500));
  }
  assert.fail('it never came');
}

describe('Completion', () => {
  const quote =
    'Few studies have been published to date exploring the effectiveness of ketamine for treatment-resistant depression (TRD) in large clinical samples. We report on the clinical outcomes of a large cohort treated with ketamine as part of clinical practice.';

  it('offers studies behind a bare @', async () => assert.ok((await labels('As shown @|')).length >= 20));
  it('ranks by words in any order, misspelt', async () => assert.equal((await labels('@ptsd fedr|'))[0], 'feder2014'));
  it('begins with the randomized trials, a line each', async () => {
    const all = await labels('@ketmine ptsd|');
    assert.deepEqual(all.slice(0, 3), ['abdallah2022', 'feder2014', 'feder2021']);
    assert.equal(new Set(all).size, all.length);
    assert.ok(all.every(label => /^\w+\d{4}\w?$/.test(label)));
  });
  it('tells each study by design, n and gist', async () => {
    const item = (await offers(await write('@ketmine ptsd|'))).find(each => labelOf(each) === 'feder2021');
    assert.equal((item!.label as vscode.CompletionItemLabel).detail, '  RCT · n 30 · six infusions v midazolam in chronic PTSD');
  });
  it('offers the exact citekey first', async () => assert.equal((await labels('@dore2019|'))[0], 'dore2019'));
  it('offers the best study’s other form and its quote', async () => {
    const [citation, inText, words] = await labels('@oliver|');
    assert.deepEqual([citation, inText, words], ['oliver2022', '@oliver2022', `“${quote}`]);
  });
  it('offers the reference once the style is ready', async () =>
    until(async () => (await labels('@feder 2021|')).includes('Reference: Feder et al. 2021')));
  it('offers studies only in a group that holds others', async () =>
    assert.ok((await labels('[@dore2019; @oliver|]')).every(label => /^\w+$/.test(label))));
  it('offers quotes first in a block quote', async () => assert.equal((await labels('> @oliver|'))[0], `“${quote}`));
  it('offers references first under References', async () =>
    assert.equal((await labels('# References\n\n@feder 2021|'))[0], 'Reference: Feder et al. 2021'));
  it('offers as many studies as the setting says', async () =>
    withSettings({ 'completion.maxStudies': 5 }, async () => assert.equal((await labels('@|')).length, 5)));
  it('takes the default where the setting makes no sense', async () =>
    withSettings({ 'completion.maxStudies': 'many' }, async () => assert.equal((await labels('@|')).length, 20)));
  it('understands qualifiers', async () =>
    assert.deepEqual(await labels('@condition:ptsd design:crossover|'), ['feder2014']));
  it('offers the values of a qualifier, and takes the query on with the one chosen', async () => {
    const values = (await labels('@ptsd comparator:|')).filter(label => label.startsWith('comparator:'));
    assert.deepEqual(values.slice(0, 2), ['comparator:placebo', 'comparator:active']);
    assert.equal(await accepted('As @ptsd comparator:|', 'comparator:active'), 'As @ptsd comparator:active ');
    assert.deepEqual((await labels('@ptsd comparator:active|')).slice(0, 2), ['feder2014', 'feder2021']);
  });
  it('compares numbers', async () => assert.deepEqual((await labels('@ptsd comparator:active n:>40|')).slice(0, 1), ['feder2014']));
  it('knows what is cited', async () => assert.ok(!(await labels('[@feder2014] and @ptsd cited:no|')).includes('feder2014')));

  for (const language of ['markdown', 'quarto', 'rmd']) {
    it(`works in ${language}`, async () => assert.equal((await labels('[@feder2021|]', language))[0], 'feder2021'));
  }
  it('does not work in other languages', async () => assert.deepEqual(await labels('@feder|', 'plaintext'), []));
  for (const marked of [
    'name@exa|',
    'https://example.org/@fed|',
    '`@fed|`',
    '```\n@fed|\n```',
    '$a @fed|$',
    '---\ntitle: @fed|\n---\n',
    '@fig-1|',
    '@feder2021 found|',
  ]) {
    it(`is silent in ${JSON.stringify(marked)}`, async () => assert.deepEqual(await labels(marked), []));
  }

  it('makes the card only for an item that is looked at', async () => {
    const editor = await write('@feder2021|');
    assert.ok((await offers(editor)).every(item => item.documentation === undefined));
    const [first] = await offers(editor, 1);
    assert.match((first!.documentation as vscode.MarkdownString).value, /Thirty people with chronic PTSD/);
  });
  it('has its own rank, whatever VS Code would think of it', async () => {
    const items = await offers(await write('a @fedr ptsd|'));
    assert.deepEqual(
      items.map(item => item.sortText),
      items.map((_, index) => String(index).padStart(4, '0')),
    );
    assert.ok(items.every(item => item.filterText?.startsWith('@fedr ptsd ')));
  });

  it('cites in prose', async () =>
    assert.equal(await accepted('As @fedr ptsd| shows', 'feder2021'), 'As [@feder2021] shows'));
  it('cites in brackets', async () =>
    assert.equal(await accepted('As [@fedr|] shows', 'feder2021'), 'As [@feder2021] shows'));
  it('cites in a group', async () =>
    assert.equal(await accepted('As [@dore2019; @fedr|] shows', 'feder2021'), 'As [@dore2019; @feder2021] shows'));
  it('cites without the author', async () =>
    assert.equal(await accepted('As [-@fedr|] shows', 'feder2021'), 'As [-@feder2021] shows'));
  it('cites in the text', async () =>
    assert.equal(await accepted('As @fedr 2021| shows', '@feder2021'), 'As @feder2021 shows'));
  it('keeps the text after the caret, or replaces the key, as editor.suggest.insertMode says', async () => {
    const editor = vscode.workspace.getConfiguration('editor');
    const ranges = async (marked: string): Promise<string[]> => {
      const written = await write(marked);
      const item = (await offers(written)).find(each => labelOf(each) === 'feder2021')!;
      const { range, insertText } = item;
      const texts = range instanceof vscode.Range ? [range] : [range!.inserting, range!.replacing];
      return [...texts.map(each => written.document.getText(each)), String(insertText)];
    };
    assert.deepEqual(await ranges('As @fedr|er2021 shows'), ['@fedr', '@fedrer2021', '[@feder2021]']);
    assert.deepEqual(await ranges('As @fedr pts|d, and'), ['@fedr pts', '@fedr ptsd', '[@feder2021]']);
    // Here each needs a text of its own.
    assert.deepEqual(await ranges('[@feder20|14, p. 3]'), ['@feder20', '@{feder2021}']);
    try {
      await editor.update('suggest.insertMode', 'replace', vscode.ConfigurationTarget.Global);
      assert.deepEqual(await ranges('As @fedr|er2021 shows'), ['@fedr', '@fedrer2021', '[@feder2021]']);
      assert.deepEqual(await ranges('[@feder20|14, p. 3]'), ['@feder2014', '@feder2021']);
    } finally {
      await editor.update('suggest.insertMode', undefined, vscode.ConfigurationTarget.Global);
    }
  });
  for (const [marked, text] of [
    ['---\nnocite: "@fedr|"\n---\n', '---\nnocite: "@feder2021"\n---\n'],
    ["---\nnocite:\n- '@dore2019'\n- '@fedr|'\n---\n", "---\nnocite:\n- '@dore2019'\n- '@feder2021'\n---\n"],
    ['---\nnocite: >\n  @dore2019, @fedr|\n---\n', '---\nnocite: >\n  @dore2019, @feder2021\n---\n'],
  ] as const) {
    it(`lists keys in ${JSON.stringify(marked)}`, async () => {
      assert.ok((await labels(marked)).every(label => /^\w+$/.test(label)));
      assert.equal(await accepted(marked, 'feder2021'), text);
    });
  }
  it('cites in a list, a table, a note', async () => {
    assert.equal(await accepted('- a\n- @dore2019|', 'dore2019'), '- a\n- [@dore2019]');
    assert.equal(await accepted('[^1]: See @dore2019|.', 'dore2019'), '[^1]: See [@dore2019].');
  });
  it('quotes in a block quote', async () =>
    assert.equal(await accepted('> @oliver|', '“Few'), `> ${quote} [@oliver2022, Abstract, Introduction]`));
  it('quotes in a sentence', async () =>
    assert.equal(
      await accepted('As said, @oliver| and so on', '“Few'),
      `As said, “${quote}” [@oliver2022, Abstract, Introduction] and so on`,
    ));
  it('parts a long quote from the sentence', async () =>
    assert.match(
      await accepted('As said @feder 2021| and so on', '“Post'),
      /^As said\n\n> Post-traumatic .* PTSD\. \[@feder2021, Abstract, Objective\]\n\nand so on$/,
    ));
  it('leaves out where the words stand, if asked', async () =>
    withSettings({ 'insert.quoteLocation': false }, async () =>
      assert.equal(await accepted('> @oliver|', '“Few'), `> ${quote} [@oliver2022]`),
    ));
  it('cites in-text by default, if asked', async () =>
    withSettings({ 'insert.citation': 'in-text' }, async () => {
      assert.equal(await accepted('As @fedr| shows', 'feder2021'), 'As @feder2021 shows');
      assert.equal(await accepted('As @fedr 2021| shows', '[@feder2021]'), 'As [@feder2021] shows');
    }));
  it('writes the other syntaxes', async () => {
    const cite = (): Promise<string> => accepted('As @feder 2021| shows', 'feder2021');
    for (const [syntax, text] of [
      ['formatted', 'As (Feder et al., 2021) shows'],
      ['link', 'As ([Feder et al., 2021](https://doi.org/10.1176/appi.ajp.2020.20050596)) shows'],
    ] as const) {
      await withSettings({ 'insert.syntax': syntax }, async () => {
        await until(async () => (await labels('@feder 2021|')).length > 0);
        assert.equal(await cite(), text);
      });
    }
    await withSettings({ 'insert.syntax': 'footnote' }, async () =>
      assert.match(await cite(), /^As \[\^feder2021\] shows\n\n\[\^feder2021\]: Feder, A\., .*20050596\n$/),
    );
  });

  it('leaves the caret behind what it wrote', async () => {
    const editor = await write('As @feder 2021| shows');
    await vscode.commands.executeCommand('editor.action.triggerSuggest');
    await until(async () => {
      await vscode.commands.executeCommand('acceptSelectedSuggestion');
      return editor.document.getText() !== 'As @feder 2021 shows';
    });
    assert.equal(read(editor), 'As [@feder2021]| shows');
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), 'As @feder 2021 shows');
  });
});
