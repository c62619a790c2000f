import * as vscode from 'vscode';

/** Of a file, as lists show it: `refs.bib`. */
export function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether reading it would ask the web, as a browser's file system does; nothing is asked of it unless the writer does. */
export function isOnWeb({ scheme }: vscode.Uri): boolean {
  return scheme === 'http' || scheme === 'https';
}

/** The first of these that there is. */
export async function firstExisting(uris: readonly vscode.Uri[]): Promise<vscode.Uri | undefined> {
  for (const uri of uris) {
    try {
      await vscode.workspace.fs.stat(uri);
      return uri;
    } catch {
      // The next one may exist.
    }
  }
  return undefined;
}

/** What is made of a file's text, and by what the file can be told to be the same still. */
interface Kept<T> {
  readonly stamp: string;
  readonly made: T;
}

/** Keeps what was made of files for as long as they stay the same, by their date and size. */
export class FileCache<T> {
  readonly #make: (text: string, uri: vscode.Uri) => Promise<T>;
  readonly #most: number;
  readonly #kept = new Map<string, Kept<T>>();

  /** `most`: larger files (bytes) are not read. */
  constructor(make: (text: string, uri: vscode.Uri) => Promise<T>, most: number) {
    this.#make = make;
    this.#most = most;
  }

  /** Of the file's text, or of an open document's, which may not be saved. Nothing where it is missing, binary or too large. */
  async of(uri: vscode.Uri): Promise<T | undefined> {
    const open = vscode.workspace.textDocuments.find(({ uri: { path, scheme, authority } }) => {
      return path === uri.path && scheme === uri.scheme && authority === uri.authority;
    });
    return open ? this.#made(uri, `version ${open.version}`, () => open.getText()) : this.#ofFile(uri);
  }

  async #ofFile(uri: vscode.Uri): Promise<T | undefined> {
    if (isOnWeb(uri)) {
      return undefined;
    }
    try {
      const { mtime, size, type } = await vscode.workspace.fs.stat(uri);
      if ((type & vscode.FileType.File) === 0 || size > this.#most) {
        return undefined;
      }
      // Some virtual file systems know no dates.
      const stamp = mtime > 0 ? `${mtime} ${size}` : '';
      return await this.#made(uri, stamp, async () => {
        return vscode.workspace.decode(await vscode.workspace.fs.readFile(uri), { uri });
      });
    } catch {
      this.#kept.delete(uri.toString());
      return undefined;
    }
  }

  async #made(uri: vscode.Uri, stamp: string, text: () => string | Promise<string>): Promise<T> {
    const key = uri.toString();
    const kept = this.#kept.get(key);
    if (kept && stamp !== '' && kept.stamp === stamp) {
      return kept.made;
    }
    const made = await this.#make(await text(), uri);
    this.#kept.set(key, { stamp, made });
    return made;
  }
}
