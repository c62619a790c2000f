import assert from 'node:assert/strict';
import { openWorkbench, type Workbench } from './support/workbench.ts';

const text = `# Evidence

A single infusion [@feder2014, p. 683] and repeated ones [see @feder2021; @dore2019] were tried.
`;

/** A writer whose journal asks for another style. */
describe('A writer who chooses a style', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({ files: { 'manuscript.md': text } });
    await workbench.openFile('manuscript.md');
  });
  after(() => workbench.close());

  const rows = (): Promise<string[]> => workbench.page.locator('.quick-input-list .monaco-list-row').allInnerTexts();
  async function until(fits: (rows: readonly string[]) => boolean): Promise<readonly string[]> {
    for (let tries = 0; ; tries += 1) {
      const now = await rows();
      if (fits(now)) {
        return now;
      }
      assert.ok(tries < 150, now.join('\n'));
      await workbench.page.waitForTimeout(100);
    }
  }

  it('sees the style in force and the common ones, each with a sample of the first citation', async () => {
    await workbench.runCommand('Ketamine Citations: Choose Citation Style…');
    const [first = '', second = ''] = await until(now => now.length > 5 && !now.slice(0, 4).some(row => /^…$/m.test(row)));
    assert.match(first, /APA/);
    assert.match(first, /\(Feder et al\., 2014, p\. 683\)/);
    assert.match(second, /^AMA/);
    await workbench.picture('styles');
  });
  it('finds a journal, and sees how it prints the citation', async () => {
    await workbench.page.keyboard.type('affective disorders');
    const [first = ''] = await until(now => /\(Feder/.test(now[0] ?? ''));
    assert.match(first, /^Journal of Affective Disorders/);
    assert.match(first, /Elsevier - Harvard/);
    await workbench.picture('styles-journal');
  });
  it('has it in force after Enter', async () => {
    await workbench.page.keyboard.press('Enter');
    await workbench.page.waitForTimeout(500);
    await workbench.runCommand('Ketamine Citations: Status and Help');
    await until(now => now.some(row => row.includes('Journal of Affective Disorders')));
    await workbench.page.keyboard.press('Escape');
  });
});
