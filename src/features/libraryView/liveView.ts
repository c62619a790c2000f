import * as vscode from 'vscode';
import type { LibraryNode } from '../../core/libraryOutline.ts';
import { quietly } from '../../editor/edges.ts';
import { textsOf } from '../../editor/readings.ts';
import { setContext } from '../../manifest.ts';
import type { LibraryNeeds, LibraryTree } from './tree.ts';

/** The writer has paused for this long (ms) before the view follows. */
const pause = 300;

/** Shows what the tree holds, at most one refreshing at a time, and none while nobody looks. */
export class LiveView implements vscode.Disposable {
  readonly #view: vscode.TreeView<LibraryNode>;
  readonly #tree: LibraryTree;
  readonly #log: vscode.LogOutputChannel;
  readonly #listeners: vscode.Disposable;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #isStale = true;

  constructor(view: vscode.TreeView<LibraryNode>, tree: LibraryTree, needs: LibraryNeeds, log: vscode.LogOutputChannel) {
    this.#view = view;
    this.#tree = tree;
    this.#log = log;
    this.#listeners = this.#followed(needs);
    this.soon(0);
  }

  /** Everything after which the view may show something else. */
  #followed({ inFront, known, bibliographies }: LibraryNeeds): vscode.Disposable {
    return vscode.Disposable.from(
      this.#view.onDidChangeVisibility(() => this.soon(0)),
      inFront.onDidChange(() => this.soon(0)),
      known.onDidChange(() => this.soon(pause)),
      bibliographies.onDidChange(() => this.soon(pause)),
      // The metadata may name another file now.
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        const shown = inFront.document;
        if (shown && (document === shown || textsOf(shown).includes(document))) {
          this.soon(pause);
        }
      }),
      vscode.workspace.onDidChangeNotebookDocument(() => this.soon(pause)),
    );
  }

  soon(after: number): void {
    this.#isStale = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void quietly(this.#log, () => this.show()), after);
  }

  async now(): Promise<void> {
    this.#isStale = true;
    await this.show();
  }

  async show(): Promise<void> {
    if (!this.#view.visible) {
      return;
    }
    await this.#running;
    if (this.#isStale) {
      this.#isStale = false;
      this.#running = this.#refresh();
      await this.#running;
    }
  }

  async #refresh(): Promise<void> {
    await this.#tree.refresh();
    setContext('libraryState', this.#tree.state);
    Object.assign(this.#view, { description: this.#tree.caption });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listeners.dispose();
  }
}
