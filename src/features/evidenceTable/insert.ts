import * as vscode from 'vscode';
import { plural } from '../../core/describe.ts';
import { placeTable } from '../../core/evidenceTable/place.ts';
import { rowsOf } from '../../core/evidenceTable/records.ts';
import { parseSpec, type TableSpec } from '../../core/evidenceTable/spec.ts';
import { markedTable } from '../../core/evidenceTable/update.ts';
import type { Vocabulary } from '../../core/study.ts';
import type { GivenTable } from '../../manifest.ts';
import { askTable, type Draft } from './questions.ts';
import { saveTable } from './save.ts';
import { sourcesFor, type TableNeeds } from './sources.ts';

/** Milliseconds that a line stays in the status bar; longer where it tells of something else than what was asked for. */
const timeToSee = 4_000;
const timeToRead = 15_000;

/** `Insert Evidence Table…`: asks for what is not given, and puts the table at the caret or into a file. */
export async function insertTable(needs: TableNeeds, memory: vscode.Memento, given: GivenTable = {}): Promise<void> {
  const manuscript = needs.manuscripts.inFront();
  const title = vscode.l10n.t('Reading what the manuscript cites…');
  const { sources } = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () => sourcesFor(needs, manuscript));
  const draft = await askTable(draftOf(given, sources.shelf.vocabulary), sources, manuscript !== undefined, memory);
  if (!draft) {
    return;
  }
  if (draft.goal === 'caret') {
    await intoManuscript(needs, draft);
    return;
  }
  const found = rowsOf(draft, sources);
  if ('fault' in found) {
    throw new Error(found.fault);
  }
  if (isEmpty(found.rows.length)) {
    return;
  }
  await saveTable(draft, found.rows, sources.shelf.vocabulary, draft.goal, manuscript, given.file);
}

/** What is given is checked as a mark in a manuscript is. Errors: a word that is not understood. */
function draftOf({ studies, columns, order, to }: GivenTable, vocabulary: Vocabulary): Partial<Draft> {
  const parsed = parseSpec(JSON.stringify({ studies: studies ?? 'cited', columns, order }), vocabulary);
  if ('fault' in parsed) {
    throw new Error(parsed.fault);
  }
  const { spec } = parsed;
  return {
    ...(studies !== undefined && { studies: spec.studies }),
    ...(columns !== undefined && { columns: spec.columns }),
    ...(order !== undefined && { order: spec.order }),
    ...(to !== undefined && { goal: to }),
  };
}

async function intoManuscript(needs: TableNeeds, spec: TableSpec): Promise<void> {
  const { t } = vscode.l10n;
  const last = await needs.manuscripts.current();
  if (!last) {
    throw new Error(t('open the manuscript that the table is to stand in first.'));
  }
  const editor = await vscode.window.showTextDocument(last.document, { selection: last.selection, viewColumn: last.viewColumn ?? vscode.ViewColumn.Active });
  const { document } = editor;
  // Not those that were found before the questions: the manuscript may be another one by now.
  const { sources, parts } = await sourcesFor(needs, document);
  const found = rowsOf(spec, sources);
  const reading = parts.find(part => part.document === document)?.reading;
  if ('fault' in found || !reading) {
    throw new Error('fault' in found ? found.fault : t('this document is too long to be read.'));
  }
  if (isEmpty(found.rows.length)) {
    return;
  }
  const table = markedTable(spec, found.rows, sources.shelf.vocabulary);
  const { edit, lead, isElsewhere } = placeTable(reading, document.offsetAt(editor.selection.active), table);
  const at = document.positionAt(edit.start);
  if (!(await editor.edit(builder => builder.insert(at, edit.text)))) {
    throw new Error(t('the manuscript can’t be written to.'));
  }
  // In lines, for VS Code writes the document's own line ends.
  const first = at.translate(linesIn(edit.text.slice(0, lead)), 0).with({ character: 0 });
  const behind = first.translate(linesIn(table) + 1);
  editor.selection = new vscode.Selection(behind, behind);
  editor.revealRange(new vscode.Range(first, behind));
  tell(found.rows.length, isElsewhere ? first.line + 1 : undefined, found.left);
}

function linesIn(text: string): number {
  return text.split('\n').length - 1;
}

function isEmpty(count: number): boolean {
  if (count === 0) {
    const words = vscode.l10n.t('There is no study for the table: none is cited in the manuscript, or none fits. The dataset is a selection.');
    void vscode.window.showInformationMessage(words);
  }
  return count === 0;
}

function tell(count: number, line: number | undefined, left: readonly string[]): void {
  const { t } = vscode.l10n;
  const studies = plural(count, 'study');
  const done =
    line === undefined
      ? t('Evidence table of {0} inserted.', studies)
      : t('Evidence table of {0} inserted at line {1}, behind what the caret stands in.', studies, line);
  const remark = left.length > 0 ? ` ${withoutRecord(left)}` : '';
  const isPlain = line === undefined && remark === '';
  vscode.window.setStatusBarMessage(`$(${isPlain ? 'check' : 'info'}) ${done}${remark}`, isPlain ? timeToSee : timeToRead);
}

const mostKeys = 5;

/** Which works have no row, for the dataset has no record of them. */
export function withoutRecord(left: readonly string[]): string {
  const keys = left.slice(0, mostKeys).join(', ') + (left.length > mostKeys ? ' …' : '');
  return vscode.l10n.t('Without a record, and so without a row: {0}.', keys);
}
