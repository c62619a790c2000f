import * as vscode from 'vscode';
import { Lines } from '../core/lines.ts';
import type { Problem } from '../core/checks/problem.ts';
import { diagnostic, severityFor } from '../editor/diagnostic.ts';
import { quietly } from '../editor/edges.ts';
import { FileCache } from '../editor/files.ts';
import type { KnownKeys } from '../editor/known.ts';
import { isManuscript } from '../editor/manuscripts.ts';
import { isProjectFile } from '../editor/projectFiles.ts';
import type { ProjectProblems } from '../editor/projectProblems.ts';
import { settingsFor } from '../manifest.ts';

/** Nothing has changed for so long (ms) before project files are looked at. */
const pause = 300;

/** Larger project files (bytes) are not read. */
const largest = 2_000_000;

/** Shows, in the project files of open manuscripts and in those that are open, what is wrong with what they name and list. */
export function registerProjectDiagnostics(
  known: KnownKeys,
  problems: ProjectProblems,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('ketamineCitations.projects');
  const lines = new FileCache(async text => new Lines(text), largest);
  let shown: readonly vscode.Uri[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function show(): Promise<void> {
    const files = await projectFilesInUse(known);
    const now = new Set(files.map(String));
    shown.filter(uri => !now.has(uri.toString())).forEach(uri => collection.delete(uri));
    shown = files;
    for (const uri of files) {
      collection.set(uri, await diagnosticsOf(uri));
    }
  }

  async function diagnosticsOf(uri: vscode.Uri): Promise<vscode.Diagnostic[]> {
    const found = settingsFor(uri)('checks.enabled') ? await problems.of(uri) : [];
    const read = found.length > 0 ? await lines.of(uri) : undefined;
    return found.flatMap(({ code, message, start, end }) => {
      const severity = severityFor(code, uri);
      return read && severity !== undefined ? [diagnostic(code, message, rangeIn(read, { start, end }), severity)] : [];
    });
  }

  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void quietly(log, show), pause);
  };
  const ofInterest = ({ uri }: vscode.TextDocument, isAny: boolean): void => (isAny || isProjectFile(uri) ? soon() : undefined);
  soon();
  return vscode.Disposable.from(
    collection,
    { dispose: () => clearTimeout(timer) },
    known.onDidChange(soon),
    vscode.workspace.onDidOpenTextDocument(document => ofInterest(document, isManuscript(document))),
    vscode.workspace.onDidCloseTextDocument(document => ofInterest(document, isManuscript(document))),
    vscode.workspace.onDidChangeTextDocument(({ document }) => ofInterest(document, false)),
    vscode.workspace.onDidChangeConfiguration(event => event.affectsConfiguration('ketamineCitations.checks') && soon()),
  );
}

async function projectFilesInUse(known: KnownKeys): Promise<readonly vscode.Uri[]> {
  const files = new Map<string, vscode.Uri>();
  const documents = vscode.workspace.textDocuments;
  for (const document of documents) {
    const { uri } = document;
    const used = isManuscript(document) ? (await known.of(document)).projectFiles : uri.scheme !== 'git' && isProjectFile(uri) ? [uri] : [];
    used.forEach(file => files.set(file.toString(), file));
  }
  // A book's first chapter that is open is told of as the manuscript that it is.
  documents.filter(isManuscript).forEach(({ uri }) => files.delete(uri.toString()));
  return [...files.values()];
}

function rangeIn(lines: Lines, { start, end }: Pick<Problem, 'start' | 'end'>): vscode.Range {
  const [from, to] = [lines.positionAt(start), lines.positionAt(end)];
  return new vscode.Range(from.line, from.character, to.line, to.character);
}
