import * as vscode from 'vscode';
import type { EachRewritten } from '../../core/rewrite/each.ts';

/** Milliseconds that a line stays in the status bar; longer where it tells of something left. */
const timeToSee = 4_000;
const timeToRead = 15_000;

/** `12 citations converted; 2 kept: it stands in a note already; …` */
export function tell(done: string, kept: EachRewritten['kept']): void {
  if (kept.length === 0) {
    vscode.window.setStatusBarMessage(`$(check) ${done}.`, timeToSee);
    return;
  }
  const reasons = Array.from(new Set(kept.map(({ unavailable }) => unavailable.replace(/\.$/, ''))));
  const shown = reasons.slice(0, 3).join('; ');
  const message = vscode.l10n.t('{0}; {1} kept: {2}.', done, kept.length, shown);
  vscode.window.setStatusBarMessage(`$(info) ${message}`, timeToRead);
}

export function inform(message: string): void {
  void vscode.window.showInformationMessage(message);
}
