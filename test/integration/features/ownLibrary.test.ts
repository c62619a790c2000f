import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { actionsAt, choose } from '../support/actions.ts';
import { labelOf, offers, withSettings } from '../support/editor.ts';
import { addressOf, open, withFiles } from '../support/files.ts';
import { codeOf, problemsIn } from '../support/problems.ts';

const entry = (key: string, title: string, more = ''): string =>
  `@article{${key},\n  author = {Author, Seventeen and Author, Eighteen},\n  title = {${title}},\n  journal = {Journal of Tests},\n  year = {2019}${more}\n}\n`;

const manuscript = (text: string, bibliography = 'refs.bib'): string => `---\nbibliography: ${bibliography}\n---\n\n${text}\n`;

async function put(name: string, text: string | Uint8Array): Promise<void> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  await vscode.workspace.fs.writeFile(addressOf(name), bytes);
}

/** The keys offered behind the text's `@`, once the library holds what is waited for. */
async function offered(name: string, marked: string, awaited: string): Promise<string[]> {
  const { document, position } = await open(name, marked);
  const editor = await vscode.window.showTextDocument(document);
  editor.selection = new vscode.Selection(position, position);
  for (let tries = 0; ; tries += 1) {
    const labels = (await offers(editor)).map(labelOf);
    if (labels.includes(awaited) || tries === 100) {
      return labels;
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

async function hover(name: string, marked: string, awaited: RegExp): Promise<string> {
  const { document, position } = await open(name, marked);
  await vscode.window.showTextDocument(document);
  for (let tries = 0; ; tries += 1) {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
    const text = hovers.flatMap(({ contents }) => contents.map(each => (typeof each === 'string' ? each : each.value))).join('\n');
    if (awaited.test(text) || tries === 100) {
      return text;
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

describe('The writer’s own bibliographies', () => {
  const files: readonly (readonly [name: string, text: string])[] = [
    ['refs.bib', entry('author17', 'Rivulets and quartz')],
    ['refs.json', JSON.stringify([{ id: 'author17', type: 'book', title: 'Rivulets and quartz', author: [{ family: 'Author' }] }])],
    ['refs.yaml', 'references:\n- id: author17\n  type: book\n  title: Rivulets and quartz\n'],
    ['refs.ris', 'TY  - BOOK\nID  - author17\nTI  - Rivulets and quartz\nER  - \n'],
  ];
  for (const [name, text] of files) {
    it(`are searched and told: ${name}`, () =>
      withFiles({ [name]: text, 'a.md': manuscript('As @rivulets quar and @author17.', name) }, async () => {
        assert.equal((await offered('a.md', '@rivulets quar|', 'author17'))[0], 'author17');
        assert.match(await hover('a.md', '@author|17', /Rivulets/), /Rivulets and quartz/);
      }));
  }
  it('are known to the checks, and what is in none of them is not', () =>
    withFiles({ 'refs.bib': entry('author17', 'Rivulets'), 'a.md': manuscript('[@author17; @author71; @feder2021]') }, async () => {
      const { document } = await open('a.md', '@|author17');
      await vscode.window.showTextDocument(document);
      const problems = await problemsIn(document);
      assert.deepEqual(problems.map(each => [codeOf(each), document.getText(each.range)]), [['unknown-key', '@author71']]);
      assert.match(problems[0]!.message, /author17/);
    }));
  it('lose only the entry that is broken, and tell of it at its line', () =>
    withFiles(
      {
        'refs.bib': `${entry('author17', 'First')}\n@article{author18,\n  title = {Open,\n\n${entry('author19', 'Last')}`,
        'a.md': manuscript('[@author17; @author19]'),
      },
      async () => {
        const { document } = await open('a.md', '@|author17');
        await vscode.window.showTextDocument(document);
        assert.match(await hover('a.md', '@author|19', /Last/), /Last/);
        const bib = await vscode.workspace.openTextDocument(addressOf('refs.bib'));
        const problems = await problemsIn(bib);
        assert.deepEqual(problems.map(codeOf), ['bibliography-entry']);
        assert.equal(bib.lineAt(problems[0]!.range.start).text, '@article{author18,');
      },
    ));
  it('are read again when they change', () =>
    withFiles({ 'refs.bib': entry('author17', 'Before'), 'a.md': manuscript('As @author17.') }, async () => {
      assert.match(await hover('a.md', '@author|17', /Before/), /Before/);
      await put('refs.bib', entry('author17', 'Afterwards'));
      assert.match(await hover('a.md', '@author|17', /Afterwards/), /Afterwards/);
    }));
  it('count before the bundled studies, which is told once', () =>
    withFiles({ 'refs.bib': entry('feder2021', 'Quartz'), 'a.md': manuscript('A @feder2021, b @feder2021.') }, async () => {
      assert.match(await hover('a.md', '@feder|2021,', /Quartz/), /Quartz/);
      const { document } = await open('a.md', '@|feder2021');
      const problems = await problemsIn(document);
      assert.deepEqual(problems.map(codeOf), ['key-in-two']);
    }));
  it('take the last file’s entry where two name the same key, as Pandoc does', () =>
    withFiles(
      { 'a.bib': entry('author17', 'First file'), 'b.bib': entry('author17', 'Second file'), 'a.md': manuscript('@author17', '[a.bib, b.bib]') },
      async () => assert.match(await hover('a.md', '@author|17', /Second file/), /Second file/),
    ));
  it('are found by the settings, also by a pattern', () =>
    withFiles({ 'lib/refs.bib': entry('author37', 'Granite and gneiss'), 'a.md': 'As @granite gneiss\n' }, () => {
      const folder = addressOf().path.split('/').at(-1)!;
      return withSettings({ bibliographies: [`${folder}/**/*.bib`] }, async () => {
        assert.equal((await offered('a.md', '@granite gneiss|', 'author37'))[0], 'author37');
      });
    }));
  it('are found by the settings under a name that looks like a pattern', () =>
    withFiles({ 'lib/refs [1].bib': entry('author37', 'Granite and gneiss'), 'a.md': 'As @granite gneiss\n' }, () => {
      const folder = addressOf().path.split('/').at(-1)!;
      return withSettings({ bibliographies: [`${folder}/lib/refs [1].bib`] }, async () => {
        assert.equal((await offered('a.md', '@granite gneiss|', 'author37'))[0], 'author37');
      });
    }));
  it('are found in the project’s file', () =>
    withFiles({ '_quarto.yml': 'bibliography: refs.bib\n', 'refs.bib': entry('author17', 'Of the project'), 'text/a.md': '@author17\n' }, async () => {
      assert.match(await hover('text/a.md', '@author|17', /Of the project/), /Of the project/);
    }));
  it('are found in the first chapter of a bookdown book, for the others', () =>
    withFiles(
      {
        '_bookdown.yml': 'book_filename: "book"\n',
        'index.Rmd': '---\ntitle: A book\nbibliography: [refs.bib, gone.bib]\n---\n\n# First\n\nbibliography: other.bib\n',
        'refs.bib': entry('author17', 'Of the book'),
        'text/02-second.Rmd': '# Second\n\nAs @author17 and @unknown1.\n',
        'alone/index.Rmd': '---\nbibliography: alone.bib\n---\n',
        'alone/alone.bib': entry('author18', 'Of no book'),
        'alone/text.md': 'As @author18.\n',
      },
      async () => {
        assert.match(await hover('text/02-second.Rmd', '@author|17', /Of the book/), /Of the book/);
        const index = addressOf('index.Rmd');
        // No key is reported as unknown: the file that is missing may have it. That is told where it is named, once.
        const told = await problemsIn({ uri: index });
        assert.deepEqual(told.map(({ message }) => /gone\.bib/.test(message)), [true]);
        await vscode.window.showTextDocument((await open('index.Rmd', '# |First')).document);
        await new Promise(resolve => setTimeout(resolve, 1500));
        assert.equal(vscode.languages.getDiagnostics(index).filter(({ message }) => /gone\.bib/.test(message)).length, 1);
        await put('index.Rmd', '---\nbibliography: refs.bib\n---\n');
        const { document } = await open('text/02-second.Rmd', '@|unknown1');
        assert.deepEqual((await problemsIn(document)).map(codeOf), ['unknown-key']);
        const alone = await open('alone/text.md', '@|author18');
        assert.deepEqual((await problemsIn(alone.document)).map(codeOf), ['unknown-key']);
      },
    ));
  it('keep what was read while a file is gone for a moment, and tell when it stays away', () =>
    withFiles({ 'refs.bib': entry('author17', 'Here'), 'a.md': manuscript('@author17') }, async () => {
      assert.match(await hover('a.md', '@author|17', /Here/), /Here/);
      await vscode.workspace.fs.delete(addressOf('refs.bib'));
      const { document } = await open('a.md', '@|author17');
      const problems = await problemsIn(document);
      assert.deepEqual(problems.map(codeOf), ['bibliography']);
      assert.match(problems[0]!.message, /there is no such file/);
      await put('refs.bib', entry('author17', 'Back'));
      assert.match(await hover('a.md', '@author|17', /Back/), /Back/);
    }));
  it('are read in UTF-16 and Latin-1 too, which is told, for Pandoc reads neither', () => {
    const text = entry('author17', 'Über Größe');
    const latin = Uint8Array.from(text, char => char.charCodeAt(0));
    return withFiles({ 'refs.bib': '', 'a.md': manuscript('@author17') }, async () => {
      await put('refs.bib', latin);
      assert.match(await hover('a.md', '@author|17', /Über/), /Über größe/);
      const bib = await vscode.workspace.openTextDocument(addressOf('refs.bib'));
      assert.match((await problemsIn(bib))[0]!.message, /UTF-8/);
      await put('refs.bib', new Uint8Array(Uint16Array.from(`\ufeff${text}`, char => char.charCodeAt(0)).buffer));
      assert.match((await problemsIn(bib, ([problem]) => /UTF-16/.test(problem?.message ?? '')))[0]!.message, /UTF-16.*Pandoc/);
      assert.match(await hover('a.md', '@author|17', /Über/), /Über größe/);
    });
  });
  it('may name a folder, which is told', () =>
    withFiles({ 'refs.bib/a.txt': '', 'a.md': manuscript('@author17') }, async () => {
      const { document } = await open('a.md', '@|author17');
      await vscode.window.showTextDocument(document);
      const problems = await problemsIn(document);
      assert.match(problems[0]!.message, /refs\.bib can’t be read: it is a folder/);
    }));
  it('are told of one work under two keys, which one repair cites by one', () =>
    withFiles(
      {
        'refs.bib': `${entry('one', 'The same', ',\n  doi = {10.1000/17}')}${entry('two', 'It too', ',\n  doi = {https://doi.org/10.1000/17}')}`,
        'a.md': manuscript('[@one] and [@two, p. 3].'),
      },
      async () => {
        const { document } = await open('a.md', '@|one');
        await vscode.window.showTextDocument(document);
        const problems = await problemsIn(document, found => found.some(each => codeOf(each) === 'same-work'));
        assert.deepEqual(problems.map(codeOf), ['same-work']);
        const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          document.uri,
          problems[0]!.range,
          vscode.CodeActionKind.QuickFix.value,
        );
        const fix = actions.find(({ title }) => title.startsWith('Cite one'));
        await vscode.workspace.applyEdit(fix!.edit!);
        assert.match(document.getText(), /\[@one\] and \[@one, p\. 3\]/);
      },
    ));
  it('are written as Pandoc reads them, at one line or all at once, where Pandoc can’t read them', () =>
    withFiles(
      { 'refs.bib': '@article(one,\n  title = {T}\n)\n@web_page{two,\n  title = {T},,\n}\n@book{a—b, title = {T}}\n', 'a.md': manuscript('[@one; @two]') },
      async () => {
        const { document } = await open('a.md', '@|one');
        await vscode.window.showTextDocument(document);
        assert.match(await hover('a.md', '[@|one', /T/), /T/);
        const bib = await vscode.workspace.openTextDocument(addressOf('refs.bib'));
        await vscode.window.showTextDocument(bib);
        const problems = await problemsIn(bib, found => found.length === 4);
        assert.deepEqual(problems.map(({ range, severity }) => [range.start.line, severity]), [0, 3, 4, 6].map(line => [line, vscode.DiagnosticSeverity.Warning]));
        const titles = async (line: number): Promise<string[]> => (await actionsAt(bib, problems[line]!.range)).map(({ title }) => title);
        const all = 'Write all 3 such places of this file as Pandoc reads them';
        assert.deepEqual(await titles(0), ['Write as Pandoc reads it', all]);
        // A key is cited elsewhere, so that only its writer gives another.
        assert.deepEqual(await titles(3), []);
        await choose(await actionsAt(bib, problems[1]!.range), 'Write as Pandoc reads it');
        assert.equal(bib.lineAt(3).text, '@webpage{two,');
        await choose(await actionsAt(bib, problems[0]!.range), 'Write all 2 such places of this file as Pandoc reads them');
        assert.equal(bib.getText(), '@article{one,\n  title = {T}\n}\n@webpage{two,\n  title = {T},\n}\n@book{a—b, title = {T}}\n');
      },
    ));
});
