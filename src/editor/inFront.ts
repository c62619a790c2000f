import * as vscode from 'vscode';
import { isManuscript, type Manuscripts } from './manuscripts.ts';
import { notebookOf, textsOf, type Readings } from './readings.ts';

/**
 * The manuscript that the sidebar and the status bar tell of: the one in front, or, while something else has the focus,
 * the one last in front, for as long as a tab shows it. Of a notebook it is one of its Markdown cells.
 */
export class InFront implements vscode.Disposable {
  readonly #manuscripts: Manuscripts;
  readonly #readings: Readings;
  readonly #didChange = new vscode.EventEmitter<void>();
  readonly #listeners: vscode.Disposable;
  #document: vscode.TextDocument | undefined;

  /** Another manuscript is in front, or none is. */
  readonly onDidChange = this.#didChange.event;

  constructor(manuscripts: Manuscripts, readings: Readings) {
    this.#manuscripts = manuscripts;
    this.#readings = readings;
    const look = (): void => this.#look();
    this.#listeners = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor(look),
      vscode.window.onDidChangeActiveNotebookEditor(look),
      vscode.window.tabGroups.onDidChangeTabs(look),
      // A document may get another language while it is open.
      vscode.workspace.onDidOpenTextDocument(look),
      vscode.workspace.onDidCloseTextDocument(look),
    );
    this.#document = this.#find();
  }

  get document(): vscode.TextDocument | undefined {
    return this.#document;
  }

  /** The keys that it cites. */
  async citedKeys(): Promise<ReadonlySet<string>> {
    return this.#document ? this.#readings.keysCitedIn(this.#document) : new Set();
  }

  /** Whether a document is the manuscript, or a cell of it. */
  includes(document: vscode.TextDocument): boolean {
    return this.#document !== undefined && textsOf(this.#document).includes(document);
  }

  /** Whether an editor shows it at this moment. */
  get isVisible(): boolean {
    const document = this.#document;
    const notebook = document && notebookOf(document);
    return (
      document !== undefined &&
      (vscode.window.visibleTextEditors.some(editor => editor.document === document) ||
        vscode.window.visibleNotebookEditors.some(editor => editor.notebook === notebook))
    );
  }

  #look(): void {
    const before = this.#document;
    this.#document = this.#find();
    if (this.#document !== before) {
      this.#didChange.fire();
    }
  }

  #find(): vscode.TextDocument | undefined {
    const inFocus = manuscriptInFocus();
    if (inFocus) {
      return inFocus;
    }
    const last = [this.#manuscripts.inFront(), this.#document].find(each => each && isShown(each));
    return last && isManuscript(last) ? last : undefined;
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#didChange.dispose();
  }
}

/** The manuscript in the active editor; where that is a notebook, the cell being written in, or its first one in Markdown. */
export function manuscriptInFocus(): vscode.TextDocument | undefined {
  const active = vscode.window.activeTextEditor?.document;
  return active && isManuscript(active) ? active : cellOf(vscode.window.activeNotebookEditor?.notebook);
}

function cellOf(notebook: vscode.NotebookDocument | undefined): vscode.TextDocument | undefined {
  return notebook?.getCells().map(cell => cell.document).find(isManuscript);
}

/** VS Code keeps a document for a while after its tab was closed. */
function isShown(document: vscode.TextDocument): boolean {
  const address = (notebookOf(document)?.uri ?? document.uri).toString();
  return !document.isClosed && vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ input }) => addressesOf(input).includes(address)));
}

function addressesOf(input: unknown): readonly string[] {
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputNotebook || input instanceof vscode.TabInputCustom) {
    return [input.uri.toString()];
  }
  return input instanceof vscode.TabInputTextDiff ? [input.original.toString(), input.modified.toString()] : [];
}

/** For a cell of a notebook, the numbers of its Markdown cells among all of them, from 1. */
export function cellNumbers(document: vscode.TextDocument): readonly number[] | undefined {
  const cells = notebookOf(document)?.getCells();
  const texts = textsOf(document);
  return cells && texts.map(text => cells.findIndex(cell => cell.document === text) + 1);
}
