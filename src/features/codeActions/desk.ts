import * as vscode from 'vscode';
import type { Reading, Span } from '../../core/reading.ts';
import { isManuscript } from '../../editor/manuscripts.ts';
import type { Readings } from '../../editor/readings.ts';
import { inform } from './telling.ts';

/** An editor with a manuscript as it is now, and what the writer has selected in it. */
export interface Desk {
  readonly editor: vscode.TextEditor;
  readonly reading: Reading;
  /** Every caret and selection, in the order of the text. */
  readonly scopes: readonly [Span, ...Span[]];
}

/** Runs on the editor in front; says so where there is none with a manuscript. */
export async function onDesk(readings: Readings, run: (desk: Desk) => Promise<void>): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !isManuscript(editor.document)) {
    tellNone();
    return;
  }
  const reading = await readings.of(editor.document);
  if (!reading) {
    tellTooLong();
    return;
  }
  await run({ editor, reading, scopes: scopesOf(editor) });
}

function scopesOf({ document, selections, selection }: vscode.TextEditor): Desk['scopes'] {
  const ordered = [...selections].sort((a, b) => a.start.compareTo(b.start));
  const [first = selection, ...others] = ordered;
  const scopeOf = ({ start, end }: vscode.Selection): Span => ({
    start: document.offsetAt(start),
    end: document.offsetAt(end),
  });
  return [scopeOf(first), ...others.map(scopeOf)];
}

export function tellNone(): void {
  inform(vscode.l10n.t('Open a manuscript and put the caret into a citation first.'));
}

export function tellTooLong(): void {
  inform(vscode.l10n.t('This document is too long to be read.'));
}

/** Whether nothing is selected but one or several carets stand in the text. */
export function areCarets(scopes: readonly Span[]): boolean {
  return scopes.every(({ start, end }) => start === end);
}

export function noCitation(scopes: readonly Span[]): string {
  return areCarets(scopes)
    ? vscode.l10n.t('No citation stands at the caret.')
    : vscode.l10n.t('No citation stands in the selection.');
}
