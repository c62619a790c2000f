import * as vscode from 'vscode';
import { pathQueryAt, unclosedMetadata, type PathQuery } from '../core/bibliography/pathCompletion.ts';
import { mostOffers, pathOffers, type FolderEntry, type PathOffer } from '../core/bibliography/pathOffers.ts';
import { insideFences } from '../core/frontMatter.ts';
import type { Span } from '../core/reading.ts';
import { besides } from '../editor/bibliographySources.ts';
import { quietly } from '../editor/edges.ts';
import { metadataOfCell } from '../editor/known.ts';
import { isManuscript, manuscripts } from '../editor/manuscripts.ts';
import { isProjectFile, projectFiles } from '../editor/projectFiles.ts';
import { notebookOf, type Readings } from '../editor/readings.ts';

/** A notebook's metadata stands in a raw cell; where no extension knows that language, its editor takes it for plain text. */
const rawCells = ['raw', 'plaintext'].map((language): vscode.DocumentFilter => ({ scheme: 'vscode-notebook-cell', language }));

// Where VS Code does not ask by itself: behind the colon or a comma stands a blank.
const triggers = ['/', '.', ' ', '['];

/** A folder on a slow file system is given up after so long (ms): nobody waits for a list. */
const patience = 2000;

/** Of a larger folder only so many entries are looked at. */
const mostEntries = 5000;

/** So far (UTF-16 code units) before the caret `bibliography` has to stand; looked up before anything is read. */
const reach = 20_000;

/** Offers folders and bibliography files where a manuscript, a notebook or a project file names its bibliography. */
export function registerBibliographyPaths(readings: Readings, log: vscode.LogOutputChannel): vscode.Disposable {
  const provider: vscode.CompletionItemProvider = {
    provideCompletionItems: (document, position, token) =>
      quietly(log, async () => {
        const query = await queryAt(document, position, readings);
        if (!query || token.isCancellationRequested) {
          return undefined;
        }
        const entries = query.typed === '~' ? [] : await entriesOf(besides(document.uri, query.folder || '.'));
        const offers = pathOffers(query, entries);
        const items = offers.slice(0, mostOffers).map((offer, rank) => itemOf(offer, rank, query, document, position));
        return new vscode.CompletionList(items, offers.length > items.length);
      }),
  };
  return vscode.languages.registerCompletionItemProvider([...manuscripts, ...projectFiles, ...rawCells], provider, ...triggers);
}

async function queryAt(
  document: vscode.TextDocument,
  position: vscode.Position,
  readings: Readings,
): Promise<PathQuery | undefined> {
  const { version } = document;
  const offset = document.offsetAt(position);
  const text = document.getText();
  if (!text.slice(Math.max(0, offset - reach), offset).includes('bibliography')) {
    return undefined;
  }
  const yaml = isProjectFile(document.uri) ? { start: 0, end: text.length } : await metadataAt(document, text, offset, readings);
  return yaml && document.version === version ? pathQueryAt(text, offset, yaml) : undefined;
}

async function metadataAt(
  document: vscode.TextDocument,
  text: string,
  offset: number,
  readings: Readings,
): Promise<Span | undefined> {
  const notebook = notebookOf(document);
  if (notebook && notebook.cellAt(0).document !== document) {
    // The metadata stands in the first cell.
    return undefined;
  }
  const blocks = isManuscript(document) ? (await readings.of(document))?.metadata : undefined;
  const span = blocks ? (blocks.find(({ end }) => offset <= end) ?? blocks[0]) : metadataOfCell(text);
  return span ? insideFences(text, span) : unclosedMetadata(text, offset);
}

/** Nothing where there is no such folder, or where it takes too long. */
async function entriesOf(folder: vscode.Uri): Promise<readonly FolderEntry[]> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<[string, vscode.FileType][]>(resolve => (timer = setTimeout(() => resolve([]), patience)));
  const read = Promise.resolve(vscode.workspace.fs.readDirectory(folder)).catch(() => []);
  const found = await Promise.race([read, late]);
  clearTimeout(timer);
  return found.slice(0, mostEntries).map(([name, type]) => ({ name, isFolder: (type & vscode.FileType.Directory) !== 0 }));
}

function itemOf(
  offer: PathOffer,
  rank: number,
  query: PathQuery,
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.CompletionItem {
  const { label, isFolder, text, caret, addsQuotes } = offer;
  const { File, Folder } = vscode.CompletionItemKind;
  const item = new vscode.CompletionItem(label, isFolder ? Folder : File);
  const start = document.positionAt(query.start);
  const whole = new vscode.Range(start, document.positionAt(query.end));
  item.range = addsQuotes ? whole : { inserting: new vscode.Range(start, position), replacing: whole };
  item.insertText =
    caret === text.length ? text : new vscode.SnippetString().appendText(text.slice(0, caret)).appendTabstop(0).appendText(text.slice(caret));
  item.sortText = String(rank).padStart(4, '0');
  // What is matched is the text from the range's start to the caret, with YAML's escapes.
  const typed = document.getText(new vscode.Range(start, position));
  item.filterText = `${/^(?:.*[\\/])?/s.exec(typed)![0]}${label}`;
  if (isFolder) {
    item.command = { command: 'editor.action.triggerSuggest', title: vscode.l10n.t('List the folder') };
  }
  return item;
}
