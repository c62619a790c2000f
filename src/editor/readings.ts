import * as vscode from 'vscode';
import { changeBetween, composed } from '../core/change.ts';
import { citedKeys } from '../core/occurrences.ts';
import { longestManuscript, readInSteps, reread, type Change, type Reading } from '../core/reading.ts';
import { inSlices } from './edges.ts';
import { isManuscript } from './manuscripts.ts';

/** A text of a manuscript: the document itself, or a Markdown cell of its notebook. */
export interface Part {
  readonly document: vscode.TextDocument;
  readonly reading: Reading;
}

interface Kept {
  /** Of the version that was read last. */
  reading?: Reading;
  version: number;
  /** What became of the text since then. */
  change?: Change | undefined;
  running?: Promise<Reading | undefined> | undefined;
}

/** Reads manuscripts as they are, each edit anew where it touched the text, and keeps what was read. */
export class Readings implements vscode.Disposable {
  readonly #kept = new Map<vscode.TextDocument, Kept>();
  readonly #didRead = new vscode.EventEmitter<vscode.TextDocument>();
  readonly #listeners: vscode.Disposable;

  /** A manuscript was read that had not been read in this version before. */
  readonly onDidRead = this.#didRead.event;

  constructor() {
    this.#listeners = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(event => this.#note(event)),
      vscode.workspace.onDidCloseTextDocument(document => this.#kept.delete(document)),
    );
  }

  /** The document as it is at the moment of the answer; nothing where it is closed, or longer than we read. */
  async of(document: vscode.TextDocument): Promise<Reading | undefined> {
    for (;;) {
      if (document.isClosed || isTooLong(document)) {
        return undefined;
      }
      const kept = this.#kept.get(document);
      if (kept?.reading && kept.version === document.version) {
        return kept.reading;
      }
      await this.#run(document);
    }
  }

  /** The document as it is, however long it is: for a command, which may take its time. */
  async whole(document: vscode.TextDocument): Promise<Reading> {
    return (await this.of(document)) ?? inSlices(readInSteps(document.getText()));
  }

  /** A text that the document has, or had a moment ago; nothing where the document is closed, or longer than we read. */
  async ofText(document: vscode.TextDocument, text: string): Promise<Reading | undefined> {
    const now = await this.of(document);
    return !now || now.text === text ? now : inSlices(reread(now, text, [changeBetween(now.text, text)]));
  }

  /** What was read last, without waiting; it may be of an older version. */
  last(document: vscode.TextDocument): Reading | undefined {
    return this.#kept.get(document)?.reading;
  }

  /** What was read last of a manuscript with exactly this text. */
  lastOf(text: string): Reading | undefined {
    for (const { reading } of this.#kept.values()) {
      if (reading?.text === text) {
        return reading;
      }
    }
    return undefined;
  }

  /** The whole manuscript: the document, or for a notebook's cell all its Markdown cells in order. */
  async partsOf(document: vscode.TextDocument): Promise<readonly Part[]> {
    const parts: Part[] = [];
    for (const each of textsOf(document)) {
      const reading = await this.of(each);
      if (reading) {
        parts.push({ document: each, reading });
      }
    }
    return parts;
  }

  /** The keys that a manuscript cites, in all its cells where it is a notebook. */
  async keysCitedIn(document: vscode.TextDocument): Promise<ReadonlySet<string>> {
    const [first, ...others] = (await this.partsOf(document)).map(({ reading }) => citedKeys(reading));
    return others.length === 0 ? (first ?? new Set()) : new Set([first!, ...others].flatMap(keys => [...keys]));
  }

  #run(document: vscode.TextDocument): Promise<Reading | undefined> {
    const kept = this.#kept.get(document) ?? { version: -1 };
    this.#kept.set(document, kept);
    kept.running ??= this.#read(document, kept).finally(() => {
      kept.running = undefined;
    });
    return kept.running;
  }

  async #read(document: vscode.TextDocument, kept: Kept): Promise<Reading | undefined> {
    const { version } = document;
    const text = document.getText();
    const before = kept.reading;
    const change = kept.change;
    kept.change = undefined;
    // VS Code does not tell every change, line endings for one; then the lengths don't fit, and the text is read anew.
    const isTold = before && change && before.text.length + change.newEnd - change.oldEnd === text.length;
    const reading = await inSlices(isTold ? reread(before, text, [change]) : readInSteps(text));
    kept.reading = reading;
    kept.version = version;
    this.#didRead.fire(document);
    return reading;
  }

  #note({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const kept = this.#kept.get(document);
    if (!kept || contentChanges.length === 0) {
      return;
    }
    const start = Math.min(...contentChanges.map(each => each.rangeOffset));
    const oldEnd = Math.max(...contentChanges.map(each => each.rangeOffset + each.rangeLength));
    const grown = contentChanges.reduce((sum, each) => sum + each.text.length - each.rangeLength, 0);
    const change = { start, oldEnd, newEnd: oldEnd + grown };
    kept.change = kept.change ? composed(kept.change, change) : change;
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#didRead.dispose();
  }
}

/** Longer texts are not read; the status item says so. */
export function isTooLong(document: vscode.TextDocument): boolean {
  return document.lineCount > 0 && document.offsetAt(document.lineAt(document.lineCount - 1).range.end) > longestManuscript;
}

/** The texts of the manuscript that a document belongs to. */
export function textsOf(document: vscode.TextDocument): readonly vscode.TextDocument[] {
  return (
    notebookOf(document)
      ?.getCells()
      .map(cell => cell.document)
      .filter(isManuscript) ?? [document]
  );
}

export function notebookOf(document: vscode.TextDocument): vscode.NotebookDocument | undefined {
  return document.uri.scheme === 'vscode-notebook-cell'
    ? vscode.workspace.notebookDocuments.find(notebook => notebook.getCells().some(cell => cell.document === document))
    : undefined;
}
