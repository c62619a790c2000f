import * as vscode from 'vscode';
import { quietly } from './edges.ts';
import type { InFront } from './inFront.ts';
import type { KnownKeys } from './known.ts';

/** The writer has paused for this long (ms) before the view follows. */
const pause = 250;

/** A view that follows the manuscript in front: at most one refreshing at a time, and none while nobody looks. */
export class LiveView implements vscode.Disposable {
  readonly #view: vscode.TreeView<unknown>;
  readonly #refresh: () => Promise<void>;
  readonly #log: vscode.LogOutputChannel;
  readonly #listeners: vscode.Disposable;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #isStale = true;

  /** `refresh` reads anew what the view shows; it is not called again before it has ended. */
  constructor(
    view: vscode.TreeView<unknown>,
    inFront: InFront,
    known: KnownKeys,
    refresh: () => Promise<void>,
    log: vscode.LogOutputChannel,
  ) {
    this.#view = view;
    this.#refresh = refresh;
    this.#log = log;
    this.#listeners = this.#followed(inFront, known);
    this.soon(0);
  }

  /** Everything after which the view may show something else; of bibliographies `known` tells. */
  #followed(inFront: InFront, known: KnownKeys): vscode.Disposable {
    return vscode.Disposable.from(
      this.#view.onDidChangeVisibility(() => this.soon(0)),
      inFront.onDidChange(() => this.soon(0)),
      known.onDidChange(() => this.soon()),
      // The metadata may name another file now.
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (inFront.includes(document)) {
          this.soon();
        }
      }),
      vscode.workspace.onDidChangeNotebookDocument(() => this.soon()),
      vscode.workspace.onDidChangeConfiguration(event => event.affectsConfiguration('ketamineCitations') && this.soon()),
    );
  }

  soon(after = pause): void {
    this.#isStale = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void quietly(this.#log, () => this.#show()), after);
  }

  async now(): Promise<void> {
    this.#isStale = true;
    await this.#show();
  }

  async #show(): Promise<void> {
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

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listeners.dispose();
  }
}
