import assert from 'node:assert/strict';
import { studies } from '../support/dataset.ts';
import { openWorkbench, type Workbench } from './support/workbench.ts';

/** A writer who looks at what the manuscript cites. */
describe('A writer', () => {
  let workbench: Workbench;
  const manuscript = 'manuscript.md';
  const text = `# Ketamine for PTSD

Repeated infusions were better than midazolam [@feder2021, p. 3]; a larger trial in veterans and
service members found no difference [@abdallah2022], and @feder2021 [p. 12] had said so.

Others report on psychotherapy [@dore2019; @nobody1900; see @oliver2022, pp. 3-4].

Nothing is known of [@feder2021x].
`;

  before(async () => {
    workbench = await openWorkbench({
      files: { [manuscript]: text, 'empty.md': 'Nothing yet.\n', 'notes.txt': 'Notes\n' },
      // The view shares its height with those of the studies and the library.
      size: { width: 1400, height: 1300 },
    });
    await workbench.openFile(manuscript);
    await workbench.runCommand('Ketamine Citations: Show the References of This Manuscript');
  });
  after(() => workbench.close());

  const view = () => workbench.page.locator('.part.sidebar .pane', { has: workbench.page.locator('.pane-header[aria-label^="References"]') });
  const rows = async (): Promise<readonly string[]> =>
    view()
      .locator('.monaco-list-row')
      .evaluateAll(all =>
        all.map(row =>
          ['.label-name', '.label-description']
            .map(part => row.querySelector(part)?.textContent?.replace(/\s+/g, ' ').trim() ?? '')
            .join(' ')
            .trim(),
        ),
      );
  const rowsOnce = async (holds: (rows: readonly string[]) => boolean): Promise<readonly string[]> => {
    for (let tries = 0; tries < 100 && !holds(await rows()); tries += 1) {
      await workbench.page.waitForTimeout(50);
    }
    return rows();
  };
  const caption = (): Promise<string> => view().locator('.message').innerText();

  it('sees the works, unknown keys on top, and their counts', async () => {
    assert.deepEqual(await rowsOnce(all => all.length === 6), [
      'nobody1900 1× · unknown key',
      'feder2021x 1× · unknown key',
      'Feder 2021 2× · pp. 3, 12 · six infusions v midazolam in chronic PTSD',
      'Abdallah 2022 1× · eight infusions v placebo, two doses, military PTSD',
      'Dore 2019 1× · KAP in three practices: depression and anxiety',
      'Oliver 2022 1× · pp. 3-4 · infusions at a private multisite clinic, TRD',
    ]);
    await view().getByText('with references').waitFor();
    assert.match(await caption(), /^2 unknown keys · 4 works · 5 citations · \d+ words \(\d+ with references\)$/);
    await workbench.picture('references');
  });
  it('opens a work, goes to a citation, and finds it selected', async () => {
    const row = view().locator('.monaco-list-row', { hasText: 'Feder 2021' }).first();
    await row.locator('.monaco-tl-twistie').click();
    const all = await rowsOnce(each => each.some(one => one.startsWith('Quotes not used yet')));
    assert.ok(all.some(each => /^line 3 .*midazolam \[@feder2021, p\. 3\]/.test(each)), all.join('\n'));
    await workbench.picture('references-open');
    await view().locator('.monaco-list-row', { hasText: 'line 4' }).first().click();
    await workbench.page.locator('.statusbar-item a', { hasText: /Ln 4, Col \d+ \(\d+ selected\)/ }).first().waitFor();
  });
  it('sees the view follow the text, and stay open', async () => {
    await workbench.openFile(manuscript);
    await workbench.goTo(8, 35);
    await workbench.type(' As @basso2020 says');
    await workbench.press('Escape');
    const all = await rowsOnce(each => each.some(one => one.startsWith('Basso 2020')));
    assert.ok(all.includes('Basso 2020 ⚠ 1× · mood and cognition, serial infusions v ECT in MDD · erratum'), all.join('\n'));
    assert.ok(all.some(each => each.startsWith('line 3')), 'the open work stays open');
  });
  it('sorts as the style does', async () => {
    await workbench.runCommand('Ketamine Citations: Order References as the Style Does');
    const works = (await rowsOnce(each => each.findIndex(one => one.startsWith('Abdallah 2022 1×')) === 2)).filter(each => /^\w+ \d{4} /.test(each)).map(each => each.slice(0, 9));
    assert.deepEqual(works, ['Abdallah ', 'Basso 202', 'Dore 2019', 'Feder 202', 'Oliver 20']);
    await workbench.picture('references-by-style');
  });
  it('uses a quote that is not used yet', async () => {
    const unused = view().locator('.monaco-list-row', { hasText: 'Quotes not used yet' }).first();
    await unused.locator('.monaco-tl-twistie').click();
    const quote = view().locator('.monaco-list-row', { hasText: '“Post-traumatic' }).first();
    await quote.hover();
    await workbench.picture('references-quote');
    await workbench.openFile(manuscript);
    await workbench.press('Control+End');
    await quote.hover();
    await quote.locator('.action-label[aria-label^="Insert Quote"]').click();
    assert.match(await (async () => {
      for (let tries = 0; tries < 20; tries += 1) {
        const now = await workbench.text(manuscript);
        if (now.includes('> Post-traumatic')) {
          return now;
        }
      }
      return workbench.text(manuscript);
    })(), /> Post-traumatic stress disorder \(PTSD\) .* \[@feder2021, Abstract, Objective\]/);
    assert.ok(!(await rowsOnce(each => !each.some(one => one.startsWith('Quotes not used yet')))).some(each => each.startsWith('Quotes not used')));
  });
  it('asks the status item', async () => {
    const item = workbench.page.locator('.statusbar-item[id*="ketamineCitations.status"], .statusbar-item', { hasText: /\d+ cited/ }).first();
    await item.waitFor();
    assert.match((await item.innerText()).replace(/\s+/g, ' '), /5 cited/);
    await item.click();
    await workbench.quickInput.titled('Ketamine Citations: Status and Help');
    const lines = await workbench.quickInput.rows();
    await workbench.picture('status-menu');
    assert.match(lines.join('\n'), /5 works cited/);
    assert.match(lines.join('\n'), /2 unknown keys.*nobody1900, feder2021x/);
    assert.match(lines.join('\n'), new RegExp(`Bundled studies.*${studies.length} studies read · Dataset \\d+\\.\\d+\\.\\d+ of`));
    await workbench.quickInput.accept('2 unknown keys');
    await workbench.page.locator('.statusbar-item a', { hasText: 'Ln 6, Col 55 (11 selected)' }).first().waitFor();
  });
  it('is told why the view is empty', async () => {
    await workbench.openFile('empty.md');
    await workbench.page.getByText('Nothing is cited in this manuscript yet.').waitFor();
    await workbench.picture('references-empty');
    await workbench.press('Control+K', 'Control+W');
    await workbench.page.getByText('No manuscript is open.').waitFor();
    await workbench.picture('references-none');
  });
});
