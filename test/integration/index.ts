import Mocha from 'mocha';
import * as vscode from 'vscode';
import { closeEditors, serverAnswers } from './support/editor.ts';

/** Set by the bundler. */
declare const TEST_GREP: string;

const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, color: false, reporter: 'spec', ...(TEST_GREP && { grep: TEST_GREP }) });
// The test files, bundled behind this module, call `describe` and `it` as they are loaded.
mocha.suite.emit('pre-require', globalThis, 'integration', mocha);
// Nothing answers before the extension is active, and asking does not make it so.
mocha.suite.beforeAll(async function () {
  this.timeout(120_000);
  await vscode.extensions.getExtension('ketamine-citations.ketamine-citations')?.activate();
  await serverAnswers();
});
// Hundreds of open manuscripts would all be checked again at each change of a setting.
mocha.suite.afterEach(closeEditors);

/** Called by VS Code in the extension host; writes the result into the opened folder, where the runner looks for it. */
export async function run(): Promise<void> {
  const result = { passed: 0, failed: 0 };
  await new Promise<void>(resolve => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', () => result.passed++);
    runner.on('fail', () => result.failed++);
  });

  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) {
    throw new Error('The tests need an opened folder.');
  }
  const file = vscode.Uri.joinPath(folder.uri, 'result.json');
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(result)));
  if (result.failed > 0 || result.passed === 0) {
    throw new Error(`${result.passed} passed, ${result.failed} failed`);
  }
}
