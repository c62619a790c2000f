import * as vscode from 'vscode';
import { atTheEdge, quietly } from '../../editor/edges.ts';
import { isProjectFile, projectFiles } from '../../editor/projectFiles.ts';
import type { ProjectProblems } from '../../editor/projectProblems.ts';
import { registerCommand } from '../../manifest.ts';
import { createBibliography } from './createBibliography.ts';
import { quickFixes } from './quickFixes.ts';

/** The repairs of what names a missing bibliography or lists an unknown key, in `_quarto.yml` and its like, which are no manuscripts. */
export function registerProjectFixes(problems: ProjectProblems, log: vscode.LogOutputChannel): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions: (document, range, context) =>
      quietly(log, async () => {
        const isTold = context.diagnostics.some(({ source }) => source === 'Ketamine Citations');
        const found = isTold && isProjectFile(document.uri) ? await problems.of(document.uri) : [];
        return quickFixes(document, range, context, [{ document, problems: found }]);
      }),
  };
  return vscode.Disposable.from(
    vscode.languages.registerCodeActionsProvider([...projectFiles], provider, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
    registerCommand('_createBibliography', atTheEdge(log, createBibliography)),
  );
}
