import * as vscode from 'vscode';

const { t } = vscode.l10n;

const scheme = 'ketamine-import';

/** What the writer sees before something is written. */
export interface Shown {
  readonly reference: string;
  readonly entry: string;
  readonly format: string;
  readonly file: string;
  readonly key: string;
  readonly from: string;
}

/** Shows an entry as it would be written: a read-only document beside the manuscript, and the question. */
export class Preview implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.path) ?? '';
  }

  /** Whether it is to be written. Whatever the writer answers, the document goes away again. */
  async agrees(shown: Shown): Promise<boolean> {
    const uri = vscode.Uri.from({ scheme, path: `/${Date.now()}/${t('New entry')} ${shown.key}` });
    this.#texts.set(uri.path, textOf(shown));
    try {
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true });
      return await this.#ask(shown);
    } finally {
      await close(uri);
      this.#texts.delete(uri.path);
    }
  }

  async #ask({ reference, file, key }: Shown): Promise<boolean> {
    const write = { label: `$(check) ${t('Add it to {0} and cite it', file)}`, description: key, detail: reference };
    const not = { label: `$(close) ${t('Leave everything as it is')}` };
    const options = { title: t('Add this entry?'), placeHolder: t('The whole entry is shown beside the manuscript'), ignoreFocusOut: true };
    return (await vscode.window.showQuickPick([write, not], options)) === write;
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function textOf({ reference, entry, format, file, from }: Shown): string {
  return [t('{0} says:', from), reference, t('This would be added to {0} ({1}); nothing is written yet:', file, format), entry, ''].join('\n\n');
}

async function close(uri: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs);
  const own = tabs.filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
  await vscode.window.tabGroups.close(own);
}
