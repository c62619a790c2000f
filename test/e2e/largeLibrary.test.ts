import assert from 'node:assert/strict';
import { syntheticBibtex, syntheticEntries } from '../bench/synthetic.ts';
import { openWorkbench, type Workbench } from './support/workbench.ts';

/** A writer whose bibliography is so large that it can't be read at once. */
describe('A writer with a very large bibliography', () => {
  let workbench: Workbench;
  const count = 100_000;

  before(async () => {
    const files = {
      'manuscript.md': '---\nbibliography: large.bib\n---\n\nShown before \n',
      'large.bib': [...syntheticBibtex(syntheticEntries(count, 3))].join(''),
    };
    workbench = await openWorkbench({ files, size: { width: 1200, height: 720 } });
    await workbench.openFile('manuscript.md');
  });
  after(() => workbench.close());

  const message = () => workbench.page.locator('.notification-toast', { hasText: 'Reading large.bib' });
  const row = (text: string) => workbench.page.locator('.part.sidebar .monaco-list-row', { hasText: text }).first();

  it('sees how far the reading is, writes on meanwhile, and can stop it', async () => {
    await message().getByText(/\d %/).waitFor();
    await workbench.picture('large-reading');
    await message().getByText('Cancel').click();
    await workbench.runCommand('Ketamine Citations: Show the Library of Your Own Entries');
    await row('its reading was stopped').waitFor();
    await workbench.picture('large-stopped');
    await workbench.page.locator('.monaco-editor .squiggly-info').first().waitFor();
  });
  it('can have it read anew, and filters and cites its entries', async () => {
    await workbench.runCommand('Ketamine Citations: Read Bibliographies Again');
    await row('100,000').waitFor();
    await message().waitFor({ state: 'hidden' });
    await workbench.runCommand('Ketamine Citations: Filter the Library…');
    await workbench.quickInput.titled('Filter the Library');
    await workbench.quickInput.type('year:2019');
    await workbench.page.locator('.message', { hasText: /Filter: 2019 \([\d,]+ of 100,000 entries\)/ }).waitFor();
    await workbench.picture('large-filtered');
    await workbench.press('Escape');
    await workbench.quickInput.closed();
    await workbench.openFile('manuscript.md');
    await workbench.goTo(5, 14);
    const { author, year, key } = syntheticEntries(count, 3)[0]!;
    await workbench.type(`@${author} ${year}`);
    await (await workbench.suggestion(key)).waitFor();
    await workbench.picture('large-completion');
    assert.match(await workbench.text('manuscript.md'), /Shown before @/);
  });
});
