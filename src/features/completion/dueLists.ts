import type * as vscode from 'vscode';

interface Wait {
  readonly document: vscode.TextDocument;
  readonly token: vscode.CancellationToken;
  /** When we answered. */
  answered?: number;
}

/** An answer is shown within this time (ms), or not at all: VS Code asks other extensions, too, and waits for them. */
const timeToShow = 300;

/** The lists that VS Code has asked for and does not show yet. */
export class DueLists {
  readonly #waits = new Set<Wait>();

  /** A list was asked for. Call what is returned with the answer: whether there is anything in the list. */
  begin(document: vscode.TextDocument, token: vscode.CancellationToken): (hasItems: boolean) => void {
    const wait: Wait = { document, token };
    this.isShown();
    this.#waits.add(wait);
    return hasItems => {
      wait.answered = Date.now();
      if (!hasItems) {
        this.#waits.delete(wait);
      }
    };
  }

  /** The last list that was answered is in sight, or another was asked for instead. */
  isShown(): void {
    for (const wait of this.#waits) {
      if (wait.answered !== undefined) {
        this.#waits.delete(wait);
      }
    }
  }

  /** Whether a list is still to come in a document; one that the writer closed, with Escape, is called off. */
  isDue(document: vscode.TextDocument): boolean {
    return [...this.#waits].some(
      ({ document: of, token, answered = Date.now() }) => of === document && !token.isCancellationRequested && Date.now() - answered < timeToShow,
    );
  }
}
