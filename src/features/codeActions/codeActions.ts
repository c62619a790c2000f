import * as vscode from 'vscode';
import { quietly } from '../../editor/edges.ts';
import type { KnownKeys } from '../../editor/known.ts';
import { isManuscript, manuscripts } from '../../editor/manuscripts.ts';
import type { ManuscriptPrinter } from '../../editor/printer.ts';
import type { Problems } from '../../editor/problems.ts';
import type { ProjectProblems } from '../../editor/projectProblems.ts';
import type { Readings } from '../../editor/readings.ts';
import type { References } from '../../editor/references.ts';
import { commandId } from '../../manifest.ts';
import { registerBibliographyFixes } from './bibliographyFixes.ts';
import { registerRewritingCommands } from './commands.ts';
import { Converter } from './converter.ts';
import { problemsOfAll } from './fixing.ts';
import { missingLinkFix, registerMissingLinks } from './missingLinks.ts';
import { registerProjectFixes } from './projectFixes.ts';
import { fixAllKind, quickFixes, sourceFixAll } from './quickFixes.ts';
import { kinds, refactorings, rewrite } from './refactorings.ts';

/** Repairs and refactorings of citations, in the lightbulb's menu and as commands. */
export function registerCodeActions(
  readings: Readings,
  known: KnownKeys,
  problems: Problems,
  projectProblems: ProjectProblems,
  references: References,
  printer: ManuscriptPrinter,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const converter = new Converter(known, references, readings, printer);
  const provider: vscode.CodeActionProvider = {
    provideCodeActions: (document, range, context, token) =>
      quietly(log, async () => {
        const reading = isManuscript(document) ? await readings.of(document) : undefined;
        if (!reading || token.isCancellationRequested) {
          return undefined;
        }
        const found = wantsFixes(context) ? await problems.of(document) : [];
        if (token.isCancellationRequested) {
          return undefined;
        }
        const scope = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
        // The other cells of a notebook matter only for mending all of a kind, which is offered at one of them.
        const isHere = found.some(({ start, end }) => start <= scope.end && end >= scope.start);
        const texts =
          isHere && isWanted(vscode.CodeActionKind.QuickFix, context)
            ? await problemsOfAll(document, problems)
            : [{ document, problems: found }];
        const rewritings = wantsRefactorings(context)
          ? await refactorings({ document, scope, reading }, converter, context.only)
          : [];
        return [
          ...(isWanted(vscode.CodeActionKind.QuickFix, context) ? quickFixes(document, range, context, texts) : []),
          ...(isWanted(vscode.CodeActionKind.QuickFix, context) ? missingLinkFix(document, context, reading) : []),
          ...(context.only?.contains(fixAllKind) ? sourceFixAll(document, found) : []),
          ...rewritings,
        ];
      }),
  };
  return vscode.Disposable.from(
    vscode.languages.registerCodeActionsProvider([...manuscripts], provider, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, fixAllKind, ...Object.values(kinds)],
      documentation: [{ kind: rewrite, command: aboutRefactorings() }],
    }),
    registerRewritingCommands(readings, known, problems, converter, log),
    registerMissingLinks(log),
    registerProjectFixes(projectProblems, log),
    registerBibliographyFixes(log),
  );
}

/** The README's part on them, which stands under the heading Refactorings. */
function aboutRefactorings(): vscode.Command {
  return {
    title: vscode.l10n.t('About refactoring citations'),
    command: commandId('_explain'),
    arguments: ['refactorings'],
  };
}

function isWanted(kind: vscode.CodeActionKind, { only }: vscode.CodeActionContext): boolean {
  return !only || only.contains(kind);
}

function wantsFixes(context: vscode.CodeActionContext): boolean {
  return isWanted(vscode.CodeActionKind.QuickFix, context) || isWanted(fixAllKind, context);
}

/** Not while the caret only moves: a lightbulb on every citation would tell nothing. */
function wantsRefactorings(context: vscode.CodeActionContext): boolean {
  const isAsked = context.only !== undefined || context.triggerKind === vscode.CodeActionTriggerKind.Invoke;
  return isAsked && Object.values(kinds).some(kind => isWanted(kind, context));
}
