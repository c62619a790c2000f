import * as vscode from 'vscode';
import { longestManuscript, type Reading } from '../../core/reading.ts';
import { Stopped } from '../../editor/edges.ts';
import { manuscriptInFocus } from '../../editor/inFront.ts';
import { notebookOf, type Readings } from '../../editor/readings.ts';

/** The manuscript in front, read; where it can't be printed as a whole, the writer is told why. */
export async function manuscriptToPrint(readings: Readings): Promise<{ readonly document: vscode.TextDocument; readonly reading: Reading } | undefined> {
  const { t } = vscode.l10n;
  const document = manuscriptInFocus();
  if (!document) {
    inform(t('Open a manuscript first.'));
    return undefined;
  }
  if (notebookOf(document)) {
    inform(t('A notebook’s cells are printed together by its own program; this works on Markdown, Quarto and R Markdown documents.'));
    return undefined;
  }
  const reading = await readings.of(document);
  if (!reading) {
    inform(t('This document is longer than {0} characters, and too long to be read.', longestManuscript.toLocaleString()));
    return undefined;
  }
  return { document, reading };
}

/** Shows that something is under way, and lets the writer stop it; nothing where they did. */
export async function withProgress<T>(title: string, run: (token: vscode.CancellationToken) => Promise<T>): Promise<T | undefined> {
  try {
    return await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, (_, token) => run(token));
  } catch (error) {
    if (error instanceof Stopped) {
      return undefined;
    }
    throw error;
  }
}

export function inform(message: string): void {
  void vscode.window.showInformationMessage(message);
}
