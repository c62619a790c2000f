import * as vscode from 'vscode';
import type { Known } from '../core/checks/problem.ts';
import type { KnownWorks } from '../core/checks/works.ts';
import { DeclaredLibrary, entryOfMetadata } from '../core/declaredLibrary.ts';
import { citingMetadata, insideFences, noMetadata, readMetadata, type DeclaredEntry, type FrontMatter } from '../core/frontMatter.ts';
import type { Library } from '../core/library.ts';
import { inheritedNocite } from '../core/nocite.ts';
import { firstExisting, nameOf } from './files.ts';
import type { BibliographySource, BibliographySources } from './bibliographySources.ts';
import type { Libraries, Shelf } from './libraries.ts';
import { isManuscript } from './manuscripts.ts';
import { isWithin, onMove } from './moves.ts';
import { bookIndexName, maySayNocite, projectFileNames } from './projectFiles.ts';
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
  /** Project files that name a bibliography, a style or a language, or list works, the nearest first. */
  readonly projectFiles: readonly vscode.Uri[];
  /** The keys that they list by `nocite:`; `*` is all. */
  readonly inherited: readonly string[];
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
  readonly #answers = new WeakMap<vscode.TextDocument, { readonly known: KnownOfDocument; readonly projects: readonly FrontMatter[] }>();
  /** By the addresses of the manuscripts' folders. */
  readonly #projects = new Map<string, { readonly folder: vscode.Uri; readonly found: Promise<readonly vscode.Uri[]> }>();
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
    const projects = await Promise.all(projectFiles.map(file => this.#sources.ofProjectFile(file)));
    const { known: before, projects: projectsBefore = [] } = this.#answers.get(document) ?? {};
    const isSame = before && before.shelf === shelf && before.metadata === metadata && same(before.projectFiles, projectFiles);
    if (isSame && projects.every((project, index) => project === projectsBefore[index])) {
      return before;
    }
    const listing = projects.filter((_, index) => maySayNocite(projectFiles[index]!));
    const known = { ...knownOf(shelf, sources, metadata, metadataIn), projectFiles, inherited: inheritedNocite(metadata, listing) };
    this.#answers.set(document, { known, projects });
    return known;
  }

  /** The works that can be cited in a document; where there is none, those that can be in any. */
  async libraryFor(document: vscode.TextDocument | undefined): Promise<Library> {
    if (document) {
      return (await this.of(document)).library;
    }
    const sources = await this.#sources.ofSettings(undefined);
    return (await this.#libraries.of(sources.map(({ uri }) => uri))).library;
  }

  /** The metadata that count for a document, and where each stands: its own first, then its project's, the nearest first. */
  async metadataInForce(document: vscode.TextDocument): Promise<readonly { readonly uri: vscode.Uri; readonly read: FrontMatter }[]> {
    const metadataIn = notebookOf(document)?.cellAt(0).document ?? document;
    const projectFiles = await this.#projectFilesOf(document.uri);
    return [
      { uri: metadataIn.uri, read: await this.#metadataOf(metadataIn) },
      ...(await Promise.all(projectFiles.map(async uri => ({ uri, read: await this.#sources.ofProjectFile(uri) })))),
    ];
  }

  /** The metadata that a project file gives. */
  metadataOfProject(project: vscode.Uri): Promise<FrontMatter> {
    return this.#sources.ofProjectFile(project);
  }

  /** What the works may be that a project file lists: what it and the settings name, and what `manuscripts` below it know. */
  async ofProject(project: vscode.Uri, manuscripts: readonly KnownOfDocument[]): Promise<Known> {
    const named = [...(await this.#sources.ofProject(project))].reverse();
    const outer = (await this.#projectFilesOf(project)).filter(file => file.toString() !== project.toString());
    const sources = [...named, ...(await Promise.all(outer.map(file => this.#sources.ofProject(file)))).flat()];
    const uris = [...sources, ...(await this.#sources.ofSettings(project))].map(({ uri }) => uri);
    const { library, isReady, files } = await this.#libraries.of([...new Map(uris.map(uri => [uri.toString(), uri])).values()]);
    const { fault } = await this.#sources.ofProjectFile(project);
    return {
      study: library.get,
      has: key => library.has(key) || manuscripts.some(each => each.has(key)),
      keyIndex: library.keyIndex,
      keys: [],
      isComplete: isReady && fault === undefined && files.every(({ state }) => state === 'read') && manuscripts.every(each => each.isComplete),
    };
  }

  async #metadataOf(document: vscode.TextDocument): Promise<FrontMatter> {
    const text = document.getText();
    const cell = isManuscript(document) ? undefined : metadataOfCell(text);
    const found = isManuscript(document) ? (await this.#readings.of(document))?.metadata : cell && [cell];
    const blocks = citingMetadata(text, found ?? []);
    const last = blocks.at(-1);
    if (!last) {
      return noMetadata;
    }
    const yaml = text.slice(0, insideFences(text, last).end);
    const kept = this.#metadata.get(document);
    if (kept?.yaml === yaml) {
      return kept.read;
    }
    const read = await readMetadata(text, blocks);
    this.#metadata.set(document, { yaml, read });
    return read;
  }

  /** From the document's folder up to its workspace folder's. */
  async #projectFilesOf(uri: vscode.Uri): Promise<readonly vscode.Uri[]> {
    const root = vscode.workspace.getWorkspaceFolder(uri)?.uri;
    if (!root) {
      return none;
    }
    this.#watch();
    const folder = vscode.Uri.joinPath(uri, '..').with({ scheme: root.scheme, authority: root.authority, fragment: '' });
    const key = folder.toString();
    const known = this.#projects.get(key) ?? { folder, found: ofInterest(folder, root) };
    this.#projects.set(key, known);
    // A book's first chapter has its metadata already.
    return (await known.found).filter(({ path }) => path !== uri.path);
  }

  #watch(): void {
    if (this.#watcher) {
      return;
    }
    const forget = (): void => {
      this.#projects.clear();
      this.#didChange.fire();
    };
    const watchers = ['**/_{quarto,bookdown,metadata,output}.{yml,yaml}', `**/${bookIndexName}`].flatMap(pattern => {
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      return [watcher, watcher.onDidChange(forget), watcher.onDidCreate(forget), watcher.onDidDelete(forget)];
    });
    const moves = onMove(moved => {
      if ([...this.#projects.values()].some(({ folder }) => isWithin(moved, folder))) {
        forget();
      }
    });
    this.#watcher = vscode.Disposable.from(...watchers, moves);
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#watcher?.dispose();
    this.#didChange.dispose();
  }
}

const none: readonly vscode.Uri[] = [];

/** A notebook's metadata stands in a raw cell of its own: the text of the whole cell, with its fences. */
export function metadataOfCell(text: string): { start: number; end: number } | undefined {
  return /^---[ \t]*\r?\n[\s\S]*\n(?:---|\.\.\.)\s*$/.test(text) ? { start: 0, end: text.length } : undefined;
}

function knownOf(
  shelf: Shelf,
  sources: readonly BibliographySource[],
  metadata: FrontMatter,
  metadataIn: vscode.TextDocument,
): Omit<KnownOfDocument, 'projectFiles' | 'inherited'> {
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
  const name = nameOf(uri);
  const entries = [...declared].reverse().map(entry => entryOfMetadata(entry, uri.toString(), name));
  return new DeclaredLibrary(entries, library);
}

async function ofInterest(folder: vscode.Uri, root: vscode.Uri): Promise<readonly vscode.Uri[]> {
  const found: vscode.Uri[] = [];
  for (let at = folder; at.path.startsWith(root.path); at = vscode.Uri.joinPath(at, '..')) {
    for (const name of projectFileNames) {
      const file = vscode.Uri.joinPath(at, name);
      if (await isOfInterest(file)) {
        found.push(file);
      }
    }
    const index = vscode.Uri.joinPath(at, bookIndexName);
    if ((await isOfInterest(index)) && (await firstExisting([vscode.Uri.joinPath(at, '_bookdown.yml')]))) {
      found.push(index);
    }
    if (at.path === '/' || at.path === root.path) {
      break;
    }
  }
  return found;
}

async function isOfInterest(file: vscode.Uri): Promise<boolean> {
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    // Also where YAML can't read it: then nobody knows which keys there are.
    return /^\s*-?\s*["']?(?:bibliography|nocite|csl|citation-style|lang)["']?\s*:(?:\s|$)/m.test(text);
  } catch {
    return false;
  }
}

function same(a: readonly vscode.Uri[], b: readonly vscode.Uri[]): boolean {
  return a === b || (a.length === b.length && a.every((uri, index) => uri.toString() === b[index]?.toString()));
}
