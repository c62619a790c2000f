import * as vscode from 'vscode';
import type { Appended } from '../../core/importing/append.ts';
import { splice } from '../../core/importing/splice.ts';
import { nameOf } from '../../editor/files.ts';
import { readBytes, replaceFile, sameBytes } from '../../editor/wholeFile.ts';
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
    const before = await readBytes(uri);
    const result = await splice(before ?? new Uint8Array(), addition);
    if ('fault' in result) {
      throw new Error(spliceMessage(result.fault, nameOf(uri)));
    }
    if (await replaceFile(uri, before, result.bytes)) {
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

/** Takes back what was written, if nothing else came to it since. */
export async function takeBack(written: Written): Promise<void> {
  if ('unsaved' in written) {
    return;
  }
  const { uri, before, after } = written;
  if (!sameBytes(await readBytes(uri), after)) {
    throw new Error(t('{0} was changed since; nothing was taken back.', nameOf(uri)));
  }
  if (before) {
    await replaceFile(uri, after, before);
  } else {
    await vscode.workspace.fs.delete(uri, { useTrash: false });
  }
}
