import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startRegistry, type Registry } from '../host/registry.ts';
import { openWorkbench, type Workbench } from './support/workbench.ts';

/** A writer who has the DOI of a work that is in no library at hand. */
describe('A writer with a DOI', () => {
  let registry: Registry;
  let workbench: Workbench;
  const text = '---\nbibliography: refs.bib\n---\n\nShown before .\n';
  const refs = '% Mine\n@book{old2000,\n  title = {Old},\n}\n';

  before(async () => {
    registry = await startRegistry();
    workbench = await openWorkbench({
      files: { 'manuscript.md': text, 'refs.bib': refs },
      // Nobody else may say whom to ask.
      userSettings: { 'ketamineCitations.import.doiResolver': registry.address },
      size: { width: 1200, height: 720 },
    });
    await workbench.openFile('manuscript.md');
  });
  after(async () => {
    await workbench.close();
    registry.end();
  });

  it('is asked before the web is, sees the work before it is written, and has it cited', async () => {
    const { page, quickInput } = workbench;
    await workbench.goTo(5, 14);
    await workbench.runCommand('Ketamine Citations: Cite by DOI, PMID or Address…');
    await quickInput.titled('Cite by DOI, PMID or address');
    await quickInput.type('10.1000/imported');
    await workbench.press('Enter');
    await quickInput.titled('10.1000/imported is in no library at hand');
    await quickInput.row(`Sends this one request: ${registry.address}/10.1000/imported`);
    await workbench.picture('import-asks');
    await workbench.press('Enter');
    await quickInput.titled('Which bibliography');
    await workbench.press('Enter');
    await quickInput.titled('The citekey of the new entry');
    await quickInput.holds('author2020');
    await workbench.press('Enter');
    await quickInput.titled('Add this entry?');
    await quickInput.row('Äuthor, S. (2020). An imported work. A Journal, 1, 2–3. https://doi.org/10.1000/imported');
    await page.locator('.tab', { hasText: 'New entry author2020' }).waitFor();
    await workbench.picture('import-shows');
    assert.equal(readFileSync(path.join(workbench.folder, 'refs.bib'), 'utf8'), refs);
    await workbench.press('Enter');
    const cited = text.replace('before .', 'before [@author2020].');
    assert.equal(await workbench.textOnce('manuscript.md', cited), cited);
    await workbench.picture('import-done');
    const written = readFileSync(path.join(workbench.folder, 'refs.bib'), 'utf8');
    assert.ok(written.startsWith(refs), written);
    assert.match(written.slice(refs.length), /^\n?@article\{author2020,\n {2}author = \{Äuthor, Seventeen\},\n[\s\S]*doi = \{10\.1000\/imported\}/);
  });
});
