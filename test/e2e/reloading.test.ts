import assert from 'node:assert/strict';
import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openWorkbench, type Workbench } from './support/workbench.ts';

/** A writer whose bibliography another program writes. */
describe('A writer whose bibliography changes', () => {
  let workbench: Workbench;
  const entry = (number: number): string => `@book{author${number},\n  author = {Author, Number${number}},\n  title = {Title ${number}},\n  year = {2019}\n}\n`;

  before(async () => {
    workbench = await openWorkbench({
      files: { 'manuscript.md': '---\nbibliography: refs.bib\n---\n\nAs @author17 and @author18 say.\n', 'refs.bib': entry(17) },
    });
    await workbench.openFile('manuscript.md');
  });
  after(() => workbench.close());

  it('sees in the status item what was read again, and in its tooltip what came', async () => {
    const { page } = workbench;
    const item = page.locator('.statusbar-item', { hasText: /\d cited/ }).first();
    await page.locator('.statusbar-item', { hasText: /1 cited/ }).first().waitFor();
    assert.doesNotMatch(await item.innerText(), /refs\.bib/);
    const whole = path.join(workbench.folder, 'refs.bib.part');
    writeFileSync(whole, entry(17) + entry(18));
    renameSync(whole, path.join(workbench.folder, 'refs.bib'));
    await page.locator('.statusbar-item', { hasText: /2 cited.*refs\.bib/ }).first().waitFor();
    await item.hover();
    await page.locator('.monaco-hover', { hasText: 'refs.bib was read again: 2 entries, 1 more than before.' }).first().waitFor();
  });
  it('finds it in the log, too', async () => {
    await workbench.press('Escape');
    await workbench.runCommand('Ketamine Citations: Status and Help…');
    await workbench.quickInput.titled('Ketamine Citations: Status and Help');
    await workbench.quickInput.type('Open the log');
    await workbench.press('Enter');
    await workbench.page.locator('.output-view .view-line', { hasText: /refs\.bib\sagain:\s2\sentries\s\(1\sbefore\)/ }).first().waitFor();
  });
});
