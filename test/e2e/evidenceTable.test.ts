import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { openWorkbench, type Workbench } from './support/workbench.ts';

/** A writer who wants the studies side by side, and uses the keyboard only. */
describe('A writer of a review', () => {
  let workbench: Workbench;
  const manuscript = 'review.md';
  const text = `# Ketamine for PTSD

Repeated infusions were better than midazolam [@feder2021]; a larger trial in veterans and
service members found no difference [@abdallah2022].

The end.
`;

  before(async () => {
    workbench = await openWorkbench({ files: { [manuscript]: text }, size: { width: 1400, height: 900 } });
    await workbench.openFile(manuscript);
  });
  after(() => workbench.close());

  const titles = {
    studies: 'Evidence Table: Which Studies?', columns: 'Evidence Table: Columns', order: 'Evidence Table: Order', goal: 'Evidence Table: Where To?',
  };
  const textOnce = async (holds: (now: string) => boolean): Promise<string> => {
    for (let tries = 0; tries < 60; tries += 1) {
      const now = await workbench.text(manuscript);
      if (holds(now)) {
        return now;
      }
    }
    return workbench.text(manuscript);
  };
  const rowsOf = (now: string): string[] => Array.from(now.matchAll(/^\| \[@(\w+)\]/gm), match => match[1]!);

  it('filters, sees the count as it is typed, goes back and forth, and gets the table', async () => {
    await workbench.goTo(5);
    await workbench.runCommand('Ketamine Citations: Insert Evidence Table…');
    await workbench.quickInput.titled(titles.studies);
    assert.match((await workbench.quickInput.rows()).join('\n'), /Those cited in this manuscript ?2 studies/);
    await workbench.picture('evidence-studies');
    await workbench.press('ArrowDown', 'Enter');
    await workbench.quickInput.row('Write a filter');
    await workbench.quickInput.type('condition:ptsd design:rct');
    await workbench.quickInput.row('Feder 2021');
    assert.match((await workbench.quickInput.rows())[0]!, /^Take these \d+ studies/);
    await workbench.picture('evidence-filter');
    await workbench.press('Enter');
    await workbench.quickInput.titled(titles.columns);
    await workbench.picture('evidence-columns');
    await workbench.press('Enter');
    await workbench.quickInput.titled(titles.order);
    await workbench.press('Control+Alt+Minus');
    await workbench.quickInput.titled(titles.columns);
    await workbench.press('Enter');
    await workbench.quickInput.titled(titles.order);
    await workbench.press('ArrowDown', 'Enter');
    await workbench.quickInput.titled(titles.goal);
    await workbench.press('Enter');
    await workbench.quickInput.closed();
    const now = await textOnce(each => each.includes('evidence-table:end'));
    assert.match(now, /\n\n<!-- evidence-table: \{"studies":"condition:ptsd design:rct","columns":\["citation",.*"order":"year"\} -->\n\n\| Study \|/);
    assert.ok(rowsOf(now).includes('feder2021') && rowsOf(now).includes('abdallah2022'));
    assert.match(now, /-->\n\n\n?The end\.\n$/);
    await workbench.picture('evidence-table');
  });
  it('updates it by the action above it, when the choice is changed', async () => {
    const mark = (await textOnce(each => each.includes('evidence-table:end'))).split('\n')[5]!;
    await workbench.goTo(6, mark.length + 1);
    // The order is the last word of the mark.
    for (let count = '"year"} -->'.length; count > 0; count -= 1) {
      await workbench.press('Backspace');
    }
    await workbench.type('"author"} -->');
    await workbench.page.locator('.codelens-decoration a', { hasText: 'Update Evidence Tables' }).first().click();
    const now = await textOnce(each => rowsOf(each)[0] === [...rowsOf(each)].sort()[0]);
    assert.ok(now.includes('"order":"author"} -->'), now.slice(0, 600));
    assert.deepEqual(rowsOf(now), [...rowsOf(now)].sort());
    await workbench.picture('evidence-updated');
  });
  it('ticks studies one by one, and takes them in the order that it chooses', async () => {
    await workbench.press('Control+End');
    await workbench.runCommand('Ketamine Citations: Insert Evidence Table…');
    await workbench.quickInput.titled(titles.studies);
    await workbench.press('ArrowDown', 'ArrowDown', 'Enter');
    await workbench.quickInput.titled('Evidence Table: Tick the Studies');
    await workbench.quickInput.labels();
    await workbench.press('Control+Alt+Minus');
    await workbench.quickInput.titled(titles.studies);
    await workbench.press('Enter');
    await workbench.quickInput.titled('Evidence Table: Tick the Studies');
    for (const key of ['oliver2022', 'andrade2017']) {
      await workbench.quickInput.input.fill(key);
      await (await workbench.quickInput.row(key)).click();
    }
    await workbench.picture('evidence-ticks');
    await workbench.press('Enter');
    await workbench.quickInput.titled(titles.columns);
    await workbench.press('Enter');
    await workbench.quickInput.titled(titles.order);
    await workbench.press('ArrowDown', 'Enter');
    await workbench.quickInput.titled(titles.goal);
    await workbench.press('Enter');
    await workbench.quickInput.closed();
    const now = await textOnce(each => each.includes('"oliver2022"'));
    assert.match(now, /The end\.\n\n<!-- evidence-table: \{"studies":\["oliver2022","andrade2017"\],/);
    assert.deepEqual(rowsOf(now).slice(-2), ['andrade2017', 'oliver2022']);
    await workbench.press('Control+Z');
    assert.equal((await textOnce(each => !each.includes('"oliver2022"'))).includes('oliver2022'), false);
  });
  it('saves the cited studies as CSV', async () => {
    await workbench.openFile(manuscript);
    await workbench.runCommand('Ketamine Citations: Insert Evidence Table…');
    await workbench.quickInput.titled(titles.studies);
    await workbench.press('Enter');
    await workbench.quickInput.titled(titles.columns);
    await workbench.press('Enter');
    await workbench.quickInput.titled(titles.order);
    await workbench.press('Enter');
    await workbench.quickInput.titled(titles.goal);
    await workbench.press('ArrowDown', 'Enter');
    await workbench.quickInput.titled('Save the Evidence Table');
    await workbench.picture('evidence-save');
    await workbench.press('Enter');
    await workbench.page.locator('.notification-toast', { hasText: 'written to evidence-table.csv' }).waitFor();
    const file = path.join(workbench.folder, 'evidence-table.csv');
    assert.ok(existsSync(file));
    const lines = readFileSync(file, 'utf8').split('\r\n');
    assert.equal(lines[0], '\ufeffStudy,Design,n,Population,Intervention,Comparator,Outcome,Notices');
    assert.deepEqual(lines.slice(1).map(line => line.slice(0, 15)), ['[@abdallah2022]', '[@feder2021],Ra', '']);
  });
  it('makes one of a condition in the sidebar', async () => {
    await workbench.press('Control+End');
    await workbench.sidebar.open('Ketamine Citations');
    await workbench.sidebar.menu('Obsessive-compulsive disorder', 'Insert Evidence Table of These Studies');
    await workbench.quickInput.titled(titles.columns);
    await workbench.press('Enter');
    await workbench.quickInput.titled(titles.order);
    await workbench.press('Enter');
    await workbench.quickInput.titled(titles.goal);
    await workbench.press('Enter');
    await workbench.quickInput.closed();
    const now = await textOnce(each => each.includes('condition:ocd'));
    assert.match(now, /The end\.\n\n<!-- evidence-table: \{"studies":"condition:ocd",/);
  });
  it('sees it in the preview', async () => {
    await workbench.openFile(manuscript);
    await workbench.press('Control+Shift+V');
    const filled = 'table:has-text("Feder et al.")';
    await workbench.frameWith(filled);
    // It is drawn anew once the style is there, in another frame.
    await workbench.page.waitForTimeout(1000);
    const frame = await workbench.frameWith(filled);
    assert.equal(await frame.getByText('evidence-table').count(), 0);
    await workbench.picture('evidence-preview');
  });
});
