import * as vscode from 'vscode';
import type { KnownWorks } from '../core/checks/works.ts';
import { DeclaredLibrary, entryOfMetadata } from '../core/declaredLibrary.ts';
import { insideFences, readFrontMatter, type DeclaredEntry, type FrontMatter } from '../core/frontMatter.ts';
import type { Library } from '../core/library.ts';
import type { BibliographySource, BibliographySources } from './bibliographySources.ts';
import type { Libraries, Shelf } from './libraries.ts';
import { isManuscript } from './manuscripts.ts';
import { projectFileNames } from './projectFiles.ts';
import { notebookOf, type Readings } from './readings.ts';

/** What a manuscript may cite: the bundled studies, the writer's bibliographies and what its own metadata declares. */
export interface KnownOfDocument extends KnownWorks {
  readonly library: Library;
  readonly metadata: FrontMatter;
  readonly declared: readonly DeclaredEntry[];
  /** Where the declared entries stand: the document, or the first cell of its notebook. */
  readonly declaredIn: vscode.TextDocument | undefined;
  /** The document that holds the metadata: itself, or the first cell of its notebook. */
  readonly metadataIn: vscode.TextDocument;
  /** The bibliography files in force, and how far the reading of each is, in the same order. */
  readonly sources: readonly BibliographySource[];
  readonly shelf: Shelf;
  /** Project files that name a bibliography. */
  readonly projectFiles: readonly vscode.Uri[];
  /** Why the metadata could not be read as a whole. */
  readonly fault: string | undefined;
}

interface Metadata {
  readonly yaml: string;
  readonly read: FrontMatter;
}

/** Knows which keys a manuscript may cite. The answer stays the same object for as long as nothing of it changes. */
export class KnownKeys implements vscode.Disposable {
  readonly #libraries: Libraries;
  readonly #sources: BibliographySources;
  readonly #readings: Readings;
  readonly #metadata = new WeakMap<vscode.TextDocument, Metadata>();
  readonly #answers = new WeakMap<vscode.TextDocument, KnownOfDocument>();
  readonly #projects = new Map<string, Promise<readonly vscode.Uri[]>>();
  readonly #didChange = new vscode.EventEmitter<void>();
  readonly #listeners: vscode.Disposable;
  #watcher: vscode.Disposable | undefined;

  /** A project file or a bibliography came, went or changed; what is known of any manuscript may differ. */
  readonly onDidChange = this.#didChange.event;

  constructor(libraries: Libraries, sources: BibliographySources, readings: Readings) {
    this.#libraries = libraries;
    this.#sources = sources;
    this.#readings = readings;
    this.#listeners = vscode.Disposable.from(
      libraries.onDidChange(() => this.#didChange.fire()),
      sources.onDidChange(() => this.#didChange.fire()),
    );
  }

  async of(document: vscode.TextDocument): Promise<KnownOfDocument> {
    const metadataIn = notebookOf(document)?.cellAt(0).document ?? document;
    const metadata = await this.#metadataOf(metadataIn);
    const projectFiles = await this.#projectFilesOf(document.uri);
    const sources = await this.#sources.of(metadataIn, metadata.bibliographies, projectFiles);
    const shelf = await this.#libraries.of(sources.map(({ uri }) => uri));
    const before = this.#answers.get(document);
    if (before && before.shelf === shelf && before.metadata === metadata && same(before.projectFiles, projectFiles)) {
      return before;
    }
    const answer = knownOf(shelf, sources, metadata, metadataIn, projectFiles);
    this.#answers.set(document, answer);
    return answer;
  }

  /** The works that can be cited in a document; where there is none, those that can be in any. */
  async libraryFor(document: vscode.TextDocument | undefined): Promise<Library> {
    if (document) {
      return (await this.of(document)).library;
    }
    const sources = await this.#sources.ofSettings(undefined);
    return (await this.#libraries.of(sources.map(({ uri }) => uri))).library;
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
    this.#listeners.dispose();
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
  shelf: Shelf,
  sources: readonly BibliographySource[],
  metadata: FrontMatter,
  metadataIn: vscode.TextDocument,
  projectFiles: readonly vscode.Uri[],
): KnownOfDocument {
  const { entries, fault } = metadata;
  const library = libraryWith(entries, metadataIn, shelf.library);
  return {
    library,
    metadata,
    metadataIn,
    declared: entries,
    declaredIn: entries.length > 0 ? metadataIn : undefined,
    sources,
    shelf,
    projectFiles,
    fault,
    // An entry in the metadata comes before any other of the same key, as for Pandoc.
    study: library.get,
    has: library.has,
    shadowed: key => library.shadowed(key),
    keyIndex: library.keyIndex,
    keys: [],
    isComplete: shelf.isReady && shelf.files.every(({ state }) => state === 'read') && fault === undefined,
  };
}

/** The last entry of a key counts, as for Pandoc. */
function libraryWith(declared: readonly DeclaredEntry[], { uri }: vscode.TextDocument, library: Library): Library {
  if (declared.length === 0) {
    return library;
  }
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const entries = [...declared].reverse().map(entry => entryOfMetadata(entry, uri.toString(), name));
  return new DeclaredLibrary(entries, library);
}

async function namingBibliography(folder: vscode.Uri, root: vscode.Uri): Promise<readonly vscode.Uri[]> {
  const found: vscode.Uri[] = [];
  for (let at = folder; at.path.startsWith(root.path); at = vscode.Uri.joinPath(at, '..')) {
    for (const name of projectFileNames) {
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
