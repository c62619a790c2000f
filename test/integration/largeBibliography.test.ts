import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { labelOf, offers } from './support/editor.ts';
import { addressOf, open, positionIn, withFiles } from './support/files.ts';
import { codeOf, problemsIn } from './support/problems.ts';

/** From 500,000 bytes on a file is read in a thread of its own, and from 2,000 entries on the index is made in one. */
const [most, count] = [500_000, 2500];

const abstract = 'Made up for a test of files that are large, and of no other use. '.repeat(3).trim();
const entry = (number: number, title = `Title ${number}`): string =>
  `@article{author${number},\n  author = {Author ${number}, A.},\n  title = {${title}},\n  journal = {Journal of Tests},\n  year = {${1950 + (number % 70)}},\n  abstract = {${abstract}}\n}\n`;

/** So many entries, the 1,700th with a title to be found by. */
const bibliography = Array.from({ length: count }, (_, number) => entry(number, number === 1700 ? 'Rivulets and quartz' : undefined)).join('');

const manuscript = (text: string): string => `---\nbibliography: refs.bib\n---\n\n${text}\n`;

/** Asks until the answer is what is waited for. */
async function asked<T>(ask: () => Promise<T>, isAwaited: (answer: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    const answer = await ask();
    if (isAwaited(answer) || tries === 150) {
      return answer;
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

/** What is told at the bar, once it is what is waited for. */
async function hover(document: vscode.TextDocument, marked: string, awaited: RegExp): Promise<string> {
  const position = positionIn(document, marked);
  return asked(async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
    return hovers.flatMap(({ contents }) => contents.map(each => (typeof each === 'string' ? each : each.value))).join('\n');
  }, text => awaited.test(text));
}

/** The keys offered at the bar, once the awaited one is among them. */
async function offered(editor: vscode.TextEditor, marked: string, awaited: string): Promise<readonly string[]> {
  const position = positionIn(editor.document, marked);
  editor.selection = new vscode.Selection(position, position);
  return asked(async () => (await offers(editor)).map(labelOf), labels => labels.includes(awaited));
}

async function shownWith(name: string, marked: string): Promise<vscode.TextEditor> {
  const { document } = await open(name, marked);
  return vscode.window.showTextDocument(document);
}

async function put(name: string, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(addressOf(name), new TextEncoder().encode(text));
}

describe('A large bibliography', function () {
  this.timeout(60_000);

  it('is one', () => assert.ok(bibliography.length > most, String(bibliography.length)));

  it('is searched, completed and told, beside the studies', () =>
    withFiles({ 'refs.bib': bibliography, 'a.md': manuscript('As @rivulets quar, @author234, @author2499 and @feder2021.') }, async () => {
      const editor = await shownWith('a.md', '@|rivulets');
      assert.equal((await offered(editor, '@rivulets quar|', 'author1700'))[0], 'author1700');
      assert.equal((await offered(editor, '@author234|', 'author234'))[0], 'author234');
      assert.match(await hover(editor.document, '@author|2499', /Title 2499/), /### Title 2499\n\nA\. Author 2499/);
      assert.doesNotMatch(await hover(editor.document, '@feder|2021', /Feder/), /Author \d/);
      const problems = await problemsIn(editor.document, all => all.length === 1);
      assert.deepEqual(problems.map(({ range }) => editor.document.getText(range)), ['@rivulets']);
    }));
  it('is known to the checks, and what is not in it is not', () =>
    withFiles({ 'refs.bib': bibliography, 'a.md': manuscript('As @author0, @author2499, @Author17 and @author2500.') }, async () => {
      const { document } = await shownWith('a.md', '@|author0');
      const problems = await problemsIn(document, all => all.length === 2);
      assert.deepEqual(
        problems.map(each => [codeOf(each), document.getText(each.range)]),
        [['key-case', '@Author17'], ['unknown-key', '@author2500']],
      );
    }));
  it('loses only the entry that is broken, and tells of it at its line', () => {
    const broken = `${bibliography}\n@article{broken,\n  title = {Open,\n\n${entry(count, 'Behind what is broken')}`;
    return withFiles({ 'refs.bib': broken, 'a.md': manuscript(`As @author${count} and @author2499.`) }, async () => {
      const { document } = await shownWith('a.md', '@|author2499');
      assert.match(await hover(document, '@author|2500', /Behind/), /Behind what is broken/);
      assert.match(await hover(document, '@author|2499', /Title/), /Title 2499/);
      const bib = await vscode.workspace.openTextDocument(addressOf('refs.bib'));
      const problems = await problemsIn(bib);
      assert.deepEqual(problems.map(codeOf), ['bibliography-entry']);
      assert.equal(bib.lineAt(problems[0]!.range.start).text, '@article{broken,');
    });
  });
  it('is read again when an entry is added, and when the first is gone', () =>
    withFiles({ 'refs.bib': bibliography, 'a.md': manuscript('As @author0, @author1700 and @author2500.') }, async () => {
      const editor = await shownWith('a.md', '@|author1700');
      const unknown = async (awaited: readonly string[]): Promise<readonly string[]> => {
        const textsOf = (problems: readonly vscode.Diagnostic[]): string[] => problems.map(({ range }) => editor.document.getText(range));
        return textsOf(await problemsIn(editor.document, problems => String(textsOf(problems)) === String(awaited)));
      };
      assert.match(await hover(editor.document, '@author|1700', /quartz/), /Rivulets and quartz/);
      assert.deepEqual(await unknown(['@author2500']), ['@author2500']);
      await put('refs.bib', bibliography + entry(count, 'Added afterwards'));
      assert.match(await hover(editor.document, '@author|2500', /Added/), /Added afterwards/);
      assert.equal((await offered(editor, '@author2500|', 'author2500'))[0], 'author2500');
      assert.deepEqual(await unknown([]), []);
      await put('refs.bib', (bibliography + entry(count, 'Added afterwards')).slice(entry(0).length));
      assert.deepEqual(await unknown(['@author0']), ['@author0']);
      assert.match(await hover(editor.document, '@author|1700', /quartz/), /Rivulets and quartz/);
      assert.match(await hover(editor.document, '@author|2500', /Added/), /Added afterwards/);
    }));
});
