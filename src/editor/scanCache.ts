import * as vscode from 'vscode';

/** So many files are kept, the latest. */
const most = 12;

/** Keeps what was found in bibliography files in the extension's storage, by a hash of their content. */
export class ScanCache {
  readonly #folder: vscode.Uri;
  readonly #log: vscode.LogOutputChannel;

  constructor(folder: vscode.Uri, log: vscode.LogOutputChannel) {
    this.#folder = folder;
    this.#log = log;
  }

  async get(hash: string): Promise<Uint8Array | undefined> {
    try {
      return await vscode.workspace.fs.readFile(this.#fileOf(hash));
    } catch {
      return undefined;
    }
  }

  /** Never rejects: without it the next start takes longer, and nothing else. */
  async put(hash: string, bytes: Uint8Array): Promise<void> {
    const file = this.#fileOf(hash);
    const half = file.with({ path: `${file.path}.${Math.random().toString(36).slice(2)}.part` });
    try {
      await vscode.workspace.fs.createDirectory(this.#folder);
      // Two windows may write at once, and a window may be closed while it writes.
      await vscode.workspace.fs.writeFile(half, bytes);
      await vscode.workspace.fs.rename(half, file, { overwrite: true });
      await this.#prune();
    } catch (error) {
      this.#log.warn(`${file.path} could not be kept: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async #prune(): Promise<void> {
    const names = (await vscode.workspace.fs.readDirectory(this.#folder)).map(([name]) => name);
    if (names.length <= most) {
      return;
    }
    const files = names.map(name => vscode.Uri.joinPath(this.#folder, name));
    const dated = await Promise.all(
      files.map(async file => ({ file, mtime: (await vscode.workspace.fs.stat(file)).mtime })),
    );
    dated.sort((a, b) => b.mtime - a.mtime);
    for (const { file } of dated.slice(most)) {
      await vscode.workspace.fs.delete(file);
    }
  }

  #fileOf(hash: string): vscode.Uri {
    return vscode.Uri.joinPath(this.#folder, `${hash}.jsonl`);
  }
}
