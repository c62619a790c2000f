import * as vscode from 'vscode';

const scheme = 'memory';

/** What reading a file does instead of giving its text. */
type Refusal = 'NoPermissions' | 'Unavailable';

/** A virtual file system, in which `Refs.bib` and `refs.bib` are one file; it knows no dates unless one is set. */
class MemoryFiles implements vscode.FileSystemProvider {
  readonly #files = new Map<string, { bytes: Uint8Array; mtime: number }>();
  readonly #didChange = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly refused = new Map<string, Refusal>();
  /** How often each file was read. */
  readonly reads = new Map<string, number>();
  /** Called after the bytes were taken that a reading gives, which waits for it. */
  onRead: (path: string) => void | Promise<void> = () => undefined;
  readonly onDidChangeFile = this.#didChange.event;

  put(path: string, text: string, mtime = 0): void {
    const type = this.#files.has(key(path)) ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created;
    this.#files.set(key(path), { bytes: new TextEncoder().encode(text), mtime });
    this.#didChange.fire([{ type, uri: vscode.Uri.from({ scheme, path }) }]);
  }

  clear(): void {
    this.#files.clear();
    this.refused.clear();
    this.reads.clear();
    this.onRead = () => undefined;
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const file = this.#files.get(key(uri.path));
    const isFolder = [...this.#files.keys()].some(each => each.startsWith(`${key(uri.path).replace(/\/$/, '')}/`));
    if (!file && !isFolder) {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    const { File, Directory } = vscode.FileType;
    return { type: file ? File : Directory, ctime: 0, mtime: file?.mtime ?? 0, size: file?.bytes.length ?? 0 };
  }

  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    const folder = `${key(uri.path).replace(/\/$/, '')}/`;
    const names = [...this.#files.keys()].filter(each => each.startsWith(folder)).map(each => each.slice(folder.length));
    return names.filter(name => !name.includes('/')).map(name => [name, vscode.FileType.File]);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const refusal = this.refused.get(key(uri.path));
    if (refusal) {
      throw vscode.FileSystemError[refusal](uri);
    }
    this.reads.set(key(uri.path), (this.reads.get(key(uri.path)) ?? 0) + 1);
    const bytes = this.#files.get(key(uri.path))?.bytes;
    if (!bytes) {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    await this.onRead(uri.path);
    return bytes;
  }

  createDirectory(): void {}

  writeFile({ path }: vscode.Uri, bytes: Uint8Array): void {
    this.put(path, new TextDecoder().decode(bytes));
  }

  delete({ path }: vscode.Uri): void {
    this.#files.delete(key(path));
  }

  rename(): void {}
}

function key(path: string): string {
  return path.toLowerCase();
}

let made: MemoryFiles | undefined;

/** The file system, made at first use; each test has folders of its own in it, for VS Code keeps texts open for a while. */
export function memoryFiles(): MemoryFiles {
  if (!made) {
    made = new MemoryFiles();
    vscode.workspace.registerFileSystemProvider(scheme, made, { isCaseSensitive: false });
  }
  return made;
}

export function inMemory(path: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path });
}
