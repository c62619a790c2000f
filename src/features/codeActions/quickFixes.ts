import * as vscode from 'vscode';
import type { CheckCode, Fix, Problem } from '../../core/checks/problem.ts';
import { textsOf } from '../../editor/readings.ts';
import { commandId } from '../../manifest.ts';
import { createAction } from './createBibliography.ts';
import { rangeOf, workspaceEditOf, type EditsIn } from './edits.ts';
import { fixesTogether, type ProblemsIn } from './fixing.ts';

/** Repairs everything that has one clear repair; for `editor.codeActionsOnSave`. */
export const fixAllKind = vscode.CodeActionKind.SourceFixAll.append('ketamineCitations');

/** The repairs of the problems at a range, best first, and those of all problems of the same kind in the manuscript's texts. */
export function quickFixes(
  document: vscode.TextDocument,
  range: vscode.Range,
  { diagnostics }: vscode.CodeActionContext,
  texts: readonly ProblemsIn[],
): vscode.CodeAction[] {
  const problems = texts.find(text => text.document === document)?.problems ?? [];
  const here = problems.filter(({ start, end }) => rangeOf(document, start, end).intersection(range));
  const codes = new Set(here.map(({ code }) => code));
  return [
    ...here.flatMap(problem => fixesOf(document, problem, diagnosticsOf(document, problem, diagnostics))),
    ...Array.from(codes).flatMap(code => fixAllOf(code, texts, diagnostics)),
  ];
}

function fixesOf(
  document: vscode.TextDocument,
  { code, key, fixes, missing }: Problem,
  diagnostics: vscode.Diagnostic[],
): vscode.CodeAction[] {
  const actions = fixes.map(fix => {
    const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
    action.edit = workspaceEditOf([{ document, edits: fix.edits }, ...elsewhereOf(document, fix)]);
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

function elsewhereOf(document: vscode.TextDocument, { elsewhere = [] }: Fix): EditsIn[] {
  const texts = textsOf(document);
  return elsewhere.flatMap(({ text, edits }) => (texts[text] ? [{ document: texts[text], edits }] : []));
}

function fixAllOf(
  code: CheckCode,
  texts: readonly ProblemsIn[],
  diagnostics: readonly vscode.Diagnostic[],
): vscode.CodeAction[] {
  const { parts, count } = fixesTogether(texts, code);
  if (count < 2) {
    return [];
  }
  const title = vscode.l10n.t('Fix all {0} of these problems in this document', count);
  const action = new vscode.CodeAction(titleOfAll(code) ?? title, vscode.CodeActionKind.QuickFix);
  action.edit = workspaceEditOf(parts);
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

/** All preferred fixes of the document in one; of a notebook those of one cell, for VS Code asks for each when it saves. */
export function sourceFixAll(document: vscode.TextDocument, problems: readonly Problem[]): vscode.CodeAction[] {
  const { parts, count } = fixesTogether([{ document, problems }]);
  if (count === 0) {
    return [];
  }
  const action = new vscode.CodeAction(vscode.l10n.t('Fix all clear citation problems'), fixAllKind);
  action.edit = workspaceEditOf(parts);
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
