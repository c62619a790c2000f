import * as vscode from 'vscode';
import type { Library } from '../../core/library.ts';
import { quietly } from '../../editor/edges.ts';
import type { KnownKeys } from '../../editor/known.ts';
import { manuscripts } from '../../editor/manuscripts.ts';

/** What a list was offered for, and what it was made of. */
export interface Offered {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly position: vscode.Position;
  /** Without the metadata's own entries, which are always there. */
  readonly library: Library;
  readonly isEmpty: boolean;
}

/**
 * Makes a list anew that was offered while bibliographies were still being read, as soon as there is more to offer, if the
 * writer does nothing but wait for it.
 */
export class OpenList implements vscode.Disposable {
  readonly #known: KnownKeys;
  readonly #log: vscode.LogOutputChannel;
  readonly #listener: vscode.Disposable;
  #offered: Offered | undefined;
  #registration: vscode.Disposable | undefined;

  constructor(known: KnownKeys, log: vscode.LogOutputChannel) {
    this.#known = known;
    this.#log = log;
    this.#listener = known.onDidChange(() => this.#look());
  }

  /** A list was offered before all was read. */
  expectMore(offered: Offered): void {
    this.#offered = offered;
    // There may be more since the list was begun.
    this.#look();
  }

  /** The list holds all there is, or the writer has begun to choose from it. */
  leave(): void {
    this.#offered = undefined;
  }

  #look(): void {
    void quietly(this.#log, () => this.#compare());
  }

  async #compare(): Promise<void> {
    const offered = this.#offered;
    if (!offered) {
      return;
    }
    const { shelf } = await this.#known.of(offered.document);
    if (this.#offered !== offered || (shelf.library === offered.library && !shelf.isReady)) {
      return;
    }
    this.#offered = undefined;
    if (shelf.library !== offered.library && isWaitedFor(offered)) {
      this.#makeAnew(offered.isEmpty);
    }
  }

  /**
   * VS Code asks for an open list again when a provider comes or goes, and only then: nothing else tells whether it is open.
   * One that offers nothing comes and goes for that. Where nothing was offered there is no list, so that it is opened.
   */
  #makeAnew(isEmpty: boolean): void {
    if (this.#registration) {
      this.#registration.dispose();
      this.#registration = undefined;
    } else {
      this.#registration = vscode.languages.registerCompletionItemProvider(manuscripts, { provideCompletionItems: () => undefined });
    }
    if (isEmpty) {
      void vscode.commands.executeCommand('editor.action.triggerSuggest');
    }
  }

  dispose(): void {
    this.#listener.dispose();
    this.#registration?.dispose();
  }
}

/** Whether nothing was typed and the caret not moved since. */
function isWaitedFor({ document, version, position }: Offered): boolean {
  const editor = vscode.window.activeTextEditor;
  const isThere = editor?.document === document && editor.selection.isEmpty && editor.selection.active.isEqual(position);
  return isThere && document.version === version;
}
