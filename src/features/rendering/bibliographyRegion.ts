import * as vscode from 'vscode';
import type { TextEdit } from '../../core/insertion.ts';
import type { Reading } from '../../core/reading.ts';
import { referencesOf } from '../../core/render/copy.ts';
import { headingIn } from '../../core/render/heading.ts';
import { insertRegion, regionMarks, regionOf, updateRegion, type RegionFault } from '../../core/render/region.ts';
import type { PrintedManuscript, ManuscriptPrinter } from '../../editor/printer.ts';
import { atTheEdge, quietly } from '../../editor/edges.ts';
import type { KnownKeys } from '../../editor/known.ts';
import { isManuscript } from '../../editor/manuscripts.ts';
import { knownOnceRead } from '../../editor/printing.ts';
import { notebookOf, type Readings } from '../../editor/readings.ts';
import { registerCommand, settingsFor } from '../../manifest.ts';
import { inform, manuscriptToPrint, withProgress } from './desk.ts';

/** Milliseconds that a line stays in the status bar; longer where it tells of something left. */
const timeToSee = 4_000;
const timeToRead = 15_000;

/** The bibliography between two marks in the text: inserted and updated by command, and on save where the setting says so. */
export function registerBibliographyRegion(
  readings: Readings,
  known: KnownKeys,
  printer: ManuscriptPrinter,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand('updateBibliography', atTheEdge(log, () => update(readings, known, printer))),
    vscode.workspace.onWillSaveTextDocument(({ document, reason, waitUntil }) => {
      // While the writer types, nothing is to move under the caret.
      const isWanted = reason !== vscode.TextDocumentSaveReason.AfterDelay && isManuscript(document) && !notebookOf(document);
      if (isWanted && settingsFor(document)('bibliography.updateOnSave')) {
        waitUntil(quietly(log, () => editsOnSave(document, readings, known, printer)).then(edits => edits ?? []));
      }
    }),
  );
}

async function update(readings: Readings, known: KnownKeys, printer: ManuscriptPrinter): Promise<void> {
  const { t } = vscode.l10n;
  const found = await manuscriptToPrint(readings);
  const region = found && regionOf(found.reading);
  if (!found) {
    return;
  }
  if (region && 'fault' in region) {
    void vscode.window.showWarningMessage(faultOf(region, found.document));
    return;
  }
  const { document, reading } = found;
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const editor = [activeTextEditor, ...visibleTextEditors].find(each => each?.document === document);
  const caret = document.offsetAt(editor?.selection.active ?? new vscode.Position(0, 0));
  const manuscript = await withProgress(t('Printing the bibliography…'), async token =>
    printer.print(document, reading, await knownOnceRead(known, document, token), token),
  );
  if (!manuscript) {
    return;
  }
  const references = referencesOf(manuscript.printed);
  const unknown = unknownIn(manuscript);
  if (!region && references.length === 0) {
    inform(unknown.length > 0 ? t('There is nothing to list: there are no data of {0}.', unknown.join(', ')) : t('Nothing is cited in this manuscript yet.'));
    return;
  }
  const edit = region
    ? updateRegion(reading, region, references)
    : insertRegion(reading, caret, references, headingIn(await printer.localeOf(document)));
  if (edit) {
    await write(document, reading, edit);
  }
  const count = references.length === 1 ? t('1 reference') : t('{0} references', references.length);
  tell(!edit ? t('The bibliography is current: {0}', count) : region ? t('Bibliography updated: {0}', count) : t('Bibliography inserted: {0}', count), unknown);
}

/** One undo step. */
async function write(document: vscode.TextDocument, { text }: Reading, edit: TextEdit): Promise<void> {
  if (document.getText() !== text) {
    throw new Error(vscode.l10n.t('the manuscript was changed meanwhile; nothing was written.'));
  }
  const changes = new vscode.WorkspaceEdit();
  changes.set(document.uri, [textEdit(document, edit)]);
  if (!(await vscode.workspace.applyEdit(changes))) {
    throw new Error(vscode.l10n.t('the manuscript can’t be written to.'));
  }
}

async function editsOnSave(document: vscode.TextDocument, readings: Readings, keys: KnownKeys, printer: ManuscriptPrinter): Promise<vscode.TextEdit[]> {
  const reading = await readings.of(document);
  const region = reading && regionOf(reading);
  if (!region) {
    return [];
  }
  if ('fault' in region) {
    vscode.window.setStatusBarMessage(`$(warning) ${faultOf(region, document)}`, timeToRead);
    return [];
  }
  const known = await keys.of(document);
  if (!known.isComplete) {
    // What is not read yet, or can't be, would vanish from the list.
    vscode.window.setStatusBarMessage(`$(info) ${vscode.l10n.t('The bibliography was not updated: a bibliography file is not read.')}`, timeToRead);
    return [];
  }
  const edit = updateRegion(reading, region, referencesOf((await printer.print(document, reading, known)).printed));
  return edit && document.getText() === reading.text ? [textEdit(document, edit)] : [];
}

function textEdit(document: vscode.TextDocument, { start, end, text }: TextEdit): vscode.TextEdit {
  return vscode.TextEdit.replace(new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
}

function unknownIn({ cited }: PrintedManuscript): readonly string[] {
  return [...new Set(cited.flatMap(({ cites }) => cites.filter(({ item }) => !item).map(({ key }) => key)))];
}

function faultOf({ fault, offset }: RegionFault, document: vscode.TextDocument): string {
  const { t } = vscode.l10n;
  const line = document.positionAt(offset).line + 1;
  const { start, end } = regionMarks;
  switch (fault) {
    case 'unclosed':
      return t('The bibliography was left as it is: “{0}” in line {1} has no “{2}” behind it. Add that line, or delete this one.', start, line, end);
    case 'unopened':
      return t('The bibliography was left as it is: “{0}” in line {1} has no “{2}” before it. Add that line, or delete this one.', end, line, start);
    case 'doubled':
      return t('The bibliography was left as it is: line {0} begins or ends a second one. Keep one “{1}” and one “{2}”.', line, start, end);
  }
}

function tell(done: string, unknown: readonly string[]): void {
  if (unknown.length > 0) {
    void vscode.window.showWarningMessage(vscode.l10n.t('{0}. There are no data of {1}.', done, unknown.join(', ')));
  } else {
    vscode.window.setStatusBarMessage(`$(check) ${done}.`, timeToSee);
  }
}
