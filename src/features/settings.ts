import * as vscode from 'vscode';
import type { OnceTeller } from '../editor/edges.ts';
import { registerCommand, settingFaults } from '../manifest.ts';

/** Tells once of each setting whose value makes no sense, when it is made or found, never while the writer types. */
export function registerSettings(teller: OnceTeller): vscode.Disposable {
  const check = (): void => settingFaults().forEach(fault => teller.warn(fault));
  // Not in the way of the writer, who waits for the activation.
  const soon = setTimeout(check, 1000);
  return vscode.Disposable.from(
    { dispose: () => clearTimeout(soon) },
    vscode.workspace.onDidChangeConfiguration(event => event.affectsConfiguration('ketamineCitations') && check()),
    registerCommand('openSettings', async () => {
      await vscode.commands.executeCommand(
        'workbench.action.openSettings',
        '@ext:ketamine-citations.ketamine-citations',
      );
    }),
  );
}
