import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { run, withSettings, write } from './support/editor.ts';
import { addressOf, withFiles } from './support/files.ts';

/** Set by the bundler. */
declare const TEST_HOST: 'node' | 'web';

const manuscript = [
  '---', 'title: A paper', 'bibliography: refs.bib', '---', '',
  'One [@feder2021, p. 195], @own2000 and [@nobody1].', '',
  '![Figure](missing.png)', '', 'Two [-@nobody1].', '',
].join('\n');
const refs = '@book{own2000,\n  author = {Author 17},\n  title = {A Book},\n  year = {2000},\n}\n';
const files = { 'paper.md': manuscript, 'refs.bib': refs };
const pandoc = (format: string): unknown => ({ tool: 'pandoc', format });

async function show(name: string): Promise<vscode.TextDocument> {
  return (await vscode.window.showTextDocument(addressOf(name))).document;
}

/** A file's text on one line, for Pandoc wraps its lines. */
async function textOf(name: string): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(addressOf(name))).replace(/\s+/g, ' ');
}

async function isThere(name: string): Promise<boolean> {
  return vscode.workspace.fs.stat(addressOf(name)).then(() => true, () => false);
}

/** What a tool said of a manuscript: `6: @nobody1: …`. */
function said(document: vscode.TextDocument, source = 'Pandoc'): string[] {
  const own = vscode.languages.getDiagnostics(document.uri).filter(each => each.source === source);
  return own
    .sort((a, b) => a.range.start.compareTo(b.range.start))
    .map(({ range, message }) => `${range.start.line + 1}: ${document.getText(range)}: ${message}`);
}

async function until(holds: () => boolean, what: string): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    assert.ok(tries < 200, what);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

/** Builds while these are done again and again to the questions that are asked. */
async function buildingWhile(...commands: readonly string[]): Promise<void> {
  let isDone = false;
  const building = run('buildManuscript', pandoc('html')).then(() => (isDone = true));
  for (let tries = 0; !isDone && tries < 30; tries += 1) {
    await new Promise(resolve => setTimeout(resolve, 700));
    for (const command of isDone ? [] : commands) {
      await vscode.commands.executeCommand(`workbench.action.${command}`);
    }
  }
  await building;
}

if (TEST_HOST === 'web') {
  describe('Building a manuscript', () => {
    it('is refused where no program can be run, and nothing is asked or written', () =>
      withFiles(files, async () => {
        await show('paper.md');
        await run('buildManuscript', pandoc('html'));
        assert.equal(await isThere('paper.html'), false);
        assert.deepEqual(vscode.tasks.taskExecutions, []);
      }));
  });
}

if (TEST_HOST === 'node') {
  describe('Building a manuscript by Pandoc', () => {
    it('prints the bundled studies and its own entries, and tells Pandoc’s warnings at their places', () =>
      withFiles(files, async () => {
        const document = await show('paper.md');
        await run('buildManuscript', pandoc('html'));
        const html = await textOf('paper.html');
        assert.match(html, /<span class="citation"[^>]*>\(Feder et al\., 2021, p\. 195\)<\/span>/);
        assert.match(html, />17 \(2000\)<\/span>/);
        assert.match(html, /id="ref-feder2021".*American Journal of Psychiatry/);
        assert.match(html, /<strong>nobody1\?<\/strong>/);
        assert.deepEqual(said(document), ['6: @nobody1: Citeproc: citation nobody1 not found', '10: -@nobody1: Citeproc: citation nobody1 not found']);

        await run('buildManuscript', pandoc('docx'));
        const docx = await vscode.workspace.fs.readFile(addressOf('paper.docx'));
        assert.deepEqual([...docx.subarray(0, 2)].map(byte => String.fromCharCode(byte)).join(''), 'PK');
        assert.equal(said(document)[1], '8: missing.png: Could not fetch resource missing.png: replacing image with description');
        assert.equal(said(document).length, 3);
      }));
    it('follows the style of the settings, and the manuscript’s own before it', () =>
      withFiles({ 'a.md': '---\ntitle: A\n---\n\n[@feder2021]\n', 'b.md': '---\ntitle: B\ncsl: apa\n---\n\n[@feder2021]\n' }, () =>
        withSettings({ style: 'ieee' }, async () => {
          await show('a.md');
          await run('buildManuscript', pandoc('html'));
          assert.match(await textOf('a.html'), /role="doc-biblioref">\[1\]|>\[1\]</);
          await show('b.md');
          await run('buildManuscript', pandoc('html'));
          assert.match(await textOf('b.html'), /\(Feder et al\., 2021\)/);
        })));
    it('again replaces what was built, and saves what was written meanwhile', () =>
      withFiles(files, async () => {
        const document = await show('paper.md');
        await run('buildManuscript', pandoc('html'));
        const edit = new vscode.WorkspaceEdit();
        edit.insert(document.uri, document.lineAt(document.lineCount - 1).range.end, '\nA new end.\n');
        await vscode.workspace.applyEdit(edit);
        assert.ok(document.isDirty);
        await run('buildAgain');
        assert.match(await textOf('paper.html'), /A new end\./);
        assert.ok(!document.isDirty);
      }));
    it('takes no file’s place that was not built, unless the writer says so', () =>
      withFiles({ ...files, 'paper.html': 'mine' }, async () => {
        await show('paper.md');
        await buildingWhile('closeQuickOpen');
        assert.equal(await textOf('paper.html'), 'mine');
        await buildingWhile('acceptSelectedQuickOpenItem');
        assert.equal(await textOf('paper.html'), 'mine');
        await buildingWhile('quickOpenNavigateNext', 'acceptSelectedQuickOpenItem');
        assert.match(await textOf('paper.html'), /Feder et al/);
      }));
    it('hands the writer’s arguments on, each as it is', () =>
      withFiles(files, () =>
        withSettings({ 'build.arguments': ['--metadata=subtitle:A "b" $(c) & d', '--number-sections'] }, async () => {
          await show('paper.md');
          await run('buildManuscript', pandoc('html'));
          assert.match(await textOf('paper.html'), /<p class="subtitle">A [“"]b[”"] \$\(c\) &amp; d<\/p>/);
        })));
    it('of an unsaved text, of a missing program, or where Pandoc gives up, writes nothing', async () => {
      await write('New [@feder2021]|');
      await run('buildManuscript', pandoc('html'));
      assert.deepEqual(vscode.tasks.taskExecutions, []);
      await withFiles({ 'paper.md': '---\nbibliography: nowhere.bib\n---\n\n[@feder2021]\n' }, async () => {
        await show('paper.md');
        await run('buildManuscript', pandoc('html'));
        await withSettings({ 'build.pandoc': 'no-such-pandoc' }, () => run('buildManuscript', pandoc('html')));
        await run('buildManuscript', { tool: 'quarto', format: 'html' });
        assert.equal(await isThere('paper.html'), false);
      });
    });
    it('ends when it is stopped, and leaves everything as it was', () =>
      withFiles({ 'paper.md': '---\ntitle: A paper\n---\n\n[@feder2021]\n' }, async () => {
        const document = await show('paper.md');
        const { execFileSync } = await import('node:child_process');
        const { closeSync, openSync } = await import('node:fs');
        // Who reads this waits for what is written, which is nothing for as long as we hold it open.
        const pipe = addressOf('waits.yaml').fsPath;
        execFileSync('mkfifo', [pipe]);
        const held = openSync(pipe, 'r+');
        const running = (): string => execFileSync('sh', ['-c', 'ps -eo args | grep "[w]aits.yaml" || true'], { encoding: 'utf8' });
        await withSettings({ 'build.arguments': [`--metadata-file=${pipe}`] }, async () => {
          const building = run('buildManuscript', pandoc('html'));
          await until(() => running() !== '', 'pandoc was not started');
          await run('buildManuscript', pandoc('docx'));
          await run('stopBuild');
          await building;
          await until(() => running() === '', 'pandoc still runs');
        });
        closeSync(held);
        assert.deepEqual(vscode.tasks.taskExecutions, []);
        assert.deepEqual([await isThere('paper.html'), await isThere('paper.docx')], [false, false]);
        assert.deepEqual(said(document), []);
        await run('stopBuild');
      }));
  });
}
