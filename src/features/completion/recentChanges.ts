import * as vscode from 'vscode';
import type { TextChange } from '../../core/lateChoice.ts';
import { isManuscript } from '../../editor/manuscripts.ts';

/** A step in the writing of a document. */
export interface Step {
  /** The document's version after it. */
  readonly version: number;
  readonly changes: readonly TextChange[];
  /** The document's text after it, where an `@` is before the change in its line: only there something may be accepted next. */
  text: string | undefined;
}

/** How many steps are remembered, and of how many the text, which may be long. */
const mostSteps = 100;
const mostTexts = 4;

/** Longest wait (ms) for a change that VS Code has made and not reported yet. */
const longestWait = 200;

/** What was last changed in the manuscript that was last written in. */
export class RecentChanges implements vscode.Disposable {
  readonly #listener: vscode.Disposable;
  #document: vscode.TextDocument | undefined;
  #steps: Step[] = [];

  constructor() {
    this.#listener = vscode.workspace.onDidChangeTextDocument(event => this.#note(event));
  }

  get document(): vscode.TextDocument | undefined {
    return this.#document;
  }

  get steps(): readonly Step[] {
    return this.#steps;
  }

  /** What was changed after a version of the document; `undefined` where that is no longer known. */
  since(version: number): readonly TextChange[] | undefined {
    const first = this.#steps.findIndex(step => step.version > version);
    return first === 0 ? undefined : first < 0 ? [] : this.#steps.slice(first).flatMap(({ changes }) => changes);
  }

  /** Waits for the next change of any document, for a short while. */
  async next(): Promise<void> {
    await new Promise<void>(resolve => {
      const done = (): void => {
        clearTimeout(timer);
        listener.dispose();
        resolve();
      };
      const timer = setTimeout(done, longestWait);
      const listener = vscode.workspace.onDidChangeTextDocument(done);
    });
  }

  #note({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    // Saving is reported without a change.
    const last = contentChanges.at(-1);
    if (!last || !isManuscript(document)) {
      return;
    }
    if (document !== this.#document) {
      this.#document = document;
      this.#steps = [];
    }
    const { line, character } = last.range.start;
    const mayCite = document.lineAt(line).text.slice(0, character + last.text.length).includes('@');
    this.#steps.push({
      version: document.version,
      changes: contentChanges.map(({ rangeOffset, rangeLength, text }) => ({ start: rangeOffset, length: rangeLength, text })),
      text: mayCite ? document.getText() : undefined,
    });
    this.#steps = this.#steps.slice(-mostSteps);
    const old = this.#steps.at(-1 - mostTexts);
    if (old) {
      old.text = undefined;
    }
  }

  dispose(): void {
    this.#listener.dispose();
  }
}
