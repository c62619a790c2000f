import * as vscode from 'vscode';
import { added, appendQuotes } from '../core/quoteBank/append.ts';
import type { OwnQuote } from '../core/quoteBank/own.ts';
import { longestBank, readBank, type Bank } from '../core/quoteBank/parse.ts';
import { nameOf } from './files.ts';

/** A file of quotes and what it holds. */
export interface BankFile extends Bank {
  readonly uri: vscode.Uri;
  /** Why it could not be read at all, a plain sentence. */
  readonly fault?: string;
}

const none: Bank = { quotes: [], problems: [], isSound: true, isForeign: false };

/** Reads a file, or the document that is open for it, which may not be saved. A missing one is empty. */
export async function readQuoteFile(uri: vscode.Uri): Promise<BankFile> {
  try {
    return { ...readBank((await textOf(uri)) ?? ''), uri };
  } catch (error) {
    return { ...none, isSound: false, uri, fault: error instanceof Error ? error.message : String(error) };
  }
}

/** Adds quotes to a file, which it makes where there is none. Rejects, and leaves the file as it is, where it can't be read. */
export async function addToQuoteFile(uri: vscode.Uri, quotes: readonly OwnQuote[]): Promise<void> {
  const document = openDocument(uri);
  if (document) {
    await addToDocument(document, quotes);
    return;
  }
  const bytes = await bytesOf(uri);
  const text = bytes ? decoded(bytes) : '';
  const addition = additionTo(text, uri, quotes);
  await writeWhole(uri, new TextEncoder().encode(added(text, addition)), bytes);
}

function additionTo(text: string, uri: vscode.Uri, quotes: readonly OwnQuote[]): ReturnType<typeof appendQuotes> & object {
  const addition = appendQuotes(text, quotes);
  if (!addition) {
    const [problem] = readBank(text).problems;
    throw new Error(
      vscode.l10n.t('{0}, line {1}: {2} The quote was not saved.', nameOf(uri), problem?.line ?? 1, problem?.message ?? ''),
    );
  }
  return addition;
}

/** As an edit of its own, so that it can be undone. */
async function addToDocument(document: vscode.TextDocument, quotes: readonly OwnQuote[]): Promise<void> {
  const { offset, insert } = additionTo(document.getText(), document.uri, quotes);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, document.positionAt(offset), insert);
  if (!(await vscode.workspace.applyEdit(edit)) || !(await document.save())) {
    throw new Error(vscode.l10n.t('{0} can’t be written to; the quote was not saved.', nameOf(document.uri)));
  }
}

/** Into a file beside it that then takes its place, so that nobody ever reads half of it. */
async function writeWhole(uri: vscode.Uri, bytes: Uint8Array, before: Uint8Array | undefined): Promise<void> {
  const { fs } = vscode.workspace;
  await fs.createDirectory(vscode.Uri.joinPath(uri, '..'));
  if (before && ((await fs.stat(uri)).type & vscode.FileType.SymbolicLink) !== 0) {
    // The link itself would be replaced.
    await fs.writeFile(uri, bytes);
    return;
  }
  const half = uri.with({ path: `${uri.path}.${Date.now().toString(36)}.tmp` });
  try {
    await fs.writeFile(half, bytes);
    if (!isSame(await bytesOf(uri), before)) {
      throw new Error(vscode.l10n.t('{0} was changed by another program at this moment; save the quote again.', nameOf(uri)));
    }
    await fs.rename(half, uri, { overwrite: true });
  } catch (error) {
    await Promise.resolve(fs.delete(half)).catch(() => undefined);
    throw error;
  }
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a?.length === b?.length && (a ?? []).every((byte, index) => byte === b![index]);
}

async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  const document = openDocument(uri);
  const bytes = document ? undefined : await bytesOf(uri);
  return document?.getText() ?? (bytes && decoded(bytes));
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const address = uri.toString();
  return vscode.workspace.textDocuments.find(document => !document.isClosed && document.uri.toString() === address);
}

/** Nothing where there is no such file. */
async function bytesOf(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.Directory) !== 0) {
      throw new Error(vscode.l10n.t('{0} is a folder; rename it, or name another file in the settings.', nameOf(uri)));
    }
    if (size > longestBank * 3) {
      throw new Error(vscode.l10n.t('{0} is larger than 60 MB; divide it.', nameOf(uri)));
    }
    return await vscode.workspace.fs.readFile(uri);
  } catch (error) {
    const isMissing = error instanceof vscode.FileSystemError && ['FileNotFound', 'ENOENT'].includes(error.code);
    if (isMissing) {
      return undefined;
    }
    throw error;
  }
}

/** JSON is UTF-8; in another encoding it could be read, but not be added to without harm. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Error(vscode.l10n.t('The file of quotes is not in UTF-8; save it with this encoding.'));
  }
}
