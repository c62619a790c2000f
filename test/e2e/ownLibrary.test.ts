import assert from 'node:assert/strict';
import { openWorkbench, type Workbench } from './support/workbench.ts';

/** A writer who brings a bibliography of their own. */
describe('A writer with a bibliography', () => {
  let workbench: Workbench;
  const manuscript = 'manuscript.md';
  const bibliography = `@book{author17,
  author = {Author, Seventeen},
  title = {The Setting of Dosing Sessions},
  publisher = {Publisher 17},
  year = {2018}
}

@article{author18,
  author = {Author, Eighteen and Author, Nineteen},
  title = {Expectation in an open-label series},
  journal = {Journal 18},
  year = 2020

@article{author19,
  author = {Author, Nineteen},
  title = {Integration sessions: A survey},
  journal = {Journal 19},
  year = {2021},
  doi = {10.1000/19}
}
`;
  const text = `---
title: Settings
bibliography: refs.bib
---

# Settings

The room matters [@author17], and so does what follows it [@author19].

`;

  before(async () => {
    workbench = await openWorkbench({ files: { [manuscript]: text, 'refs.bib': bibliography }, size: { width: 1200, height: 720 } });
    await workbench.openFile(manuscript);
  });
  after(() => workbench.close());

  it('finds an entry by words and inserts its citation with Enter', async () => {
    await workbench.goTo(10);
    // Typed before the file is read, the list would show the bundled studies alone.
    await workbench.page.locator('.statusbar-item', { hasText: /2 cited/ }).first().waitFor();
    await workbench.type('As shown @dosing sesions');
    await workbench.firstSuggestion('author17');
    await workbench.picture('own-completion');
    await workbench.press('Enter');
    const cited = `${text}As shown [@author17]`;
    assert.equal(await workbench.textOnce(manuscript, cited), cited);
  });
  it('reads the entry where the mouse rests', async () => {
    await workbench.goTo(8, 23);
    await workbench.runCommand('Show or Focus Hover');
    assert.match(await workbench.hover(), /The setting of dosing sessions/i);
    await workbench.picture('own-hover');
    await workbench.press('Escape');
  });
  it('is told of the broken entry at its line, and has all others', async () => {
    await workbench.openFile('refs.bib');
    await workbench.squiggles('warning');
    await workbench.goTo(8, 3);
    await workbench.press('F8');
    assert.match(await workbench.problemInView(), /author18|brace/);
    await workbench.picture('own-problem');
    await workbench.press('Escape');
  });
  it('sees in the status menu what was read', async () => {
    await workbench.openFile(manuscript);
    await workbench.runCommand('Ketamine Citations: Status and Help…');
    await workbench.page.locator('.quick-input-widget .monaco-list-row', { hasText: 'refs.bib' }).waitFor();
    await workbench.picture('own-status');
    await workbench.press('Escape');
  });
});
