import * as vscode from 'vscode';
import type { Known } from '../core/checks/problem.ts';
import { insideFences, readFrontMatter, type DeclaredEntry, type FrontMatter, type NamedFile } from '../core/frontMatter.ts';
import type { Library } from '../core/library.ts';
import type { LibrarySource } from './library.ts';
import { isManuscript } from './manuscripts.ts';
import { notebookOf, type Readings } from './readings.ts';

/** A file named under `bibliography:`, and the document that names it. */
export interface NamedBibliography extends NamedFile {
  readonly document: vscode.TextDocument;
}

/** What a manuscript may cite: the bundled studies and what its own metadata declares. */
export interface KnownOfDocument extends Known {
  readonly library: Library;
  readonly declared: readonly DeclaredEntry[];
  /** Where the declared entries stand: the document, or the first cell of its notebook. */
  readonly declaredIn: vscode.TextDocument | undefined;
  /** Bibliographies that the metadata names; they are not read yet, so their keys are not known. */
  readonly bibliographies: readonly NamedBibliography[];
  /** Project files that name a bibliography. */
  readonly projectFiles: readonly vscode.Uri[];
  /** Why the metadata could not be read as a whole. */
  readonly fault: string | undefined;
}

/** Files of Quarto, bookdown and Pandoc that give every manuscript below them a bibliography. */
const projectFiles = ['_quarto.yml', '_quarto.yaml', '_bookdown.yml', '_metadata.yml', '_output.yml'];

interface Metadata {
  readonly yaml: string;
  readonly read: FrontMatter;
}

/** Knows which keys a manuscript may cite. The answer stays the same object for as long as nothing of it changes. */
export class KnownKeys implements vscode.Disposable {
  readonly #source: LibrarySource;
  readonly #readings: Readings;
  readonly #metadata = new WeakMap<vscode.TextDocument, Metadata>();
  readonly #answers = new WeakMap<vscode.TextDocument, KnownOfDocument>();
  readonly #projects = new Map<string, Promise<readonly vscode.Uri[]>>();
  readonly #didChange = new vscode.EventEmitter<void>();
  #watcher: vscode.Disposable | undefined;

  /** A project file came, went or changed; what is known of any manuscript may differ. */
  readonly onDidChange = this.#didChange.event;

  constructor(source: LibrarySource, readings: Readings) {
    this.#source = source;
    this.#readings = readings;
  }

  async of(document: vscode.TextDocument): Promise<KnownOfDocument> {
    const library = await this.#source.get();
    const declaredIn = notebookOf(document)?.cellAt(0).document ?? document;
    const metadata = await this.#metadataOf(declaredIn);
    const files = await this.#projectFilesOf(document.uri);
    const before = this.#answers.get(document);
    if (before && before.library === library && before.declared === metadata.entries && same(before.projectFiles, files)) {
      return before;
    }
    const answer = knownOf(library, metadata, declaredIn, files);
    this.#answers.set(document, answer);
    return answer;
  }

  async #metadataOf(document: vscode.TextDocument): Promise<FrontMatter> {
    const text = document.getText();
    const span = isManuscript(document) ? (await this.#readings.of(document))?.frontMatter : metadataOfCell(text);
    if (!span) {
      return nothing;
    }
    const inside = insideFences(text, span);
    const yaml = text.slice(0, inside.end);
    const kept = this.#metadata.get(document);
    if (kept?.yaml === yaml) {
      return kept.read;
    }
    const read = await readFrontMatter(text, inside);
    this.#metadata.set(document, { yaml, read });
    return read;
  }

  /** From the document's folder up to its workspace folder's. */
  #projectFilesOf(uri: vscode.Uri): Promise<readonly vscode.Uri[]> {
    const root = vscode.workspace.getWorkspaceFolder(uri)?.uri;
    if (!root) {
      return none;
    }
    this.#watch();
    const folder = vscode.Uri.joinPath(uri, '..').with({ scheme: root.scheme, authority: root.authority, fragment: '' });
    const key = folder.toString();
    const known = this.#projects.get(key) ?? namingBibliography(folder, root);
    this.#projects.set(key, known);
    return known;
  }

  #watch(): void {
    if (this.#watcher) {
      return;
    }
    const watcher = vscode.workspace.createFileSystemWatcher('**/_{quarto,bookdown,metadata,output}.{yml,yaml}');
    const forget = (): void => {
      this.#projects.clear();
      this.#didChange.fire();
    };
    this.#watcher = vscode.Disposable.from(
      watcher,
      watcher.onDidChange(forget),
      watcher.onDidCreate(forget),
      watcher.onDidDelete(forget),
    );
  }

  dispose(): void {
    this.#watcher?.dispose();
    this.#didChange.dispose();
  }
}

const nothing: FrontMatter = { entries: [], bibliographies: [] };
const none = Promise.resolve<readonly vscode.Uri[]>([]);

/** A notebook's metadata stands in a raw cell of its own. */
function metadataOfCell(text: string): { start: number; end: number } | undefined {
  return /^---[ \t]*\r?\n[\s\S]*\n(?:---|\.\.\.)\s*$/.test(text) ? { start: 0, end: text.length } : undefined;
}

function knownOf(
  library: Library,
  { entries, bibliographies, fault }: FrontMatter,
  declaredIn: vscode.TextDocument,
  files: readonly vscode.Uri[],
): KnownOfDocument {
  const declared = new Set(entries.map(({ key }) => key));
  return {
    library,
    declared: entries,
    declaredIn: entries.length > 0 ? declaredIn : undefined,
    bibliographies: bibliographies.map(file => ({ ...file, document: declaredIn })),
    projectFiles: files,
    fault,
    // An entry of the manuscript's own comes before ours of the same key.
    study: key => (declared.has(key) ? undefined : library.get(key)),
    has: key => declared.has(key) || library.has(key),
    keys: [...declared, ...library.studies.map(({ id }) => id)],
    isComplete: bibliographies.length === 0 && files.length === 0 && fault === undefined,
  };
}

async function namingBibliography(folder: vscode.Uri, root: vscode.Uri): Promise<readonly vscode.Uri[]> {
  const found: vscode.Uri[] = [];
  for (let at = folder; at.path.startsWith(root.path); at = vscode.Uri.joinPath(at, '..')) {
    for (const name of projectFiles) {
      const file = vscode.Uri.joinPath(at, name);
      if (await namesBibliography(file)) {
        found.push(file);
      }
    }
    if (at.path === '/' || at.path === root.path) {
      break;
    }
  }
  return found;
}

async function namesBibliography(file: vscode.Uri): Promise<boolean> {
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    // Also where YAML can't read it: then nobody knows which keys there are.
    return /^\s*-?\s*["']?bibliography["']?\s*:\s*\S|^\s*["']?bibliography["']?\s*:\s*$/m.test(text);
  } catch {
    return false;
  }
}

function same(a: readonly vscode.Uri[], b: readonly vscode.Uri[]): boolean {
  return a === b || (a.length === b.length && a.every((uri, index) => uri.toString() === b[index]?.toString()));
}
