import * as vscode from 'vscode';
import { bibliographyFormat, declarationsIn, type BibliographyFormat } from '../core/declarations.ts';
import { readFrontMatter } from '../core/frontMatter.ts';
import { Lines } from '../core/lines.ts';
import { FileCache } from './files.ts';
import type { KnownOfDocument } from './known.ts';

/** Where a bibliography file declares an entry; `written` is the key as it stands there, with its quotation marks. */
export interface FiledEntry {
  readonly key: string;
  readonly uri: vscode.Uri;
  readonly format: BibliographyFormat;
  readonly start: number;
  readonly end: number;
  readonly range: vscode.Range;
  readonly written: string;
}

/** Of larger files (bytes) no keys are looked up. */
const largestFile = 20_000_000;

/** Looks up keys in the bibliography files that manuscripts name; reads nothing of the entries but where they stand. */
export class BibliographyFiles {
  readonly #files = new FileCache(async (text, uri) => entriesIn(text, uri), largestFile);
  readonly #projects = new FileCache(
    async text => (await readFrontMatter(text, { start: 0, end: text.length })).bibliographies,
    largestFile,
  );

  /** The first entry of that key in the files that the manuscript or its project names. */
  async find(known: KnownOfDocument, key: string): Promise<FiledEntry | undefined> {
    return (await this.findAll(await this.namedBy(known), key))[0];
  }

  /** Every entry of that key in these files. */
  async findAll(files: readonly vscode.Uri[], key: string): Promise<readonly FiledEntry[]> {
    const found: FiledEntry[] = [];
    for (const file of files) {
      found.push(...((await this.#files.of(file))?.get(key) ?? []));
    }
    return found;
  }

  /** The files that a manuscript names, and those that its project does. */
  async namedBy({ bibliographies, projectFiles }: KnownOfDocument): Promise<readonly vscode.Uri[]> {
    const named = bibliographies.map(({ path, document }) => besides(document.uri, path));
    for (const project of projectFiles) {
      named.push(...((await this.#projects.of(project)) ?? []).map(({ path }) => besides(project, path)));
    }
    return named;
  }
}

function entriesIn(text: string, uri: vscode.Uri): ReadonlyMap<string, readonly FiledEntry[]> {
  const entries = new Map<string, FiledEntry[]>();
  const format = bibliographyFormat(uri.path);
  const lines = new Lines(text);
  const position = (offset: number): vscode.Position => {
    const { line, character } = lines.positionAt(offset);
    return new vscode.Position(line, character);
  };
  for (const { key, start, end } of format ? declarationsIn(text, format) : []) {
    const range = new vscode.Range(position(start), position(end));
    const entry = { key, uri, format: format!, start, end, range, written: text.slice(start, end) };
    entries.set(key, [...(entries.get(key) ?? []), entry]);
  }
  return entries;
}

/** A path as a document names it: beside the document, or in the folder opened first where the document has no place yet. */
export function besides(document: vscode.Uri, path: string): vscode.Uri {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path)) {
    return vscode.Uri.parse(path);
  }
  const folder = vscode.workspace.getWorkspaceFolder(document) ?? vscode.workspace.workspaceFolders?.[0];
  const isStored = document.scheme !== 'untitled' && document.scheme !== 'vscode-notebook-cell';
  // A notebook's cell has the notebook's path.
  const base = isStored || !folder ? document : folder.uri.with({ path: storedPath(document, folder.uri) });
  const slashed = path.replaceAll('\\', '/');
  if (/^(?:\/|[a-z]:\/)/i.test(slashed)) {
    return base.with({ path: slashed.startsWith('/') ? slashed : `/${slashed}`, fragment: '' });
  }
  return vscode.Uri.joinPath(base, '..', slashed).with({ fragment: '' });
}

function storedPath(document: vscode.Uri, folder: vscode.Uri): string {
  return document.scheme === 'untitled' ? `${folder.path}/untitled` : document.path;
}
