import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { openWorkbench, type Workbench } from './support/workbench.ts';

const text = `---
title: Ketamine and post-traumatic stress disorder
---

# Evidence

A single infusion [@feder2014, p. 683] and repeated ones [see @feder2021; @dore2019] were tried; as @abdallah2022 [p. 1577]
report, not every trial separates from placebo. [@feder2012]

\`[@feder2021]\` is how it is written.

# References
`;

/** A writer who looks at the preview beside the text. */
describe('A writer with the preview', () => {
  let workbench: Workbench;
  let preview: Frame;

  before(async () => {
    workbench = await openWorkbench({ files: { 'manuscript.md': text } });
    await workbench.openFile('manuscript.md');
    await workbench.runCommand('Markdown: Open Preview to the Side');
    preview = await workbench.frameWith('.ketamine-citation:not(.ketamine-pending)');
  });
  after(() => workbench.close());

  it('reads citations as the style prints them, with the bibliography below', async () => {
    const shown = await preview.locator('.ketamine-citation').allInnerTexts();
    assert.equal(shown[0], '(Feder et al., 2014, p. 683)');
    assert.match(shown[1]!, /^\(.*see Feder et al., 2021.*\)$/);
    assert.equal(shown[2], 'Abdallah et al. (2022, p. 1577)');
    assert.equal(shown[3], '(feder2012?)');
    assert.equal(await preview.locator('.ketamine-unknown').count(), 1);
    assert.match((await preview.locator('.ketamine-reference').allInnerTexts()).join('\n'), /^Abdallah, C\. G\..*\nDore, J\..*\nFeder, A\..*2021.*\nFeder, A\..*2014/);
    assert.equal(await preview.locator('code', { hasText: '[@feder2021]' }).count(), 1);
    await workbench.picture('preview');
  });
  it('goes from a citation to its reference', async () => {
    await preview.locator('.ketamine-citation').first().click();
    await preview.locator('.ketamine-reference .ketamine-back').first().waitFor();
    assert.match((await preview.locator('.ketamine-citation').first().getAttribute('title')) ?? '', /^Feder, A\./);
  });
  it('sees the preview follow the text', async () => {
    await workbench.page.locator('.tab', { hasText: 'manuscript.md' }).first().click();
    await workbench.goTo(9, 1);
    await workbench.type('[@berman2000] ');
    await workbench.press('Escape');
    await preview.locator('.ketamine-citation', { hasText: 'Berman et al., 2000' }).waitFor();
    await preview.locator('.ketamine-reference', { hasText: 'Berman, R. M.' }).waitFor();
  });
});

/** The bibliography may not be read when the preview is first shown. */
describe('A writer who opens the preview at once', () => {
  let workbench: Workbench;

  before(async () => {
    const entry = (key: string, year: number): string => `@book{${key}, author = {Author 17, A.}, title = {Title of ${year}}, publisher = {Publisher One}, year = ${year}}\n`;
    workbench = await openWorkbench({
      files: {
        'own.md': '---\nbibliography: refs.bib\n---\n\nSee [@plain2001].\n',
        'refs.bib': entry('plain2001', 2001),
        'q/ch/tq.md': 'See [@quart2002].\n',
        'q/_quarto.yml': 'bibliography: q.bib\n',
        'q/q.bib': entry('quart2002', 2002),
      },
    });
  });
  after(() => workbench.close());

  for (const [file, year] of [['own.md', 2001], ['tq.md', 2002]] as const) {
    it(`sees the works of its bibliography once that is read: ${file}`, async () => {
      await workbench.openFile(file);
      await workbench.runCommand('Markdown: Open Preview');
      const preview = await workbench.frameWith(`.ketamine-reference[id$="${year}"]`);
      assert.equal(await preview.locator('.ketamine-citation').innerText(), `(Author 17, ${year})`);
      assert.match(await preview.locator('.ketamine-reference').innerText(), new RegExp(`Title of ${year}`));
    });
  }
});
