import * as vscode from 'vscode';
import { readFrontMatter, readMetadata, type FrontMatter } from '../core/frontMatter.ts';
import { joinedGlobs } from '../core/globs.ts';
import { Lines } from '../core/lines.ts';
import { nociteAt, type NociteStyle } from '../core/nociteField.ts';
import { citedPlaces, metadataPlaces, placesOf, type KeyPlace } from '../core/occurrences.ts';
import { longestManuscript, readInSteps } from '../core/reading.ts';
import { besides, inProject, isQuartoProject } from './bibliographySources.ts';
import { FileCache, firstExisting } from './files.ts';
import type { KnownKeys } from './known.ts';
import { isManuscript } from './manuscripts.ts';
import { inSlices } from './edges.ts';
import { metadataIn } from './keyAtPosition.ts';
import { listingFiles } from './projectFiles.ts';
import type { Readings } from './readings.ts';

/** A citekey at a place of a text; `written` is the text of its mark. */
export interface PlacedKey {
  readonly mark: vscode.Range;
  readonly key: vscode.Range;
  readonly written: string;
  readonly isDeclaration: boolean;
  /** Of one that is cited in metadata, how the text around it is written, where that is known. */
  readonly yaml?: { readonly style: NociteStyle | undefined };
}

/** Where a key stands in one text: a document, or a cell of a notebook. */
export interface KeysOfText {
  readonly uri: vscode.Uri;
  readonly places: readonly PlacedKey[];
  /** The bibliography files that the manuscript's metadata names. */
  readonly bibliographies: readonly vscode.Uri[];
}

/** What was found, and whether the workspace has more manuscripts than are searched. */
export interface KeysOfWorkspace {
  readonly texts: readonly KeysOfText[];
  readonly isCut: boolean;
}

/** What is kept of a file: enough to answer for any key, and not its text. */
interface FileKeys {
  readonly places: ReadonlyMap<string, readonly PlacedKey[]>;
  /** The bibliography files that its metadata name, as they are named. */
  readonly paths: readonly string[];
}

/** More manuscripts are not searched. */
export const mostFiles = 5_000;

/** Larger project files (bytes) are not read. */
const largestProject = 2_000_000;

// What VS Code takes for Markdown, Quarto, R Markdown and notebooks.
const endings = '**/*.{md,mkd,mkdn,mdwn,mdown,markdown,markdn,mdtxt,mdtext,qmd,Qmd,rmd,Rmd,ipynb}';

/** Looks up keys in all manuscripts and project files of the workspace: the open ones as they are, the others as they are stored. */
export class WorkspaceManuscripts {
  readonly #readings: Readings;
  readonly #known: KnownKeys;
  readonly #files = new FileCache(keysOfFile, longestManuscript);
  readonly #projects = new FileCache(keysOfProject, largestProject);
  /** A notebook holds pictures too. */
  readonly #notebooks = new FileCache(keysMentioned, 10 * longestManuscript);

  constructor(readings: Readings, known: KnownKeys) {
    this.#readings = readings;
    this.#known = known;
  }

  /** Every place of the key, in the order of the files' names. Nothing once the token is cancelled. */
  async find(key: string, token: vscode.CancellationToken): Promise<KeysOfWorkspace> {
    const stored = await storedManuscripts(token);
    const projects = await vscode.workspace.findFiles(`**/${listingFiles}`, '**/node_modules/**', mostFiles, token);
    const roots = projects.filter(isQuartoProject).map(uri => vscode.Uri.joinPath(uri, '..'));
    const texts: KeysOfText[] = [];
    for (const uri of stored) {
      if (token.isCancellationRequested) {
        return { texts: [], isCut: false };
      }
      const found = isNotebook(uri) ? await this.#inNotebook(uri, key) : await this.#inFile(uri, key, roots);
      texts.push(...found);
    }
    for (const document of vscode.workspace.textDocuments.filter(isSearched)) {
      texts.push(...(await this.#inDocument(document, key)));
    }
    texts.push(...(await this.#inProjects(projects, key, roots)));
    return { texts: inOrder(texts), isCut: stored.length >= mostFiles };
  }

  async #inFile(uri: vscode.Uri, key: string, roots: readonly vscode.Uri[]): Promise<KeysOfText[]> {
    const file = isOpen(uri) ? undefined : await this.#files.of(uri);
    const places = file?.places.get(key);
    return file && places ? [{ uri, places, bibliographies: await namedFiles(uri, file.paths, roots) }] : [];
  }

  /** The address of a cell is VS Code's secret, so a notebook that may cite the key is opened, though not shown. */
  async #inNotebook(uri: vscode.Uri, key: string): Promise<KeysOfText[]> {
    if (isOpen(uri) || !(await this.#notebooks.of(uri))?.(key)) {
      return [];
    }
    const notebook = await vscode.workspace.openNotebookDocument(uri);
    const texts: KeysOfText[] = [];
    for (const { document } of notebook.getCells()) {
      texts.push(...(isManuscript(document) ? await this.#inDocument(document, key) : []));
    }
    return texts;
  }

  async #inDocument(document: vscode.TextDocument, key: string): Promise<KeysOfText[]> {
    const known = await this.#known.of(document);
    const reading = await this.#readings.of(document);
    if (!reading) {
      return [];
    }
    const bibliographies = known.sources.map(({ uri }) => uri);
    const own = placedIn(document, placesOf(reading, metadataIn(document, known), key), bibliographies);
    const isElsewhere = known.metadataIn !== document && !isManuscript(known.metadataIn);
    return isElsewhere ? [own, inMetadata(known.metadataIn, known.metadata, key)] : [own];
  }

  /** What project files list by `nocite:`. */
  async #inProjects(files: readonly vscode.Uri[], key: string, roots: readonly vscode.Uri[]): Promise<KeysOfText[]> {
    const texts: KeysOfText[] = [];
    for (const uri of files) {
      const found = await this.#projects.of(uri);
      const places = found?.places.get(key)?.filter(({ isDeclaration }) => !isDeclaration) ?? [];
      texts.push(...(found && places.length > 0 ? [{ uri, places, bibliographies: await namedFiles(uri, found.paths, roots) }] : []));
    }
    return texts;
  }
}

/** A notebook's metadata stands in a raw cell, which is no manuscript itself. */
function inMetadata(document: vscode.TextDocument, metadata: FrontMatter, key: string): KeysOfText {
  const places = metadataPlaces(metadata, document.getText()).filter(place => place.key === key);
  return placedIn(document, places, []);
}

function placedIn(
  document: vscode.TextDocument,
  places: readonly KeyPlace[],
  bibliographies: readonly vscode.Uri[],
): KeysOfText {
  return {
    uri: document.uri,
    places: places.map(place => placed(place, document.getText(), offset => document.positionAt(offset))),
    bibliographies,
  };
}

function placed(
  { mark, keySpan, isDeclaration, isInYaml }: KeyPlace,
  text: string,
  position: (offset: number) => vscode.Position,
): PlacedKey {
  return {
    mark: new vscode.Range(position(mark.start), position(mark.end)),
    key: new vscode.Range(position(keySpan.start), position(keySpan.end)),
    written: text.slice(mark.start, mark.end),
    isDeclaration,
    ...(isInYaml && { yaml: { style: nociteAt(text, mark.start) } }),
  };
}

/** The files that a manuscript names. */
async function namedFiles(uri: vscode.Uri, paths: readonly string[], roots: readonly vscode.Uri[]): Promise<readonly vscode.Uri[]> {
  const around = roots.filter(({ path }) => uri.path.startsWith(`${path.replace(/\/$/, '')}/`));
  const root = around.reduce<vscode.Uri | undefined>((a, b) => (a && a.path.length > b.path.length ? a : b), undefined);
  return Promise.all(
    paths.map(async path => {
      const ofProject = inProject(root, path);
      return (ofProject && (await firstExisting([ofProject]))) ?? besides(uri, path);
    }),
  );
}

async function keysOfFile(text: string): Promise<FileKeys> {
  const reading = await inSlices(readInSteps(text));
  const metadata = await readMetadata(text, reading.metadata);
  return keysIn(text, metadata, citedPlaces(reading));
}

async function keysOfProject(text: string): Promise<FileKeys> {
  return keysIn(text, await readFrontMatter(text, { start: 0, end: text.length }), []);
}

function keysIn(text: string, metadata: FrontMatter, cited: readonly KeyPlace[]): FileKeys {
  const lines = new Lines(text);
  const position = (offset: number): vscode.Position => {
    const { line, character } = lines.positionAt(offset);
    return new vscode.Position(line, character);
  };
  const places = new Map<string, PlacedKey[]>();
  for (const place of [...metadataPlaces(metadata, text), ...cited]) {
    const list = places.get(place.key) ?? [];
    list.push(placed(place, text, position));
    places.set(place.key, list);
  }
  return { places, paths: metadata.bibliographies.map(({ path }) => path) };
}

/** Tells of a stored notebook whether one of its Markdown cells may cite a key, without parsing them. */
async function keysMentioned(text: string): Promise<(key: string) => boolean> {
  try {
    const { cells } = JSON.parse(text) as { cells: readonly { cell_type: string; source: string | readonly string[] }[] };
    const words = cells
      .filter(({ cell_type: type }) => type !== 'code')
      .map(({ source }) => (typeof source === 'string' ? source : source.join('')))
      .join('\n');
    return key => words.includes(key);
  } catch {
    return () => false;
  }
}

async function storedManuscripts(token: vscode.CancellationToken): Promise<readonly vscode.Uri[]> {
  const setting = vscode.workspace.getConfiguration('search').get<Readonly<Record<string, unknown>>>('exclude') ?? {};
  const excluded = Object.keys(setting).filter(pattern => setting[pattern] === true);
  const exclude = joinedGlobs(['**/node_modules/**', '**/.*/**', ...excluded.flatMap(each => [each, `${each}/**`])]);
  return vscode.workspace.findFiles(endings, exclude, mostFiles, token);
}

function isNotebook({ path }: vscode.Uri): boolean {
  return path.endsWith('.ipynb');
}

function isOpen(uri: vscode.Uri): boolean {
  const address = uri.toString();
  return (
    vscode.workspace.textDocuments.some(document => document.uri.toString() === address && isManuscript(document)) ||
    vscode.workspace.notebookDocuments.some(notebook => notebook.uri.toString() === address)
  );
}

/** Not what only shows a text: an earlier version in a comparison, a study's card. */
function isSearched(document: vscode.TextDocument): boolean {
  const { scheme } = document.uri;
  const isWritten =
    scheme === 'untitled' ||
    scheme === 'vscode-notebook-cell' ||
    vscode.workspace.fs.isWritableFileSystem(scheme) === true;
  return isWritten && isManuscript(document);
}

/** Each text once, if the key stands in it; a notebook's raw cell comes up with every other cell. */
function inOrder(texts: readonly KeysOfText[]): KeysOfText[] {
  const once = new Map(texts.filter(({ places }) => places.length > 0).map(text => [text.uri.toString(), text]));
  return [...once.values()].sort((a, b) => (a.uri.path < b.uri.path ? -1 : a.uri.path > b.uri.path ? 1 : 0));
}
