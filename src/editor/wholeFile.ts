import * as vscode from 'vscode';
import { nameOf } from './files.ts';

const { t } = vscode.l10n;

/** A file as a whole: its bytes, read and put in the place of others, never leaving half of them. */

/** The bytes; nothing where there is no such file. */
export async function readBytes(uri: vscode.Uri): Promise<Uint8Array | undefined> {
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
export async function replaceFile(uri: vscode.Uri, before: Uint8Array | undefined, after: Uint8Array): Promise<boolean> {
  const { fs } = vscode.workspace;
  const beside = uri.with({ path: `${uri.path}.${Math.random().toString(36).slice(2, 8)}.tmp` });
  try {
    await fs.writeFile(beside, after);
    if (!sameBytes(await readBytes(uri), before)) {
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

/** How often a file is written again that another program changes at the same moment. */
const mostTries = 5;

/** Puts a text in the place of whatever the file holds, as a whole or not at all. Errors: the file can't be written to. */
export async function writeWhole(uri: vscode.Uri, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  for (let tries = 0; tries < mostTries; tries += 1) {
    if (await replaceFile(uri, await readBytes(uri), bytes)) {
      return;
    }
  }
  throw new Error(t('{0} is being changed by another program; nothing was written.', nameOf(uri)));
}

/** After a failure the old file is there as it was. */
async function rescue(uri: vscode.Uri, before: Uint8Array | undefined, beside: vscode.Uri): Promise<void> {
  try {
    if (before && !sameBytes(await readBytes(uri).catch(() => before), before)) {
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

export function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.length === b.length && a.every((byte, index) => byte === b[index]));
}

function codeOf(error: unknown): string {
  return error instanceof vscode.FileSystemError ? error.code : error instanceof Error ? error.message : String(error);
}
