import * as vscode from 'vscode';
import { card } from '../core/card.ts';
import { entryCard } from '../core/citeHover.ts';
import { hintsIn } from '../core/hints.ts';
import { quietly } from '../editor/edges.ts';
import type { KnownKeys, KnownOfDocument } from '../editor/known.ts';
import { isManuscript, manuscripts } from '../editor/manuscripts.ts';
import type { Readings } from '../editor/readings.ts';
import { settingsFor } from '../manifest.ts';

const setting = 'ketamineCitations.inlayHints.enabled';

/** Shows author and year behind each cite, where the writer asked for it. */
export function registerInlayHints(
  readings: Readings,
  keys: KnownKeys,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.InlayHintsProvider = {
    onDidChangeInlayHints: changed.event,
    provideInlayHints: (document, range, token) =>
      quietly(log, async () => {
        if (!isManuscript(document) || !settingsFor(document)('inlayHints.enabled')) {
          return undefined;
        }
        const known = await keys.of(document);
        const reading = await readings.of(document);
        if (!reading || token.isCancellationRequested) {
          return undefined;
        }
        const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
        return hintsIn(reading, span, key => workOf(key, known)).map(({ offset, text, key }) => {
          const hint = new vscode.InlayHint(document.positionAt(offset), text);
          hint.paddingLeft = true;
          hint.tooltip = cardOf(key, known);
          return hint;
        });
      }),
  };
  return vscode.Disposable.from(
    changed,
    vscode.languages.registerInlayHintsProvider(manuscripts, provider),
    vscode.workspace.onDidChangeConfiguration(event => event.affectsConfiguration(setting) && changed.fire()),
  );
}

function workOf(key: string, known: KnownOfDocument) {
  return known.study(key)?.csl ?? known.declared.find(entry => entry.key === key)?.csl;
}

function cardOf(key: string, known: KnownOfDocument): vscode.MarkdownString | undefined {
  const study = known.study(key);
  const entry = known.declared.find(each => each.key === key);
  const text = study ? card(study, known.library, 'brief') : entry && entryCard(entry);
  return text === undefined ? undefined : new vscode.MarkdownString(text);
}
