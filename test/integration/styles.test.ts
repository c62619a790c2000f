import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { actionsAt, choose } from './support/actions.ts';
import { withSettings } from './support/editor.ts';
import { open, withFiles } from './support/files.ts';
import { codeOf, problemsIn } from './support/problems.ts';

const own = `<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>Own</title><id>own</id><category citation-format="author-date"/></info>
  <citation><layout><text variable="title"/></layout></citation><bibliography><layout><text variable="DOI" prefix="doi "/></layout></bibliography></style>`;
const ofOwn = 'doi 10.1176/appi.ajp.2020.20050596';
const manuscript = (metadata: string): string => `---\n${metadata}\n---\n\nText\n\n`;

/** The reference of a study as it is inserted at the end of a file of the folder. */
async function referenceIn(name: string): Promise<string> {
  const { document } = await open(name, 'Text|');
  const editor = await vscode.window.showTextDocument(document);
  const before = document.getText();
  const end = document.positionAt(before.length);
  editor.selection = new vscode.Selection(end, end);
  await vscode.commands.executeCommand('ketamineCitations.insertReference', 'feder2021');
  return document.getText().slice(before.length).trim();
}

async function reference(metadata: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  let text = '';
  await withFiles({ 'paper/a.md': manuscript(metadata), ...files }, async () => {
    text = await referenceIn('paper/a.md');
  });
  return text;
}

const apa = /^Feder, A\., Costi, S\./;
const ama = /^Feder A, Costi S, Rutter SB, et al\./;
const lancet = /\*Am J Psychiatry\* 2021; \*\*178\*\*: 193–202/;

describe('The style in force', () => {
  it('is that of the settings where nobody else names one', async () => assert.match(await reference('title: A'), apa));
  it('is what the manuscript names, whatever the settings say', () =>
    withSettings({ style: 'mla' }, async () => assert.match(await reference('csl: the-lancet'), lancet)));
  it('is named by an address, which is not fetched', async () => assert.match(await reference('csl: https://www.zotero.org/styles/the-lancet'), lancet));
  it('is named by a journal', async () => assert.match(await reference('csl: Journal of Affective Disorders'), /^Feder, A\., Costi, S\., .*, 2021\. /));
  it('is named by Pandoc’s other word', async () => assert.match(await reference('citation-style: the-lancet'), lancet));
  it('is a file beside the manuscript', async () => assert.equal(await reference('csl: own.csl', { 'paper/own.csl': own }), ofOwn));
  it('is a file beside the manuscript, its ending left out, before a bundled style of that name', async () =>
    assert.equal(await reference('csl: the-lancet', { 'paper/the-lancet.csl': own }), ofOwn));
  it('is a file in another folder', async () => assert.equal(await reference('csl: ../styles/own.csl', { 'styles/own.csl': own }), ofOwn));
  it('is the settings’ where the file can’t be used', () =>
    withSettings({ style: 'ama' }, async () => assert.match(await reference('csl: broken.csl', { 'paper/broken.csl': '<html>' }), ama)));
  it('is the project’s where the manuscript names none', async () => {
    assert.match(await reference('title: A', { '_quarto.yml': 'project:\n  type: default\ncsl: the-lancet\n' }), lancet);
    assert.match(await reference('csl: american-medical-association', { '_quarto.yml': 'csl: the-lancet\n' }), ama);
  });
  it('is a file that the project names, from where the project’s file stands', async () =>
    assert.equal(await reference('title: A', { '_quarto.yml': 'csl: own.csl\n', 'own.csl': own }), ofOwn));
  it('is any style of the CSL project in the settings, and any journal', async () => {
    await withSettings({ style: 'springer-basic-author-date' }, async () => assert.match(await reference('title: A'), /^Feder A, Costi S, .*\(2021\)/));
    await withSettings({ style: 'Journal of Affective Disorders' }, async () => assert.match(await reference('title: A'), /^Feder, A\., Costi, S\., .*, 2021\. /));
  });
  it('speaks its own language where neither manuscript nor settings name one', async () => {
    const german = own.replace('<style ', '<style default-locale="de-DE" ').replace('<text variable="DOI" prefix="doi "/>', '<text term="page" form="short"/>');
    const files = { 'paper/own.csl': german };
    assert.equal(await reference('csl: own.csl', files), 'S.');
    // An entry begins with a capital.
    assert.equal(await reference('csl: own.csl\nlang: en', files), 'P.');
    await withSettings({ locale: 'en-US' }, async () => assert.equal(await reference('csl: own.csl', files), 'P.'));
    await withSettings({ locale: 'fr-FR' }, async () => assert.equal(await reference('csl: own.csl\nlang: de', files), 'S.'));
  });
  it('speaks the manuscript’s language', async () => {
    assert.match(await reference('csl: modern-language-association\nlang: de'), /Bd\. 178, Nr\. 2, 2021, S\. 193–202/);
    assert.match(await reference('csl: modern-language-association\nlang: pt-BR'), /vol\. 178, n\^o\^ 2/);
    await withSettings({ locale: 'de-DE' }, async () => assert.match(await reference('csl: modern-language-association\nlang: en'), /vol\. 178, no\. 2/));
  });
  it('speaks the settings’ language where the manuscript’s is none of CSL’s', async () =>
    assert.match(await reference('csl: modern-language-association\nlang: tlh'), /vol\. 178, no\. 2/));
});

describe('A style that nobody knows', () => {
  it('is told where it is named, with the nearest names; the settings’ serves', () =>
    withFiles({ 'a.md': manuscript('csl: the-lancte') }, async () => {
      const { document } = await open('a.md', 'the-l|ancte');
      const editor = await vscode.window.showTextDocument(document);
      const [problem] = await problemsIn(document);
      assert.equal(problem && codeOf(problem), 'unknown-style');
      assert.equal(document.getText(problem!.range), 'the-lancte');
      await choose(await actionsAt(document, problem!.range), 'Replace by the-lancet');
      assert.match(document.getText(), /^---\ncsl: the-lancet\n---/);
      assert.deepEqual(await problemsIn(document, problems => problems.length === 0), []);
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('undo');
      assert.match(document.getText(), /^---\ncsl: the-lancte\n---/);
      assert.ok(editor);
    }));
  it('is a path to a file that is missing, whose name a bundled style has', () =>
    withFiles({ 'a.md': manuscript('csl: styles/the-lancet.csl') }, async () => {
      const { document } = await open('a.md', 'sty|les');
      await vscode.window.showTextDocument(document);
      assert.deepEqual((await problemsIn(document)).map(codeOf), ['unknown-style']);
    }));
});
