import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { withSettings, write } from '../support/editor.ts';
import { open, withFiles } from '../support/files.ts';
import { codeOf, problemsIn } from '../support/problems.ts';

const { Error, Hint, Information, Warning } = vscode.DiagnosticSeverity;

/** A mistake that is found at the end of every text, so that a text without others is known to have been checked. */
const mark = '\n\n[@nobody1999]|';

type Told = readonly [code: string, text: string, severity: vscode.DiagnosticSeverity];

async function problemsOf(text: string, language?: string, eol?: vscode.EndOfLine): Promise<Told[]> {
  const { document } = await write(text + mark, language, eol);
  const problems = await problemsIn(document);
  const told = problems.map((each): Told => [codeOf(each), document.getText(each.range), each.severity]);
  assert.deepEqual(told.pop(), ['unknown-key', '@nobody1999', Warning]);
  return told;
}

const oliver =
  'Few studies have been published to date exploring the effectiveness of ketamine for treatment-resistant depression (TRD) in large clinical samples. We report on the clinical outcomes of a large cohort treated with ketamine as part of clinical practice.';

/** Not seen in print by whoever made the record. */
const siegel =
  'A single prolonged infusion of ketamine provides a tolerated, rapid, and sustained response in treatment-resistant depression and normalizes depression-related hyperconnectivity in the limbic system and frontal lobe.';
/** Print has other words. */
const yermus =
  'KAP produced sustained reductions in anxiety, depression, and PTSD, with symptom improvement lasting well beyond the duration of dosing sessions. These effects extended to as much as 5 months after the last KAP session.';
const finding =
  'Thirty people with chronic PTSD had six infusions of ketamine or midazolam over two weeks. At week two CAPS-5 scores were 11.88 points lower with ketamine, and 67% against 20% had responded';

/** A study of the dataset under a key of the writer's own. */
const twoKeys = `---
references:
- id: federRCT
  title: A randomized controlled trial of repeated ketamine administration for chronic posttraumatic stress disorder
  DOI: 10.1176/appi.ajp.2020.20050596
---
`;

describe('Problems', () => {
  const found: readonly (readonly [text: string, told: readonly Told[]])[] = [
    ['As @fedr2021 shows', [['unknown-key', '@fedr2021', Warning]]],
    ['[@Feder2021]', [['key-case', '@Feder2021', Warning]]],
    ['[@feder2021; @feder2021]', [['repeated-cite', '@feder2021', Information]]],
    ['[@feder2021] [@dore2019]', [['adjacent-citations', '[@feder2021] [@dore2019]', Information]]],
    ['[@feder2021, p. 999]', [['locator', '999', Warning]]],
    ['[@bahji2021]', [['notice', '@bahji2021', Information]]],
    ['[@feder2021, pp. 202-193]', [['locator', '202-193', Warning]]],
    ['[@feder2021 @dore2019]', [['malformed-citation', '@feder2021 @dore2019', Warning]]],
    ['Shown [@feder2021', [['malformed-citation', '[@feder2021', Warning]]],
    ['[[@feder2021]]', [['malformed-citation', '[[@feder2021]]', Warning]]],
    [`“${oliver.replace('effectiveness', 'efficacy')}” [@oliver2022]`, [['quote-differs', '', Warning]]],
    [`“${siegel}” [@siegel2021]`, [['quote-unconfirmed', siegel, Hint]]],
    [`“${yermus}” [@yermus2023]`, [['quote-unconfirmed', yermus, Hint], ['notice', '@yermus2023', Information]]],
    [`> ${siegel}\n>\n> [@siegel2021]`, [['quote-unconfirmed', siegel.slice(0, -1), Hint]]],
    [`“${finding}” [@feder2021]`, [['finding-quoted', finding, Warning]]],
    [`${twoKeys}\n[@feder2021], [@federRCT] and [@federRCT]`, [['same-work', 'federRCT', Information]]],
    ['---\nnocite: "@fedr2021"\n---\n\nText', [['unknown-key', '@fedr2021', Warning]]],
  ];
  for (const [text, told] of found) {
    it(`tells ${told.map(([code]) => code).join(', ')} in ${JSON.stringify(text.slice(0, 60))}`, async () => {
      const problems = await problemsOf(text);
      assert.deepEqual(problems.map(([code, , severity]) => [code, severity]), told.map(([code, , severity]) => [code, severity]));
      told.forEach(([, words], index) => assert.ok(problems[index]![1].includes(words.replace(/^@/, '')), problems[index]![1]));
    });
  }

  const calm: readonly string[] = [
    'As @feder2021 [p. 195] and [see @dore2019] show',
    `“${oliver}” [@oliver2022, Abstract]`,
    '`@fedr2021` and name@example.org and https://example.org/@user',
    'As @fig-flow and @tbl-one and @sec-intro show',
    '---\nreferences:\n- id: author17\n---\n\n[@author17]',
  ];
  for (const text of calm) {
    it(`tells nothing in ${JSON.stringify(text.slice(0, 60))}`, async () => assert.deepEqual(await problemsOf(text), []));
  }

  for (const language of ['quarto', 'rmd']) {
    it(`checks ${language}`, async () =>
      assert.deepEqual((await problemsOf('[@fedr2021]', language)).map(([code]) => code), ['unknown-key']));
  }
  it('marks the same words in CRLF', async () =>
    assert.deepEqual(await problemsOf('One\n\n> two [@fedr2021]', 'markdown', vscode.EndOfLine.CRLF), [
      ['unknown-key', '@fedr2021', Warning],
    ]));
  it('tells a notice once in a manuscript', async () =>
    assert.deepEqual((await problemsOf('[@bahji2021] and\n\n[@bahji2021]')).map(([code]) => code), ['notice']));
  it('tells of a bibliography that can’t be read, and of no unknown key then', async () => {
    const { document } = await write('---\nbibliography: refs.bib\n---\n\n[@nobody1999]|');
    const problems = await problemsIn(document);
    assert.deepEqual(problems.map(each => [codeOf(each), document.getText(each.range)]), [['bibliography', 'refs.bib']]);
  });
  it('tells of a correction no louder than an information, whatever the setting', async () =>
    withSettings({ 'checks.notice': 'error' }, async () =>
      assert.deepEqual((await problemsOf('[@bahji2021]')).map(([code, , severity]) => [code, severity]), [['notice', Information]])));
  it('tells a key that stands for another work in a bibliography, once', () =>
    withFiles(
      {
        'refs.bib': '@book{feder2021, title = {Rivulets and Quartz}, author = {Author, Seventeen}, year = {2019}}\n',
        'a.md': '---\nbibliography: refs.bib\n---\n\n[@feder2021] and [@feder2021]\n',
      },
      async () => {
        const { document } = await open('a.md', '[@|feder2021]');
        await vscode.window.showTextDocument(document);
        const [problem, ...others] = await problemsIn(document);
        assert.deepEqual([codeOf(problem!), document.getText(problem!.range), problem!.severity], ['key-in-two', 'feder2021', Information]);
        assert.match(problem!.message, /Author 2019 in refs\.bib, which counts, and Feder 2021 in the bundled studies/);
        assert.deepEqual(others, []);
      },
    ));
  it('links each code to what it means', async () => {
    const { document } = await write('[@nobody1999]|');
    const [problem] = await problemsIn(document);
    assert.ok(typeof problem?.code === 'object' && String(problem.code.target).includes('_explain'));
  });
  it('follows the text as it is mended', async () => {
    const { document } = await write('[@nobody1999]|');
    await problemsIn(document);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, 0, 13), '[@feder2021]');
    await vscode.workspace.applyEdit(edit);
    assert.deepEqual(await problemsIn(document, problems => problems.length === 0), []);
  });
  it('follows the settings of severity', async () => {
    const { document } = await write('[@nobody1999]|');
    await problemsIn(document);
    await withSettings({ 'checks.unknownKey': 'error' }, async () => {
      const [problem] = await problemsIn(document, ([first]) => first?.severity === Error);
      assert.equal(problem?.severity, Error);
    });
    await withSettings({ 'checks.unknownKey': 'off' }, async () =>
      assert.deepEqual(await problemsIn(document, problems => problems.length === 0), []),
    );
    await withSettings({ 'checks.enabled': false }, async () =>
      assert.deepEqual(await problemsIn(document, problems => problems.length === 0), []),
    );
  });
  it('forgets a document that is closed', async () => {
    const folder = vscode.workspace.workspaceFolders![0]!.uri;
    const file = vscode.Uri.joinPath(folder, 'closing.md');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('[@nobody1999]\n'));
    // A document that an extension opened would stay open for minutes.
    await vscode.commands.executeCommand('vscode.open', file);
    const { document } = vscode.window.activeTextEditor!;
    assert.equal((await problemsIn(document)).length, 1);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.workspace.fs.delete(file);
    assert.deepEqual(await problemsIn(document, problems => problems.length === 0), []);
  });
  it('tells no more of a notice that was dismissed, until it is restored', async () => {
    const { document } = await write('[@bahji2021]|');
    assert.deepEqual((await problemsIn(document)).map(codeOf), ['notice']);
    await vscode.commands.executeCommand('ketamineCitations._dismissNotice', document.uri.toString(), 'bahji2021');
    assert.deepEqual(await problemsIn(document, problems => problems.length === 0), []);
    await vscode.commands.executeCommand('ketamineCitations.restoreNotices');
    assert.deepEqual((await problemsIn(document)).map(codeOf), ['notice']);
  });
  it('checks the Markdown cells of a notebook, and tells a notice in the first that cites', async () => {
    const cell = (text: string): vscode.NotebookCellData =>
      new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, text, 'markdown');
    const code = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, '# @fedr2021', 'python');
    const front = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, '---\nreferences:\n- id: author17\n---', 'raw');
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([front, cell('[@bahji2021] and [@author17]'), code, cell('[@bahji2021] and [@nobody1999]')]),
    );
    await vscode.window.showNotebookDocument(notebook);
    const [, first, , last] = notebook.getCells();
    assert.deepEqual((await problemsIn(last!.document)).map(codeOf), ['unknown-key']);
    assert.deepEqual((await problemsIn(first!.document)).map(codeOf), ['notice']);
  });
});
