import * as vscode from 'vscode';
import type { Target } from '../../core/build/target.ts';
import type { Job } from '../../core/build/toolArguments.ts';
import { isForPandoc, keysToFind, listsAll } from '../../core/build/works.ts';
import type { CitableItem } from '../../core/cslEngine.ts';
import { cslFileOf } from '../../core/cslXml.ts';
import { toCslJson } from '../../core/export/cslJson.ts';
import { listedEntries } from '../../core/listedEntries.ts';
import type { Reading } from '../../core/reading.ts';
import type { BibliographySource } from '../../editor/bibliographySources.ts';
import { inSlices, Stopped } from '../../editor/edges.ts';
import { isOnWeb } from '../../editor/files.ts';
import type { KnownKeys, KnownOfDocument } from '../../editor/known.ts';
import type { StyleChoices } from '../../editor/styleChoice.ts';
import type { StyleFiles } from '../../editor/styleFiles.ts';
import { settingsFor } from '../../manifest.ts';
import { pathOn } from './host.ts';
import type { WorkFolder } from './workFolder.ts';

/** What a build knows of its manuscript. */
export interface Manuscript {
  readonly document: vscode.TextDocument;
  readonly reading: Reading;
  readonly known: KnownOfDocument;
}

/** While bibliographies are read, we look again so often (ms) whether the writer has stopped the build. */
const glance = 500;

/** What is known of a manuscript once its bibliographies are read, or can't be. */
export async function knownOnceRead(known: KnownKeys, document: vscode.TextDocument, token: vscode.CancellationToken): Promise<KnownOfDocument> {
  for (;;) {
    const now = await known.of(document);
    if (token.isCancellationRequested) {
      throw new Stopped();
    }
    if (now.shelf.isReady) {
      return now;
    }
    await new Promise(resolve => setTimeout(resolve, glance));
  }
}

export interface Styles {
  readonly styles: StyleChoices;
  readonly styleFiles: StyleFiles;
}

/** The bibliography files that are given by their paths, and that of the works in no such file. */
interface Given {
  readonly bibliographies: readonly string[];
}

/** Writes what the tool is to read besides the manuscript and its own files, and says how to run it. */
export async function prepare(manuscript: Manuscript, target: Target, output: vscode.Uri, folder: WorkFolder, styles: Styles): Promise<Job> {
  const { uri } = manuscript.document;
  const csl = await styleFor(manuscript, target, folder, styles);
  const workspace = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  const isInRoot = !workspace || workspace.toString() === vscode.Uri.joinPath(uri, '..').toString();
  return {
    format: target.format,
    input: nameIn(uri),
    output: nameIn(output),
    ...(await worksFor(manuscript, target, folder)),
    ...(csl !== undefined && { csl }),
    ...(!isInRoot && { folder: pathOn(workspace) }),
    log: pathOn(folder.at('log.json')),
    extra: settingsFor(uri)('build.arguments'),
  };
}

function nameIn({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The files that the tool reads by itself, or would if it could; the one whose entries count comes last, as for Pandoc. */
function ownSources({ known }: Manuscript, { tool }: Target): readonly BibliographySource[] {
  return known.sources.filter(({ by }) => by === 'manuscript' || (by === 'project' && tool === 'quarto')).reverse();
}

/**
 * What a manuscript cites and its own bibliographies have not, the bundled studies and the entries of project and settings,
 * is written as CSL-JSON. `--bibliography` takes the place of what the manuscript names, so its own files are named again.
 */
async function worksFor(manuscript: Manuscript, target: Target, folder: WorkFolder): Promise<Given> {
  const own = ownSources(manuscript, target);
  const readable = own.filter(({ uri }) => isOnWeb(uri) || isForPandoc(uri.path));
  const items = await inSlices(itemsBeyond(manuscript, new Set(readable.map(({ uri }) => uri.toString()))));
  if (items.length === 0 && readable.length === own.length) {
    return { bibliographies: target.tool === 'pandoc' ? readable.map(pathOf) : [] };
  }
  const written = await folder.write('works.json', toCslJson(items));
  return { bibliographies: [pathOn(written), ...readable.map(pathOf)] };
}

function pathOf({ uri, path }: BibliographySource): string {
  return isOnWeb(uri) ? path : pathOn(uri);
}

function* itemsBeyond({ reading, known }: Manuscript, own: ReadonlySet<string>): Generator<undefined, CitableItem[]> {
  const items = new Map<string, CitableItem>();
  for (const key of keysToFind(reading, known.metadata, known.inherited)) {
    const entry = known.library.get(key);
    const file = entry?.origin?.file;
    if (entry && !(file !== undefined && (own.has(file) || file === known.metadataIn.uri.toString()))) {
      items.set(key, { ...entry.csl, id: key });
    }
    yield;
  }
  for (const [id, { csl }] of othersListed(known, own, items)) {
    items.set(id, { ...csl, id });
    yield;
  }
  return [...items.values()];
}

/** What `nocite: '@*'` adds of files that the tool can't read: those of the project, for Pandoc, and of formats that it does not know. */
function othersListed(known: KnownOfDocument, own: ReadonlySet<string>, found: ReadonlyMap<string, unknown>): ReturnType<typeof listedEntries>['entries'] {
  const isOther = (index: number): boolean => known.sources[index]?.by !== 'settings' && !own.has(known.sources[index]!.uri.toString());
  const files = listsAll(known.metadata, known.inherited) ? known.shelf.files.filter((_, index) => isOther(index)) : [];
  return listedEntries(files.map(({ bibliography }) => bibliography?.counting ?? []), new Set(found.keys())).entries;
}

/** The path of the style in force, unless the tool finds it by itself or the manuscript names one that nobody knows. */
async function styleFor({ document }: Manuscript, { tool }: Target, folder: WorkFolder, { styles, styleFiles }: Styles): Promise<string | undefined> {
  const { style, label, file, by, unknown, locale } = await styles.of(document);
  const isToldByTool = by === 'manuscript' || (by === 'project' && tool === 'quarto');
  if (unknown || (file && isToldByTool)) {
    return undefined;
  }
  if (!file) {
    const bundled = await styleFiles.style(style);
    const id = (await styleFiles.catalogue()).placeOf(style)?.id ?? style;
    // Counts where the manuscript names no language.
    const inLanguage = { ...bundled, a: { ...bundled.a, 'default-locale': locale } };
    return pathOn(await folder.write('style.csl', cslFileOf(inLanguage, { id, title: label })));
  }
  const isNear = file.scheme === document.uri.scheme && file.authority === document.uri.authority;
  return pathOn(isNear ? file : await folder.write('style.csl', await vscode.workspace.fs.readFile(file)));
}
