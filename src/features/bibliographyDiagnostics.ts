import * as vscode from 'vscode';
import type { Bibliography } from '../core/bibliography/bibliography.ts';
import type { Bibliographies } from '../editor/bibliographies.ts';
import { diagnostic, severityFor } from '../editor/diagnostic.ts';
import { inSlices, quietly } from '../editor/edges.ts';

/** A file with more faults than this is of another kind than its name says; the first are shown. */
const most = 200;

/** Shows what can't be read of a bibliography at its line in the file. */
export function registerBibliographyDiagnostics(
  bibliographies: Bibliographies,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('ketamineCitations.bibliographies');
  const shown = new Map<string, Bibliography | undefined>();

  async function show(uri: vscode.Uri, isForced = false): Promise<void> {
    const { bibliography } = bibliographies.of(uri);
    const key = uri.toString();
    if (!isForced && shown.get(key) === bibliography) {
      return;
    }
    shown.set(key, bibliography);
    const found = bibliography ? await diagnosticsOf(bibliography, uri) : [];
    if (shown.get(key) === bibliography) {
      collection.set(uri, found);
    }
  }

  return vscode.Disposable.from(
    collection,
    bibliographies.onDidChange(uri => void quietly(log, () => show(uri))),
    vscode.workspace.onDidChangeConfiguration(event => {
      if (event.affectsConfiguration('ketamineCitations.checks')) {
        bibliographies.all.forEach(({ uri }) => void quietly(log, () => show(uri, true)));
      }
    }),
  );
}

async function diagnosticsOf({ problems, text }: Bibliography, uri: vscode.Uri): Promise<vscode.Diagnostic[]> {
  const severity = severityFor('bibliography-entry', uri);
  if (severity === undefined) {
    return [];
  }
  const told = [...problems].sort((a, b) => a.start - b.start).slice(0, most);
  const starts = await inSlices(text.positions(told.map(({ start }) => start)));
  return told.map(({ message, isLoss, stopsPandoc }, index) => {
    const { line, character } = starts[index]!;
    // To the line's end: an entry may go over many lines, and all of them underlined would say nothing.
    const range = new vscode.Range(line, character, line, Number.MAX_SAFE_INTEGER);
    const weight = isLoss || stopsPandoc ? severity : Math.max(severity, vscode.DiagnosticSeverity.Information);
    return diagnostic('bibliography-entry', message, range, weight);
  });
}
