import * as vscode from 'vscode';
import { updateTables, type TableFault, type TablesUpdated } from '../../core/evidenceTable/update.ts';
import { atTheEdge, quietly } from '../../editor/edges.ts';
import { nameOf } from '../../editor/files.ts';
import { cellNumbers, manuscriptInFocus } from '../../editor/inFront.ts';
import { isManuscript } from '../../editor/manuscripts.ts';
import { notebookOf } from '../../editor/readings.ts';
import { commandId, settingsFor } from '../../manifest.ts';
import { withoutRecord } from './insert.ts';
import { sourcesFor, type TableNeeds } from './sources.ts';

/** Milliseconds that a line stays in the status bar. */
const timeToSee = 6_000;

/** The tables of one of a manuscript's texts. */
interface Text extends TablesUpdated {
  readonly document: vscode.TextDocument;
}

/** `Update Evidence Tables`: all of the manuscript in front, of a notebook those in all its cells, as one step to undo. */
export async function updateInFront(needs: TableNeeds, evenTouched = false): Promise<void> {
  const { t } = vscode.l10n;
  const document = manuscriptInFocus();
  if (!document) {
    void vscode.window.showInformationMessage(t('Open the manuscript whose evidence tables are to be updated first.'));
    return;
  }
  const title = t('Updating the evidence tables…');
  const texts = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () => updatedTexts(needs, document, evenTouched));
  if (texts.length === 0) {
    throw new Error(t('this document is too long to be read.'));
  }
  await write(texts);
  tellDone(texts);
  tellFaults(texts, needs);
}

async function updatedTexts(needs: TableNeeds, document: vscode.TextDocument, evenTouched: boolean): Promise<readonly Text[]> {
  const { sources, parts } = await sourcesFor(needs, document);
  const texts = parts.map(part => ({ part, updated: updateTables(part.reading, sources, evenTouched) }));
  // A notebook's other cells may have changed while one was read.
  if (texts.some(({ part, updated }) => updated.edits.length > 0 && part.document.getText() !== part.reading.text)) {
    throw new Error(vscode.l10n.t('the manuscript was changed meanwhile; nothing was written.'));
  }
  return texts.map(({ part, updated }) => ({ document: part.document, ...updated }));
}

async function write(texts: readonly Text[]): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  for (const text of texts.filter(({ edits }) => edits.length > 0)) {
    edit.set(text.document.uri, editsOf(text));
  }
  if (edit.size > 0 && !(await vscode.workspace.applyEdit(edit))) {
    throw new Error(vscode.l10n.t('the manuscript can’t be written to.'));
  }
}

function editsOf({ document, edits }: Text): vscode.TextEdit[] {
  return edits.map(({ start, end, text }) => new vscode.TextEdit(new vscode.Range(document.positionAt(start), document.positionAt(end)), text));
}

function tellDone(texts: readonly Text[]): void {
  const { t } = vscode.l10n;
  const [count, done, faults] = [sum(texts, each => each.count), sum(texts, each => each.edits.length), sum(texts, each => each.faults.length)];
  if (count === 0) {
    const insert = t('Insert One…');
    void vscode.window.showInformationMessage(t('There is no evidence table in this manuscript.'), insert).then(picked => {
      if (picked === insert) {
        void vscode.commands.executeCommand(commandId('insertEvidenceTable'));
      }
    });
    return;
  }
  const left = [...new Set(texts.flatMap(each => each.left))];
  const words = done === 0 ? t('The evidence tables are up to date.') : done === 1 ? t('1 evidence table updated.') : t('{0} evidence tables updated.', done);
  if (done > 0 || faults === 0) {
    vscode.window.setStatusBarMessage(`$(check) ${words}${left.length > 0 ? ` ${withoutRecord(left)}` : ''}`, timeToSee);
  }
}

function sum(texts: readonly Text[], of: (text: Text) => number): number {
  return texts.reduce((total, text) => total + of(text), 0);
}

interface Told {
  readonly document: vscode.TextDocument;
  readonly fault: TableFault;
}

// Enough to read at once; the others come when these are mended.
const mostFaults = 3;

/** Not waited for: what the writer then chooses is a step of its own. */
function tellFaults(texts: readonly Text[], needs: TableNeeds): void {
  const { t } = vscode.l10n;
  const all = texts.flatMap(({ document, faults }) => faults.map((fault): Told => ({ document, fault })));
  const [first] = all;
  if (!first) {
    return;
  }
  const more = all.length > mostFaults ? ` ${t('{0} more are left as they are.', all.length - mostFaults)}` : '';
  const [go, update] = [t('Go to Line'), t('Update All the Same')];
  const actions = [go, ...(all.some(({ fault }) => fault.isTouched) ? [update] : [])];
  const words = t('Ketamine Citations: {0}', all.slice(0, mostFaults).map(sentence).join(' ') + more);
  void vscode.window.showWarningMessage(words, ...actions).then(async picked => {
    if (picked === go) {
      const at = new vscode.Position(first.fault.line - 1, 0);
      await vscode.window.showTextDocument(first.document, { selection: new vscode.Range(at, at) });
    } else if (picked === update) {
      await vscode.window.showTextDocument(first.document);
      await atTheEdge(needs.log, () => updateInFront(needs, true))();
    }
  });
}

function sentence({ document, fault }: Told): string {
  const { t } = vscode.l10n;
  const notebook = notebookOf(document);
  const index = notebook?.getCells().findIndex(cell => cell.document === document) ?? -1;
  return notebook && cellNumbers(document)
    ? t('{0}, cell {1}, line {2}: {3}', nameOf(notebook.uri), index + 1, fault.line, fault.message)
    : t('{0}, line {1}: {2}', nameOf(document.uri), fault.line, fault.message);
}

/** Updates the tables of a manuscript that is saved, where the writer asked for it. Nothing is shown: what is left is logged. */
export function updateOnSave(needs: TableNeeds): vscode.Disposable {
  return vscode.workspace.onWillSaveTextDocument(event => {
    const { document, reason } = event;
    // While the writer types, nothing is to move under the caret.
    const isDone = reason !== vscode.TextDocumentSaveReason.AfterDelay;
    const isMeant = isDone && isManuscript(document) && document.getText().includes('evidence-table:') && settingsFor(document)('evidenceTable.updateOnSave');
    if (isMeant) {
      event.waitUntil(quietly(needs.log, () => editsOnSave(needs, document)).then(edits => edits ?? []));
    }
  });
}

async function editsOnSave(needs: TableNeeds, document: vscode.TextDocument): Promise<vscode.TextEdit[]> {
  const texts = await updatedTexts(needs, document, false);
  for (const { faults } of texts) {
    faults.forEach(fault => needs.log.info(sentence({ document, fault })));
  }
  return texts.filter(text => text.document === document).flatMap(editsOf);
}
