import * as vscode from 'vscode';
import type { Reading, Span } from '../../core/reading.ts';
import type { CitedSyntax } from '../../core/rewrite/cited.ts';
import type { Conversion } from '../../core/rewrite/convert.ts';
import { rewriteEach, type EachRewritten } from '../../core/rewrite/each.ts';
import { fixTogether } from '../../core/rewrite/fixAll.ts';
import { citeAt } from '../../core/rewrite/locator.ts';
import { merge } from '../../core/rewrite/merge.ts';
import { toggle, toggleAuthor } from '../../core/rewrite/toggle.ts';
import { atTheEdge } from '../../editor/edges.ts';
import type { KnownKeys } from '../../editor/known.ts';
import { isManuscript } from '../../editor/manuscripts.ts';
import type { Problems } from '../../editor/problems.ts';
import type { Readings } from '../../editor/readings.ts';
import { registerCommand, type Commands } from '../../manifest.ts';
import type { Converter } from './converter.ts';
import { write } from './edits.ts';
import { askLocator } from './locator.ts';

/** An editor with a manuscript as it is now, and what the writer has selected in it. */
export interface Desk {
  readonly editor: vscode.TextEditor;
  readonly reading: Reading;
  readonly scope: Span;
}

export function registerRewritingCommands(
  readings: Readings,
  known: KnownKeys,
  problems: Problems,
  converter: Converter,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const { t } = vscode.l10n;
  const at = (run: (desk: Desk) => Promise<void>) => (): Promise<void> => onDesk(readings, run);
  const converting = (target: CitedSyntax): Commands['convertToPandoc'] =>
    atTheEdge(log, scope => onDesk(readings, desk => convertFrom(desk, converter, target, scope === 'document')));

  return vscode.Disposable.from(
    registerCommand(
      'toggleCitation',
      atTheEdge(
        log,
        at(desk => rewriteOn(desk, toggle, count => (count === 1 ? t('Citation toggled') : t('{0} citations toggled', count)))),
      ),
    ),
    registerCommand(
      'suppressAuthor',
      atTheEdge(
        log,
        at(desk =>
          rewriteOn(
            desk,
            (reading, citation) => toggleAuthor(reading, citation, citeAt(citation, desk.scope.start)),
            count => (count === 1 ? t('Citation changed') : t('{0} citations changed', count)),
          ),
        ),
      ),
    ),
    registerCommand(
      'mergeCitations',
      atTheEdge(
        log,
        at(desk =>
          rewriteOn(desk, merge, count => (count === 1 ? t('Citations merged') : t('Citations merged at {0} places', count))),
        ),
      ),
    ),
    registerCommand('addLocator', atTheEdge(log, at(desk => askLocator(desk, readings, known)))),
    registerCommand('fixAll', atTheEdge(log, at(desk => fixAll(desk, problems)))),
    registerCommand('convertToPandoc', converting('pandoc')),
    registerCommand('convertToFootnotes', converting('footnote')),
    registerCommand('convertToLinks', converting('link')),
  );
}

async function onDesk(readings: Readings, run: (desk: Desk) => Promise<void>): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !isManuscript(editor.document)) {
    inform(vscode.l10n.t('Open a manuscript and put the caret into a citation first.'));
    return;
  }
  const { document } = editor;
  const reading = await readings.of(document);
  if (!reading) {
    inform(vscode.l10n.t('This document is too long to be read.'));
    return;
  }
  const { start, end } = editor.selection;
  await run({ editor, reading, scope: { start: document.offsetAt(start), end: document.offsetAt(end) } });
}

async function rewriteOn(
  { editor, reading, scope }: Desk,
  rewrite: Parameters<typeof rewriteEach>[2],
  done: (count: number) => string,
): Promise<void> {
  const result = rewriteEach(reading, scope, rewrite);
  if (result.done > 0) {
    await write(editor, result.edits);
    // Of neighbours that were merged, the first has no neighbour any more.
    tell(done(result.done), rewrite === merge ? [] : result.kept);
    return;
  }
  inform(result.kept[0]?.unavailable ?? noCitation(scope));
}

function noCitation({ start, end }: Span): string {
  return start === end
    ? vscode.l10n.t('No citation stands at the caret.')
    : vscode.l10n.t('No citation stands in the selection.');
}

async function convertFrom(desk: Desk, converter: Converter, target: CitedSyntax, isWhole: boolean): Promise<void> {
  const { editor, reading } = desk;
  const whole = { start: 0, end: reading.text.length };
  const within = async (scope: Span): Promise<Conversion> =>
    (await converter.convert(editor.document, reading, scope, [target])).get(target)!;
  const here = isWhole ? undefined : await within(desk.scope);
  if (here && here.converted + here.kept.length > 0) {
    await finish(editor, here);
    return;
  }
  if (!editor.selection.isEmpty && !isWhole) {
    inform(vscode.l10n.t('The selection holds no citation to convert.'));
    return;
  }
  const all = await within(whole);
  if (isWhole || all.converted === 0 || (await isWholeMeant(all.converted))) {
    await finish(editor, all);
  }
}

async function isWholeMeant(count: number): Promise<boolean> {
  const label = count === 1 ? vscode.l10n.t('Convert the one citation') : vscode.l10n.t('Convert all {0} citations', count);
  const placeHolder = vscode.l10n.t('No citation to convert stands at the caret. Convert the whole document?');
  return (await vscode.window.showQuickPick([{ label }], { placeHolder })) !== undefined;
}

async function finish(editor: vscode.TextEditor, { edits, converted, kept }: Conversion): Promise<void> {
  if (converted > 0) {
    await write(editor, edits);
    tell(converted === 1 ? vscode.l10n.t('1 citation converted') : vscode.l10n.t('{0} citations converted', converted), kept);
    return;
  }
  const [first] = kept;
  inform(
    first
      ? vscode.l10n.t('Nothing was converted: {0} kept, for {1}.', kept.length, first.unavailable)
      : vscode.l10n.t('There is no citation to convert.'),
  );
}

async function fixAll({ editor }: Desk, problems: Problems): Promise<void> {
  const found = await problems.of(editor.document);
  const { edits, count } = fixTogether(found);
  if (count === 0) {
    inform(vscode.l10n.t('No problem of this document has one clear repair.'));
    return;
  }
  await write(editor, edits);
  tell(count === 1 ? vscode.l10n.t('1 problem fixed') : vscode.l10n.t('{0} problems fixed', count), []);
}

/** Milliseconds that a line stays in the status bar; longer where it tells of something left. */
const timeToSee = 4_000;
const timeToRead = 15_000;

/** `12 citations converted; 2 kept: it stands in a note already; …` */
function tell(done: string, kept: EachRewritten['kept']): void {
  if (kept.length === 0) {
    vscode.window.setStatusBarMessage(`$(check) ${done}.`, timeToSee);
    return;
  }
  const reasons = Array.from(new Set(kept.map(({ unavailable }) => unavailable.replace(/\.$/, ''))));
  const shown = reasons.slice(0, 3).join('; ');
  const message = vscode.l10n.t('{0}; {1} kept: {2}.', done, kept.length, shown);
  vscode.window.setStatusBarMessage(`$(info) ${message}`, timeToRead);
}

function inform(message: string): void {
  void vscode.window.showInformationMessage(message);
}
