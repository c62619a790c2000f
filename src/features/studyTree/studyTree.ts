import * as vscode from 'vscode';
import { details, groupings, outline, studiesOf, type GroupBy, type OutlineNode, type SortBy } from '../../core/outline.ts';
import type { Library } from '../../core/library.ts';
import { asksWhetherCited, describeFilter, emptyFilter, isEmptyFilter, type Cited, type Filter } from '../../core/search/filter.ts';
import { parseQuery } from '../../core/search/query.ts';
import { showCard } from '../../editor/card.ts';
import { atTheEdge } from '../../editor/edges.ts';
import { editFilter, type QueryRow } from '../../editor/filterPicker.ts';
import type { InFront } from '../../editor/inFront.ts';
import type { Inserter } from '../../editor/inserter.ts';
import type { ChangingLibrary, LibraryAtHand } from '../../editor/library.ts';
import { registerCommand, setContext, studiesView } from '../../manifest.ts';
import { cardTooltip, treeItem } from './items.ts';

/** The sidebar's shelf of studies: grouped, sorted, filtered, and remembered so. */
export function registerStudyTree(
  source: ChangingLibrary,
  atHand: LibraryAtHand,
  inserter: Inserter,
  inFront: InFront,
  memory: vscode.Memento,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  /** The studies that the active manuscript cites, by whichever key. */
  const cited = async (): Promise<Cited> => (await atHand.get()).knownAs(await inFront.citedKeys());
  const tree = new StudyTree(source, cited, memory);
  const view = vscode.window.createTreeView<OutlineNode>(studiesView, {
    treeDataProvider: tree,
    canSelectMany: true,
    showCollapseAll: true,
  });
  const show = atTheEdge(log, async (change: Partial<Shape>) => {
    await tree.reshape(change);
    Object.assign(view, await tree.caption());
  });
  const edit = atTheEdge(log, async (query?: unknown) => {
    const library = await source.get();
    const apply = (filter: Filter): Promise<void> => show({ filter });
    await (typeof query === 'string' ? apply(parseQuery(query, library.vocabulary).filter) : askFilter(library, await cited(), tree.shape.filter, apply));
  });
  const follow = new CitedFollower(inFront, () => asksWhetherCited(tree.shape.filter), () => show({ filter: tree.shape.filter }));
  // Reads nothing before the sidebar is looked at.
  const firstLook = view.onDidChangeVisibility(() => void show({}));

  tree.tellContext();
  return vscode.Disposable.from(
    view,
    tree,
    firstLook,
    follow,
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
    registerCommand('changeFilter', () => edit()),
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

function askFilter(library: Library, cited: Cited, before: Filter, apply: (filter: Filter) => Promise<void>): Promise<void> {
  return editFilter({
    title: vscode.l10n.t('Filter Studies'),
    placeholder: vscode.l10n.t('Words, or condition: design: comparator: result: n: …'),
    vocabulary: library.vocabulary,
    before,
    answersTo: query => ({ head: headOf(query, library, cited), completions: library.find(query, { limit: 0, cited }).completions }),
    apply,
  });
}

/** The row that takes the filter, and tells how much it leaves. */
function headOf(query: string, library: Library, cited: Cited): QueryRow {
  const { t } = vscode.l10n;
  const { filter, problems } = parseQuery(query, library.vocabulary);
  const found = library.filtered(filter, cited).length;
  const label =
    problems[0] !== undefined
      ? `$(warning) ${problems[0].message}`
      : found === 0
        ? `$(search) ${t('No study fits')}`
        : isEmptyFilter(filter)
          ? `$(check) ${t('Show all {0} studies', found)}`
          : `$(check) ${found === 1 ? t('Show this 1 study') : t('Show these {0} studies', found)}`;
  return { label, description: describeFilter(filter, library.vocabulary), alwaysShow: true };
}

/** The writer has paused for this long (ms) before the rows follow what is cited. */
const pause = 400;

/** Shows the rows again when what the manuscript cites may have changed, while the filter asks for it. */
class CitedFollower implements vscode.Disposable {
  readonly #listeners: vscode.Disposable;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(inFront: InFront, isAsked: () => boolean, show: () => Promise<void>) {
    const soon = (): void => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void show(), pause);
    };
    this.#listeners = vscode.Disposable.from(
      inFront.onDidChange(() => isAsked() && soon()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => isAsked() && inFront.includes(document) && soon()),
    );
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listeners.dispose();
  }
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
  readonly #cited: () => Promise<Cited>;
  #shape: Shape;

  constructor(source: ChangingLibrary, cited: () => Promise<Cited>, memory: vscode.Memento) {
    this.#source = source;
    this.#cited = cited;
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
    const found = library.filtered(filter, await this.#citedFor(filter)).length;
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
    return outline(isEmptyFilter(filter) ? library.studies : library.filtered(filter, await this.#citedFor(filter)), library.vocabulary, this.#shape);
  }

  async #citedFor(filter: Filter): Promise<Cited | undefined> {
    return asksWhetherCited(filter) ? this.#cited() : undefined;
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
