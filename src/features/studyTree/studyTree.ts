import * as vscode from 'vscode';
import { details, groupings, outline, studiesOf, type GroupBy, type OutlineNode, type SortBy } from '../../core/outline.ts';
import type { Library } from '../../core/library.ts';
import { describeFilter, emptyFilter, isEmptyFilter, type Filter } from '../../core/search/filter.ts';
import { showCard } from '../../editor/card.ts';
import { atTheEdge } from '../../editor/edges.ts';
import type { Inserter } from '../../editor/inserter.ts';
import type { ChangingLibrary } from '../../editor/library.ts';
import { registerCommand, setContext, studiesView } from '../../manifest.ts';
import { editFilter } from './filter.ts';
import { cardTooltip, treeItem } from './items.ts';

/** The sidebar's shelf of studies: grouped, sorted, filtered, and remembered so. */
export function registerStudyTree(
  source: ChangingLibrary,
  inserter: Inserter,
  memory: vscode.Memento,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const tree = new StudyTree(source, memory);
  const view = vscode.window.createTreeView<OutlineNode>(studiesView, {
    treeDataProvider: tree,
    canSelectMany: true,
    showCollapseAll: true,
  });
  const show = atTheEdge(log, async (change: Partial<Shape>) => {
    await tree.reshape(change);
    Object.assign(view, await tree.caption());
  });
  const edit = atTheEdge(log, async () =>
    editFilter(await source.get(), tree.shape.filter, filter => show({ filter })),
  );
  // Reads nothing before the sidebar is looked at.
  const firstLook = view.onDidChangeVisibility(() => void show({}));

  tree.tellContext();
  return vscode.Disposable.from(
    view,
    tree,
    firstLook,
    registerCommand('groupByCondition', () => show({ groupBy: 'condition' })),
    registerCommand('groupByDesign', () => show({ groupBy: 'design' })),
    registerCommand('groupByResult', () => show({ groupBy: 'result' })),
    registerCommand('groupByComparator', () => show({ groupBy: 'comparator' })),
    registerCommand('groupByRoute', () => show({ groupBy: 'route' })),
    registerCommand('groupByTopic', () => show({ groupBy: 'topic' })),
    registerCommand('groupByYear', () => show({ groupBy: 'year' })),
    registerCommand('sortByYear', () => show({ sortBy: 'year' })),
    registerCommand('sortByAuthor', () => show({ sortBy: 'author' })),
    registerCommand('filterStudies', edit),
    registerCommand('changeFilter', edit),
    registerCommand('clearFilter', () => show({ filter: emptyFilter })),
    // The card shall not take the focus from a reader who goes through the rows with the keys.
    registerCommand(
      '_browse',
      atTheEdge(log, async key => {
        await showCard(key);
        await vscode.commands.executeCommand(`${studiesView}.focus`);
      }),
    ),
    registerCommand(
      'insertSelected',
      atTheEdge(log, () => insertSelected(view.selection, inserter)),
    ),
  );
}

async function insertSelected(rows: readonly OutlineNode[], inserter: Inserter): Promise<void> {
  const studies = studiesOf(rows);
  if (studies.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Select one or more studies in the sidebar first.'));
    return;
  }
  await inserter.insert({ form: 'citation', studies });
}

/** How the shelf is arranged. */
interface Shape {
  readonly groupBy: GroupBy;
  readonly sortBy: SortBy;
  readonly filter: Filter;
}

/** What stands above the rows. */
type Caption = Pick<vscode.TreeView<OutlineNode>, 'description' | 'message'>;

const memoryKey = 'studyTree';

class StudyTree implements vscode.TreeDataProvider<OutlineNode>, vscode.Disposable {
  readonly #source: ChangingLibrary;
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #listener: vscode.Disposable;
  /** What is shown; nothing before the sidebar is looked at. */
  #shown: Library | undefined;
  #shape: Shape;

  constructor(source: ChangingLibrary, memory: vscode.Memento) {
    this.#source = source;
    this.#memory = memory;
    this.#shape = { ...defaultShape, ...remembered(memory) };
    this.#listener = source.onDidChange(() => void this.#refresh());
  }

  get shape(): Shape {
    return this.#shape;
  }

  /** The writer's own quotes stand below their studies. */
  async #refresh(): Promise<void> {
    if (this.#shown && this.#shown !== (await this.#source.get())) {
      this.#changed.fire();
    }
  }

  async reshape(change: Partial<Shape>): Promise<void> {
    if (Object.keys(change).length === 0) {
      return;
    }
    this.#shape = { ...this.#shape, ...change };
    this.tellContext();
    this.#changed.fire();
    // A filter left behind would hide studies in the next session without the writer's knowing why.
    await this.#memory.update(memoryKey, { groupBy: this.#shape.groupBy, sortBy: this.#shape.sortBy });
  }

  tellContext(): void {
    setContext('groupBy', this.#shape.groupBy);
    setContext('sortBy', this.#shape.sortBy);
    setContext('isFiltered', !isEmptyFilter(this.#shape.filter));
  }

  async caption(): Promise<{ -readonly [Part in keyof Caption]: Caption[Part] }> {
    const { groupBy, filter } = this.#shape;
    const library = await this.#source.get();
    const grouped = {
      condition: vscode.l10n.t('by condition'),
      design: vscode.l10n.t('by design'),
      result: vscode.l10n.t('by result'),
      comparator: vscode.l10n.t('by comparator'),
      route: vscode.l10n.t('by route'),
      topic: vscode.l10n.t('by topic'),
      year: vscode.l10n.t('by year'),
    }[groupBy];
    if (isEmptyFilter(filter)) {
      return { description: grouped, message: undefined as never };
    }
    const words = describeFilter(filter, library.vocabulary);
    const found = library.filtered(filter).length;
    if (found === 0) {
      // VS Code shows the empty view's links only where there is no message.
      return { description: words, message: undefined as never };
    }
    const message = vscode.l10n.t('Filter: {0} ({1} of {2} studies)', words, found, library.studies.length);
    return { description: grouped, message };
  }

  async getChildren(node?: OutlineNode): Promise<OutlineNode[]> {
    if (node) {
      return [...childrenOf(node)];
    }
    const library = await this.#source.get();
    this.#shown = library;
    const { filter } = this.#shape;
    return outline(isEmptyFilter(filter) ? library.studies : library.filtered(filter), library.vocabulary, this.#shape);
  }

  getTreeItem(node: OutlineNode): vscode.TreeItem {
    return treeItem(node);
  }

  async resolveTreeItem(item: vscode.TreeItem, node: OutlineNode): Promise<vscode.TreeItem> {
    if (node.kind === 'study') {
      item.tooltip = cardTooltip(node.study, (await this.#source.get()).vocabulary);
    }
    return item;
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }
}

function childrenOf(node: OutlineNode): readonly OutlineNode[] {
  switch (node.kind) {
    case 'group':
      return node.children;
    case 'study':
      return details(node);
    default:
      return [];
  }
}

const defaultShape: Shape = { groupBy: 'condition', sortBy: 'year', filter: emptyFilter };

/** What an older or a newer version wrote must not break this one. */
function remembered(memory: vscode.Memento): Partial<Shape> {
  const { groupBy, sortBy } = memory.get<{ groupBy?: unknown; sortBy?: unknown }>(memoryKey) ?? {};
  return {
    ...(groupings.includes(groupBy as GroupBy) && { groupBy: groupBy as GroupBy }),
    ...(['year', 'author'].includes(sortBy as string) && { sortBy: sortBy as SortBy }),
  };
}
