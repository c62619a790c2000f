import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { addressOf, open, positionIn, withFiles } from './support/files.ts';
import { inMemory, memoryFiles } from './support/memoryFiles.ts';
import { codeOf, problemsIn } from './support/problems.ts';

/** Set by the bundler. */
declare const TEST_HOST: 'node' | 'web';

const entry = (key: string, title: string): string =>
  `@article{${key},\n  author = {Author, Seventeen},\n  title = {${title}},\n  journal = {Journal of Tests},\n  year = {2019}\n}\n`;
const manuscript = (text: string, bibliography = 'refs.bib'): string => `---\nbibliography: ${bibliography}\n---\n\n${text}\n`;
const pause = (time: number): Promise<void> => new Promise(resolve => setTimeout(resolve, time));

async function put(name: string, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(addressOf(name), new TextEncoder().encode(text));
}

async function hoverNow(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
  return hovers.flatMap(({ contents }) => contents.map(each => (typeof each === 'string' ? each : each.value))).join('\n');
}

/** What is told at the bar, once it is what is waited for; each other answer on the way goes to `seen`. */
async function told(document: vscode.TextDocument, marked: string, awaited: RegExp, seen: string[] = []): Promise<string> {
  await vscode.window.showTextDocument(document);
  for (let tries = 0; ; tries += 1) {
    const text = await hoverNow(document, positionIn(document, marked));
    if (awaited.test(text) || tries === 100) {
      return text;
    }
    seen.push(text);
    await pause(100);
  }
}

const hover = async (name: string, marked: string, awaited: RegExp): Promise<string> => told((await open(name, marked)).document, marked, awaited);

async function messageIn(name: string): Promise<string> {
  const { document } = await open(name, '@|author17');
  await vscode.window.showTextDocument(document);
  const problems = await problemsIn(document);
  assert.deepEqual(problems.map(codeOf), ['bibliography']);
  return problems[0]!.message;
}

/** A bibliography that `a.md` names for `@author17` in its second line goes away, and comes back. */
async function comesAndGoes(go: () => PromiseLike<unknown>, come: () => PromiseLike<unknown>): Promise<void> {
  const { document } = await open('a.md', '@|author17');
  assert.match(await told(document, '@author|17', /In a folder/), /In a folder/);
  assert.deepEqual(await problemsIn(document, problems => problems.length === 0), []);
  await go();
  const problems = await problemsIn(document);
  assert.deepEqual(problems.map(each => `${codeOf(each)} ${each.range.start.line}`), ['bibliography 1']);
  assert.match(problems[0]!.message, /there is no such file/);
  assert.doesNotMatch(await hoverNow(document, positionIn(document, '@author|17')), /In a folder/);
  await come();
  assert.match(await told(document, '@author|17', /In a folder/), /In a folder/);
  assert.deepEqual(await problemsIn(document, left => left.length === 0), []);
}

describe('A bibliography on disk', () => {
  const before = { 'refs.bib': entry('author17', 'Before'), 'a.md': manuscript('As @author17.') };

  it('is read again when another is put in its place', () =>
    withFiles(before, async () => {
      assert.match(await hover('a.md', '@author|17', /Before/), /Before/);
      await put('refs.bib.part', entry('author17', 'Afterwards'));
      await vscode.workspace.fs.rename(addressOf('refs.bib.part'), addressOf('refs.bib'), { overwrite: true });
      assert.match(await hover('a.md', '@author|17', /Afterwards/), /Afterwards/);
    }));
  it('is read when all of it is written; what was there before serves until then', () =>
    withFiles(before, async () => {
      const { document } = await open('a.md', '@|author17');
      assert.match(await told(document, '@author|17', /Before/), /Before/);
      const all = `${entry('author17', 'Afterwards')}${entry('author18', 'Second')}`;
      const seen: string[] = [];
      for (let part = 1; part <= 12; part += 1) {
        await put('refs.bib', all.slice(0, Math.ceil((all.length * part) / 12)));
        seen.push(await hoverNow(document, positionIn(document, '@author|17')));
        await pause(60);
      }
      assert.match(await told(document, '@author|17', /Afterwards/, seen), /Afterwards/);
      assert.deepEqual(seen.filter(text => !text.includes('Before')), []);
      const bib = await vscode.workspace.openTextDocument(addressOf('refs.bib'));
      assert.deepEqual(await problemsIn(bib, problems => problems.length === 0), []);
    }));
  it('may bear its name in capitals, and may come later', () =>
    withFiles({ 'text/a.md': manuscript('As @author17.', 'lib/REFS.BIB') }, async () => {
      assert.match(await messageIn('text/a.md'), /there is no such file/);
      await put('text/lib/REFS.BIB', entry('author17', 'In capitals'));
      assert.match(await hover('text/a.md', '@author|17', /capitals/), /In capitals/);
    }));
  it('counts from the root of its Quarto project where its path begins with a slash', () =>
    withFiles(
      { 'book/_quarto.yml': 'bibliography: /refs/b.bib\n', 'book/refs/a.bib': entry('author17', 'First'), 'book/refs/b.bib': entry('author18', 'Second'), 'book/text/a.md': manuscript('As @author17 and @author18.', '/refs/a.bib') },
      async () => {
        assert.match(await hover('book/text/a.md', '@author|17', /First/), /First/);
        assert.match(await hover('book/text/a.md', '@author|18', /Second/), /Second/);
      },
    ));
  it('goes with a folder above it that is moved away, and comes with it', () =>
    withFiles({ 'a.md': manuscript('As @author17.', 'newdir/sub/x.bib'), 'newdir/sub/x.bib': entry('author17', 'In a folder') }, async () => {
      const move = (from: string, to: string): Thenable<void> => vscode.workspace.fs.rename(addressOf(from), addressOf(to));
      await comesAndGoes(() => move('newdir', 'olddir'), () => move('olddir', 'newdir'));
      await comesAndGoes(() => move('newdir/sub', 'elsewhere'), () => move('elsewhere', 'newdir/sub'));
      await comesAndGoes(() => vscode.workspace.fs.delete(addressOf('newdir'), { recursive: true, useTrash: false }), () => put('newdir/sub/x.bib', entry('author17', 'In a folder')));
    }));
  it('that a pattern in the settings fits comes and goes with its folder', () =>
    withFiles({ 'a.md': 'As @author17.\n', 'aside/more/x.txt': '', 'aside/more/x.bib': entry('author17', 'In a folder') }, async () => {
      const settings = vscode.workspace.getConfiguration('ketamineCitations');
      await settings.update('bibliographies', [`${addressOf().path.split('/').at(-1)}/lib/**/*.bib`], vscode.ConfigurationTarget.Workspace);
      try {
        const { document } = await open('a.md', '@|author17');
        await vscode.window.showTextDocument(document);
        assert.deepEqual((await problemsIn(document)).map(codeOf), ['unknown-key']);
        await vscode.workspace.fs.createDirectory(addressOf('lib'));
        await vscode.workspace.fs.rename(addressOf('aside/more'), addressOf('lib/more'));
        assert.match(await told(document, '@author|17', /In a folder/), /In a folder/);
        await vscode.workspace.fs.rename(addressOf('lib'), addressOf('aside/lib'));
        assert.deepEqual((await problemsIn(document)).map(codeOf), ['unknown-key']);
      } finally {
        await settings.update('bibliographies', undefined, vscode.ConfigurationTarget.Workspace);
      }
    }));
  it('is not fetched from the web', () =>
    withFiles({ 'a.md': manuscript('As @author17.', 'https://127.0.0.1:9/refs.bib') }, async () =>
      assert.match(await messageIn('a.md'), /can’t be read: it is on the web, of which nothing is asked by itself/)));

  if (TEST_HOST === 'node') {
    it('goes and comes with a folder that another program moves, or puts a file in the place of', () =>
      withFiles({ 'a.md': manuscript('As @author17.', 'newdir/sub/x.bib'), 'newdir/sub/x.bib': entry('author17', 'In a folder') }, async () => {
        const { rename, rm, writeFile } = await import('node:fs/promises');
        const [here, there] = [addressOf('newdir').fsPath, addressOf('olddir').fsPath];
        await comesAndGoes(() => rename(here, there), () => rename(there, here));
        await comesAndGoes(
          () => rename(here, there).then(() => writeFile(here, '')),
          () => rm(here).then(() => rename(there, here)),
        );
        const { document } = await open('a.md', '@|author17');
        await put('next/sub/x.bib', entry('author17', 'In another folder'));
        await rename(here, there);
        await rename(addressOf('next').fsPath, here);
        assert.match(await told(document, '@author|17', /In another/), /In another folder/);
      }));
    it('goes and comes with a folder outside the opened one', async () => {
      const { mkdir, mkdtemp, rename, rm, writeFile } = await import('node:fs/promises');
      const { tmpdir } = await import('node:os');
      const elsewhere = await mkdtemp(`${tmpdir()}/outside-`);
      await mkdir(`${elsewhere}/newdir/sub`, { recursive: true });
      await writeFile(`${elsewhere}/newdir/sub/x.bib`, entry('author17', 'In a folder'));
      try {
        await withFiles({ 'a.md': manuscript('As @author17.', `${elsewhere}/newdir/sub/x.bib`) }, () =>
          comesAndGoes(() => rename(`${elsewhere}/newdir`, `${elsewhere}/olddir`), () => rename(`${elsewhere}/olddir`, `${elsewhere}/newdir`)));
      } finally {
        await rm(elsewhere, { recursive: true });
      }
    });
    it('is that of the project file that comes with a folder', () =>
      withFiles({ 'q/ch/a.md': 'As @author17.\n', 'p/ch/a.md': 'As @author17.\n', 'p/x.bib': entry('author17', 'In a folder'), 'p/_quarto.yml': 'bibliography: x.bib\n' }, async () => {
        const { rename } = await import('node:fs/promises');
        const { document } = await open('q/ch/a.md', '@|author17');
        await vscode.window.showTextDocument(document);
        assert.deepEqual((await problemsIn(document)).map(codeOf), ['unknown-key']);
        await rename(addressOf('q').fsPath, addressOf('o').fsPath);
        await rename(addressOf('p').fsPath, addressOf('q').fsPath);
        assert.match(await told(document, '@author|17', /In a folder/), /In a folder/);
      }));
    it('is read again when what it is a link to changes, in a folder that is a link too', () =>
      withFiles({ 'a.md': manuscript('As @author17 and @author18.', '[refs.bib, lib/more.bib]') }, async () => {
        const { mkdtemp, rm, symlink, writeFile } = await import('node:fs/promises');
        const { tmpdir } = await import('node:os');
        const elsewhere = await mkdtemp(`${tmpdir()}/linked-`);
        try {
          await writeFile(`${elsewhere}/target.bib`, entry('author17', 'Before'));
          await writeFile(`${elsewhere}/more.bib`, entry('author18', 'Formerly'));
          await symlink(`${elsewhere}/target.bib`, addressOf('refs.bib').path);
          await symlink(elsewhere, addressOf('lib').path);
          assert.match(await hover('a.md', '@author|17', /Before/), /Before/);
          assert.match(await hover('a.md', '@author|18', /Formerly/), /Formerly/);
          await writeFile(`${elsewhere}/target.bib`, entry('author17', 'Afterwards'));
          await writeFile(`${elsewhere}/more.bib`, entry('author18', 'Nowadays'));
          assert.match(await hover('a.md', '@author|17', /Afterwards/), /Afterwards/);
          assert.match(await hover('a.md', '@author|18', /Nowadays/), /Nowadays/);
        } finally {
          await vscode.workspace.fs.delete(addressOf('lib'), { recursive: false, useTrash: false });
          await rm(elsewhere, { recursive: true });
        }
      }));
  }
});

describe('A bibliography in a virtual file system', () => {
  const files = memoryFiles;
  afterEach(() => files().clear());
  const opened = async (path: string): Promise<vscode.TextDocument> => vscode.workspace.openTextDocument(inMemory(path));

  it('is read, and again when it changes, whatever letters it is named in', async () => {
    files().put('/one/refs.bib', entry('author17', 'Before'));
    files().put('/one/a.md', manuscript('As @author17.', 'Refs.BIB'));
    const document = await opened('/one/a.md');
    assert.match(await told(document, '@author|17', /Before/), /Before/);
    files().put('/one/refs.bib', entry('author17', 'Afterwards'));
    assert.match(await told(document, '@author|17', /Afterwards/), /Afterwards/);
  });
  it('is found from the root and in folders above', async () => {
    files().put('/two/refs.bib', entry('author17', 'Above'));
    files().put('/two/more.bib', entry('author18', 'From the root'));
    files().put('/two/text/a.md', manuscript('As @author17 and @author18.', '[../refs.bib, /two/more.bib]'));
    const document = await opened('/two/text/a.md');
    assert.match(await told(document, '@author|17', /Above/), /Above/);
    assert.match(await told(document, '@author|18', /root/), /From the root/);
  });
  it('that changes while it is read is read until it is still', async () => {
    const parts = [entry('author17', 'Half').slice(0, 60), entry('author17', 'Half'), entry('author17', 'Whole')];
    files().put('/three/refs.bib', parts[0]!, 1);
    files().put('/three/a.md', manuscript('As @author17.'));
    let count = 0;
    files().onRead = path => {
      if (path.endsWith('.bib') && count < 2) {
        count += 1;
        files().put('/three/refs.bib', parts[count]!, 1 + count);
      }
    };
    const seen: string[] = [];
    assert.match(await told(await opened('/three/a.md'), '@author|17', /Whole/, seen), /Whole/);
    assert.deepEqual(seen.filter(text => text.includes('Half')), []);
    assert.ok(files().reads.get('/three/refs.bib')! >= 3);
  });
  for (const [refusal, words] of [['NoPermissions', /it may not be read; change its permissions/], ['Unavailable', /its file system does not answer/]] as const) {
    it(`that can’t be read says why: ${refusal}; and is read once it can be`, async () => {
      const folder = `/${refusal}`;
      files().put(`${folder}/refs.bib`, entry('author17', 'Readable'));
      files().put(`${folder}/a.md`, manuscript('As @author17.'));
      files().refused.set(`${folder}/refs.bib`.toLowerCase(), refusal);
      const document = await opened(`${folder}/a.md`);
      await vscode.window.showTextDocument(document);
      const [problem] = await problemsIn(document);
      assert.equal(document.getText(problem!.range), 'refs.bib');
      assert.match(problem!.message, words);
      files().refused.clear();
      files().put(`${folder}/refs.bib`, entry('author17', 'Readable'));
      assert.match(await told(document, '@author|17', /Readable/), /Readable/);
      assert.deepEqual(await problemsIn(document, problems => problems.length === 0), []);
    });
  }
});

describe('A list that is open while a bibliography is still being read', () => {
  const files = memoryFiles;
  let count = 0;
  let read: () => void = () => undefined;
  afterEach(() => {
    read();
    files().clear();
  });

  /** With the list asked for behind the text, and the reading held back until `read` is called. */
  async function asked(text: string): Promise<vscode.TextEditor> {
    count += 1;
    files().put(`/list-${count}/refs.bib`, entry('ketamine', 'Rivulets and quartz'));
    files().put(`/list-${count}/a.md`, manuscript(text));
    const held = new Promise<void>(resolve => (read = resolve));
    files().onRead = path => (path.endsWith('.bib') ? held : undefined);
    const document = await vscode.workspace.openTextDocument(inMemory(`/list-${count}/a.md`));
    const editor = await vscode.window.showTextDocument(document);
    const position = document.positionAt(document.getText().trimEnd().length);
    editor.selection = new vscode.Selection(position, position);
    await vscode.commands.executeCommand('editor.action.triggerSuggest');
    await pause(1500);
    return editor;
  }

  /** The last line once the reading has ended and what is selected in the list, if there is one, was accepted. */
  async function acceptedThen({ document }: vscode.TextEditor): Promise<string> {
    const before = document.getText();
    files().put(`/list-${count}/b.md`, manuscript('As @ketamine'));
    const other = await vscode.workspace.openTextDocument(inMemory(`/list-${count}/b.md`));
    read();
    for (let tries = 0; tries < 50 && !(await hoverNow(other, positionIn(other, '@keta|mine'))).includes('quartz'); tries += 1) {
      await pause(100);
    }
    for (let tries = 0; tries < 4 && document.getText() === before; tries += 1) {
      await pause(500);
      await vscode.commands.executeCommand('acceptSelectedSuggestion');
    }
    return document.getText().trimEnd().split('\n').at(-1)!;
  }

  it('is made anew when it is read', async () => assert.equal(await acceptedThen(await asked('As @ketamine')), 'As [@ketamine]'));
  it('comes when there was nothing to offer before', async () =>
    assert.equal(await acceptedThen(await asked('As @rivulets quartz')), 'As [@ketamine]'));
  it('does not come when the writer has closed it', async () => {
    const editor = await asked('As @ketamine');
    await vscode.commands.executeCommand('hideSuggestWidget');
    assert.equal(await acceptedThen(editor), 'As @ketamine');
  });
  it('stays as it is when the writer has begun to choose', async () => {
    const editor = await asked('As @ketamine');
    await vscode.commands.executeCommand('selectNextSuggestion');
    await vscode.commands.executeCommand('selectNextSuggestion');
    await pause(500);
    const line = await acceptedThen(editor);
    assert.ok(!line.includes('@ketamine'), line);
  });
});
