import * as vscode from 'vscode';

/** So often (ms) it is looked whether what a link leads to has changed; less often while the writer is in another program. */
const pause = 2000;
const restingTurns = 5;

/**
 * Reports changes of files that are reached by links, which VS Code's watchers don't follow, and of files outside the opened
 * folders, where they don't report that a folder above was renamed.
 */
export class LinkedFiles implements vscode.Disposable {
  readonly #followed = new Map<string, { readonly uri: vscode.Uri; stamp: string }>();
  readonly #didChange = new vscode.EventEmitter<vscode.Uri>();
  readonly #listener: vscode.Disposable;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turns = 0;

  /** What a link leads to is another file now, or has another date or size. */
  readonly onDidChange = this.#didChange.event;

  constructor() {
    this.#listener = vscode.window.onDidChangeWindowState(({ focused }) => focused && this.#next(0));
  }

  /** Looks whether a file is one of these, and follows it from now on if it is. */
  async follow(uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    if (isOutside(uri) || (await isLinked(uri))) {
      this.#followed.set(key, { uri, stamp: await stampOf(uri) });
      this.#next();
    } else {
      this.#followed.delete(key);
    }
  }

  forget(uri: vscode.Uri): void {
    this.#followed.delete(uri.toString());
  }

  #next(after = pause): void {
    clearTimeout(this.#timer);
    this.#timer = this.#followed.size > 0 ? setTimeout(() => void this.#look(), after) : undefined;
  }

  async #look(): Promise<void> {
    this.#turns += 1;
    if (vscode.window.state.focused || this.#turns % restingTurns === 0) {
      for (const each of this.#followed.values()) {
        const stamp = await stampOf(each.uri);
        if (stamp !== each.stamp) {
          each.stamp = stamp;
          this.#didChange.fire(each.uri);
        }
      }
    }
    this.#next();
  }

  dispose(): void {
    this.#followed.clear();
    clearTimeout(this.#timer);
    this.#listener.dispose();
    this.#didChange.dispose();
  }
}

/** On a disk: other file systems say themselves what changes. */
function isOutside(uri: vscode.Uri): boolean {
  return (uri.scheme === 'file' || uri.scheme === 'vscode-remote') && vscode.workspace.getWorkspaceFolder(uri) === undefined;
}

/** Whether the file or a folder above it is a link; not the opened folder and what is above that, which VS Code resolves. */
async function isLinked(uri: vscode.Uri): Promise<boolean> {
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri.path ?? '/';
  for (let at = uri; at.path !== root && at.path.length > 1; at = vscode.Uri.joinPath(at, '..')) {
    try {
      if (((await vscode.workspace.fs.stat(at)).type & vscode.FileType.SymbolicLink) !== 0) {
        return true;
      }
    } catch {
      // What is missing may be behind a link above it.
    }
  }
  return false;
}

async function stampOf(uri: vscode.Uri): Promise<string> {
  try {
    const { mtime, size, type } = await vscode.workspace.fs.stat(uri);
    return `${type} ${mtime} ${size}`;
  } catch {
    return '';
  }
}
