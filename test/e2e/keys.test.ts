import assert from 'node:assert/strict';
import { openWorkbench, type Workbench } from './support/workbench.ts';

const bibliography = [
  ...['plain2001', 'other2001', 'paren(1)', 'dash--2001', 'trail2001.', 'o\'brien2001', 'zdoe.x_2002', 'doi/10.1/zz', '10.1016/S0022-2836(05)80360-2', 'with blank'],
].map((key, index) => `@book{${key},\n  title = {Quartz ${index}},\n  author = {Author, A.},\n  year = {2001}\n}\n`).join('\n');

const head = '---\nbibliography: refs.bib\n---\n\n';
const manuscript = 't.md';
const text = `${head}# Head [@plain2001] words\n\nText [@plain2001].\n\n# Study [@feder2021] words\n\nA b.\n`;

/** A person who types keys of every kind, and renames them. */
describe('A writer with keys of every kind', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({ files: { 'refs.bib': bibliography, [manuscript]: text }, size: { width: 1200, height: 720 } });
    await workbench.openFile(manuscript);
    // The bibliography is read when its entries are offered.
    await workbench.goTo(11, 4);
    await workbench.type(' @plain');
    await workbench.firstSuggestion('plain2001');
    await workbench.press('Escape');
    await takeBack();
  });
  after(() => workbench.close());
  afterEach(() => takeBack());

  /** Takes back everything that was written. */
  async function takeBack(): Promise<void> {
    await workbench.press('Escape', 'Escape');
    await workbench.page.locator('.notifications-toasts .codicon-notifications-clear').first().click({ timeout: 500 }).catch(() => undefined);
    await workbench.openFile(manuscript);
    for (let undone = 0; undone < 60 && (await workbench.textOnce(manuscript, text, 100)) !== text; undone += 1) {
      await workbench.press('Control+Z');
    }
  }

  const atTheEnd = (written: string): string => text.replace('A b.', `A b${written}.`);

  /** Until the list is the one for all that was typed: a choice from an older one is thought over by the extension. */
  const theLatestList = async (): Promise<void> => workbench.page.waitForTimeout(700);

  async function typed(keys: string, first: string, then = ''): Promise<void> {
    await workbench.goTo(11, 4);
    await workbench.type(keys);
    await workbench.firstSuggestion(first);
    await theLatestList();
    await workbench.press('Enter');
    await workbench.type(then);
  }

  describe('renames', () => {
    const box = '.rename-box input, .rename-input input, .rename-box .rename-input';

    async function rename(line: number, column: number, name: string): Promise<string> {
      await workbench.goTo(line, column);
      await workbench.press('F2');
      const input = workbench.page.locator(box).first();
      await input.waitFor();
      const offered = await input.inputValue();
      await input.fill(name);
      await input.press('Enter');
      return offered;
    }

    /** What a wrong provider would have written is there by the time a message is. */
    async function isUnchanged(): Promise<void> {
      assert.equal(await workbench.textOnce(manuscript, text), text);
    }

    async function said(words: string): Promise<void> {
      await workbench.page.locator('.notification-toast', { hasText: words }).first().waitFor();
    }

    it('a key to one that is taken, in the text', async () => {
      assert.equal(await rename(7, 10, 'other2001'), 'plain2001');
      await said('other2001 is declared in refs.bib already; choose another.');
      await isUnchanged();
    });
    it('a key to one that is taken, in a heading', async () => {
      assert.equal(await rename(5, 12, 'other2001'), 'plain2001');
      await said('other2001 is declared in refs.bib already; choose another.');
      await isUnchanged();
    });
    it('a key to one that is none, in a heading', async () => {
      assert.equal(await rename(5, 12, 'a b'), 'plain2001');
      await said('a b can’t be a citekey');
      await isUnchanged();
    });
    for (const [where, line, column, words] of [
      ['a bundled study’s key, in a heading', 9, 12, 'feder2021 is the citekey of a bundled study; its name is fixed.'],
      ['a bracket of a citation, in a heading', 9, 9, 'There is no citekey here to rename.'],
      ['a bracket of a citation, in the text', 7, 6, 'There is no citekey here to rename.'],
    ] as const) {
      it(where, async () => {
        await workbench.goTo(line, column);
        await workbench.press('F2');
        const message = workbench.page.locator('.monaco-editor-overlaymessage, .monaco-editor-overlaymessage .message').first();
        await message.waitFor();
        assert.equal((await message.innerText()).replace(/\s+/g, ' ').trim(), words);
        assert.equal(await workbench.page.locator(box).first().isVisible(), false);
        await isUnchanged();
      });
    }
  });

  describe('cites', () => {
    for (const [keys, entry, written] of [
      [' @paren', 'paren(1)', ' [@{paren(1)}]'],
      [' @dash', 'dash--2001', ' [@{dash--2001}]'],
      [' @trail', 'trail2001.', ' [@{trail2001.}]'],
      [' @o\'brien', 'o\'brien2001', ' [@{o\'brien2001}]'],
      [' @zdoe.x', 'zdoe.x_2002', ' [@zdoe.x_2002]'],
      [' @doi/10', 'doi/10.1/zz', ' [@doi/10.1/zz]'],
      [' @doi/10.1/z', 'doi/10.1/zz', ' [@doi/10.1/zz]'],
      [' @10.1016/S0022-2836(05', '10.1016/S0022-2836(05)80360-2', ' [@{10.1016/S0022-2836(05)80360-2}]'],
      [' @10.1016/S0022-2836(05)8', '10.1016/S0022-2836(05)80360-2', ' [@{10.1016/S0022-2836(05)80360-2}]'],
      [' @{paren', 'paren(1)', ' [@{paren(1)}]'],
      [' @{plain', 'plain2001', ' [@{plain2001}]'],
    ] as const) {
      it(`by ${keys.trim()}`, async () => {
        await typed(keys, entry);
        assert.equal(await workbench.textOnce(manuscript, atTheEnd(written)), atTheEnd(written));
      });
    }
    it('by a key under nocite, in the metadata', async () => {
      await workbench.goTo(2, 'bibliography: refs.bib'.length + 1);
      await workbench.type('\nnocite: "@dash');
      await workbench.firstSuggestion('dash--2001');
      await theLatestList();
      await workbench.press('Enter');
      await workbench.type(', @zdoe.x');
      await workbench.firstSuggestion('zdoe.x_2002');
      await workbench.press('Enter');
      await workbench.type('"');
      const listed = text.replace('refs.bib\n', 'refs.bib\nnocite: "@{dash--2001}, @zdoe.x_2002"\n');
      assert.equal(await workbench.textOnce(manuscript, listed), listed);
    });
    it('and types over the bracket that the editor closed', async () => {
      await typed(' [@feder2021', 'feder2021', '] and');
      assert.equal(await workbench.textOnce(manuscript, atTheEnd(' [@feder2021] and')), atTheEnd(' [@feder2021] and'));
    });
    it('and adds a page within the brackets', async () => {
      await typed(' [@feder2021', 'feder2021', ', p. 3] and');
      assert.equal(await workbench.textOnce(manuscript, atTheEnd(' [@feder2021, p. 3] and')), atTheEnd(' [@feder2021, p. 3] and'));
    });
    it('and adds another study within the brackets', async () => {
      await typed(' [@feder2021', 'feder2021', '; @dore2019');
      await workbench.firstSuggestion('dore2019');
      await workbench.press('Enter');
      await workbench.type(']');
      assert.equal(await workbench.textOnce(manuscript, atTheEnd(' [@feder2021; @dore2019]')), atTheEnd(' [@feder2021; @dore2019]'));
    });
    it('and chooses the other form within the brackets', async () => {
      await workbench.goTo(11, 4);
      await workbench.type(' [@feder2021');
      await workbench.suggestion('in the text');
      await theLatestList();
      await workbench.press('ArrowDown', 'Enter');
      assert.equal(await workbench.textOnce(manuscript, atTheEnd(' @feder2021')), atTheEnd(' @feder2021'));
    });
    it('and takes it back in one step', async () => {
      await typed(' [@feder2021', 'feder2021');
      await workbench.textOnce(manuscript, atTheEnd(' [@feder2021]'));
      await workbench.press('Control+Z');
      assert.equal(await workbench.textOnce(manuscript, atTheEnd(' [@feder2021]')), atTheEnd(' [@feder2021]'));
    });
  });
});
