import * as vscode from 'vscode';
import type { Problem } from '../core/checks/problem.ts';
import { diagnostic, severityFor } from '../editor/diagnostic.ts';
import { quietly } from '../editor/edges.ts';
import type { KnownKeys } from '../editor/known.ts';
import { isManuscript } from '../editor/manuscripts.ts';
import type { Problems } from '../editor/problems.ts';
import { notebookOf, textsOf } from '../editor/readings.ts';
import { registerCommand, settingsFor, type SettingReader } from '../manifest.ts';

/** The writer has paused for this long (ms) before the text is checked. */
const pause = 300;

/** Shows the problems of open manuscripts, one document at a time. */
export function registerDiagnostics(
  problems: Problems,
  known: KnownKeys,
  extensionUri: vscode.Uri,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('ketamineCitations');
  const waiting = new Set<vscode.TextDocument>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;

  const checkSoon = (...documents: readonly vscode.TextDocument[]): void => {
    documents.filter(isChecked).forEach(document => waiting.add(document));
    clearTimeout(timer);
    timer = waiting.size > 0 ? setTimeout(() => void checkAll(), pause) : undefined;
  };
  const checkOpen = (): void => checkSoon(...vscode.workspace.textDocuments);

  async function checkAll(): Promise<void> {
    if (running) {
      return;
    }
    running = true;
    for (const document of waiting) {
      waiting.delete(document);
      await quietly(log, () => check(document));
    }
    running = false;
  }

  async function check(document: vscode.TextDocument): Promise<void> {
    const { version } = document;
    const found = await problems.of(document);
    // Typed on meanwhile: what was found has moved, and the next check is on its way.
    if (!document.isClosed && document.version === version) {
      const setting = settingsFor(document);
      collection.set(document.uri, found.flatMap(problem => diagnosticOf(problem, document, setting)));
    }
  }

  checkOpen();
  return vscode.Disposable.from(
    collection,
    { dispose: () => clearTimeout(timer) },
    vscode.workspace.onDidOpenTextDocument(document => checkSoon(document)),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) {
        // What a cell tells of a notice, and of works under two keys, depends on the other cells.
        checkSoon(...(notebookOf(document) ? textsOf(document) : [document]));
      }
    }),
    vscode.workspace.onDidChangeNotebookDocument(({ notebook, contentChanges }) => {
      if (contentChanges.length > 0) {
        // Cells that came, went or were moved: which of them is the first to cite a work may be another now.
        checkSoon(...notebook.getCells().map(cell => cell.document));
      }
    }),
    vscode.workspace.onDidCloseTextDocument(document => {
      waiting.delete(document);
      collection.delete(document.uri);
    }),
    vscode.workspace.onDidChangeConfiguration(event => event.affectsConfiguration('ketamineCitations') && checkOpen()),
    known.onDidChange(checkOpen),
    registerCommand('_dismissNotice', async (uri, key) => {
      await problems.dismissNotice(vscode.Uri.parse(uri, true), key);
      checkOpen();
    }),
    registerCommand('restoreNotices', async () => {
      const count = await problems.restoreNotices();
      checkOpen();
      void vscode.window.showInformationMessage(
        count > 0
          ? vscode.l10n.t('Notices of studies are told again; {0} had been dismissed.', count)
          : vscode.l10n.t('No notice had been dismissed.'),
      );
    }),
    registerCommand('_explain', async code => {
      const readme = await readmeIn(extensionUri);
      await vscode.commands.executeCommand('markdown.showPreview', readme.with({ fragment: code }));
    }),
  );
}

/** Packing an extension gives the file a small name. */
async function readmeIn(extensionUri: vscode.Uri): Promise<vscode.Uri> {
  const readme = vscode.Uri.joinPath(extensionUri, 'README.md');
  try {
    await vscode.workspace.fs.readFile(readme);
    return readme;
  } catch {
    return vscode.Uri.joinPath(extensionUri, 'readme.md');
  }
}

/** Not what can't be written to: older versions in a comparison, a study's card. */
function isChecked(document: vscode.TextDocument): boolean {
  return isManuscript(document) && vscode.workspace.fs.isWritableFileSystem(document.uri.scheme) !== false;
}

function diagnosticOf(problem: Problem, document: vscode.TextDocument, setting: SettingReader): vscode.Diagnostic[] {
  const severity = severityOf(problem, document, setting);
  if (severity === undefined) {
    return [];
  }
  const { code, message, start, end } = problem;
  const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
  return [diagnostic(code, message, range, severity)];
}

/** A correction or a later version does not take the work's trust away; it is at most an information. */
function severityOf(
  { code, weight }: Problem,
  document: vscode.TextDocument,
  setting: SettingReader,
): vscode.DiagnosticSeverity | undefined {
  const severity = severityFor(code, document, setting);
  return severity !== undefined && weight === 'plain'
    ? Math.max(severity, vscode.DiagnosticSeverity.Information)
    : severity;
}
