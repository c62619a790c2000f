import * as vscode from 'vscode';
import type { QuoteBank, QuoteFileProblem } from '../../editor/quoteBank.ts';

/** Shows what is wrong with a file of quotes where it stands, from when the files are first read or one is opened. */
export function showProblems(bank: QuoteBank): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('ketamineCitations.quotes');
  const show = async (): Promise<void> => {
    await bank.files();
    collection.clear();
    const byFile = new Map<string, QuoteFileProblem[]>();
    for (const problem of bank.problems) {
      const others = byFile.get(problem.uri.toString()) ?? [];
      others.push(problem);
      byFile.set(problem.uri.toString(), others);
    }
    byFile.forEach((problems, uri) => collection.set(vscode.Uri.parse(uri), problems.map(diagnostic)));
  };
  return vscode.Disposable.from(
    collection,
    bank.onDidChange(() => void show()),
    vscode.workspace.onDidOpenTextDocument(({ uri }) => bank.has(uri) && void show()),
  );
}

function diagnostic({ uri, line, start, end, message }: QuoteFileProblem): vscode.Diagnostic {
  const document = vscode.workspace.textDocuments.find(each => each.uri.toString() === uri.toString());
  const range = document ? new vscode.Range(document.positionAt(start), document.positionAt(end)) : new vscode.Range(line - 1, 0, line - 1, 0);
  const result = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Warning);
  result.source = 'Ketamine Citations';
  return result;
}
