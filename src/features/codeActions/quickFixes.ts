import * as vscode from 'vscode';
import type { CheckCode, Problem } from '../../core/checks/problem.ts';
import { fixTogether } from '../../core/rewrite/fixAll.ts';
import { commandId } from '../../manifest.ts';
import { createAction } from './createBibliography.ts';
import { rangeOf, workspaceEdit } from './edits.ts';

/** Repairs everything that has one clear repair; for `editor.codeActionsOnSave`. */
export const fixAllKind = vscode.CodeActionKind.SourceFixAll.append('ketamineCitations');

/** The repairs of the problems at a range, best first, and those of all problems of the same kind. */
export function quickFixes(
  document: vscode.TextDocument,
  range: vscode.Range,
  { diagnostics }: vscode.CodeActionContext,
  problems: readonly Problem[],
): vscode.CodeAction[] {
  const here = problems.filter(({ start, end }) => rangeOf(document, start, end).intersection(range));
  const codes = new Set(here.map(({ code }) => code));
  return [
    ...here.flatMap(problem => fixesOf(document, problem, diagnosticsOf(document, problem, diagnostics))),
    ...Array.from(codes).flatMap(code => fixAllOf(document, code, problems, diagnostics)),
  ];
}

function fixesOf(
  document: vscode.TextDocument,
  { code, key, fixes, missing }: Problem,
  diagnostics: vscode.Diagnostic[],
): vscode.CodeAction[] {
  const actions = fixes.map(fix => {
    const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
    action.edit = workspaceEdit(document, fix.edits);
    action.isPreferred = fix.isPreferred;
    return action;
  });
  if (code === 'notice' && key !== undefined) {
    const title = vscode.l10n.t('Don’t tell of this notice again in this manuscript');
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.command = { title, command: commandId('_dismissNotice'), arguments: [document.uri.toString(), key] };
    actions.push(action);
  }
  if (missing !== undefined) {
    actions.push(...createAction(missing));
  }
  actions.forEach(action => (action.diagnostics = diagnostics));
  return actions;
}

function fixAllOf(
  document: vscode.TextDocument,
  code: CheckCode,
  problems: readonly Problem[],
  diagnostics: readonly vscode.Diagnostic[],
): vscode.CodeAction[] {
  const { edits, count } = fixTogether(problems, code);
  if (count < 2) {
    return [];
  }
  const title = vscode.l10n.t('Fix all {0} of these problems in this document', count);
  const action = new vscode.CodeAction(titleOfAll(code) ?? title, vscode.CodeActionKind.QuickFix);
  action.edit = workspaceEdit(document, edits);
  action.diagnostics = diagnostics.filter(diagnostic => codeOf(diagnostic) === code);
  return [action];
}

function titleOfAll(code: CheckCode): string | undefined {
  const { t } = vscode.l10n;
  const titles: Partial<Record<CheckCode, string>> = {
    'unknown-key': t('Fix all unknown citekeys in this document'),
    'key-case': t('Fix the case of all citekeys in this document'),
    'repeated-cite': t('Remove all repeated works from the citations of this document'),
    'adjacent-citations': t('Merge all adjacent citations in this document'),
    'malformed-citation': t('Fix all malformed citations in this document'),
    'quote-differs': t('Restore the wording of all quotes in this document'),
  };
  return titles[code];
}

/** All preferred fixes of the document in one. */
export function sourceFixAll(document: vscode.TextDocument, problems: readonly Problem[]): vscode.CodeAction[] {
  const { edits, count } = fixTogether(problems);
  if (count === 0) {
    return [];
  }
  const action = new vscode.CodeAction(vscode.l10n.t('Fix all clear citation problems'), fixAllKind);
  action.edit = workspaceEdit(document, edits);
  return [action];
}

function diagnosticsOf(
  document: vscode.TextDocument,
  { code, start, end }: Problem,
  diagnostics: readonly vscode.Diagnostic[],
): vscode.Diagnostic[] {
  const range = rangeOf(document, start, end);
  return diagnostics.filter(diagnostic => codeOf(diagnostic) === code && diagnostic.range.isEqual(range));
}

export function codeOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}
