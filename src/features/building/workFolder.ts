import * as vscode from 'vscode';

let count = 0;

/**
 * A folder for what a tool is to read and what it says, on the machine that the manuscript is on: in our storage, or beside
 * the manuscript where that is on another machine. To be removed after the build.
 */
export class WorkFolder {
  readonly #uri: vscode.Uri;

  constructor(storage: vscode.Uri, manuscript: vscode.Uri) {
    count += 1;
    const isNear = storage.scheme === manuscript.scheme && storage.authority === manuscript.authority;
    const name = `${Date.now().toString(36)}-${count}`;
    this.#uri = isNear ? vscode.Uri.joinPath(storage, 'build', name) : vscode.Uri.joinPath(manuscript, '..', `.ketamine-citations-${name}`);
  }

  /** The address of a file in it. */
  at(name: string): vscode.Uri {
    return vscode.Uri.joinPath(this.#uri, name);
  }

  async make(): Promise<void> {
    await vscode.workspace.fs.createDirectory(this.#uri);
  }

  async write(name: string, content: string | Uint8Array): Promise<vscode.Uri> {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    await vscode.workspace.fs.writeFile(this.at(name), bytes);
    return this.at(name);
  }

  /** The text of a file; empty where a tool wrote none. */
  async read(name: string): Promise<string> {
    try {
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(this.at(name)));
    } catch {
      return '';
    }
  }

  async remove(): Promise<void> {
    await vscode.workspace.fs.delete(this.#uri, { recursive: true, useTrash: false });
  }
}
