import * as vscode from 'vscode';
import type { ConvertTarget } from '../../core/rewrite/cited.ts';
import { rewriteEach, type Rewrite } from '../../core/rewrite/each.ts';
import { merge } from '../../core/rewrite/merge.ts';
import { toggle, toggleAuthor } from '../../core/rewrite/toggle.ts';
import { atTheEdge } from '../../editor/edges.ts';
import type { KnownKeys } from '../../editor/known.ts';
import type { Problems } from '../../editor/problems.ts';
import type { Readings } from '../../editor/readings.ts';
import { registerCommand, type Commands } from '../../manifest.ts';
import type { Converter } from './converter.ts';
import { convertHere, convertManuscript } from './converting.ts';
import { noCitation, onDesk, type Desk } from './desk.ts';
import { write } from './edits.ts';
import { fixAll } from './fixing.ts';
import { askLocator } from './locator.ts';
import { inform, tell } from './telling.ts';

export function registerRewritingCommands(
  readings: Readings,
  known: KnownKeys,
  problems: Problems,
  converter: Converter,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const { t } = vscode.l10n;
  const at = (run: (desk: Desk) => Promise<void>): (() => Promise<void>) => atTheEdge(log, () => onDesk(readings, run));
  const converting = (target: ConvertTarget): Commands['convertToPandoc'] =>
    atTheEdge(log, scope =>
      scope === 'document' ? convertManuscript(converter, target) : convertHere(readings, converter, target),
    );

  return vscode.Disposable.from(
    registerCommand(
      'toggleCitation',
      at(desk => rewriteOn(desk, toggle, count => (count === 1 ? t('Citation toggled') : t('{0} citations toggled', count)))),
    ),
    registerCommand(
      'suppressAuthor',
      at(desk =>
        rewriteOn(
          desk,
          toggleAuthor,
          count => (count === 1 ? t('Citation changed') : t('{0} citations changed', count)),
          'cite',
        ),
      ),
    ),
    registerCommand(
      'mergeCitations',
      at(desk =>
        rewriteOn(desk, merge, count => (count === 1 ? t('Citations merged') : t('Citations merged at {0} places', count))),
      ),
    ),
    registerCommand('addLocator', at(desk => askLocator(desk, readings, known))),
    registerCommand('fixAll', atTheEdge(log, address => fixAll(problems, address))),
    registerCommand('convertToPandoc', converting('pandoc')),
    registerCommand('convertToFootnotes', converting('footnote')),
    registerCommand('convertToLinks', converting('link')),
    registerCommand('convertToPlain', converting('plain')),
  );
}

async function rewriteOn(
  { editor, reading, scopes }: Desk,
  rewrite: Rewrite,
  done: (count: number) => string,
  by?: 'citation' | 'cite',
): Promise<void> {
  const result = rewriteEach(reading, scopes, rewrite, by);
  if (result.done > 0) {
    await write(editor, result.edits);
    // Of neighbours that were merged, the first has no neighbour any more.
    tell(done(result.done), rewrite === merge ? [] : result.kept);
    return;
  }
  inform(result.kept[0]?.unavailable ?? noCitation(scopes));
}
