import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { inlineAction } from './support/sidebar.ts';
import { openWorkbench, type Workbench } from './support/workbench.ts';

const entry = (key: string, author: string, year: number, title: string, more = ''): string =>
  `@article{${key},\n  author = {${author}, Seventeen and Author, Eighteen},\n  title = {${title}},\n  journal = {Journal of Tests},\n  year = {${year}}${more}\n}\n`;

/** A writer with bibliographies of their own. */
describe('A writer with a library', () => {
  let workbench: Workbench;
  const many = Array.from({ length: 1200 }, (_, index) => {
    const name = `${String.fromCharCode(65 + (index % 26))}uthor${String.fromCharCode(97 + (index % 7))}`;
    return entry(`key${index}`, name, 1990 + (index % 30), `Rivulets and quartz, part ${index}`);
  });
  const own = [
    entry('author17', 'Author', 2019, 'Rivulets and quartz in the treatment of things', ',\n  keywords = {quartz, water},\n  doi = {10.1000/17}'),
    entry('zander3', 'Zander', 2001, 'Of water', ',\n  keywords = {water}'),
    '@book{broad1,\n  author = {Broad, Seventeen},\n  title = {A book of many chapters},\n  year = {2010}\n}\n',
  ];
  const files = {
    'manuscript.md': '---\nbibliography:\n- refs.bib\n- large.bib\n- missing.bib\n---\n\n# Water\n\nShown before \n',
    'plain.md': 'Nothing is named here.\n',
    'declared.md': '---\nreferences:\n- id: author21\n  type: book\n  title: Declared in the metadata\n  author: [{family: Author, given: Twenty-One}]\n  publisher: Publisher 21\n  issued: 2011\n---\n\nShown before \n',
    'refs.bib': own.join('\n'),
    'large.bib': many.join('\n'),
  };

  before(async () => {
    workbench = await openWorkbench({ files, size: { width: 1200, height: 720 } });
    await workbench.openFile('manuscript.md');
    await workbench.goTo(10, 14);
    await workbench.runCommand('Ketamine Citations: Show the Library of Your Own Entries');
    // Room for all rows.
    for (const other of ['Studies', 'References']) {
      await workbench.page.locator(`.part.sidebar .pane-header[aria-label^="${other}"]`).click();
    }
  });
  after(() => workbench.close());

  const view = () => workbench.page.locator('.part.sidebar .pane:has(> .pane-header[aria-label^="Library"])');
  const rows = async (): Promise<readonly string[]> =>
    (await view().locator('.monaco-list-row').allInnerTexts()).map(text => text.replace(/\s+/g, ' ').trim());
  const rowsOnce = async (holds: (rows: readonly string[]) => boolean): Promise<readonly string[]> => {
    for (let tries = 0; tries < 100 && !holds(await rows()); tries += 1) {
      await workbench.page.waitForTimeout(50);
    }
    return rows();
  };
  const row = (text: string) => view().locator('.monaco-list-row', { hasText: text }).first();
  const toggle = (text: string): Promise<void> => row(text).locator('.monaco-tl-twistie').click();

  it('sees the files with their counts, and why one can’t be read', async () => {
    const all = await rowsOnce(each => each.length === 3 && each[2]!.includes('3'));
    assert.match(all[0]!, /^missing\.bib ?\S+/);
    assert.match(all[1]!, /^large\.bib ?1,200$/);
    assert.match(all[2]!, /^refs\.bib ?3$/);
    assert.match(await view().locator('> .pane-header').innerText(), /1,203 entries in 2 files/);
    await workbench.picture('library');
  });
  it('opens a file, and pages of a large one', async () => {
    await toggle('refs.bib');
    const all = await rowsOnce(each => each.some(one => one.startsWith('Zander')));
    assert.deepEqual(all.slice(-3).map(each => /^\w+ \d+/.exec(each)?.[0]), ['Author 2019', 'Broad 2010', 'Zander 2001']);
    await row('Author 2019').hover();
    await workbench.page.locator('.monaco-hover:visible', { hasText: 'Journal of Tests' }).first().waitFor();
    await workbench.picture('library-open');
    await toggle('large.bib');
    const pages = await rowsOnce(each => each.some(one => /^A–\w/.test(one)));
    assert.ok(pages.some(each => /^A–[A-Z] ?\d+$/.test(each)), pages.join('\n'));
    await workbench.picture('library-pages');
    await toggle('large.bib');
  });
  it('cites an entry, and goes to it in its file', async () => {
    await inlineAction(row('Author 2019'), 'Insert Citation');
    assert.match(await workbench.textOnce('manuscript.md', files['manuscript.md'].replace('before ', 'before [@author17]')), /before \[@author17\]/);
    await inlineAction(row('Zander 2001'), 'Go to');
    await workbench.page.locator('.tab.active', { hasText: 'refs.bib' }).waitFor();
    await workbench.page.locator('.statusbar-item a', { hasText: 'Ln 10, Col 1' }).first().waitFor();
  });
  it('sees a card on a click, and the rows stay', async () => {
    await workbench.openFile('manuscript.md');
    await row('Broad 2010').click();
    await workbench.page.locator('.tab.active', { hasText: 'broad1' }).waitFor();
    assert.ok((await rows()).some(each => each.startsWith('Broad 2010')));
  });
  it('groups by keyword', async () => {
    await workbench.openFile('manuscript.md');
    await workbench.runCommand('Ketamine Citations: Group the Library by Keyword');
    const all = await rowsOnce(each => each.some(one => one.startsWith('Without a keyword')));
    assert.deepEqual(all.slice(1).map(each => each.replace(/(\D)(?=\d)/, '$1 ').replace('  ', ' ')), ['quartz 1', 'water 2', 'Without a keyword 1,201']);
    await toggle('water');
    await rowsOnce(each => each.some(one => one.startsWith('Zander')));
    await workbench.picture('library-keywords');
    await workbench.runCommand('Ketamine Citations: Group the Library by File');
  });
  it('filters while typing, keeps the filter with Enter, and sees how to be rid of it', async () => {
    await workbench.runCommand('Ketamine Citations: Filter the Library…');
    await workbench.quickInput.titled('Filter the Library');
    await workbench.quickInput.type('watre');
    // What it leaves stands open at once.
    const all = await rowsOnce(each => each.some(one => one.startsWith('Zander 2001')) && each.length === 4);
    assert.deepEqual(all.map(each => /^(?:\w+\.bib|\w+ \d{4})/.exec(each)?.[0]), ['missing.bib', 'refs.bib', 'Author 2019', 'Zander 2001']);
    await workbench.press('Control+A');
    await workbench.quickInput.type('water year:2019-');
    await rowsOnce(each => each.length === 3);
    await workbench.press('Enter');
    await workbench.quickInput.closed();
    await view().locator('.message', { hasText: 'Filter: from 2019 · “water” (1 of 1,203 entries)' }).waitFor();
    await workbench.picture('library-filtered');
    await workbench.runCommand('Ketamine Citations: Filter the Library…');
    await workbench.quickInput.titled('Filter the Library');
    await workbench.press('Control+A');
    await workbench.quickInput.type('design:rct');
    await workbench.page.getByText('known of the bundled studies only').first().waitFor();
    await workbench.press('Escape');
    await workbench.quickInput.closed();
    assert.equal((await rowsOnce(each => each.length === 3)).length, 3);
    await workbench.runCommand('Ketamine Citations: Clear the Filter of the Library');
    assert.equal((await rowsOnce(each => each.some(one => one.includes('1,200')))).filter(each => each.includes('1,200')).length, 1);
  });
  it('sees what the metadata themselves declare, as it is printed', async () => {
    await workbench.openFile('declared.md');
    await rowsOnce(each => each.length === 1 && each[0]!.startsWith('declared.md'));
    await row('Author 2011').hover();
    await workbench.page.locator('.monaco-hover:visible', { hasText: 'Publisher 21' }).first().waitFor();
    await workbench.picture('library-declared');
  });
  it('sees an entry that was changed in its file', async () => {
    await workbench.openFile('manuscript.md');
    await rowsOnce(each => each.length === 3);
    await toggle('refs.bib');
    await rowsOnce(each => each.some(one => one.startsWith('Zander 2001')));
    writeFileSync(path.join(workbench.folder, 'refs.bib'), own.join('\n').replace('Of water', 'Of granite'));
    assert.ok((await rowsOnce(each => each.some(one => /^Zander 2001.*Of granite/.test(one)))).some(each => each.includes('Of granite')));
  });
  it('is told how to bring a bibliography where there is none', async () => {
    await workbench.openFile('plain.md');
    await view().getByText('no bibliography of your own').waitFor();
    await workbench.picture('library-empty');
  });
});
