import assert from 'node:assert/strict';
import { Library } from '../../src/core/library.ts';
import { studies, vocabulary } from '../support/dataset.ts';
import { openWorkbench, type Workbench } from './support/workbench.ts';

const library = new Library({ studies, vocabulary });

/** A person at the keyboard, in the real workbench. The screenshots of the README are made on the way. */
describe('A writer', () => {
  let workbench: Workbench;
  const manuscript = 'manuscript.md';
  const lines = [
    '# Ketamine for PTSD',
    '',
    'A first trial of repeated infusions found a difference from midazolam ',
    '',
    '> ',
    '',
    'As others have described [@dore2019], the setting matters.',
    '',
    'The sidebar adds ',
    '',
  ];

  /** The manuscript's text with some lines replaced; lines count from 1. */
  const withLines = (changed: Readonly<Record<number, string>>): string =>
    lines.map((line, index) => changed[index + 1] ?? line).join('\n');

  before(async () => {
    workbench = await openWorkbench({
      files: { [manuscript]: lines.join('\n'), 'paper.qmd': 'Shown \n', 'notes.Rmd': 'Shown \n' },
      size: { width: 1200, height: 720 },
    });
  });
  after(() => workbench.close());

  beforeEach(async () => {
    await workbench.openFile(manuscript);
  });
  /** Takes everything back that a test wrote. */
  afterEach(async () => {
    await workbench.openFile(manuscript);
    for (let undone = 0; undone < 60 && (await workbench.text(manuscript)) !== lines.join('\n'); undone += 1) {
      await workbench.press('Control+Z');
    }
  });

  it('types @ketmine ptsd letter by letter, sees the list all the way, and cites with Enter', async () => {
    await workbench.goTo(3, lines[2]!.length + 1);
    await workbench.type('@');
    await workbench.suggestion('RCT');
    for (const letter of 'ketmine ptsd') {
      await workbench.type(letter);
      await workbench.suggestions();
    }
    await workbench.suggestion('feder2021');
    const shown = await workbench.suggestions();
    const [first = ''] = shown;
    // Twelve rows fit, and each is another study.
    assert.equal(new Set(shown.map(row => /^\w+/.exec(row)?.[0])).size, 12);
    assert.match(first, /^\w+ RCT · n \d+ · /);
    await workbench.picture('completion');
    await workbench.press('Enter');
    const key = /^@?(\w+)/.exec(first)![1]!;
    const expected = withLines({ 3: `${lines[2]}[@${key}]` });
    assert.equal(await workbench.textOnce(manuscript, expected), expected);
    assert.match(first, /PTSD|posttraumatic|post-traumatic/i);
  });

  it('chooses a comparator in the list, asks for more participants, and cites what is left', async () => {
    await workbench.goTo(3, lines[2]!.length + 1);
    await workbench.type('@ptsd comparator:');
    await workbench.firstSuggestion('comparator:placebo');
    await workbench.suggestion('comparator:active');
    await workbench.press('ArrowDown', 'Enter');
    await workbench.firstSuggestion('feder2014');
    await workbench.type('n:>40');
    await workbench.firstSuggestion('feder2014');
    await workbench.press('Enter');
    const expected = withLines({ 3: `${lines[2]}[@feder2014]` });
    assert.equal(await workbench.textOnce(manuscript, expected), expected);
  });

  it('cites with text on both sides of the caret, and takes it back in one step', async () => {
    await workbench.goTo(7, lines[6]!.indexOf(' the setting') + 1);
    await workbench.type(' @feder2021');
    await workbench.firstSuggestion('feder2021');
    await workbench.press('Enter');
    const cited = withLines({ 7: 'As others have described [@dore2019], [@feder2021] the setting matters.' });
    assert.equal(await workbench.textOnce(manuscript, cited), cited);
    await workbench.press('Control+Z');
    const typed = withLines({ 7: 'As others have described [@dore2019], @feder2021 the setting matters.' });
    assert.equal(await workbench.textOnce(manuscript, typed), typed);
  });

  it('puts a quote into a block quote', async () => {
    await workbench.goTo(5, 3);
    await workbench.type('@oliver');
    await workbench.firstSuggestion('Few studies have been published');
    await workbench.press('Enter');
    const expected = withLines({
      5:
        '> Few studies have been published to date exploring the effectiveness of ketamine for treatment-resistant depression (TRD) in large clinical samples. ' +
        'We report on the clinical outcomes of a large cohort treated with ketamine as part of clinical practice. [@oliver2022, Abstract, Introduction]',
    });
    assert.equal(await workbench.textOnce(manuscript, expected), expected);
  });

  it('adds a second study to a group', async () => {
    await workbench.goTo(7, lines[6]!.indexOf(']') + 1);
    await workbench.type('; @drozdz');
    await workbench.firstSuggestion('drozdz2022');
    await workbench.press('Enter');
    const expected = withLines({ 7: 'As others have described [@dore2019; @drozdz2022], the setting matters.' });
    assert.equal(await workbench.textOnce(manuscript, expected), expected);
  });

  it('searches the palette with a typo, and adds to the group the caret is in', async () => {
    await workbench.goTo(7, lines[6]!.indexOf(']') + 1);
    await workbench.press('Control+Alt+K');
    await workbench.quickInput.titled('Insert a citation');
    await workbench.quickInput.type('fedr ptsd');
    await workbench.quickInput.labelsOnce(['feder2014', 'feder2021']);
    await workbench.picture('search');
    await workbench.press('Enter');
    const expected = withLines({ 7: 'As others have described [@dore2019; @feder2014], the setting matters.' });
    assert.equal(await workbench.textOnce(manuscript, expected), expected);
  });

  it('inserts from the sidebar', async () => {
    await workbench.goTo(9, lines[8]!.length + 1);
    await workbench.sidebar.open('Ketamine Citations');
    await workbench.sidebar.expand('Post-traumatic stress disorder');
    await workbench.sidebar.expand('Feder 2021');
    // Brings what is under the study into view.
    await workbench.press('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown');
    await workbench.picture('sidebar');
    await workbench.sidebar.action('Feder 2021', 'Insert Citation…');
    const expected = withLines({ 9: 'The sidebar adds [@feder2021]' });
    assert.equal(await workbench.textOnce(manuscript, expected), expected);
  });

  it('types as quickly as anybody, and the list keeps up', async () => {
    await workbench.goTo(9, lines[8]!.length + 1);
    await workbench.page.keyboard.type('@feder ptsd', { delay: 15 });
    await workbench.firstSuggestion('feder2014');
    await workbench.suggestion('feder2025');
    const best = library.findWhileTyped('feder ptsd').map(({ study }) => study.id);
    const shown = (await workbench.suggestions())
      .map(row => /^\w+\d{4}\w?/.exec(row)?.[0])
      .filter(key => key !== undefined);
    assert.deepEqual(shown, best.slice(0, shown.length));
    await workbench.press('Escape');
  });

  it('does not cite another study for a writer who presses Enter before the list has caught up', async () => {
    await workbench.goTo(9, lines[8]!.length + 1);
    await workbench.type('@');
    await workbench.suggestions();
    await workbench.page.keyboard.type('drozdz', { delay: 0 });
    await workbench.press('Enter');
    if (!/drozdz2022\]/.test(await workbench.text(manuscript))) {
      await workbench.firstSuggestion('drozdz2022');
      assert.equal(await workbench.text(manuscript), withLines({ 9: `${lines[8]}@drozdz` }));
      await workbench.firstSuggestion('drozdz2022');
      await workbench.press('Enter');
    }
    const expected = withLines({ 9: `${lines[8]}[@drozdz2022]` });
    assert.equal(await workbench.textOnce(manuscript, expected), expected);
  });

  it('searches, and sees the studies in our order', async () => {
    await workbench.press('Control+Alt+K');
    await workbench.quickInput.titled('Insert a citation');
    await workbench.quickInput.type('esketmine relapse');
    const best = library.find('esketmine relapse').found.map(({ study }) => study.id);
    assert.deepEqual(await workbench.quickInput.labelsOnce(best.slice(0, 3)), best.slice(0, 3));
    await workbench.press('Escape');
  });

  it('ticks several studies for one citation', async () => {
    await workbench.goTo(9, lines[8]!.length + 1);
    await workbench.press('Control+Alt+K');
    await workbench.quickInput.titled('Insert a citation');
    await workbench.page.locator('.quick-input-titlebar .action-label[aria-label="Choose Several"]').click();
    for (const [index, key] of ['feder2021', 'dore2019'].entries()) {
      await workbench.quickInput.type(key);
      await workbench.quickInput.labelsOnce([key]);
      await (await workbench.quickInput.row(key)).locator('.monaco-checkbox, input[type=checkbox]').first().click();
      await workbench.page.locator('.quick-input-widget .monaco-count-badge', { hasText: `${index + 1} Selected` }).waitFor();
      await workbench.page.locator('.quick-input-filter input').press('ControlOrMeta+A');
      await workbench.press('Backspace');
    }
    await workbench.page
      .locator('.quick-input-action a, .quick-input-action .monaco-button', { hasText: 'OK' })
      .first()
      .click();
    const expected = withLines({ 9: `${lines[8]}[@feder2021; @dore2019]` });
    assert.equal(await workbench.textOnce(manuscript, expected), expected);
  });

  for (const file of ['paper.qmd', 'notes.Rmd']) {
    it(`cites in ${file}`, async () => {
      await workbench.openFile(file);
      await workbench.goTo(1, 7);
      await workbench.type('@dore2019');
      await workbench.firstSuggestion('dore2019');
      await workbench.press('Enter');
      assert.equal(await workbench.textOnce(file, 'Shown [@dore2019]\n'), 'Shown [@dore2019]\n');
    });
  }
});
