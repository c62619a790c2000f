import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { actions, actionsAt, choose } from '../support/actions.ts';
import { closeEditors, read, run, withSettings, write } from '../support/editor.ts';

const { QuickFix, Refactor, RefactorRewrite, SourceFixAll } = vscode.CodeActionKind;
const fixAllKind = SourceFixAll.append('ketamineCitations');

/** The text after the action at the bar was chosen; one undo must bring back the text before. */
async function after(marked: string, title: string, kind?: vscode.CodeActionKind, eol?: vscode.EndOfLine): Promise<string> {
  const editor = await write(marked, 'markdown', eol);
  const before = editor.document.getText();
  await choose(await actions(editor, kind), title);
  const text = editor.document.getText();
  await vscode.commands.executeCommand('undo');
  assert.equal(editor.document.getText(), before);
  return text;
}

async function titles(marked: string, kind?: vscode.CodeActionKind): Promise<string[]> {
  return (await actions(await write(marked), kind)).map(({ title }) => title);
}

/** The text after the command; one undo must bring back the text before. */
async function ran(marked: string, command: string, ...given: readonly unknown[]): Promise<string> {
  const editor = await write(marked);
  const before = editor.document.getText();
  await run(command, ...given);
  const text = editor.document.getText();
  if (text !== before) {
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), before);
  }
  return text;
}

const feder =
  'Feder, A., Costi, S., Rutter, S. B., Collins, A. B., Govindarajulu, U., Jha, M. K., Horn, S. R., Kautz, M., Corniquel, M., Collins, K. A., Bevilacqua, L., Glasgow, A. M., Brallier, J., Pietrzak, R. H., Murrough, J. W., & Charney, D. S. (2021). A randomized controlled trial of repeated ketamine administration for chronic posttraumatic stress disorder. *American Journal of Psychiatry*, *178*(2), 193–202. https://doi.org/10.1176/appi.ajp.2020.20050596';
const federLink = 'https://doi.org/10.1176/appi.ajp.2020.20050596';
const oliver =
  'Few studies have been published to date exploring the effectiveness of ketamine for treatment-resistant depression (TRD) in large clinical samples. We report on the clinical outcomes of a large cohort treated with ketamine as part of clinical practice.';

const unverified =
  'A single prolonged infusion of ketamine provides a tolerated, rapid, and sustained response in treatment-resistant depression and normalizes depression-related hyperconnectivity in the limbic system and frontal lobe.';
const finding =
  'Thirty people with chronic PTSD had six infusions of ketamine or midazolam over two weeks. At week two CAPS-5 scores were 11.88 points lower with ketamine, and 67% against 20% had responded';
/** A study of the dataset under a key of the writer's own. */
const twoKeys = `---
references:
- id: federRCT
  type: article-journal
  title: A randomized controlled trial of repeated ketamine administration for chronic posttraumatic stress disorder
  DOI: 10.1176/appi.ajp.2020.20050596
---
`;

describe('Quick fixes', () => {
  for (const [marked, title, text] of [
    ['As [@fed|r2021, p. 195] shows', 'Replace by feder2021', 'As [@feder2021, p. 195] shows'],
    ['[@Fed|er2021]', 'Replace by feder2021', '[@feder2021]'],
    ['[@feder2021; @feder|2021]', 'Remove the second feder2021', '[@feder2021]'],
    ['[@feder2021|] [@dore2019]', 'Merge the citations', '[@feder2021; @dore2019]'],
    ['Shown [@feder2021|', 'Close the brackets', 'Shown [@feder2021]'],
    ['[@feder|2021 @dore2019]', 'Put a semicolon between the cites', '[@feder2021; @dore2019]'],
    ['[[@feder|2021]]', 'Remove the outer brackets', '[@feder2021]'],
    ['[@feder|2021; ]', 'Remove the semicolon', '[@feder2021]'],
    ['As @ feder|2021 says', 'Remove the blank', 'As @feder2021 says'],
    ['[@feder2021, p. 3|]', 'Replace by 195', '[@feder2021, p. 195]'],
    ['[@feder2021, pp. 199-|194]', 'Replace by 194-199', '[@feder2021, pp. 194-199]'],
    [`“${finding}|” [@feder2021]`, 'Remove the quotation marks', `${finding} [@feder2021]`],
    ['---\nnocite: "@fed|r2021"\n---\n\nText', 'Replace by feder2021', '---\nnocite: "@feder2021"\n---\n\nText'],
    [
      `${twoKeys}\n[@feder2021] and [see @feder|RCT, p. 195], @{federRCT}`,
      'Cite feder2021 instead of federRCT everywhere',
      `${twoKeys}\n[@feder2021] and [see @feder2021, p. 195], @{feder2021}`,
    ],
    [`“${oliver.replace('effectiveness', 'effi|cacy')}” [@oliver2022]`, 'Restore the wording of oliver2022', `“${oliver}” [@oliver2022]`],
  ] as const) {
    it(`${title}: ${JSON.stringify(marked.slice(0, 50))}`, async () => assert.equal(await after(marked, title, QuickFix), text));
  }
  it('are the same in CRLF', async () =>
    assert.equal(
      await after('One\n\n> two [@fed|r2021]', 'Replace by feder2021', QuickFix, vscode.EndOfLine.CRLF),
      'One\r\n\r\n> two [@feder2021]',
    ));
  it('are preferred where they are clear', async () => {
    const all = await actions(await write('[@fed|r2021]'), QuickFix);
    assert.deepEqual(all.filter(({ isPreferred }) => isPreferred).map(({ title }) => title), ['Replace by feder2021']);
  });
  it('come together for all problems of a kind', async () =>
    assert.equal(
      await after('[@fedr2|021] and [@doree2019] and [@feder2021; @feder2021]', 'Fix all unknown citekeys in this document', QuickFix),
      '[@feder2021] and [@dore2019] and [@feder2021; @feder2021]',
    ));
  for (const [marked, title, text] of [
    ['[@Fed|er2021] and [@Dore2019]', 'Fix the case of all citekeys in this document', '[@feder2021] and [@dore2019]'],
    ['[@feder2021; @feder|2021] and [@dore2019; @dore2019]', 'Remove all repeated works from the citations of this document', '[@feder2021] and [@dore2019]'],
    ['[@feder|2021] [@dore2019] and [@dore2019] [@feder2021]', 'Merge all adjacent citations in this document', '[@feder2021; @dore2019] and [@dore2019; @feder2021]'],
    ['[[@feder|2021]] and [@dore2019; ]', 'Fix all malformed citations in this document', '[@feder2021] and [@dore2019]'],
    [
      `“${oliver.replace('effectiveness', 'effi|cacy')}” [@oliver2022]\n\n“${oliver.replace('large', 'small')}” [@oliver2022]`,
      'Restore the wording of all quotes in this document',
      `“${oliver}” [@oliver2022]\n\n“${oliver}” [@oliver2022]`,
    ],
    [
      '[@feder2021, pp. 199-|194] and [@feder2021, pp. 198-195]',
      'Fix all 2 of these problems in this document',
      '[@feder2021, pp. 194-199] and [@feder2021, pp. 195-198]',
    ],
  ] as const) {
    it(`${title}: ${JSON.stringify(marked.slice(0, 50))}`, async () => assert.equal(await after(marked, title, QuickFix), text));
  }
  for (const marked of ['[@feder2021, p. 99|9]', '[@nobody|1999]', `“${unverified}|” [@siegel2021]`]) {
    it(`are none where nothing is clear: ${marked.slice(0, 50)}`, async () => assert.deepEqual(await titles(marked, QuickFix), []));
  }
  it('are not offered for all where there is but one', async () =>
    assert.ok((await titles('[@fed|r2021]', QuickFix)).every(title => !title.startsWith('Fix all'))));
  it('are gone with the check', async () =>
    withSettings({ 'checks.unknownKey': 'off' }, async () => assert.deepEqual(await titles('[@fed|r2021]', QuickFix), [])));
  it('repair everything that is clear when a file is saved', async () => {
    assert.equal(
      await after('|[@fedr2021] and [@Dore2019; @dore2019]', 'Fix all clear citation problems', fixAllKind),
      '[@feder2021] and [@dore2019; @dore2019]',
    );
    assert.deepEqual(await titles('|[@feder2021]', fixAllKind), []);
  });
  it('dismiss a notice', async () => {
    const editor = await write('[@bahji|2021]');
    await choose(await actions(editor, QuickFix), 'Don’t tell of this notice again in this manuscript');
    assert.deepEqual((await actions(editor, QuickFix)).map(({ title }) => title), []);
    await run('restoreNotices');
    assert.equal((await actions(editor, QuickFix)).length, 1);
  });
  it('stop VS Code from reporting citations as missing links', async () => {
    const markdown = vscode.workspace.getConfiguration('markdown.validate');
    const folder = vscode.workspace.workspaceFolders![0]!.uri;
    const uri = vscode.Uri.joinPath(folder, 'missing-links.md');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('As [@feder2021] shows\n'));
    await markdown.update('enabled', true, vscode.ConfigurationTarget.Workspace);
    try {
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document);
      const missing = await reportedMissing(uri);
      const title = 'Stop VS Code from reporting citations as missing links in this workspace';
      await choose(await actionsAt(document, missing.range, QuickFix), title);
      const setting = vscode.workspace.getConfiguration('markdown.validate.referenceLinks').inspect('enabled');
      assert.equal(setting?.workspaceValue, 'ignore');
    } finally {
      await markdown.update('enabled', undefined, vscode.ConfigurationTarget.Workspace);
      await markdown.update('referenceLinks.enabled', undefined, vscode.ConfigurationTarget.Workspace);
      await closeEditors();
      await vscode.workspace.fs.delete(uri);
    }
  });
});

/** VS Code's own diagnostic, for which we wait: its server checks some time after the file was opened. */
async function reportedMissing(uri: vscode.Uri): Promise<vscode.Diagnostic> {
  for (let tries = 0; tries < 150; tries += 1) {
    const found = vscode.languages.getDiagnostics(uri).find(({ code }) => {
      const value = typeof code === 'object' ? code.value : code;
      return value === 'link.no-such-reference';
    });
    if (found) {
      return found;
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  return assert.fail('VS Code does not report [@feder2021] as a missing link');
}

describe('Refactorings', () => {
  for (const [marked, title, text] of [
    ['As [@feder2021|, p. 195; @dore2019] shows', 'Cite in the text', 'As @feder2021 [p. 195; @dore2019] shows'],
    ['As @feder2021| [p. 195] shows', 'Cite in brackets', 'As [@feder2021, p. 195] shows'],
    ['[see @feder2021; @dore2019|]', 'Suppress the author', '[see @feder2021; -@dore2019]'],
    ['[-@feder|2021]', 'Restore the author', '[@feder2021]'],
    ['[@feder|2021] [see @dore2019]', 'Merge with the citation beside it', '[@feder2021; see @dore2019]'],
    ['As shown [@feder|2021, p. 195].', 'Convert to a footnote', `As shown[^feder2021].\n\n[^feder2021]: ${feder} p. 195.`],
    ['As shown [@feder|2021].', 'Convert to a link', `As shown ([Feder et al., 2021](${federLink})).`],
    [`As shown[^feder|2021].\n\n[^feder2021]: ${feder} p. 195.\n`, 'Convert to Pandoc’s syntax', 'As shown [@feder2021, p. 195].\n'],
    [`As shown ([Feder et| al., 2021](${federLink})).`, 'Convert to Pandoc’s syntax', 'As shown [@feder2021].'],
  ] as const) {
    it(`${title}: ${JSON.stringify(marked.slice(0, 50))}`, async () => assert.equal(await after(marked, title, Refactor), text));
  }
  it('convert what is selected', async () => {
    const editor = await write('a [@feder2021] b [@dore2019] c [@feder2021]|');
    editor.selection = new vscode.Selection(0, 0, 0, editor.document.getText().indexOf(' c'));
    await choose(await actions(editor, RefactorRewrite), 'Convert 2 citations to links');
    assert.match(editor.document.getText(), /^a \(\[Feder.*\) b \(\[Dore.*\) c \[@feder2021\]$/);
  });
  it('convert the whole document', async () =>
    assert.match(
      await after('a [@feder|2021] b [@dore2019]', 'Convert the whole document to links', Refactor),
      /^a \(\[Feder.*\) b \(\[Dore[^@]*$/,
    ));
  // VS Code keeps what is disabled, and why, for its menu; this way of asking leaves it out.
  it('are left out where they can’t be done', async () =>
    assert.deepEqual(await titles('[see -@feder2021|]', RefactorRewrite.append('citation')), [
      'Add a locator…',
      'Restore the author',
      'Convert the whole document to footnotes',
      'Convert to a link',
      'Convert the whole document to links',
      'Convert to plain text',
      'Convert the whole document to plain text',
    ]));
  it('are asked for by kind', async () => {
    assert.deepEqual(await titles('[@feder2021|]', RefactorRewrite.append('citation').append('toggle')), ['Cite in the text']);
    assert.deepEqual(await titles('[@feder2021|]', QuickFix), []);
  });
  it('are none where nothing is cited', async () => {
    assert.deepEqual(await titles('No| citation [@feder2021]'), []);
    assert.deepEqual(await titles('`[@feder|2021]`'), []);
  });
  for (const language of ['quarto', 'rmd']) {
    it(`work in ${language}`, async () => {
      const editor = await write('[@feder|2021]', language);
      await choose(await actions(editor), 'Cite in the text');
      assert.equal(editor.document.getText(), '@feder2021');
    });
  }
  it('keep the line ends of the file', async () =>
    assert.equal(
      await after('One\n\ntwo [@feder|2021]\n', 'Convert to a footnote', Refactor, vscode.EndOfLine.CRLF),
      `One\r\n\r\ntwo[^feder2021]\r\n\r\n[^feder2021]: ${feder}\r\n`,
    ));
});

describe('Commands on citations', () => {
  for (const [marked, command, text] of [
    ['As [@feder|2021] shows', 'toggleCitation', 'As @feder2021 shows'],
    ['As [@feder|2021] shows', 'suppressAuthor', 'As [-@feder2021] shows'],
    ['[@feder|2021] [@dore2019]', 'mergeCitations', '[@feder2021; @dore2019]'],
    ['No cit|ation [@feder2021]', 'toggleCitation', 'No citation [@feder2021]'],
    ['|[@fedr2021] and [@Dore2019]', 'fixAll', '[@feder2021] and [@dore2019]'],
    ['a [@feder|2021] b [@dore2019]', 'convertToLinks', `a ([Feder et al., 2021](${federLink})) b [@dore2019]`],
  ] as const) {
    it(`${command}: ${marked}`, async () => assert.equal(await ran(marked, command), text));
  }
  it('leave the caret in the citation', async () => {
    const editor = await write('As [@feder|2021, p. 195] shows');
    await run('toggleCitation');
    assert.equal(read(editor), 'As @feder|2021 [p. 195] shows');
  });
  it('work on what is selected', async () => {
    const editor = await write('[@feder2021] and [see @dore2019] and [@feder2021, p. 195]|');
    editor.selection = new vscode.Selection(0, 0, 0, 99);
    await run('toggleCitation');
    assert.equal(editor.document.getText(), '@feder2021 and [see @dore2019] and @feder2021 [p. 195]');
  });
  for (const [text, carets, command, expected] of [
    ['[@feder2021] and [@dore2019] and [@oliver2022]', [3, 35], 'toggleCitation', '@feder2021 and [@dore2019] and @oliver2022'],
    ['[@feder2021; @dore2019] and [@oliver2022]', [3, 18, 30], 'suppressAuthor', '[-@feder2021; -@dore2019] and [-@oliver2022]'],
    ['[@feder2021] [@dore2019] and [@oliver2022] [@basso2020]', [3, 15, 31], 'mergeCitations', '[@feder2021; @dore2019] and [@oliver2022; @basso2020]'],
    ['a [@feder2021] b [@dore2019] c [@feder2021]', [4, 34], 'convertToLinks', `a ([Feder et al., 2021](${federLink})) b [@dore2019] c ([Feder et al., 2021](${federLink}))`],
    ['a [@feder2021] b [@feder2021]', [4, 19], 'convertToFootnotes', `a[^feder2021] b[^feder2021]\n\n[^feder2021]: ${feder}`],
  ] as const) {
    it(`${command} at every caret, as one step`, async () => {
      const editor = await write(`${text}|`);
      editor.selections = carets.map(each => new vscode.Selection(0, each, 0, each));
      await run(command);
      assert.equal(editor.document.getText(), expected);
      await vscode.commands.executeCommand('undo');
      assert.equal(editor.document.getText(), text);
    });
  }
  it('convert a document with hundreds of citations there and back', async () => {
    const text = Array.from({ length: 200 }, (_, index) => `Sentence ${index} [see @${index % 2 ? 'dore2019' : 'feder2021'}, p. ${index}].`).join('\n\n');
    const editor = await write(`|${text}\n`);
    await run('convertToFootnotes', 'document');
    assert.equal(editor.document.getText().match(/^\[\^[^\]]+\]: see /gm)?.length, 200);
    await run('convertToPandoc', 'document');
    assert.equal(editor.document.getText(), `${text}\n`);
  });
  it('ask for a locator, with the present one given', async () => {
    const editor = await write('As [@feder2021|, p. 195, emphasis added] shows');
    const asked = vscode.commands.executeCommand('ketamineCitations.addLocator');
    await new Promise(resolve => setTimeout(resolve, 500));
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await asked;
    assert.equal(editor.document.getText(), 'As [@feder2021, p. 195, emphasis added] shows');
  });
});
