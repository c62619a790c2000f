import * as vscode from 'vscode';
import type { Appended } from '../../core/importing/append.ts';
import { splice } from '../../core/importing/splice.ts';
import { nameOf } from '../../editor/files.ts';
import { spliceMessage } from './messages.ts';

const { t } = vscode.l10n;

/** A file may change while it is written; so often it is tried anew. */
const mostTries = 5;

/** What was written: the whole file before and after, or an edit of an open document, which the editor takes back itself. */
export type Written =
  | { readonly uri: vscode.Uri; readonly before: Uint8Array | undefined; readonly after: Uint8Array }
  | { readonly uri: vscode.Uri; readonly unsaved: true };

/** Adds to a file, never leaving half of it: through its document where that has unsaved changes, else by a whole new file. */
export async function addTo(uri: vscode.Uri, addition: (text: string) => Promise<Appended>): Promise<Written> {
  const open = vscode.workspace.textDocuments.find(each => each.isDirty && each.uri.toString() === uri.toString());
  if (open) {
    await editDocument(open, addition);
    return { uri, unsaved: true };
  }
  for (let tries = 0; tries < mostTries; tries += 1) {
    const before = await read(uri);
    const result = await splice(before ?? new Uint8Array(), addition);
    if ('fault' in result) {
      throw new Error(spliceMessage(result.fault, nameOf(uri)));
    }
    if (await replace(uri, before, result.bytes)) {
      return { uri, before, after: result.bytes };
    }
  }
  throw new Error(t('{0} is being changed by another program; nothing was added to it.', nameOf(uri)));
}

async function editDocument(document: vscode.TextDocument, addition: (text: string) => Promise<Appended>): Promise<void> {
  const { version } = document;
  const added = await addition(document.getText());
  if ('fault' in added) {
    throw new Error(spliceMessage(added.fault, nameOf(document.uri)));
  }
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, document.positionAt(added.offset), added.insert);
  if (document.version !== version || !(await vscode.workspace.applyEdit(edit))) {
    throw new Error(t('{0} was changed meanwhile; nothing was added to it. Try again.', nameOf(document.uri)));
  }
}

/** The bytes; nothing where there is no such file. */
async function read(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') {
      return undefined;
    }
    throw new Error(t('{0} can’t be read ({1}).', nameOf(uri), codeOf(error)));
  }
}

/**
 * Writes a new file beside the old one and puts it in its place, unless the old one is not `before` any more. A link stays
 * a link: what it leads to is written over once the new text stands safely beside it.
 */
async function replace(uri: vscode.Uri, before: Uint8Array | undefined, after: Uint8Array): Promise<boolean> {
  const { fs } = vscode.workspace;
  const beside = uri.with({ path: `${uri.path}.${Math.random().toString(36).slice(2, 8)}.tmp` });
  try {
    await fs.writeFile(beside, after);
    if (!same(await read(uri), before)) {
      await fs.delete(beside);
      return false;
    }
    if (before && (await isLink(uri))) {
      await fs.writeFile(uri, after);
      await fs.delete(beside);
    } else {
      await fs.rename(beside, uri, { overwrite: before !== undefined });
    }
    return true;
  } catch (error) {
    await rescue(uri, before, beside);
    throw new Error(t('{0} can’t be written to ({1}).', nameOf(uri), codeOf(error)));
  }
}

/** After a failure the old file is there as it was. */
async function rescue(uri: vscode.Uri, before: Uint8Array | undefined, beside: vscode.Uri): Promise<void> {
  try {
    if (before && !same(await read(uri).catch(() => before), before)) {
      await vscode.workspace.fs.writeFile(uri, before);
    }
    await vscode.workspace.fs.delete(beside);
  } catch {
    // What could not be written needs no deleting.
  }
}

async function isLink(uri: vscode.Uri): Promise<boolean> {
  return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.SymbolicLink) !== 0;
}

/** Takes back what was written, if nothing else came to it since. */
export async function takeBack(written: Written): Promise<void> {
  if ('unsaved' in written) {
    return;
  }
  const { uri, before, after } = written;
  if (!same(await read(uri), after)) {
    throw new Error(t('{0} was changed since; nothing was taken back.', nameOf(uri)));
  }
  if (before) {
    await replace(uri, after, before);
  } else {
    await vscode.workspace.fs.delete(uri, { useTrash: false });
  }
}

function same(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.length === b.length && a.every((byte, index) => byte === b[index]));
}

function codeOf(error: unknown): string {
  return error instanceof vscode.FileSystemError ? error.code : error instanceof Error ? error.message : String(error);
}
