import * as vscode from 'vscode';
import { reloadWords } from '../../core/reloadWords.ts';
import type { Bibliographies, Reloaded } from '../../editor/bibliographies.ts';
import type { BibliographySource } from '../../editor/bibliographySources.ts';

/** So long (ms) the item itself tells of it; afterwards its tooltip does. */
const timeToSee = 8000;

/** Remembers which bibliography was read again last, for the status item. */
export class Reloads implements vscode.Disposable {
  readonly #last = new Map<string, Reloaded & { readonly at: number }>();
  readonly #listener: vscode.Disposable;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  /** `tell` is called when there is something to tell, and when it has been seen. */
  constructor(bibliographies: Bibliographies, tell: () => void) {
    this.#listener = bibliographies.onDidReload(reloaded => {
      const key = reloaded.uri.toString();
      // The latest comes last.
      this.#last.delete(key);
      this.#last.set(key, { ...reloaded, at: Date.now() });
      tell();
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        tell();
      }, timeToSee);
      this.#timers.add(timer);
    });
  }

  /** Of the manuscript's bibliographies that which was read again last: its name, while that is news, and a sentence. */
  of(sources: readonly BibliographySource[]): { readonly name: string; readonly words: string; readonly isNews: boolean } | undefined {
    const inForce = new Set(sources.map(({ uri }) => uri.toString()));
    const found = [...this.#last].findLast(([key]) => inForce.has(key))?.[1];
    return found && { name: found.name, words: reloadWords(found), isNews: Date.now() - found.at < timeToSee };
  }

  dispose(): void {
    this.#listener.dispose();
    this.#timers.forEach(clearTimeout);
  }
}
