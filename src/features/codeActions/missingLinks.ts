import * as vscode from 'vscode';
import type { Reading } from '../../core/reading.ts';
import { atTheEdge } from '../../editor/edges.ts';
import { commandId, registerCommand } from '../../manifest.ts';
import { codeOf } from './quickFixes.ts';

/**
 * VS Code's own Markdown check takes `[@feder2021]` for a link whose definition is missing. It can't be told of citations,
 * only to leave all such links alone.
 */
const missingReference = 'link.no-such-reference';
const section = 'markdown.validate.referenceLinks';

/** A quick fix where VS Code reports a citation as a missing link. */
export function missingLinkFix(
  document: vscode.TextDocument,
  { diagnostics }: vscode.CodeActionContext,
  reading: Reading,
): vscode.CodeAction[] {
  const reported = diagnostics.filter(
    diagnostic =>
      codeOf(diagnostic) === missingReference &&
      [diagnostic.range.start, diagnostic.range.end].some(at => reading.citationAt(document.offsetAt(at))),
  );
  if (reported.length === 0) {
    return [];
  }
  const title = vscode.workspace.getWorkspaceFolder(document.uri)
    ? vscode.l10n.t('Stop VS Code from reporting citations as missing links in this workspace')
    : vscode.l10n.t('Stop VS Code from reporting citations as missing links…');
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = reported;
  action.command = { title, command: commandId('_ignoreMissingLinks'), arguments: [document.uri.toString()] };
  return [action];
}

export function registerMissingLinks(log: vscode.LogOutputChannel): vscode.Disposable {
  return registerCommand(
    '_ignoreMissingLinks',
    atTheEdge(log, async uri => {
      const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri, true));
      if (!folder && !(await mayChangeUserSettings())) {
        return;
      }
      const target = folder ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
      await vscode.workspace.getConfiguration(section).update('enabled', 'ignore', target);
      tell(folder ? vscode.l10n.t('this workspace') : vscode.l10n.t('all your files'), target);
    }),
  );
}

async function mayChangeUserSettings(): Promise<boolean> {
  const change = vscode.l10n.t('Change User Settings');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'No folder is open, so {0}.enabled would be set to “ignore” in your user settings, for all Markdown files.',
      section,
    ),
    change,
  );
  return answer === change;
}

/** Not awaited: the message stays until the writer is done with it. */
function tell(where: string, target: vscode.ConfigurationTarget): void {
  const undo = vscode.l10n.t('Undo');
  const message = vscode.l10n.t(
    'VS Code took [@citekey] for a link without a definition. {0}.enabled is now “ignore” for {1}, so links to definitions that don’t exist are not reported either. Undo: remove that setting.',
    section,
    where,
  );
  void vscode.window.showInformationMessage(message, undo).then(answer => {
    if (answer === undo) {
      void vscode.workspace.getConfiguration(section).update('enabled', undefined, target);
    }
  });
}
