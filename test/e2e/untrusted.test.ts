import assert from 'node:assert/strict';
import { openWorkbench, type Workbench } from './support/workbench.ts';

const entry = (key: string, title: string): string =>
  `@article{${key},\n  author = {Author, Seventeen},\n  title = {${title}},\n  journal = {Journal of Tests},\n  year = {2019}\n}\n`;

/** A writer who has opened a folder of somebody else's and does not trust it. */
describe('A writer in a folder that is not trusted', () => {
  let workbench: Workbench;
  const text = '---\nbibliography: refs.bib\n---\n\nShown before \n';

  before(async () => {
    workbench = await openWorkbench({
      files: {
        'manuscript.md': text,
        'refs.bib': entry('author17', 'Rivulets and quartz'),
        'named.bib': entry('author18', 'Rivulets and granite'),
        '.vscode/settings.json': JSON.stringify({ 'ketamineCitations.bibliographies': ['named.bib'] }),
      },
      asksForTrust: true,
      userSettings: { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' },
      size: { width: 1200, height: 720 },
    });
    await workbench.openFile('manuscript.md');
  });
  after(() => workbench.close());

  const libraryRows = () => workbench.page.locator('.part.sidebar .pane:has(> .pane-header[aria-label^="Library"]) .monaco-list-row');

  it('cites the studies and what the manuscript names; what the folder’s settings name is not read', async () => {
    await workbench.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    await workbench.runCommand('Ketamine Citations: Show the Library of Your Own Entries');
    await libraryRows().filter({ hasText: 'refs.bib' }).waitFor();
    assert.deepEqual((await libraryRows().allInnerTexts()).map(each => /\w+\.bib/.exec(each)?.[0]).filter(Boolean), ['refs.bib']);
    await workbench.openFile('manuscript.md');
    await workbench.goTo(5, 14);
    await workbench.type('@rivulets');
    await workbench.firstSuggestion('author17');
    assert.ok(!(await workbench.suggestions()).some(each => each.includes('author18')));
    await workbench.picture('untrusted');
    await workbench.press('Enter');
    const cited = text.replace('before ', 'before [@author17]');
    assert.equal(await workbench.textOnce('manuscript.md', cited), cited);
  });
  it('has those files, too, once the folder is trusted', async () => {
    await workbench.runCommand('Workspaces: Manage Workspace Trust');
    await workbench.page.locator('.workspace-trust-editor').getByText('Trust', { exact: true }).first().click();
    await workbench.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ state: 'hidden' });
    await workbench.openFile('manuscript.md');
    await libraryRows().filter({ hasText: 'named.bib' }).waitFor();
  });
});
