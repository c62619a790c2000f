import * as vscode from 'vscode';
import { Stopped } from './edges.ts';
import { isOnWeb } from './files.ts';

/** A file whose date and size stay the same for so long (ms) is not being written any more. */
const still = 200;

/** So often a file may change while it is read, before it is given up; it is read again at its next change. */
const mostTries = 50;

/** The bytes of a file, once its writing has ended. Rejects where it can't be read. */
export async function settled(uri: vscode.Uri, largest: number): Promise<Uint8Array> {
  if (isOnWeb(uri)) {
    throw new Error(vscode.l10n.t('it is on the web, of which nothing is asked by itself; save it beside the manuscript and name that file.'));
  }
  for (let tries = 0; tries < mostTries; tries += 1) {
    const before = await statOf(uri, largest);
    // A file that was last written a while ago is not being written now.
    if (Math.abs(Date.now() - before.mtime) < 5 * still) {
      await new Promise(resolve => setTimeout(resolve, still));
    }
    const bytes = await vscode.workspace.fs.readFile(uri);
    const after = await statOf(uri, largest);
    if (after.mtime === before.mtime && after.size === before.size) {
      return bytes;
    }
  }
  throw new Error(vscode.l10n.t('it changes all the time; it is read when it is left alone.'));
}

async function statOf(uri: vscode.Uri, largest: number): Promise<vscode.FileStat> {
  const stat = await vscode.workspace.fs.stat(uri);
  if ((stat.type & vscode.FileType.Directory) !== 0) {
    throw vscode.FileSystemError.FileIsADirectory(uri);
  }
  if (stat.size > largest) {
    throw new TooLarge();
  }
  return stat;
}

class TooLarge extends Error {}

/** Why a file could not be read: one plain sentence, with what to do about it. */
export function whyUnreadable(error: unknown, largest: number): { readonly reason: string; readonly isMissing: boolean } {
  const { t } = vscode.l10n;
  const code = error instanceof vscode.FileSystemError ? error.code : undefined;
  const missing = t('there is no such file.');
  const reasons: Readonly<Record<string, string>> = {
    FileNotFound: missing,
    // A folder above it is a file now.
    FileNotADirectory: missing,
    FileIsADirectory: t('it is a folder; name a file in it.'),
    NoPermissions: t('it may not be read; change its permissions.'),
    Unavailable: t('its file system does not answer.'),
  };
  const message = error instanceof Error ? error.message : String(error);
  const reason =
    error instanceof TooLarge
      ? t('it is larger than {0} MB; divide it.', largest / 1e6)
      : error instanceof Stopped
        ? t('its reading was stopped; the command Read Bibliographies Again starts it anew.')
        : (reasons[code ?? ''] ?? message);
  return { reason, isMissing: reason === missing };
}
