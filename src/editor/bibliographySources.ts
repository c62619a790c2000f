import * as vscode from 'vscode';
import { isGlob, namedPath } from '../core/bibliography/paths.ts';
import { noMetadata, readFrontMatter, readMetadata, type FrontMatter, type NamedFile } from '../core/frontMatter.ts';
import { anyCase } from '../core/globs.ts';
import { settingsFor } from '../manifest.ts';
import { FileCache, firstExisting } from './files.ts';
import { isWithin, onMove } from './moves.ts';
import { isBookIndex } from './projectFiles.ts';

/** A bibliography file that is in force for a manuscript, and who names it. */
export interface BibliographySource {
  readonly uri: vscode.Uri;
  readonly by: 'manuscript' | 'project' | 'settings';
  /** As it is named. */
  readonly path: string;
  /** Where a manuscript or a project file names it. */
  readonly named?: NamedFile & { readonly in: vscode.Uri };
}

/** Larger project files (bytes) are not read. */
const largestProject = 2_000_000;

/** Of one pattern in the settings so many files are taken. */
const mostFiles = 200;

/** Once nothing has come for so long (ms), it is looked whether folders have; of more than these, one is taken to be a folder. */
const pause = 200;
const mostLooked = 50;

const endings = 'bib,bibtex,biblatex,json,yaml,yml,ris,nbib,xml';

/** Of a name, which a file may bear in capitals. */
const watched = `**/*.{${endings.split(',').map(anyCase).join(',')}}`;

/** Finds out which bibliography files are in force: a manuscript's own, its project's, and those of the settings. */
export class BibliographySources implements vscode.Disposable {
  readonly #projects = new FileCache(metadataOf, largestProject);
  readonly #found = new Map<string, Promise<vscode.Uri | undefined>>();
  readonly #globbed = new Map<string, Promise<readonly vscode.Uri[]>>();
  /** Where files are, or may be, that were asked for; by their addresses. */
  readonly #places = new Map<string, vscode.Uri>();
  #looking: ReturnType<typeof setTimeout> | undefined;
  #come: vscode.Uri[] = [];
  readonly #didChange = new vscode.EventEmitter<void>();
  #listeners: vscode.Disposable | undefined;

  /** A file came or went, or the settings changed: the answer may be another for any manuscript. */
  readonly onDidChange = this.#didChange.event;

  /** Those whose entries come first at the front: the manuscript's, the last one named first, as for Pandoc. */
  async of(
    document: vscode.TextDocument,
    own: readonly NamedFile[],
    projectFiles: readonly vscode.Uri[],
  ): Promise<readonly BibliographySource[]> {
    this.#listen();
    const sources: BibliographySource[] = [];
    const root = quartoRootOf(projectFiles);
    for (const named of own) {
      sources.unshift(await this.#source('manuscript', named, document.uri, document.uri, root));
    }
    for (const project of projectFiles) {
      const files = (await this.ofProjectFile(project)).bibliographies;
      const found = await Promise.all(files.map(named => this.#source('project', named, project, document.uri, root)));
      sources.push(...found.reverse());
    }
    sources.push(...(await this.ofSettings(document.uri)));
    const seen = new Set<string>();
    return sources.filter(({ uri }) => !seen.has(uri.toString()) && seen.add(uri.toString()));
  }

  /** Those that a project file names, in the order in which they stand there. */
  async ofProject(project: vscode.Uri): Promise<readonly BibliographySource[]> {
    this.#listen();
    const files = (await this.ofProjectFile(project)).bibliographies;
    return Promise.all(files.map(named => this.#source('project', named, project, project, quartoRootOf([project]))));
  }

  /** The metadata that a project file gives. The same object for as long as the file stays the same. */
  async ofProjectFile(project: vscode.Uri): Promise<FrontMatter> {
    return (await this.#projects.of(project)) ?? noMetadata;
  }

  /** Those that the settings name, where no manuscript is in front too. */
  async ofSettings(scope: vscode.Uri | undefined): Promise<readonly BibliographySource[]> {
    this.#listen();
    const sources: BibliographySource[] = [];
    for (const path of settingsFor(scope)('bibliographies')) {
      const base = folderOf(scope);
      const uris = isGlob(path) ? await this.#glob(path, base) : [base && placed(path, vscode.Uri.joinPath(base, 'x'))];
      sources.push(...uris.flatMap(uri => (uri ? [{ uri, by: 'settings' as const, path }] : [])));
    }
    return sources;
  }

  async #source(
    by: BibliographySource['by'],
    named: NamedFile,
    naming: vscode.Uri,
    document: vscode.Uri,
    root: vscode.Uri | undefined,
  ): Promise<BibliographySource> {
    const beside = besides(naming, named.path);
    const folder = folderOf(document);
    // Pandoc looks in the folder it runs in, which is the document's or the project's.
    const inFolder = folder && besides(vscode.Uri.joinPath(folder, 'x'), named.path);
    const uri = (await this.#first([inProject(root, named.path), beside, inFolder].filter(each => each !== undefined))) ?? beside;
    return { uri, by, path: named.path, named: { ...named, in: naming } };
  }

  /** The first of these that there is. */
  #first(uris: readonly vscode.Uri[]): Promise<vscode.Uri | undefined> {
    uris.forEach(uri => this.#places.set(uri.toString(), uri));
    const key = uris.map(String).join('\n');
    const known = this.#found.get(key) ?? firstExisting(uris);
    this.#found.set(key, known);
    return known;
  }

  async #glob(pattern: string, base: vscode.Uri | undefined): Promise<readonly vscode.Uri[]> {
    const key = `${String(base)}\n${pattern}`;
    const known = this.#globbed.get(key) ?? filesOf(pattern, base);
    this.#globbed.set(key, known);
    const found = await known;
    found.forEach(uri => this.#places.set(uri.toString(), uri));
    return found;
  }

  /** A folder that came may hold files that a pattern fits. Many come at once where a whole tree of them is written. */
  #lookSoon(uri: vscode.Uri, forget: () => void): void {
    this.#come.push(uri);
    clearTimeout(this.#looking);
    this.#looking = setTimeout(() => {
      const come = this.#come;
      this.#come = [];
      void areFiles(come).then(all => all || forget());
    }, pause);
  }

  #listen(): void {
    if (this.#listeners) {
      return;
    }
    const watcher = vscode.workspace.createFileSystemWatcher(watched, false, true, false);
    const forget = (): void => {
      this.#found.clear();
      this.#globbed.clear();
      this.#places.clear();
      this.#didChange.fire();
    };
    this.#listeners = vscode.Disposable.from(
      watcher,
      watcher.onDidCreate(forget),
      watcher.onDidDelete(forget),
      onMove((moved, isThere) => {
        if ([...this.#places.values()].some(file => moved.path !== file.path && isWithin(moved, file))) {
          forget();
        } else if (isThere && this.#globbed.size > 0) {
          this.#lookSoon(moved, forget);
        }
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(forget),
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration('ketamineCitations.bibliographies')) {
          forget();
        }
      }),
    );
  }

  dispose(): void {
    clearTimeout(this.#looking);
    this.#listeners?.dispose();
    this.#didChange.dispose();
  }
}

/** Whether none is a folder; of more than are looked at, one may be. */
async function areFiles(uris: readonly vscode.Uri[]): Promise<boolean> {
  if (uris.length > mostLooked) {
    return false;
  }
  const isFile = async (uri: vscode.Uri): Promise<boolean> => ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.Directory) === 0;
  // What is gone again is neither.
  return (await Promise.all(uris.map(uri => isFile(uri).catch(() => true)))).every(Boolean);
}

/** In a Quarto project a path that begins with a slash counts from the project's root, if there is such a file. */
export function inProject(root: vscode.Uri | undefined, path: string): vscode.Uri | undefined {
  return root && path.startsWith('/') ? vscode.Uri.joinPath(root, path) : undefined;
}

export function isQuartoProject({ path }: vscode.Uri): boolean {
  return /\/_quarto\.ya?ml$/.test(path);
}

/** The root of the nearest Quarto project, from which Quarto counts a path that begins with a slash. */
function quartoRootOf(projectFiles: readonly vscode.Uri[]): vscode.Uri | undefined {
  const project = projectFiles.find(isQuartoProject);
  return project && vscode.Uri.joinPath(project, '..');
}

/** That of a project file, which is YAML as a whole, or of a book's first chapter, which begins with it. */
function metadataOf(text: string, uri: vscode.Uri): Promise<FrontMatter> {
  if (!isBookIndex(uri)) {
    return readFrontMatter(text, { start: 0, end: text.length });
  }
  const block = /^\uFEFF?---[ \t]*\r?\n(?:[\s\S]*?\n)?(?:---|\.\.\.)[ \t]*(?=\r?\n|$)/.exec(text);
  return readMetadata(text, block ? [{ start: 0, end: block[0].length }] : []);
}

/** The files that a pattern fits, in the order of their names. A pattern from the root is looked up in its fixed part. */
async function filesOf(pattern: string, base: vscode.Uri | undefined): Promise<readonly vscode.Uri[]> {
  // A file may have a name that looks like a pattern: `refs [1].bib`.
  const itself = base && (await firstExisting([placed(pattern, vscode.Uri.joinPath(base, 'x'))]));
  if (itself) {
    return [itself];
  }
  const fixed = /^(?:[^*?{}[\]]*\/)?/.exec(pattern)?.[0] ?? '';
  const folder = fixed === '' ? base : base && placed(fixed, vscode.Uri.joinPath(base, 'x'));
  if (!folder) {
    return [];
  }
  const found = await vscode.workspace.findFiles(
    new vscode.RelativePattern(folder, pattern.slice(fixed.length)),
    '**/node_modules/**',
    mostFiles,
  );
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function folderOf(scope: vscode.Uri | undefined): vscode.Uri | undefined {
  const { workspace } = vscode;
  const folder = (scope && workspace.getWorkspaceFolder(scope)) ?? workspace.workspaceFolders?.[0];
  if (folder) {
    return folder.uri;
  }
  return scope && scope.scheme !== 'untitled' ? vscode.Uri.joinPath(scope, '..') : undefined;
}

/** A path as a document names it: beside the document, or in the folder opened first where the document has no place yet. */
export function besides(document: vscode.Uri, path: string): vscode.Uri {
  const folder = vscode.workspace.getWorkspaceFolder(document) ?? vscode.workspace.workspaceFolders?.[0];
  const isStored = document.scheme !== 'untitled' && document.scheme !== 'vscode-notebook-cell';
  // A notebook's cell has the notebook's path.
  const base = isStored || !folder ? document : folder.uri.with({ path: storedPath(document, folder.uri) });
  return placed(path, base);
}

/** A path as it is named by a file. */
function placed(path: string, base: vscode.Uri): vscode.Uri {
  const named = namedPath(path, home());
  switch (named.kind) {
    case 'address':
      return vscode.Uri.parse(named.uri);
    case 'absolute':
      return base.with({ path: named.path, query: '', fragment: '' });
    case 'relative':
      return vscode.Uri.joinPath(base, '..', named.path).with({ query: '', fragment: '' });
  }
}

function storedPath(document: vscode.Uri, folder: vscode.Uri): string {
  return document.scheme === 'untitled' ? `${folder.path}/untitled` : document.path;
}

/** The writer's home folder; a browser knows none. */
function home(): string | undefined {
  const { process } = globalThis as { readonly process?: { readonly env?: Readonly<Record<string, string>> } };
  const path = process?.env?.['HOME'] ?? process?.env?.['USERPROFILE'];
  return path === undefined ? undefined : vscode.Uri.file(path).path;
}
