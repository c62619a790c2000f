import * as vscode from 'vscode';

/** Our problems in a document once some were found, or once a check came to an end without any. */
export async function problemsIn(
  document: Pick<vscode.TextDocument, 'uri'>,
  fits: (problems: readonly vscode.Diagnostic[]) => boolean = problems => problems.length > 0,
): Promise<readonly vscode.Diagnostic[]> {
  const own = (): vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Ketamine Citations');
  for (let tries = 0; tries < 250; tries += 1) {
    if (fits(own())) {
      break;
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  return own().sort((a, b) => a.range.start.compareTo(b.range.start));
}

export function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}
