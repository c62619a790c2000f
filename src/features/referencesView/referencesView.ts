import * as vscode from 'vscode';
import type { ReferenceNode, ReferencesOrder } from '../../core/referencesOutline.ts';
import { atTheEdge, quietly } from '../../editor/edges.ts';
import type { InFront } from '../../editor/inFront.ts';
import type { KnownKeys } from '../../editor/known.ts';
import { textsOf, type Readings } from '../../editor/readings.ts';
import type { References } from '../../editor/references.ts';
import { referencesView, registerCommand, setContext } from '../../manifest.ts';
import { copyReferences, formats } from './copying.ts';
import { goTo } from './goTo.ts';
import { ReferencesTree } from './tree.ts';

const memoryKey = 'referencesOrder';

/** The writer has paused for this long (ms) before the view follows. */
const pause = 250;

/** What the manuscript in front cites, kept up to date while it is looked at. */
export function registerReferencesView(
  inFront: InFront,
  readings: Readings,
  known: KnownKeys,
  references: References,
  memory: vscode.Memento,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const remembered = memory.get<unknown>(memoryKey);
  const tree = new ReferencesTree(inFront, readings, known, references, remembered === 'style' ? 'style' : 'appearance');
  const view = vscode.window.createTreeView<ReferenceNode>(referencesView, {
    treeDataProvider: tree,
    canSelectMany: true,
    showCollapseAll: true,
  });
  const live = new LiveView(view, tree, log);
  const arrange = atTheEdge(log, async (order: ReferencesOrder) => {
    tree.order = order;
    setContext('referencesOrder', order);
    await live.now();
    await memory.update(memoryKey, order);
  });
  const copy = (print: Parameters<typeof copyReferences>[1]): (() => Promise<void>) =>
    atTheEdge(log, () => copyReferences(tree, print));

  setContext('referencesOrder', tree.order);
  return vscode.Disposable.from(
    view,
    tree,
    live,
    followed(live, view, inFront, known),
    registerCommand('showReferences', async () => {
      await vscode.commands.executeCommand(`${referencesView}.focus`);
    }),
    registerCommand('copyReferences', copy(formats.formatted(references))),
    registerCommand('copyReferencesBibtex', copy(formats.bibtex())),
    registerCommand('copyReferencesCslJson', copy(formats.cslJson())),
    registerCommand('copyReferencesRis', copy(formats.ris())),
    registerCommand('orderReferencesByAppearance', () => arrange('appearance')),
    registerCommand('orderReferencesByStyle', () => arrange('style')),
    registerCommand('_goTo', atTheEdge(log, goTo)),
  );
}

/** Everything after which the view may show something else. */
function followed(
  live: LiveView,
  view: vscode.TreeView<ReferenceNode>,
  inFront: InFront,
  known: KnownKeys,
): vscode.Disposable {
  return vscode.Disposable.from(
    view.onDidChangeVisibility(() => live.soon(0)),
    inFront.onDidChange(() => live.soon(0)),
    known.onDidChange(() => live.soon(pause)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      const shown = inFront.document;
      if (shown && (document === shown || textsOf(shown).includes(document))) {
        live.soon(pause);
      }
    }),
    vscode.workspace.onDidChangeNotebookDocument(() => live.soon(pause)),
    vscode.workspace.onDidChangeConfiguration(event => event.affectsConfiguration('ketamineCitations') && live.soon(pause)),
  );
}

/** Shows what the tree reads, at most one reading at a time, and none while nobody looks. */
class LiveView implements vscode.Disposable {
  readonly #view: vscode.TreeView<ReferenceNode>;
  readonly #tree: ReferencesTree;
  readonly #log: vscode.LogOutputChannel;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #isStale = true;

  constructor(view: vscode.TreeView<ReferenceNode>, tree: ReferencesTree, log: vscode.LogOutputChannel) {
    this.#view = view;
    this.#tree = tree;
    this.#log = log;
    this.soon(0);
  }

  soon(after: number): void {
    this.#isStale = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void quietly(this.#log, () => this.show()), after);
  }

  async now(): Promise<void> {
    this.#isStale = true;
    await this.show();
  }

  async show(): Promise<void> {
    if (!this.#view.visible) {
      return;
    }
    await this.#running;
    if (this.#isStale) {
      this.#isStale = false;
      this.#running = this.#refresh();
      await this.#running;
    }
  }

  async #refresh(): Promise<void> {
    const { state, description, message } = await this.#tree.refresh();
    setContext('referencesState', state);
    Object.assign(this.#view, { description });
    if (message === undefined || !this.#view.message) {
      Object.assign(this.#view, { message });
    }
    const full = await this.#tree.fullCaption();
    if (full !== undefined) {
      this.#view.message = full;
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
