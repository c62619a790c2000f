import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { openWorkbench, type Workbench } from './support/workbench.ts';

const manuscript = 'busy.md';
const lines = ['---', 'bibliography: refs.bib', '---', '', '# Busy', '', 'A b.', ''];
const original = lines.join('\n');
const at = { line: 7, column: 4 };
const signs = ['.', '/', '+', '#', '$', '%', '&', '?', '<', '>', '~', '-', ':', '_'];
const keyWith = (sign: string): string => `mica${sign}two${sign}3`;
const keys = ['quartz/one.1', 'quartz2002', 'slate2003', 'mica=two3', ...signs.map(keyWith)];
const bibliography = keys.map(key => `@book{${key},\n  title = {On ${key}},\n  author = {Author 17},\n  year = {2001}\n}\n`).join('\n');
const withText = (added: string): string => original.replace('A b.', `A b${added}.`);

/** Keeps a core of the computer busy, for a bounded time. */
function busy(): ChildProcess {
  return spawn(process.execPath, ['-e', 'for (const end = Date.now() + 300_000; Date.now() < end;);'], { stdio: 'ignore' });
}

/** A person who types faster than a busy computer answers, with the settings that make VS Code do the most while one types. */
describe('A writer at a busy computer', function () {
  // How keys and answers fall between each other differs from run to run, and is worst on the slowest computer.
  this.retries(3);
  let workbench: Workbench;
  let load: readonly ChildProcess[] = [];

  before(async () => {
    workbench = await openWorkbench({
      files: { [manuscript]: original, 'refs.bib': bibliography },
      settings: {
        'files.autoSave': 'afterDelay',
        'files.autoSaveDelay': 200,
        'editor.suggest.preview': true,
        'editor.quickSuggestions': { other: 'on', comments: 'on', strings: 'on' },
      },
    });
    await workbench.openFile(manuscript);
    await workbench.goTo(at.line, at.column);
    // The bibliography is read when its entries are offered.
    await workbench.type(' @slate');
    await workbench.firstSuggestion('slate2003');
    await takeBack();
    load = [busy(), busy()];
  });
  after(async () => {
    load.forEach(each => each.kill());
    await workbench.close();
  });
  afterEach(() => takeBack());

  async function takeBack(): Promise<void> {
    await workbench.press('Escape', 'Escape');
    for (let undone = 0; undone < 60 && (await workbench.textOnce(manuscript, original, 100)) !== original; undone += 1) {
      await workbench.press('Control+Z');
    }
    assert.equal(await workbench.textOnce(manuscript, original), original);
  }

  /** Opens the list, and types on without looking at it. */
  async function hurried(opening: string, rest: string, then: string): Promise<void> {
    await workbench.goTo(at.line, at.column);
    await workbench.type(opening);
    await workbench.suggestions();
    await workbench.page.keyboard.type(rest, { delay: 0 });
    await workbench.press('Enter');
    await workbench.page.keyboard.type(then, { delay: 0 });
  }

  /** Takes back step by step, until the text is one of these. */
  async function undoneTo(...texts: readonly string[]): Promise<void> {
    const seen: string[] = [];
    for (let undone = 0; undone < 10; undone += 1) {
      await workbench.press('Control+Z');
      const text = await workbench.text(manuscript);
      if (texts.includes(text)) {
        return;
      }
      seen.push(text);
    }
    assert.fail(`never came: ${texts.join(' or ')}, but\n${seen.join('\n')}`);
  }

  for (const [opening, rest, then, written] of [
    [' @', 'drozdz', ' and', ' [@drozdz2022] and'],
    [' @', 'drozdz', ' and so on, as they say', ' [@drozdz2022] and so on, as they say'],
    [' @', 'feder2021', ' and', ' [@feder2021] and'],
    [' @', 'slate', ' and', ' [@slate2003] and'],
    [' @', 'quartz/on', ' and', ' [@quartz/one.1] and'],
    [' [@', 'drozdz', '] and', ' [@drozdz2022] and'],
    [' [@', 'drozdz', ', p. 3] and', ' [@drozdz2022, p. 3] and'],
    [' [@dore2019; @', 'drozdz', '] and', ' [@dore2019; @drozdz2022] and'],
    [' @', 'drozdz', '', ' [@drozdz2022]'],
  ] as const) {
    it(`gets ${written} for ${opening}${rest} Enter${then}`, async () => {
      await hurried(opening, rest, then);
      assert.equal(await workbench.textOnce(manuscript, withText(written), 20_000), withText(written));
      const typed = `${opening}${rest}${opening.includes('[') ? ']' : ''}`;
      await undoneTo(withText(typed), withText(`${typed.replace(/\]$/, '')}${then}`));
    });
  }

  for (const sign of signs) {
    it(`cites a key with ${sign} as soon as Enter is pressed, and later`, async () => {
      const written = ` [@${keyWith(sign)}] and`;
      await hurried(' @', `mica${sign}tw`, ' and');
      assert.equal(await workbench.textOnce(manuscript, withText(written), 20_000), withText(written));
      await takeBack();
      await workbench.goTo(at.line, at.column);
      await workbench.type(` @mica${sign}tw`);
      await workbench.firstSuggestion(keyWith(sign));
      await workbench.press('Enter');
      await workbench.type(' and');
      assert.equal(await workbench.textOnce(manuscript, withText(written), 20_000), withText(written));
    });
  }
  it('cites a key with = in braces', async () => {
    await workbench.goTo(at.line, at.column);
    await workbench.type(' @{mica=tw');
    await workbench.firstSuggestion('mica=two3');
    await workbench.press('Enter');
    await workbench.type(' and');
    assert.equal(await workbench.textOnce(manuscript, withText(' [@{mica=two3}] and'), 20_000), withText(' [@{mica=two3}] and'));
  });
});
