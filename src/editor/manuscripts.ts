import * as vscode from 'vscode';
import { cardScheme } from './card.ts';

/** The documents the extension serves: Markdown, R Markdown and Quarto, wherever they are stored. */
export const manuscripts: readonly vscode.DocumentFilter[] = [
  { language: 'markdown' },
  { language: 'quarto' },
  { language: 'rmd' },
];

export function isManuscript(document: vscode.TextDocument): boolean {
  return vscode.languages.match(manuscripts, document) > 0 && document.uri.scheme !== cardScheme;
}

/**
 * Knows where the writer last wrote, for a click in the sidebar or a card in the preview takes the focus from the
 * manuscript, and what is then inserted must still go there.
 */
export class Manuscripts implements vscode.Disposable {
  #last: vscode.TextEditor | undefined;
  readonly #listener: vscode.Disposable;

  constructor() {
    this.#note(vscode.window.activeTextEditor);
    this.#listener = vscode.window.onDidChangeActiveTextEditor(editor => this.#note(editor));
  }

  #note(editor: vscode.TextEditor | undefined): void {
    this.#last = editor && isManuscript(editor.document) ? editor : this.#last;
  }

  /** The document that `current` would show, without showing it. */
  inFront(): vscode.TextDocument | undefined {
    return this.#last?.document.isClosed === false ? this.#last.document : undefined;
  }

  /** The manuscript in front, or the one last written in, as long as it is open and can be written to. */
  async current(): Promise<vscode.TextEditor | undefined> {
    const active = vscode.window.activeTextEditor;
    if (active && isManuscript(active.document)) {
      return active;
    }
    const last = this.#last;
    if (!last || last.document.isClosed) {
      return undefined;
    }
    const visible = vscode.window.visibleTextEditors.find(editor => editor.document === last.document);
    // Behind another tab the old editor object is dead; the document is opened again where the caret was.
    return (
      visible ??
      vscode.window.showTextDocument(last.document, {
        selection: last.selection,
        ...(last.viewColumn && { viewColumn: last.viewColumn }),
      })
    );
  }

  dispose(): void {
    this.#listener.dispose();
  }
}
