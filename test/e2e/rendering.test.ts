import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { openWorkbench, type Workbench } from './support/workbench.ts';

const text = `---
title: Ketamine and post-traumatic stress disorder
---

# Evidence

Repeated infusions were tried [see @feder2021, p. 195].[^1] <img src=x onerror="document.body.dataset.ran='1'">

| study | journal |
|---|--:|
| @feder2021 | *American Journal of Psychiatry* |

[^1]: Of ketamine, not *esketamine*.

# References
`;

/** A writer whose publisher wants a Word file. */
describe('A writer who copies a manuscript with its formatting', () => {
  let workbench: Workbench;
  let page: Frame;

  before(async () => {
    workbench = await openWorkbench({ files: { 'manuscript.md': text } });
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']).catch(() => undefined);
    await workbench.openFile('manuscript.md');
    await workbench.runCommand('Ketamine Citations: Copy as Formatted HTML…');
    page = await workbench.frameWith('#copy');
  });
  after(() => workbench.close());

  it('sees it as it will be pasted, with nothing in it that runs', async () => {
    const shown = await page.locator('article').innerHTML();
    assert.match(shown, /<p>Repeated infusions were tried \(see Feder et al\., 2021, p\. 195\)\.<sup>1<\/sup> <img><\/p>/);
    assert.match(shown, /<td style="text-align:right"><em>American Journal of Psychiatry<\/em><\/td>/);
    assert.match(shown, /<ol>\s*<li>Of ketamine, not <em>esketamine<\/em>\.<\/li>\s*<\/ol>/);
    assert.doesNotMatch(shown, /title:|\[\^1\]|data-line|onerror/);
    assert.equal(await page.locator('body').getAttribute('data-ran'), null);
  });
  it('copies it with Enter', async () => {
    await page.locator('#copy:focus').waitFor();
    await workbench.page.keyboard.press('Enter');
    await page.locator('#told', { hasText: 'Copied.' }).waitFor();
    await workbench.picture('formatted');
    const html: string = await workbench.page.evaluate("navigator.clipboard.read().then(([item]) => item.getType('text/html')).then(blob => blob.text())");
    assert.match(html, /\(see Feder et al\., 2021, p\. 195\)/);
    assert.match(html, /<em[^>]*>American Journal of Psychiatry<\/em>/);
  });
});
