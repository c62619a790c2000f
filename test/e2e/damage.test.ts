import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../host/paths.ts';
import { studies } from '../support/dataset.ts';
import { openWorkbench, type Workbench } from './support/workbench.ts';

/** The extension as a writer has it after a disk went bad: one message each, and the rest goes on. */
describe('A damaged extension', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'damaged-'));
  let workbench: Workbench;
  const manuscript = 'manuscript.md';

  before(async () => {
    for (const part of ['dist', 'media', 'package.json']) {
      cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
    }
    const file = path.join(folder, 'dist', 'studies.json');
    // In the second line, the first record.
    writeFileSync(file, readFileSync(file, 'utf8').replace('"csl":{', '"csl":'));
    rmSync(path.join(folder, 'dist', 'references'), { recursive: true });
    mkdirSync(path.join(folder, 'dist', 'references'));
    writeFileSync(path.join(folder, 'dist', 'styles', 'ama.json'), '{"n":');
    writeFileSync(path.join(folder, 'dist', 'locales', 'de-DE.json'), 'null');
    workbench = await openWorkbench({
      extensionPath: folder,
      files: { [manuscript]: '# Damage\n\nShown \n' },
      settings: {
        'ketamineCitations.style': 'ama',
        'ketamineCitations.locale': 'de-DE',
        'ketamineCitations.completion.maxStudies': -3,
      },
    });
    await collectMessages();
    await workbench.openFile(manuscript);
    await workbench.goTo(3, 7);
  });
  after(async () => {
    await workbench.close();
    rmSync(folder, { recursive: true });
  });

  /** Every message that was shown, for they go away by themselves. */
  const told = async (text: string): Promise<void> => {
    await workbench.page.waitForFunction(
      wanted => [...(globalThis as unknown as { told: Set<string> }).told].some(each => each.includes(wanted)),
      text,
    );
  };
  const collectMessages = (): Promise<void> =>
    workbench.page.evaluate(`
      globalThis.told = new Set();
      setInterval(() => document.querySelectorAll('.notification-list-item-message').forEach(each => told.add(each.textContent)), 100);
    `);

  it('tells of the setting that makes no sense, and names its default', () =>
    told('ketamineCitations.completion.maxStudies is -3, not a whole number from 1 to 50; 20 is used.'));
  it('cites the studies that can be read', async () => {
    await workbench.type('@feder 2021');
    await workbench.firstSuggestion('feder2021');
    await workbench.press('Enter');
    assert.equal(
      await workbench.textOnce(manuscript, '# Damage\n\nShown [@feder2021]\n'),
      '# Damage\n\nShown [@feder2021]\n',
    );
  });
  it('names the file and the line that is damaged', () =>
    told(`dist/studies.json: line 2 is damaged and was left out. ${studies.length - 1} studies were read.`));
  it('prints in the default style and language where the chosen ones can’t be read, and names the files', async () => {
    await workbench.press('End', 'Enter');
    await workbench.runCommand('Ketamine Citations: Insert Reference…');
    await workbench.quickInput.titled('Insert reference');
    await workbench.quickInput.type('feder2021');
    await workbench.quickInput.row('feder2021');
    await workbench.press('Enter');
    await workbench.quickInput.closed();
    await told('dist/styles/ama.json');
    await told('dist/locales/de-DE.json');
    let text = '';
    for (let tries = 0; tries < 100 && !text.includes('Feder, A.'); tries += 1) {
      text = await workbench.text(manuscript);
    }
    assert.match(text, /\nFeder, A\., Costi, S\., .*& Charney, D\. S\. \(2021\)/);
  });
});
