import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { read, run, withSettings, write } from '../support/editor.ts';

const after = async (marked: string, command: string, key = 'feder2021'): Promise<string> => {
  const editor = await write(marked);
  await run(command, key);
  return read(editor);
};

const clipboard = async (command: string, key: string): Promise<string> => {
  await vscode.env.clipboard.writeText('');
  await run(command, key);
  return vscode.env.clipboard.readText();
};

describe('Actions on a study', () => {
  it('insert a citation', async () =>
    assert.equal(await after('As shown|.', 'insertCitation'), 'As shown [@feder2021]|.'));
  it('insert an in-text citation', async () =>
    assert.equal(await after('As | says', 'insertInTextCitation'), 'As @feder2021| says'));
  it('insert into a group', async () =>
    assert.equal(await after('[@dore2019|]', 'insertCitation'), '[@dore2019; @feder2021|]'));
  it('insert a quote as a block, letter for letter', async () => {
    const text =
      'Post-traumatic stress disorder (PTSD) is a chronic and disabling disorder, for which available pharmacotherapies have limited efficacy. The authors’ previous proof-of-concept randomized controlled trial of single-dose intravenous ketamine infusion in individuals with PTSD showed significant and rapid PTSD symptom reduction 24 hours post-infusion. The present study is the first randomized controlled trial to test the efficacy and safety of repeated intravenous ketamine infusions for the treatment of chronic PTSD.';
    assert.equal(await after('|', 'insertQuote'), `> ${text} [@feder2021, Abstract, Objective]|`);
  });
  it('insert a short quote in the marks of the language', async () =>
    withSettings({ locale: 'de-DE' }, async () =>
      assert.match(await after('|', 'insertQuote', 'siegel2021'), /^„.*“ \[@siegel2021, Abstract\]\|$/s),
    ));
  it('insert a finding without quotation marks', async () =>
    assert.match(
      await after('|', 'insertFinding', 'abdallah2022'),
      /^Neither ketamine dose .* eased with repetition \[@abdallah2022\]\.\|$/,
    ));
  it('insert a reference', async () =>
    assert.match(
      await after('|', 'insertReference'),
      /^Feder, A\., Costi, S\., .*\*American Journal of Psychiatry\*, \*178\*\(2\), 193–202\. https:\/\/doi\.org\/10\.1176\/appi\.ajp\.2020\.20050596\|$/,
    ));
  it('take back an insertion in one step', async () => {
    const editor = await write('a|\n\nb\n');
    await withSettings({ 'insert.syntax': 'footnote' }, () => run('insertCitation', 'feder2021'));
    assert.match(editor.document.getText(), /^a\[\^feder2021\]\n\nb\n\n\[\^feder2021\]: Feder/);
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), 'a\n\nb\n');
  });
  it('keep the line ends of the file', async () => {
    const editor = await write('Before\n\nx|\n\nAfter\n', 'markdown', vscode.EndOfLine.CRLF);
    await run('insertQuote', 'feder2021');
    assert.doesNotMatch(editor.document.getText(), /[^\r]\n/);
    assert.match(read(editor), /\[@feder2021, Abstract, Objective\]\|\r\n\r\nAfter\r\n$/);
  });
  it('write nothing into code, and copy instead', async () => {
    await vscode.env.clipboard.writeText('');
    assert.equal(await after('```\n|\n```', 'insertCitation'), '```\n|\n```');
    assert.equal(await vscode.env.clipboard.readText(), '[@feder2021]');
  });
  it('copy where no manuscript is open', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.equal(await clipboard('insertCitation', 'dore2019'), '[@dore2019]');
  });
  it('copy', async () => {
    assert.equal(await clipboard('copyCitation', 'dore2019'), '[@dore2019]');
    assert.equal(await clipboard('copyDoi', 'feder2021'), '10.1176/appi.ajp.2020.20050596');
    assert.match(await clipboard('copyReference', 'feder2021'), /^Feder, A\., Costi/);
    assert.match(
      await clipboard('copyBibtex', 'feder2021'),
      /^@article\{feder2021,\n {2}author = \{Feder, Adriana and Costi, Sara/,
    );
  });
  it('go to the manuscript after a look at a card', async () => {
    const editor = await write('As shown|.');
    await run('showStudy', 'feder2021');
    await run('insertCitation', 'feder2021');
    assert.equal(editor.document.getText(), 'As shown [@feder2021].');
  });
});

describe('References', () => {
  const reference = async (settings: Readonly<Record<string, unknown>>): Promise<string> => {
    let text = '';
    await withSettings(settings, async () => {
      text = (await after('|', 'insertReference')).replace('|', '');
    });
    return text;
  };
  const journal = '*Am J Psychiatry*';

  for (const [style, expected] of [
    ['ama', `${journal}. 2021;178(2):193-202. doi:10.1176/appi.ajp.2020.20050596`],
    ['vancouver', 'Am J Psychiatry \\[Internet\\]. 2021;178(2):193–202.'],
    ['nature', `${journal} **178**, 193–202 (2021).`],
    ['lancet', `${journal} 2021; **178**: 193–202.`],
    ['bmj', `${journal}. 2021;178:193–202.`],
    ['chicago', '*American Journal of Psychiatry* 178 (2): 193–202.'],
    ['harvard', '*American Journal of Psychiatry*, 178(2), pp. 193–202.'],
    ['mla', '*American Journal of Psychiatry*, vol. 178, no. 2, 2021, pp. 193–202'],
    ['ieee', `${journal}, vol. 178, no. 2, pp. 193–202, 2021`],
  ] as const) {
    it(`are printed in ${style}`, async () =>
      assert.ok((await reference({ style })).includes(expected), await reference({ style })));
  }
  it('are printed in another language', async () =>
    assert.match(
      await reference({ style: 'mla', locale: 'de-DE' }),
      /^Feder, Adriana, u\.\sa\. „.*“\. .*, Bd\. 178, Nr\. 2, 2021, S\. 193–202/,
    ));
  it('follow the default where the setting makes no sense', async () =>
    assert.match(await reference({ style: 'nonsense' }), /^Feder, A\., Costi/));
  it('follow a style of one’s own', async () => {
    const folder = vscode.workspace.workspaceFolders![0]!.uri;
    const style = `<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>Own</title><id>own</id><category citation-format="author-date"/></info>
      <citation><layout><text variable="title"/></layout></citation><bibliography><layout><text variable="DOI" prefix="doi "/></layout></bibliography></style>`;
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, 'own.csl'), new TextEncoder().encode(style));
    assert.equal(await reference({ styleFile: 'own.csl' }), 'doi 10.1176/appi.ajp.2020.20050596');
  });
  it('follow the other setting where that style can’t be read', async () => {
    const folder = vscode.workspace.workspaceFolders![0]!.uri;
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, 'broken.csl'), new TextEncoder().encode('<html>'));
    assert.match(await reference({ styleFile: 'broken.csl' }), /^Feder, A\., Costi/);
    assert.match(await reference({ styleFile: 'absent.csl' }), /^Feder, A\., Costi/);
    assert.match(await reference({ styleFile: 'absent.csl', style: 'ama' }), /^Feder A, Costi S/);
  });
});

describe('The card of a study', () => {
  it('is a read-only document', async () => {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse('ketamine-study:/abdallah2022.md'));
    assert.match(document.getText(), /^# Dose-related effects of ketamine/);
    assert.equal(vscode.workspace.fs.isWritableFileSystem('ketamine-study') ?? false, false);
  });
  it('says when there is no such study', async () => {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse('ketamine-study:/nobody1900.md'));
    assert.equal(document.getText(), 'There is no study with the citekey nobody1900.');
  });
});

describe('VS Code', () => {
  it('has every command that package.json contributes', async () => {
    const { packageJSON } = vscode.extensions.getExtension('ketamine-citations.ketamine-citations')!;
    const known = new Set(await vscode.commands.getCommands(true));
    const contributed = (packageJSON as { contributes: { commands: { command: string }[] } }).contributes.commands.map(
      each => each.command,
    );
    assert.deepEqual(
      contributed.filter(command => !known.has(command)),
      [],
    );
  });
  it('still lets an extension keep the order of a picker', () => {
    const picker = vscode.window.createQuickPick();
    assert.ok('sortByLabel' in picker);
    picker.dispose();
  });
});
