import * as vscode from 'vscode';
import type { BibliographyProblems } from '../../editor/bibliographyProblems.ts';
import { atTheEdge, quietly } from '../../editor/edges.ts';
import { isProjectFile, projectFiles } from '../../editor/projectFiles.ts';
import { registerCommand } from '../../manifest.ts';
import { createBibliography } from './createBibliography.ts';
import { quickFixes } from './quickFixes.ts';

/** The repairs of what names a missing bibliography, also in `_quarto.yml` and its like, which are no manuscripts. */
export function registerProjectFixes(unread: BibliographyProblems, log: vscode.LogOutputChannel): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions: (document, range, context) =>
      quietly(log, async () => {
        const isTold = context.diagnostics.some(({ source }) => source === 'Ketamine Citations');
        const found = isTold && isProjectFile(document.uri) ? await unread.ofProject(document.uri) : [];
        return quickFixes(document, range, context, found);
      }),
  };
  return vscode.Disposable.from(
    vscode.languages.registerCodeActionsProvider([...projectFiles], provider, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
    registerCommand('_createBibliography', atTheEdge(log, createBibliography)),
  );
}
