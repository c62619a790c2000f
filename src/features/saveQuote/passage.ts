import * as vscode from 'vscode';
import { citedBehind, plainOfMarkdown, type CitedBehind } from '../../core/quoteBank/behind.ts';
import { isManuscript } from '../../editor/manuscripts.ts';
import type { Readings } from '../../editor/readings.ts';

/** The words to save, as they were selected or copied. */
export interface Passage {
  readonly raw: string;
  /** What the manuscript cites behind them. */
  readonly cited?: CitedBehind;
  readonly document?: vscode.TextDocument;
  /** Whether the writer has not seen the words as they came. */
  readonly isUnseen: boolean;
}

const mostShown = 100;

/** What is selected, else what was copied, if the writer wants that; nothing where there is neither. */
export async function passageInHand(readings: Readings): Promise<Passage | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor && !editor.selection.isEmpty && editor.document.getText(editor.selection).trim() !== '') {
    return selected(editor, readings);
  }
  const raw = await vscode.env.clipboard.readText();
  if (raw.trim() === '') {
    void vscode.window.showInformationMessage(vscode.l10n.t('Select the words of a source, or copy them, and save them then.'));
    return undefined;
  }
  const words = raw.replace(/\s+/g, ' ').trim();
  const label = words.length > mostShown ? `${words.slice(0, mostShown)} …` : words;
  const use = await vscode.window.showQuickPick([{ label: `$(clippy) ${label}`, alwaysShow: true }], {
    title: vscode.l10n.t('Save as quote'),
    placeHolder: vscode.l10n.t('Nothing is selected. Save the words that you copied?'),
  });
  return use && { raw, isUnseen: true, ...(editor && { document: editor.document }) };
}

async function selected({ document, selection }: vscode.TextEditor, readings: Readings): Promise<Passage> {
  const start = document.offsetAt(selection.start);
  const end = document.offsetAt(selection.end);
  const reading = isManuscript(document) ? await readings.of(document) : undefined;
  const cited = reading && citedBehind(reading, { start, end });
  const text = document.getText().slice(start, Math.min(end, cited?.start ?? end));
  const raw = isManuscript(document) ? plainOfMarkdown(text) : text;
  return { raw, document, isUnseen: false, ...(cited && { cited }) };
}
