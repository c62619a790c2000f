import assert from 'node:assert/strict';
import { designsOf } from '../../src/core/evidence.ts';
import { studies, vocabulary } from '../support/dataset.ts';
import { openWorkbench, type Workbench } from './support/workbench.ts';

/** What the sidebar counts, from the dataset: a new record must not fail these tests. */
const [firstCondition] = vocabulary.conditions;
const ofFirstCondition = studies.filter(({ conditions }) => conditions.includes(firstCondition!.id)).length;
const [firstDesign] = vocabulary.designs;
const ofFirstDesign = studies.filter(study => designsOf(study).includes(firstDesign!.id)).length;
const withQuotes = studies.filter(({ quotes }) => quotes.length > 0).length;

/** A person with the mouse and the keyboard in the sidebar and the pickers. */
describe('A reader', () => {
  let workbench: Workbench;
  const manuscript = 'manuscript.md';
  const start = '# Ketamine\n\nShown before \n';

  before(async () => {
    workbench = await openWorkbench({ files: { [manuscript]: start } });
    await workbench.openFile(manuscript);
    await workbench.goTo(3, 14);
    await workbench.sidebar.open('Ketamine Citations');
  });
  after(() => workbench.close());

  const rows = (): Promise<readonly string[]> => workbench.sidebar.rows();
  const rowsOnce = async (holds: (rows: readonly string[]) => boolean): Promise<readonly string[]> => {
    for (let tries = 0; tries < 100 && !holds(await rows()); tries += 1) {
      await workbench.page.waitForTimeout(50);
    }
    return rows();
  };

  it('sees the conditions with their counts, and hears them', async () => {
    assert.match((await rows())[0]!, new RegExp(`^${firstCondition!.label} ?${ofFirstCondition}$`));
    assert.match((await workbench.sidebar.spoken())[0]!, new RegExp(`^${firstCondition!.label}, ${ofFirstCondition} studies`));
  });
  it('looks at a card, and still cites into the manuscript', async () => {
    await workbench.sidebar.expand('Obsessive-compulsive disorder');
    assert.match(await (await workbench.sidebar.row('Rodriguez 2013')).innerText(), /Rodriguez 2013\s*Crossover RCT · n 15 · one infusion v saline in OCD, one week/);
    await workbench.sidebar.click('Rodriguez 2013');
    await workbench.page.locator('.tab.active', { hasText: 'rodriguez2013' }).waitFor();
    await workbench.sidebar.action('Rodriguez 2013', 'Insert Citation…');
    const expected = '# Ketamine\n\nShown before [@rodriguez2013]\n';
    assert.equal(await workbench.textOnce(manuscript, expected), expected);
  });
  it('cites several rows together with the keyboard', async () => {
    await workbench.sidebar.open('Ketamine Citations');
    await (await workbench.sidebar.row('Rodriguez 2013')).click();
    await workbench.page.locator('.tab.active', { hasText: 'rodriguez2013' }).waitFor();
    await workbench.press('Shift+ArrowDown', 'Control+Enter');
    const text = await (async () => {
      for (let tries = 0; tries < 40; tries += 1) {
        const now = await workbench.text(manuscript);
        if (/;/.test(now)) {
          return now;
        }
      }
      return workbench.text(manuscript);
    })();
    assert.match(text, /^# Ketamine\n\nShown before \[@rodriguez2013\] \[@rodriguez2013; @\w+\]\n$/);
  });
  it('groups by design', async () => {
    await workbench.sidebar.titleMenu('Group and Sort', 'Group Studies by Design');
    assert.match((await rowsOnce(all => all[0]!.startsWith('Randomized')))[0]!, new RegExp(`^${firstDesign!.label} ?${ofFirstDesign}$`));
  });
  it('filters, sees by what, and clears it with one click', async () => {
    await workbench.runCommand('Ketamine Citations: Filter Studies…');
    await workbench.quickInput.titled('Filter Studies');
    await workbench.quickInput.type('has:');
    await workbench.quickInput.accept('quotes');
    await workbench.quickInput.holds('has:quote ');
    await rowsOnce(all => all.length < 8);
    await workbench.press('Enter');
    await workbench.quickInput.closed();
    const filtered = await rowsOnce(all => all.length < 8);
    assert.equal(
      filtered.reduce((sum, row) => sum + Number(/\d+$/.exec(row)?.[0]), 0),
      withQuotes,
    );
    await workbench.page
      .locator('.tree-explorer-viewlet-tree-view .message', { hasText: `Filter: has quotes (${withQuotes} of ${studies.length} studies)` })
      .waitFor();
    await workbench.sidebar.titleAction('Clear the Filter of Studies');
    assert.match((await rowsOnce(all => all.length > 8))[0]!, new RegExp(`^${firstDesign!.label} ?${ofFirstDesign}$`));
  });
  it('is told why a filter leaves nothing, and what to do', async () => {
    await workbench.runCommand('Ketamine Citations: Filter Studies…');
    await workbench.quickInput.titled('Filter Studies');
    await workbench.quickInput.type('zebrafish orchestra');
    await workbench.quickInput.row('No study fits');
    await workbench.press('Enter');
    await workbench.quickInput.closed();
    await workbench.page.getByText('No study fits the filter.').waitFor();
    await workbench.page
      .locator('.welcome-view-content')
      .locator('a, .monaco-button', { hasText: 'Clear the Filter' })
      .first()
      .click();
    assert.ok((await rowsOnce(all => all.length > 8)).length > 8);
  });
  it('narrows the rows by comparator and result while typing, and gets the old ones back with Escape', async () => {
    const before = await rows();
    await workbench.runCommand('Ketamine Citations: Filter Studies…');
    await workbench.quickInput.titled('Filter Studies');
    await workbench.quickInput.type('comparator:');
    await workbench.quickInput.accept('Electroconvulsive therapy');
    await workbench.quickInput.holds('comparator:ect ');
    const fits = studies.filter(({ evidence }) => evidence.comparators.includes('ect') && evidence.direction === 'no-difference').length;
    await workbench.quickInput.type('result:none');
    await workbench.quickInput.row(`Show these ${fits} studies`);
    await rowsOnce(all => all.length < before.length);
    await workbench.press('Escape');
    assert.deepEqual(await rowsOnce(all => all.length === before.length), before);
  });
  it('groups by result', async () => {
    await workbench.sidebar.titleMenu('Group and Sort', 'Group Studies by Result');
    const expected = vocabulary.results.map(({ id, label }) => `${label} ${studies.filter(({ evidence }) => evidence.direction === id).length}`);
    const shown = await rowsOnce(all => all[0]!.startsWith(vocabulary.results[0]!.label));
    assert.deepEqual(shown.map(row => row.replace(/ ?(\d+)$/, ' $1')), expected);
    await workbench.picture('sidebar-results');
  });
  it('completes a qualifier in the search, and sees studies in our order', async () => {
    await workbench.runCommand('Ketamine Citations: Search Studies…');
    await workbench.quickInput.titled('Insert a citation');
    await workbench.quickInput.type('condition:pt');
    await workbench.quickInput.accept('Post-traumatic stress disorder');
    await workbench.quickInput.holds('condition:ptsd ');
    await workbench.quickInput.type('design:crossover');
    assert.match(
      await (await workbench.quickInput.row('feder2014')).innerText(),
      /feder2014\s*Crossover RCT · n 41 · one infusion v midazolam in chronic PTSD\s*Efficacy of intravenous ketamine/,
    );
    await workbench.press('Escape');
  });
});
