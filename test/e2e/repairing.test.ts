import assert from 'node:assert/strict';
import { openWorkbench, type Workbench } from './support/workbench.ts';

/** A writer whose manuscript has mistakes in it, in the real workbench. */
describe('A writer who repairs', () => {
  let workbench: Workbench;
  const manuscript = 'manuscript.md';
  const lines = [
    '# Discussion',
    '',
    'Repeated infusions were compared with midazolam [@fedr2021, p. 999].',
    '',
    'Both trials are small [@feder2021] [@feder2014].',
    '',
    'The setting matters [see @dore2019; @feder2021].',
    '',
    'Others found more [@oliver2022; @dore2019; @feder2021].',
    '',
  ];
  const text = lines.join('\n');
  const several = 'See [-@feder2021] one.\nSee [-@feder2021] two.\n';
  const withLine = (number: number, line: string): string =>
    lines.map((each, index) => (index + 1 === number ? line : each)).join('\n');

  before(async () => {
    workbench = await openWorkbench({ files: { [manuscript]: text, 'several.md': several }, size: { width: 1200, height: 720 } });
  });
  after(() => workbench.close());
  beforeEach(() => workbench.openFile(manuscript));
  afterEach(async () => {
    await workbench.press('Escape');
    await workbench.openFile(manuscript);
    for (let undone = 0; undone < 60 && (await workbench.text(manuscript)) !== text; undone += 1) {
      await workbench.press('Control+Z');
    }
  });

  it('sees a squiggle under a wrong key, and Ctrl+. repairs it in one step', async () => {
    await workbench.squiggles('warning');
    await workbench.goTo(3, lines[2]!.indexOf('fedr') + 2);
    await workbench.press('Control+.');
    await workbench.action('feder2021');
    await workbench.picture('repair');
    await workbench.press('Enter');
    const repaired = withLine(3, lines[2]!.replace('fedr2021', 'feder2021'));
    assert.equal(await workbench.textOnce(manuscript, repaired), repaired);
    await workbench.press('Control+Z');
    assert.equal(await workbench.textOnce(manuscript, text), text);
  });

  it('is told in words what is wrong, with a link to what it means', async () => {
    await workbench.squiggles('warning');
    await workbench.goTo(3, lines[2]!.indexOf('fedr') + 2);
    await workbench.press('F8');
    const words = await workbench.problemInView();
    assert.match(words, /fedr2021/);
    assert.match(words, /feder2021/);
    assert.match(words, /unknown-key/);
  });

  it('makes one citation of two', async () => {
    await workbench.squiggles('info');
    await workbench.goTo(5, lines[4]!.indexOf('@feder2014') + 2);
    await workbench.press('Control+.');
    await (await workbench.action('Merge')).click();
    const merged = withLine(5, 'Both trials are small [@feder2021; @feder2014].');
    assert.equal(await workbench.textOnce(manuscript, merged), merged);
  });

  it('reads the card where the mouse rests, and the whole group on its bracket', async () => {
    await workbench.goTo(7, lines[6]!.indexOf('dore2019') + 3);
    await workbench.press('Control+K', 'Control+I');
    const card = await workbench.hover();
    assert.match(card, /Dore/);
    await workbench.picture('hover');
    await workbench.press('Escape');
    await workbench.goTo(9, lines[8]!.indexOf('[') + 1);
    await workbench.press('Control+K', 'Control+I');
    assert.match(await workbench.hover(), /Oliver[\s\S]*Dore[\s\S]*Feder/);
    await workbench.picture('hover-group');
  });

  it('goes to the study’s card with F12', async () => {
    await workbench.goTo(7, lines[6]!.indexOf('dore2019') + 3);
    await workbench.press('F12');
    await workbench.page.locator('.tab.active', { hasText: 'dore2019' }).waitFor();
    await workbench.picture('definition');
  });

  it('is told why a refactoring that has a key can’t be done', async () => {
    const key = (pressed: string, kind: string): object => ({
      key: pressed,
      command: 'editor.action.codeAction',
      args: { kind: `refactor.rewrite.citation.${kind}`, apply: 'first' },
    });
    await workbench.runCommand('Preferences: Open Keyboard Shortcuts (JSON)');
    // What is pressed before the text is there and has the focus goes into the one before it.
    await workbench.page.locator('.monaco-editor[data-uri$="keybindings.json"] .view-line').first().click();
    await workbench.press('Control+A');
    await workbench.page.keyboard.insertText(JSON.stringify([key('alt+f9', 'toggle'), key('alt+f10', 'convert')]));
    await workbench.page.locator('.tab.active.dirty', { hasText: 'keybindings.json' }).waitFor();
    await workbench.press('Control+S');
    await workbench.page.locator('.tab.active:not(.dirty)', { hasText: 'keybindings.json' }).waitFor();
    await workbench.openFile('several.md');
    const message = workbench.page.locator('.monaco-editor-overlaymessage');
    for (const [column, pressed, reason] of [
      [10, 'Alt+F9', 'Pandoc suppresses an author in brackets only, so this citation can’t stand in the text.'],
      [2, 'Alt+F9', 'No citation stands at the caret.'],
      [2, 'Alt+F10', 'No citation stands at the caret.'],
    ] as const) {
      await workbench.goTo(1, column);
      await workbench.press(pressed);
      await message.getByText(reason).waitFor();
      await workbench.press('Escape');
    }
    assert.equal(await workbench.text('several.md'), several);
  });

  it('gives several citations a locator at once', async () => {
    await workbench.openFile('several.md');
    await workbench.goTo(1, 10);
    await workbench.runCommand('Add Cursor Below');
    await workbench.runCommand('Ketamine Citations: Add or Change a Citation’s Locator…');
    await workbench.quickInput.titled('Set the locator of 2 citations');
    await workbench.quickInput.type('195');
    await workbench.press('Enter');
    const located = 'See [-@feder2021, p. 195] one.\nSee [-@feder2021, p. 195] two.\n';
    assert.equal(await workbench.textOnce('several.md', located), located);
    await workbench.press('Control+Z');
    assert.equal(await workbench.textOnce('several.md', several), several);
  });

  it('toggles a citation from the palette', async () => {
    await workbench.goTo(3, lines[2]!.indexOf('fedr') + 2);
    await workbench.runCommand('Ketamine Citations: Toggle In-Text and Parenthetical Citation');
    const toggled = withLine(3, 'Repeated infusions were compared with midazolam @fedr2021 [p. 999].');
    assert.equal(await workbench.textOnce(manuscript, toggled), toggled);
  });
});
