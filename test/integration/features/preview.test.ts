import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { addressOf, withFiles } from '../support/files.ts';
import { inMemory, memoryFiles } from '../support/memoryFiles.ts';
import { codeOf, problemsIn } from '../support/problems.ts';

declare const TEST_HOST: 'node' | 'web';

/** The HTML of VS Code’s preview, once it holds this. */
async function previewOnce(content: string, holds: RegExp): Promise<string> {
  return htmlOnce(await vscode.workspace.openTextDocument({ language: 'markdown', content }), holds);
}

/** A preview asks again when it is told to; `markdown.api.render` answers with what is at hand. */
async function htmlOnce(document: vscode.TextDocument, holds: RegExp): Promise<string> {
  for (let tries = 0; ; tries += 1) {
    const html = await vscode.commands.executeCommand<string>('markdown.api.render', document);
    if (holds.test(html) || tries === 100) {
      return html;
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

// A served VS Code runs its Markdown extension in Node, and an extension can hand it a plugin from its own host only.
if (TEST_HOST === 'node') {
  describe('VS Code’s preview', () => {
    const settings = vscode.workspace.getConfiguration('ketamineCitations');

    it('shows citations and the bibliography in the style of the settings', async () => {
      const html = await previewOnce('One [@feder2021, p. 195] and @li2010, `[@li2010]` and [@nobody1].\n', /ketamine-reference/);
      assert.match(html, /<a class="ketamine-citation"[^>]*>\(Feder et al\., 2021, p\. 195\)<\/a> and <a class="ketamine-citation"[^>]*>Li et al\. \(2010\)<\/a>/);
      assert.match(html, /<code>\[@li2010\]<\/code>/);
      assert.match(html, /ketamine-unknown[^>]*>\(<strong>nobody1\?<\/strong>\)/);
      assert.deepEqual(Array.from(html.matchAll(/id="ketamine-ref-(\w+)"/g), ([, key]) => key), ['feder2021', 'li2010']);
    });
    it('leaves the text as it is where the setting is off', async () => {
      await settings.update('preview.enabled', false, vscode.ConfigurationTarget.Global);
      try {
        assert.match(await previewOnce('Two [@feder2014].\n', /feder2014/), /<p[^>]*>Two \[@feder2014\]\.<\/p>/);
      } finally {
        await settings.update('preview.enabled', undefined, vscode.ConfigurationTarget.Global);
      }
    });
    it('follows the style that the manuscript names, and another once it names that', async () => {
      const text = '---\ncsl: the-lancet\n---\n\nFour [@feder2021].\n';
      assert.match(await previewOnce(text, /ketamine-reference/), /<em>Am J Psychiatry<\/em> 2021; <strong>178<\/strong>: 193–202/);
      const document = vscode.workspace.textDocuments.find(each => each.getText() === text)!;
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(1, 5, 1, 15), 'modern-language-association');
      await vscode.workspace.applyEdit(edit);
      for (let tries = 0; ; tries += 1) {
        const html = await vscode.commands.executeCommand<string>('markdown.api.render', document);
        if (/vol\. 178, no\. 2/.test(html)) {
          break;
        }
        assert.ok(tries < 100, html);
        await new Promise(resolve => setTimeout(resolve, 100));
      }
    });
    it('follows another style', async () => {
      await settings.update('style', 'ieee', vscode.ConfigurationTarget.Global);
      try {
        assert.match(await previewOnce('Three [@feder2021] and [@li2010].\n', /\[2\]/), />\[1\]<\/a> and <a[^>]*>\[2\]<\/a>/);
      } finally {
        await settings.update('style', undefined, vscode.ConfigurationTarget.Global);
      }
    });
  });

  describe('VS Code’s preview of a manuscript with a bibliography of its own', () => {
    const entry = (key: string, title: string): string => `@article{${key},\n  author = {Author 17, A.},\n  title = {${title}},\n  journal = {Journal One},\n  year = {2001}\n}\n`;
    const put = (name: string, text: string): Thenable<void> => vscode.workspace.fs.writeFile(addressOf(name), new TextEncoder().encode(text));
    /** As a reference manager writes: into another file, which then takes its place. */
    const replace = async (name: string, text: string): Promise<void> => {
      await put(`${name}.part`, text);
      await vscode.workspace.fs.rename(addressOf(`${name}.part`), addressOf(name), { overwrite: true });
    };
    const opened = (name: string): Thenable<vscode.TextDocument> => vscode.workspace.openTextDocument(addressOf(name));
    const listed = (html: string): string[] => Array.from(html.matchAll(/id="ketamine-ref-(\w+)"/g), ([, key]) => key!);

    /** Shows a manuscript that cites `aged1` and, by mistake, `aegd1`; the style that it asks for is there once the bibliography is read. */
    const openedEarly = async (path: string): Promise<string> => {
      const document = await vscode.workspace.openTextDocument(path.startsWith('/') ? inMemory(path) : addressOf(path));
      await vscode.window.showTextDocument(document);
      memoryFiles().onRead = async read => {
        if (read.endsWith('.csl')) {
          // That the key is unknown is said once the bibliography is read.
          assert.deepEqual((await problemsIn(document)).map(codeOf), ['unknown-key']);
        }
      };
      return htmlOnce(document, /Early Title one/);
    };
    afterEach(() => memoryFiles().clear());
    it('becomes right when that is read, though it was opened before', async () => {
      memoryFiles().put('/early/refs.bib', entry('aged1', 'Title one'));
      memoryFiles().put('/early/own.csl', ownStyle('Early'));
      memoryFiles().put('/early/a.md', '---\nbibliography: refs.bib\ncsl: own.csl\n---\n\nOne [@aged1], [@aegd1].\n');
      assert.deepEqual(listed(await openedEarly('/early/a.md')), ['aged1']);
    });
    it('becomes right when that of its project is read', () =>
      withFiles({ 'q/_quarto.yml': 'bibliography: memory:///project/refs.bib\ncsl: memory:///project/own.csl\n', 'q/ch/a.md': 'Two [@aged1], [@aegd1].\n' }, async () => {
        memoryFiles().put('/project/refs.bib', entry('aged1', 'Title one'));
        memoryFiles().put('/project/own.csl', ownStyle('Early'));
        assert.deepEqual(listed(await openedEarly('q/ch/a.md')), ['aged1']);
      }));
    it('lists what the bibliography holds now, however it is changed', () =>
      withFiles({ 'a.md': '---\nbibliography: refs.bib\n---\n\nOne [@pone2001], two [@ptwo2001].\n', 'refs.bib': entry('pone2001', 'Title one') + entry('ptwo2001', 'Title two') }, async () => {
        const document = await opened('a.md');
        const shows = async (holds: RegExp, keys: readonly string[]): Promise<void> => {
          const html = await htmlOnce(document, holds);
          assert.match(html, holds);
          assert.deepEqual(listed(html), keys);
        };
        await shows(/\(Author 17, 2001b\)/, ['pone2001', 'ptwo2001']);
        await replace('refs.bib', entry('pone2001', 'Title one'));
        await shows(/\(Author 17, 2001\).*ptwo2001\?/, ['pone2001']);
        await put('refs.bib', '');
        await shows(/pone2001\?.*ptwo2001\?/, []);
        await put('refs.bib', entry('pone2001', 'Title one') + entry('ptwo2001', 'Title two').slice(0, 30));
        await shows(/\(Author 17, 2001\).*ptwo2001\?/, ['pone2001']);
        await put('refs.bib', entry('ptwo2001', 'Title two') + entry('pone2003', 'Title one'));
        await shows(/pone2001\?.*\(Author 17, 2001\)/, ['ptwo2001']);
        await vscode.workspace.fs.delete(addressOf('refs.bib'), { useTrash: false });
        await shows(/pone2001\?.*ptwo2001\?/, []);
      }));
    it('follows a style whose folder is moved away and comes back', () =>
      withFiles({ 'a.md': '---\ncsl: styles/own.csl\n---\n\nOne [@feder2021].\n', 'styles/own.csl': ownStyle('Moved') }, async () => {
        const document = await opened('a.md');
        assert.match(await htmlOnce(document, /Moved A randomized/i), /Moved A randomized/i);
        await vscode.workspace.fs.rename(addressOf('styles'), addressOf('away'));
        assert.match(await htmlOnce(document, /\(Feder et al\., 2021\)/), /\(Feder et al\., 2021\)/);
        await vscode.workspace.fs.rename(addressOf('away'), addressOf('styles'));
        assert.match(await htmlOnce(document, /Moved A randomized/i), /Moved A randomized/i);
      }));
    it('follows its project file, and a style file that changes', () =>
      withFiles(
        { 'q/_quarto.yml': 'bibliography: one.bib\ncsl: own.csl\n', 'q/one.bib': entry('third1', 'Title one'), 'q/two.bib': entry('third1', 'Title two'), 'q/own.csl': ownStyle('First'), 'q/a.md': 'Three [@third1].\n' },
        async () => {
          const document = await opened('q/a.md');
          assert.match(await htmlOnce(document, /First Title one/), /First Title one/);
          await put('q/_quarto.yml', 'bibliography: two.bib\ncsl: own.csl\n');
          assert.match(await htmlOnce(document, /First Title two/), /First Title two/);
          await replace('q/own.csl', ownStyle('Second'));
          assert.match(await htmlOnce(document, /Second Title two/), /Second Title two/);
          await vscode.workspace.fs.delete(addressOf('q/own.csl'), { useTrash: false });
          assert.match(await htmlOnce(document, /\(Author 17, 2001\)/), /\(Author 17, 2001\)/);
        },
      ));
  });
}

/** A style whose references are a word and the title. */
function ownStyle(word: string): string {
  const title = '<text variable="title"/>';
  return `<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>Own</title><id>own</id><category citation-format="author-date"/><updated>2020-01-01T00:00:00+00:00</updated></info>
<citation><layout>${title}</layout></citation>
<bibliography><layout prefix="${word} ">${title}</layout></bibliography>
</style>
`;
}
