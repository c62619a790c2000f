import * as vscode from 'vscode';
import { repairsOf } from '../../core/bibliography/repairs.ts';
import type { FileProblem, Scan, Scanner } from '../../core/bibliography/scan.ts';
import { anyCase } from '../../core/globs.ts';
import { inSlices, quietly } from '../../editor/edges.ts';
import { workspaceEdit } from './edits.ts';
import { codeOf } from './quickFixes.ts';

/** The endings of formats in which something can be repaired. */
const endings = ['bib', 'bibtex', 'biblatex', 'json', 'ris', 'txt', 'xml', 'yaml', 'yml'];

/** A longer document (UTF-16 code units) is not read for its lightbulb. */
const longest = 20_000_000;

/** The repairs of what Pandoc can't read in a bibliography file, at one line and in all of the file. */
export function registerBibliographyFixes(log: vscode.LogOutputChannel): vscode.Disposable {
  const selector = endings.map((ending): vscode.DocumentFilter => ({ pattern: `**/*.${anyCase(ending)}` }));
  const read = new WeakMap<vscode.TextDocument, Repairable>();
  const provider: vscode.CodeActionProvider = {
    provideCodeActions: (document, range, { diagnostics }, token) =>
      quietly(log, async () => {
        const told = diagnostics.filter(each => each.source === 'Ketamine Citations' && codeOf(each) === 'bibliography-entry');
        if (told.length === 0) {
          return undefined;
        }
        const known = read.get(document);
        // Of the text as it is now: what was told is of the file as it was saved.
        const now = known?.version === document.version ? known : await repairable(document, token);
        read.set(document, now);
        return token.isCancellationRequested ? undefined : actionsAt(document, range, now.problems, told);
      }),
  };
  return vscode.languages.registerCodeActionsProvider(selector, provider, {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
  });
}

/** What can be repaired in a version of a document. */
interface Repairable {
  readonly version: number;
  readonly problems: readonly FileProblem[];
}

async function repairable(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<Repairable> {
  const { version, uri } = document;
  const text = document.getText();
  // It brings the readers of all formats along.
  const { formatOf, readerOf } = await import('../../core/bibliography/readers.ts');
  const format = formatOf(uri.path, text.slice(0, 4096));
  if (!format || text.length > longest) {
    return { version, problems: [] };
  }
  const { problems } = await inSlices(scanned(text, readerOf(format).scanner()), token);
  return { version, problems: problems.filter(({ repair }) => repair) };
}

function* scanned(text: string, scanner: Scanner): Generator<undefined, Scan> {
  yield* scanner.push(text);
  return yield* scanner.end();
}

function actionsAt(
  document: vscode.TextDocument,
  range: vscode.Range,
  problems: readonly FileProblem[],
  told: readonly vscode.Diagnostic[],
): vscode.CodeAction[] {
  const { t } = vscode.l10n;
  const [from, to] = [document.offsetAt(range.start.with({ character: 0 })), document.offsetAt(document.lineAt(range.end).range.end)];
  const here = problems.filter(({ start }) => start >= from && start <= to);
  if (here.length === 0) {
    return [];
  }
  const one = actionOf(document, t('Write as Pandoc reads it'), here, told);
  one.isPreferred = true;
  return problems.length === here.length
    ? [one]
    : [one, actionOf(document, t('Write all {0} such places of this file as Pandoc reads them', problems.length), problems, told)];
}

function actionOf(
  document: vscode.TextDocument,
  title: string,
  problems: readonly FileProblem[],
  told: readonly vscode.Diagnostic[],
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.edit = workspaceEdit(document, repairsOf(problems));
  action.diagnostics = [...told];
  return action;
}
