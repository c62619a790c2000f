import * as vscode from 'vscode';
import type { Insertion } from '../../core/insertion.ts';
import { changed, movedBy, undoing, type Replacement, type TextChange } from '../../core/lateChoice.ts';
import type { Span } from '../../core/reading.ts';
import { quietly } from '../../editor/edges.ts';
import { registerCommand, type Accepted } from '../../manifest.ts';
import type { DueLists } from './dueLists.ts';
import { RecentChanges } from './recentChanges.ts';
import type { FoundRows, Rows } from './rows.ts';

/** Milliseconds that a remark stays in the status bar. */
const timeToRead = 12_000;

/** How often an edit is tried while the writer types on. */
const mostTries = 50;

/**
 * Runs when an item was accepted. VS Code inserts the focused item of the list it shows, even when the writer has typed
 * on since and the list for that is still to come. Then the first line of the list for what was typed takes its place, so that the
 * same keys give the same text on a busy computer too. A wrong citation is worse than none. Where Enter came while no list was in
 * sight, for VS Code hides it at a sign within a key until the next answer, the line that it broke is put together again.
 *
 * The commands for Undo and Redo would take back keys that were typed since. Edits are made instead, each for the document as it is
 * and refused by VS Code when it changed meanwhile; where the inserted text was changed since, nothing is done.
 */
export function registerAccepted(rows: Rows, due: DueLists, log: vscode.LogOutputChannel): vscode.Disposable {
  const recent = new RecentChanges();
  return vscode.Disposable.from(
    recent,
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      const late = due.isDue(document) ? brokenLineOf(document, recent) : undefined;
      if (late) {
        void quietly(log, () => citeInstead(late, recent, rows));
      }
    }),
    registerCommand('_accepted', async accepted => {
      const late = lateOf(accepted, recent);
      if (late) {
        await quietly(log, () => reconsider(late, accepted, recent, rows));
      }
      if (accepted.remark) {
        // No message pops up while the writer types; accepting an item is typing still.
        vscode.window.setStatusBarMessage(`$(info) ${accepted.remark}`, timeToRead);
      }
    }),
  );
}

/** An item that was made for less or more than what was typed when it was accepted. */
interface Late {
  readonly document: vscode.TextDocument;
  /** The text before the item came into it, and where the caret was. */
  readonly before: string;
  readonly caret: number;
  /** What the item changed; the last is its own text, the others what came with it. */
  readonly changes: readonly TextChange[];
  /** The document's version after that. */
  readonly version: number;
}

/** The change that Enter made in the line of an `@`. */
function brokenLineOf(document: vscode.TextDocument, recent: RecentChanges): Late | undefined {
  const [previous, step] = recent.steps.slice(-2);
  const [own] = step?.changes ?? [];
  const isEnter = step?.version === document.version && step.changes.length === 1 && own?.length === 0 && /^\r?\n[ \t]*$/.test(own.text);
  const accepts = vscode.workspace.getConfiguration('editor', document).get('acceptSuggestionOnEnter') !== 'off';
  return recent.document === document && isEnter && accepts && previous?.text !== undefined
    ? { document, before: previous.text, caret: own.start, changes: [own], version: step.version }
    : undefined;
}

/** The changes that accepting an item made, if it was late. */
function lateOf({ text, replaced, afterCaret, hasFurther }: Accepted, { document, steps }: RecentChanges): Late | undefined {
  const index = steps.findLastIndex(({ changes }) => changes.some(change => change.text.replaceAll('\r\n', '\n') === text));
  const step = steps[index];
  const further = hasFurther ? steps[index - 1]?.changes : [];
  const before = steps[index - (hasFurther ? 2 : 1)]?.text;
  const [own] = step?.changes ?? [];
  // At several carets what was typed may differ.
  if (!document || !step || !own || step.changes.length > 1 || !further || before === undefined) {
    return undefined;
  }
  const was = changed(before, further).slice(own.start, own.start + own.length);
  if (replaced.includes(was)) {
    return undefined;
  }
  const caret = own.start + own.length - afterCaret;
  return { document, before, caret, changes: [...further, own], version: step.version };
}

async function reconsider(late: Late, { rank, text, hasFurther }: Accepted, recent: RecentChanges, rows: Rows): Promise<void> {
  const { document, before, caret } = late;
  // With a further change elsewhere the caret of the text before it is not known.
  const found = hasFurther ? undefined : await rows.at(document, before, caret);
  if (found && isStillRight(found, rank, text)) {
    return;
  }
  const [first] = found?.values.length === 0 && rank === 0 ? found.studies : [];
  await putRight(late, first?.insertion.further ? undefined : first?.insertion, recent);
  await reopen(document, rows);
}

/** Cites where Enter broke the line of a key, for the list that it would have chosen from was still to come. */
async function citeInstead(late: Late, recent: RecentChanges, rows: Rows): Promise<void> {
  const { document, before, caret } = late;
  const found = await rows.at(document, before, caret);
  const insertion = found?.values.length === 0 && found.library.beginsKey(found.query.text) ? found.studies[0]?.insertion : undefined;
  if (insertion && !insertion.further) {
    await putRight(late, insertion, recent);
    await reopen(document, rows);
  }
}

/** Puts back what was there before, and then the right text in its place, so that Undo gives back what was typed. */
async function putRight({ document, before, caret, changes, version }: Late, insertion: Insertion | undefined, recent: RecentChanges): Promise<void> {
  const back = undoing(before, changes);
  const [own] = changes.slice(-1);
  if (!back || !own) {
    return;
  }
  // What the right text replaces must be untouched, too.
  const around = insertion && spanAround(own, insertion, caret);
  const edited = await replace(recent, document, version, back, around);
  if (!edited?.around || !edited.closed || !insertion || !around) {
    return;
  }
  const { start } = edited.around;
  const by = start - around.before.start;
  const right = { start: insertion.edit.start + by, end: Math.min(insertion.edit.end, around.before.end) + by, text: insertion.edit.text };
  const after = { start, end: start + around.before.end - around.before.start };
  const written = await replace(recent, document, edited.version, [right, { ...edited.closed, text: '' }], { after, closed: edited.closed });
  if (written && insertion.caret < insertion.edit.text.length) {
    moveCaret(document, right.start, insertion);
  }
}

/** Whether the accepted text is what the list for all that was typed begins with, or holds where the writer chose another line. */
function isStillRight({ values, studies }: FoundRows, rank: number, text: string): boolean {
  const texts = studies.map(({ insertion }) => insertion.edit.text);
  return rank === 0 ? values.length === 0 && texts[0] === text : texts.includes(text);
}

/** Stretches that nobody may have touched. */
interface Untouched {
  readonly after: Span;
  /** The brackets that the editor closed after the caret, before which the writer may have typed on; empty if there are none. */
  readonly closed: Span;
}

/** The stretch that both the accepted item and the right one replace, before the item came into the text and after it. */
function spanAround(own: TextChange, { edit }: Insertion, caret: number): Untouched & { readonly before: Span } {
  const start = Math.min(own.start, edit.start);
  const isCovered = own.start + own.length > caret;
  const end = Math.max(own.start + own.length, isCovered ? edit.end : Math.min(edit.end, caret));
  const grown = own.text.length - own.length;
  return { before: { start, end }, after: { start, end: end + grown }, closed: { start: end + grown, end: Math.max(edit.end, end) + grown } };
}

/** A version of the document right after an edit, and where the stretches then were that were not to be touched. */
interface Edited {
  readonly version: number;
  readonly around: Span | undefined;
  readonly closed: Span | undefined;
}

/**
 * Makes replacements that were found for a version of the document in the document as it is, in one step for Undo.
 * `undefined` where something was changed in what they replace, or in what is to be untouched.
 */
async function replace(
  recent: RecentChanges,
  document: vscode.TextDocument,
  version: number,
  replacements: readonly Replacement[],
  untouched: Untouched | undefined,
): Promise<Edited | undefined> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const changes = recent.document === document ? recent.since(version) : undefined;
    const editor = vscode.window.visibleTextEditors.find(each => each.document === document);
    const moved = changes && replacements.map(each => ({ text: each.text, span: movedBy(each, changes) }));
    const around = changes && untouched && movedBy(untouched.after, changes);
    const closed = changes && untouched && movedBy(untouched.closed, changes);
    if (!editor || !moved || moved.some(({ span }) => !span) || (untouched && (!around || !closed))) {
      return undefined;
    }
    const now = document.version;
    const isDone = await editor.edit(
      builder => moved.forEach(({ span, text }) => builder.replace(rangeOf(document, span!), text)),
      { undoStopBefore: true, undoStopAfter: true },
    );
    if (isDone) {
      const grown = moved.reduce((sum, { span, text }) => (closed && span!.end <= closed.start ? sum + text.length - (span!.end - span!.start) : sum), 0);
      const closedNow = closed && { start: closed.start + grown, end: closed.end + grown };
      return { version: recent.steps.find(step => step.version > now)?.version ?? now, around, closed: closedNow };
    }
    // VS Code has a newer version than we know of.
    await recent.next();
  }
  return undefined;
}

function rangeOf(document: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** Puts the caret where writing goes on, if it is where the text ends that was written last. */
function moveCaret(document: vscode.TextDocument, start: number, { edit, caret }: Insertion): void {
  const editor = vscode.window.activeTextEditor;
  const lines = (text: string): number => (document.eol === vscode.EndOfLine.CRLF ? text.split('\n').length - 1 : 0);
  const end = document.positionAt(start + edit.text.length + lines(edit.text));
  if (editor?.document === document && editor.selection.isEmpty && editor.selection.active.isEqual(end)) {
    const position = document.positionAt(start + caret + lines(edit.text.slice(0, caret)));
    editor.selection = new vscode.Selection(position, position);
  }
}

/** An edit that the writer did not type closes the list; where something is being searched at the caret, it comes back. */
async function reopen(document: vscode.TextDocument, rows: Rows): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document !== document) {
    return;
  }
  if (await rows.at(document, document.getText(), document.offsetAt(editor.selection.active))) {
    await vscode.commands.executeCommand('editor.action.triggerSuggest');
  }
}
