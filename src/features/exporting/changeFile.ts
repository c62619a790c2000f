import * as vscode from 'vscode';
import { nameOf } from '../../editor/files.ts';
import { readBytes, replaceFile } from '../../editor/wholeFile.ts';

const { t } = vscode.l10n;

/** A file may change while it is written; so often it is tried anew. */
const mostTries = 5;

/** What a change makes of a text. */
interface Changed {
  readonly text: string;
}

/**
 * Changes a file's text as a whole: in its document where that is open, as one step to undo, and saved again unless it had
 * unsaved changes; else by a new file in its place, so that never half of it is there. Nothing is written where nothing changes.
 */
export async function changeFile<T extends Changed>(uri: vscode.Uri, change: (text: string) => Promise<T>): Promise<T> {
  const open = vscode.workspace.textDocuments.find(each => !each.isClosed && each.uri.toString() === uri.toString());
  if (open) {
    return changeDocument(open, change);
  }
  for (let tries = 0; tries < mostTries; tries += 1) {
    const before = await readBytes(uri);
    const { mark, text } = decoded(before ?? new Uint8Array(), uri);
    const changed = await change(text);
    if (before && changed.text === text) {
      return changed;
    }
    if (await replaceFile(uri, before, new TextEncoder().encode(mark + changed.text))) {
      return changed;
    }
  }
  throw new Error(t('{0} is being changed by another program; nothing was written.', nameOf(uri)));
}

/** The text of a file, or of its open document; nothing where there is no such file. */
export async function textOfFile(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find(each => !each.isClosed && each.uri.toString() === uri.toString());
  const bytes = open ? undefined : await readBytes(uri);
  return open?.getText() ?? (bytes && decoded(bytes, uri).text);
}

/** The byte order mark stands apart, to be written again. */
function decoded(bytes: Uint8Array, uri: vscode.Uri): { readonly mark: string; readonly text: string } {
  try {
    const whole = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const mark = whole.startsWith('\ufeff') ? '\ufeff' : '';
    return { mark, text: whole.slice(mark.length) };
  } catch {
    throw new Error(t('{0} is not in UTF-8, and nothing was written. Save it with the encoding UTF-8 first.', nameOf(uri)));
  }
}

async function changeDocument<T extends Changed>(document: vscode.TextDocument, change: (text: string) => Promise<T>): Promise<T> {
  const { version, isDirty } = document;
  const text = document.getText();
  const changed = await change(text);
  if (changed.text === text) {
    return changed;
  }
  const { start, end, insert } = difference(text, changed.text);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), insert);
  if (document.version !== version || !(await vscode.workspace.applyEdit(edit))) {
    throw new Error(t('{0} was changed meanwhile; nothing was written. Try again.', nameOf(document.uri)));
  }
  if (!isDirty) {
    await document.save();
  }
  return changed;
}

/** The smallest stretch outside of which two texts are the same, by whole lines: no edit may part the two halves of a line end. */
function difference(before: string, after: string): { readonly start: number; readonly end: number; readonly insert: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) {
    start += 1;
  }
  start = start === 0 ? 0 : before.lastIndexOf('\n', start - 1) + 1;
  let same = 0;
  while (same < shorter - start && before[before.length - 1 - same] === after[after.length - 1 - same]) {
    same += 1;
  }
  const line = before.indexOf('\n', before.length - same - 1);
  const end = same === 0 || line < 0 ? before.length : line + 1;
  return { start, end, insert: after.slice(start, after.length - (before.length - end)) };
}
