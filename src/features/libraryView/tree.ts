import * as vscode from 'vscode';
import {
  entriesIn,
  filterCaption,
  filteredFiles,
  isStillTrue,
  libraryCaption,
  libraryChildren,
  libraryOutline,
  type EntryNode,
  type LibraryGroupBy,
  type LibraryNode,
  type LibrarySortBy,
  type ShelfFile,
} from '../../core/libraryOutline.ts';
import type { DeclaredEntry } from '../../core/frontMatter.ts';
import type { Library } from '../../core/library.ts';
import { asksWhetherCited, emptyFilter, isEmptyFilter, type Filter } from '../../core/search/filter.ts';
import type { Bibliographies, Loaded } from '../../editor/bibliographies.ts';
import type { BibliographySource, BibliographySources } from '../../editor/bibliographySources.ts';
import { inSlices } from '../../editor/edges.ts';
import type { InFront } from '../../editor/inFront.ts';
import type { KnownKeys } from '../../editor/known.ts';
import type { Libraries } from '../../editor/libraries.ts';
import { cardTooltip, treeItem } from './items.ts';

/** How the shelf is arranged. */
export interface LibraryArrangement {
  readonly groupBy: LibraryGroupBy;
  readonly sortBy: LibrarySortBy;
}

/** What the view can show: nothing without a bibliography, with or without a manuscript in front; else the entries, if any is found. */
export type LibraryState = 'none' | 'noneInManuscript' | 'filled' | 'noneFound';

/** Who knows which bibliographies are in force, and what was read of them. */
export interface LibraryNeeds {
  readonly inFront: InFront;
  readonly known: KnownKeys;
  readonly sources: BibliographySources;
  readonly libraries: Libraries;
  readonly bibliographies: Bibliographies;
}

/** What is in force now. Without a library there is nothing to show. */
interface InForce {
  readonly sources: readonly BibliographySource[];
  readonly library?: Library;
  readonly files: readonly ShelfFile[];
}

/** What was shown last, of which nothing is made anew while it stays the same. */
interface Shown extends InForce {
  readonly arrangement: LibraryArrangement;
  readonly filter: Filter;
  /** What the filter leaves of the files. */
  readonly found: readonly ShelfFile[];
  readonly roots: readonly LibraryNode[];
}

/** So few entries that a filter found stand open at once. */
const mostOpen = 100;

/** The writer's own entries, for the manuscript in front. Only what is looked at is made, and nothing of it at one stretch. */
export class LibraryTree implements vscode.TreeDataProvider<LibraryNode>, vscode.Disposable {
  readonly #needs: LibraryNeeds;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  arrangement: LibraryArrangement;
  filter: Filter = emptyFilter;
  #shown: Shown | undefined;
  /** The rows of entries that VS Code was given since it was last told of a change. */
  #rows: EntryNode[] = [];
  #declared: { readonly library: Library; readonly file: ShelfFile } | undefined;

  constructor(needs: LibraryNeeds, arrangement: LibraryArrangement) {
    this.#needs = needs;
    this.arrangement = arrangement;
  }

  /** Shows what is in force now, where it is anything else than before. */
  async refresh(): Promise<void> {
    const { arrangement, filter } = this;
    const now = await this.#inForce();
    const before = this.#shown;
    const isArranged = before?.arrangement === arrangement && before.filter === filter && !asksWhetherCited(filter);
    if (isArranged && sameFiles(before.files, now.files) && sameSources(before.sources, now.sources)) {
      const get = now.library?.get;
      if (before.library === now.library || (get && isEmptyFilter(filter) && this.#rows.every(row => isStillTrue(row, get)))) {
        // Rows that are drawn anew for nothing lose the pointer that rests on them.
        this.#shown = { ...before, ...now };
        return;
      }
    }
    const { files, library } = now;
    const found = library && !isEmptyFilter(filter) ? await inSlices(filteredFiles(files, library, filter, await this.#needs.inFront.citedKeys())) : files;
    const roots = await inSlices(libraryOutline(found, arrangement.groupBy));
    this.#shown = { ...now, arrangement, filter, found, roots };
    this.#rows = [];
    this.#changed.fire();
  }

  async #inForce(): Promise<InForce> {
    const { inFront, known, sources: all, libraries } = this.#needs;
    if (inFront.document) {
      const { sources, shelf, library, declared, metadataIn } = await known.of(inFront.document);
      const own = declared.length > 0 ? [this.#declaredIn(metadataIn, declared, library)] : [];
      const files = [...own, ...shelf.files.map(fileOf)];
      return { sources, files, ...(files.length > 0 && { library }) };
    }
    const sources = await all.ofSettings(undefined);
    if (sources.length === 0) {
      return { sources, files: [] };
    }
    const { library, files } = await libraries.of(sources.map(({ uri }) => uri));
    return { sources, files: files.map(fileOf), library };
  }

  /** What the manuscript's metadata hold themselves; the same for as long as they do. Of two with one key the last counts, as for Pandoc. */
  #declaredIn({ uri }: vscode.TextDocument, declared: readonly DeclaredEntry[], library: Library): ShelfFile {
    if (this.#declared?.library !== library) {
      const keys = new Set(declared.map(({ key }) => key));
      const entries = [...keys].flatMap(key => library.get(key) ?? []);
      this.#declared = { library, file: { ...placeOf(uri), state: 'read', entries } };
    }
    return this.#declared.file;
  }

  get state(): LibraryState {
    if (this.#shown?.library) {
      return this.#shown.roots.length > 0 || isEmptyFilter(this.#shown.filter) ? 'filled' : 'noneFound';
    }
    return this.#needs.inFront.document ? 'noneInManuscript' : 'none';
  }

  get caption(): string | undefined {
    const { files = [] } = this.#shown ?? {};
    return files.some(({ entries }) => entries) ? libraryCaption(files) : undefined;
  }

  /** What the filter leaves, in words. */
  get message(): string | undefined {
    const { library, filter = emptyFilter, files = [], found = [] } = this.#shown ?? {};
    // VS Code shows the empty view's links only where there is no message.
    return library && this.state === 'filled' ? filterCaption(filter, library.vocabulary, entriesIn(found), entriesIn(files)) : undefined;
  }

  async getChildren(node?: LibraryNode): Promise<LibraryNode[]> {
    if (!this.#shown) {
      // A view that is unfolded asks before it is told of anything, and would keep an empty answer.
      await this.refresh();
    }
    const { roots = [], arrangement = this.arrangement, library } = this.#shown ?? {};
    const get = library?.get ?? (() => undefined);
    if (!node) {
      return [...roots];
    }
    const children = await inSlices(libraryChildren(node, { ...arrangement, get }));
    for (const child of children) {
      if (child.kind === 'entry') {
        this.#rows.push(child);
      }
    }
    return [...children];
  }

  getTreeItem(node: LibraryNode): vscode.TreeItem {
    const { roots = [], sources = [], found = [], filter = emptyFilter } = this.#shown ?? {};
    const uri = node.kind === 'file' ? node.file.uri : undefined;
    const isFiltered = !isEmptyFilter(filter);
    const isOpen = (roots.length === 1 && roots[0] === node) || (isFiltered && entriesIn(found) <= mostOpen);
    const item = treeItem(node, sources.find(each => each.uri.toString() === uri), isOpen);
    // Which rows stand open is remembered by their ids, and what is open among all is not what should be among few.
    return isFiltered ? Object.assign(item, { id: `filtered/${node.id}` }) : item;
  }

  resolveTreeItem(item: vscode.TreeItem, node: LibraryNode): vscode.TreeItem {
    const vocabulary = this.#shown?.library?.vocabulary;
    if (node.kind === 'entry' && vocabulary) {
      item.tooltip = cardTooltip(node, vocabulary);
    }
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function placeOf(uri: vscode.Uri): Pick<ShelfFile, 'uri' | 'name' | 'folder'> {
  const [name = '', folder = ''] = uri.path.split('/').reverse();
  return { uri: uri.toString(), name, folder };
}

function sameFiles(a: readonly ShelfFile[], b: readonly ShelfFile[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ uri, state, failure, entries }, index) => {
      const other = b[index]!;
      return uri === other.uri && state === other.state && failure === other.failure && entries === other.entries;
    })
  );
}

function fileOf({ uri, state, failure, bibliography }: Loaded): ShelfFile {
  return { ...placeOf(uri), state, failure, entries: bibliography?.counting };
}

/** Of a manuscript that is being edited the places at which files are named move. */
function sameSources(a: readonly BibliographySource[], b: readonly BibliographySource[]): boolean {
  return a.length === b.length && a.every(({ uri, named }, index) => {
    const other = b[index]!;
    return uri.toString() === other.uri.toString() && named?.start === other.named?.start && named?.in.toString() === other.named?.in.toString();
  });
}
