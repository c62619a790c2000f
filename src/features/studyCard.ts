import * as vscode from 'vscode';
import { card } from '../core/card.ts';
import { cardScheme } from '../editor/card.ts';
import type { LibraryAtHand } from '../editor/library.ts';

/** Serves each study's card as a read-only Markdown document. */
export function registerStudyCard(source: LibraryAtHand): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(cardScheme, {
    provideTextDocumentContent: async uri => {
      const library = await source.get();
      const key = uri.path.replace(/^\/|\.md$/g, '');
      const study = library.get(key);
      return study
        ? card(study, library, 'full')
        : vscode.l10n.t('There is no study with the citekey {0}.', key);
    },
  });
}
