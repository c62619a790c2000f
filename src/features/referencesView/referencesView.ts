import * as vscode from 'vscode';
import type { ReferenceNode, ReferencesOrder } from '../../core/referencesOutline.ts';
import { atTheEdge } from '../../editor/edges.ts';
import type { InFront } from '../../editor/inFront.ts';
import type { KnownKeys } from '../../editor/known.ts';
import { LiveView } from '../../editor/liveView.ts';
import type { Readings } from '../../editor/readings.ts';
import type { References } from '../../editor/references.ts';
import { referencesView, registerCommand, setContext } from '../../manifest.ts';
import { copyReferences, formats } from './copying.ts';
import { goTo } from './goTo.ts';
import { ReferencesTree } from './tree.ts';

const memoryKey = 'referencesOrder';

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
  const live = new LiveView(view, inFront, known, () => refresh(view, tree), log);
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

async function refresh(view: vscode.TreeView<ReferenceNode>, tree: ReferencesTree): Promise<void> {
  const { state, description, message } = await tree.refresh();
  setContext('referencesState', state);
  Object.assign(view, { description });
  if (message === undefined || !view.message) {
    Object.assign(view, { message });
  }
  const full = await tree.fullCaption();
  if (full !== undefined) {
    view.message = full;
  }
}
