import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { read, run, withSettings, write } from './support/editor.ts';
import { addressOf, withFiles } from './support/files.ts';

/** Set by the bundler. */
declare const TEST_HOST: 'node' | 'web';
declare const TEST_REGISTRY: string;

const doi = '10.1000/imported';
const answer = {
  type: 'journal-article', title: 'An imported work', DOI: doi, author: [{ family: 'Äuthor', given: 'Seventeen' }],
  issued: { 'date-parts': [[2020, 3]] }, 'container-title': 'A Journal', volume: '1', page: '2-3',
};
const old = '% mine\r\n@book{old2000,\r\n\ttitle = {Old},\r\n}\r\n';

/** A registry on loopback; only Node's host can make one. */
async function withRegistry(status: number, body: unknown, act: (asked: readonly string[]) => Promise<void>): Promise<void> {
  if (TEST_HOST === 'node') {
    const { createServer } = await import('node:http');
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    try {
      await withSettings({ 'import.doiResolver': `http://127.0.0.1:${port}` }, () => act(asked));
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }
}

const pause = (time: number): Promise<void> => new Promise(resolve => setTimeout(resolve, time));

/** Presses Enter, or Escape, again and again until something holds; each question's first answer goes on. */
async function pressing(key: 'enter' | 'escape', until: () => boolean): Promise<void> {
  const command = key === 'enter' ? 'workbench.action.acceptSelectedQuickOpenItem' : 'workbench.action.closeQuickOpen';
  for (let tries = 0; tries < 60 && !until(); tries += 1) {
    await pause(700);
    if (!until()) {
      await vscode.commands.executeCommand(command);
    }
  }
}

/** Runs the command, with what is pressed meanwhile, to its end. */
async function citing(press: (isDone: () => boolean) => Promise<void>, identifier = doi): Promise<void> {
  let isDone = false;
  const command = run('citeByIdentifier', identifier).then(() => (isDone = true));
  await press(() => isDone);
  await pressing('escape', () => isDone);
  await command;
}

const accepting = (): Promise<void> => citing(isDone => pressing('enter', isDone));

/** Whether the entry is shown that would be written. */
const isShown = (): boolean =>
  vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.scheme === 'ketamine-import'));

const textOf = async (name: string): Promise<string> => new TextDecoder().decode(await vscode.workspace.fs.readFile(addressOf(name)));

describe('Cite by DOI, PMID or address', function () {
  this.timeout(150_000);
  for (const identifier of ['10.1176/appi.ajp.2020.20050596', 'https://doi.org/10.1176/APPI.AJP.2020.20050596', 'https://ajp.psychiatryonline.org/doi/full/10.1176/appi.ajp.2020.20050596']) {
    it(`cites a study at once by ${identifier}`, async () => {
      const editor = await write('As shown|.');
      await run('citeByIdentifier', identifier);
      assert.equal(read(editor), 'As shown [@feder2021]|.');
    });
  }

  describe('from a registry that answers both hosts', () => {
    /** What the registry was asked for, and what its asker has given up. */
    const registry = async (): Promise<{ readonly asked: readonly string[]; readonly givenUp: readonly string[] }> =>
      (await (await fetch(`${TEST_REGISTRY}/asked`)).json()) as { asked: string[]; givenUp: string[] };
    const asking = (act: () => Promise<void>): Promise<void> => withSettings({ 'import.doiResolver': TEST_REGISTRY }, act);
    const opened = async (text: string): Promise<vscode.TextEditor> => {
      const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(addressOf('m.md')));
      const position = editor.document.positionAt(text.indexOf('.'));
      editor.selection = new vscode.Selection(position, position);
      return editor;
    };

    it('makes a new file, names it in the metadata and cites the work', () =>
      withFiles({ 'm.md': 'As shown.\n' }, () =>
        asking(async () => {
          const editor = await opened('As shown.\n');
          await citing(isDone => pressing('enter', isDone), '10.1000/new-file');
          assert.ok((await registry()).asked.includes('/10.1000/new-file'));
          assert.match(await textOf('references.bib'), /^@article\{author2020,\n/);
          assert.equal(editor.document.getText(), '---\nbibliography: references.bib\n---\n\nAs shown [@author2020].\n');
        }),
      ));
    it('takes another name where that is taken, and adds to the metadata that are there', () =>
      withFiles({ 'm.md': '---\ntitle: Over 9\n---\n\nAs shown.\n', 'references.bib/x.txt': '' }, () =>
        asking(async () => {
          const editor = await opened('---\ntitle: Over 9\n---\n\nAs shown.\n');
          await citing(isDone => pressing('enter', isDone), '10.1000/second-file');
          assert.match(await textOf('references-2.bib'), /^@article\{author2020,\n/);
          assert.equal(editor.document.getText(), '---\ntitle: Over 9\nbibliography: references-2.bib\n---\n\nAs shown [@author2020].\n');
        }),
      ));
    it('can be called off while the registry is silent; nothing is written then', () =>
      withFiles({ 'm.md': 'As shown.\n' }, () =>
        asking(async () => {
          const editor = await opened('As shown.\n');
          const calledOff = async (isDone: () => boolean): Promise<void> => {
            for (let tries = 0; tries < 100 && !(await registry()).asked.includes('/10.1000/never'); tries += 1) {
              await pause(200);
              await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
            }
            // In far fewer steps than it takes until the asking is given up by itself.
            for (let tries = 0; tries < 30 && !isDone(); tries += 1) {
              // “Cancel” of the notification that tells of the asking.
              await vscode.commands.executeCommand('notification.acceptPrimaryAction');
              await pause(200);
            }
            assert.ok(isDone());
          };
          await citing(calledOff, '10.1000/never');
          for (let tries = 0; tries < 50 && (await registry()).givenUp.length === 0; tries += 1) {
            await pause(100);
          }
          assert.deepEqual((await registry()).givenUp, ['/10.1000/never']);
          assert.equal(editor.document.getText(), 'As shown.\n');
          assert.deepEqual((await vscode.workspace.fs.readDirectory(addressOf())).map(([name]) => name), ['m.md']);
        }),
      ));
  });

  if (TEST_HOST === 'node') {
    const files = { 'm.md': '---\nbibliography: refs.bib\n---\n\nAs shown.\n', 'refs.bib': old };
    const open = async (): Promise<vscode.TextEditor> => {
      const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(addressOf('m.md')));
      const position = editor.document.positionAt(editor.document.getText().indexOf('.\n', 30));
      editor.selection = new vscode.Selection(position, position);
      return editor;
    };

    it('fetches, shows and appends an unknown work, and leaves the rest of the file as it is', () =>
      withFiles(files, () =>
        withRegistry(200, answer, async asked => {
          const editor = await open();
          await accepting();
          assert.deepEqual(asked, [`/${doi}`]);
          const text = await textOf('refs.bib');
          assert.ok(text.startsWith(old), text);
          assert.match(text.slice(old.length), /^\r\n@article\{author2020,\r\n\tauthor = \{Äuthor, Seventeen\},\r\n/);
          assert.doesNotMatch(text, /[^\r]\n/);
          assert.match(editor.document.getText(), /As shown \[@author2020\]\./);
          const names = (await vscode.workspace.fs.readDirectory(addressOf())).map(([name]) => name).sort();
          assert.deepEqual(names, ['m.md', 'refs.bib']);
        }),
      ));
    it('asks nobody and writes nothing until the writer agrees', () =>
      withFiles(files, () =>
        withRegistry(200, answer, async asked => {
          const editor = await open();
          await citing(async () => pause(1000));
          assert.deepEqual(asked, []);
          await citing(isDone => pressing('enter', () => isDone() || asked.length > 0));
          await citing(isDone => pressing('enter', () => isDone() || isShown()));
          assert.equal(asked.length, 2);
          assert.ok(!isShown());
          assert.equal(await textOf('refs.bib'), old);
          assert.equal(editor.document.getText(), files['m.md']);
        }),
      ));
    it('edits the document of a file that has unsaved changes', () =>
      withFiles(files, () =>
        withRegistry(200, answer, async () => {
          const bib = await vscode.workspace.openTextDocument(addressOf('refs.bib'));
          const edit = new vscode.WorkspaceEdit();
          edit.insert(bib.uri, new vscode.Position(0, 0), '% unsaved\r\n');
          await vscode.workspace.applyEdit(edit);
          await open();
          await accepting();
          assert.ok(bib.isDirty);
          assert.match(bib.getText(), /^% unsaved\r\n% mine[\s\S]*@article\{author2020,/);
          assert.equal(await textOf('refs.bib'), old);
        }),
      ));
    it('writes nothing where the registry knows no such work', () =>
      withFiles(files, () =>
        withRegistry(404, {}, async asked => {
          const editor = await open();
          await accepting();
          assert.equal(asked.length, 1);
          assert.equal(await textOf('refs.bib'), old);
          assert.equal(editor.document.getText(), files['m.md']);
        }),
      ));
  }
});
