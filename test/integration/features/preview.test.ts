import assert from 'node:assert/strict';
import * as vscode from 'vscode';

declare const TEST_HOST: 'node' | 'web';

/** The HTML of VS Code’s preview, once it holds this. */
async function previewOnce(content: string, holds: RegExp): Promise<string> {
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
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
}
