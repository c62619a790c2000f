import * as vscode from 'vscode';
import type { LibraryNode } from '../../core/libraryOutline.ts';
import { studiesOf } from '../../core/outline.ts';
import { showCard } from '../../editor/card.ts';
import { atTheEdge } from '../../editor/edges.ts';
import type { Inserter } from '../../editor/inserter.ts';
import type { LibraryAtHand } from '../../editor/library.ts';
import { LiveView } from '../../editor/liveView.ts';
import type { Manuscripts } from '../../editor/manuscripts.ts';
import type { Readings } from '../../editor/readings.ts';
import { libraryView, registerCommand, setContext } from '../../manifest.ts';
import { registerLibraryFilter } from './filter.ts';
import { nameInManuscript } from './naming.ts';
import { LibraryTree, type LibraryArrangement, type LibraryNeeds } from './tree.ts';

interface Needs extends LibraryNeeds {
  readonly library: LibraryAtHand;
  readonly inserter: Inserter;
  readonly manuscripts: Manuscripts;
  readonly readings: Readings;
  readonly log: vscode.LogOutputChannel;
}

/** The sidebar's shelf of the writer's own entries. */
export function registerLibraryView(needs: Needs, memory: vscode.Memento): vscode.Disposable {
  const { inserter, manuscripts, readings, log } = needs;
  const tree = new LibraryTree(needs, remembered(memory));
  const view = vscode.window.createTreeView<LibraryNode>(libraryView, {
    treeDataProvider: tree,
    canSelectMany: true,
    showCollapseAll: true,
  });
  const live = new LiveView(view, needs.inFront, needs.known, () => refresh(view, tree), log);
  const arrange = atTheEdge(log, async (change: Partial<LibraryArrangement>) => {
    tree.arrangement = { ...tree.arrangement, ...change };
    tellContext(tree.arrangement);
    await live.now();
    await memory.update(memoryKey, tree.arrangement);
  });

  tellContext(tree.arrangement);
  return vscode.Disposable.from(
    view,
    tree,
    live,
    registerLibraryFilter(needs, tree, live),
    registerCommand('groupLibraryByFile', () => arrange({ groupBy: 'file' })),
    registerCommand('groupLibraryByKeyword', () => arrange({ groupBy: 'keyword' })),
    registerCommand('groupLibraryByType', () => arrange({ groupBy: 'type' })),
    registerCommand('groupLibraryByYear', () => arrange({ groupBy: 'year' })),
    registerCommand('sortLibraryByAuthor', () => arrange({ sortBy: 'author' })),
    registerCommand('sortLibraryByYear', () => arrange({ sortBy: 'year' })),
    registerCommand('showLibrary', async () => {
      await vscode.commands.executeCommand(`${libraryView}.focus`);
    }),
    registerCommand('nameBibliography', atTheEdge(log, () => nameInManuscript(manuscripts, readings, needs.known))),
    registerCommand('readBibliographies', async () => needs.bibliographies.readAgain()),
    registerCommand('setBibliographies', async () => {
      await vscode.commands.executeCommand('workbench.action.openSettings', '@id:ketamineCitations.bibliographies');
    }),
    registerCommand('insertSelectedEntries', atTheEdge(log, () => insertSelected(view.selection, inserter))),
    // The card shall not take the focus from a reader who goes through the rows with the keys.
    registerCommand(
      '_browseEntry',
      atTheEdge(log, async key => {
        await showCard(key);
        await vscode.commands.executeCommand(`${libraryView}.focus`);
      }),
    ),
  );
}

async function refresh(view: vscode.TreeView<LibraryNode>, tree: LibraryTree): Promise<void> {
  await tree.refresh();
  setContext('libraryState', tree.state);
  Object.assign(view, { description: tree.caption, message: tree.message });
}

async function insertSelected(rows: readonly LibraryNode[], inserter: Inserter): Promise<void> {
  const studies = studiesOf(rows);
  if (studies.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Select one or more entries in the Library view first.'));
    return;
  }
  await inserter.insert({ form: 'citation', studies });
}

function tellContext({ groupBy, sortBy }: LibraryArrangement): void {
  setContext('libraryGroupBy', groupBy);
  setContext('librarySortBy', sortBy);
}

const memoryKey = 'libraryView';

/** What an older or a newer version wrote must not break this one. */
function remembered(memory: vscode.Memento): LibraryArrangement {
  const { groupBy, sortBy } = memory.get<{ groupBy?: unknown; sortBy?: unknown }>(memoryKey) ?? {};
  return {
    groupBy: (['file', 'keyword', 'type', 'year'] as const).find(each => each === groupBy) ?? 'file',
    sortBy: (['author', 'year'] as const).find(each => each === sortBy) ?? 'author',
  };
}
