import * as vscode from 'vscode';
import type { CitableItem } from '../../core/reference.ts';
import {
  childrenOf,
  referencesCaption,
  referencesOutline,
  wordsOfList,
  type ReferenceNode,
  type ReferencesOrder,
  type WorkNode,
} from '../../core/referencesOutline.ts';
import type { Occurrence, Work } from '../../core/worksCited.ts';
import { citedBy, type Cited } from '../../editor/citedWorks.ts';
import { nameOf } from '../../editor/files.ts';
import { inSlices } from '../../editor/edges.ts';
import { cellNumbers, type InFront } from '../../editor/inFront.ts';
import type { KnownKeys } from '../../editor/known.ts';
import { isTooLong, type Readings } from '../../editor/readings.ts';
import type { References } from '../../editor/references.ts';
import { cardTooltip, treeItem } from './items.ts';

/** What the view can show, and why it is empty when it can't. */
export type ViewState = 'none' | 'tooLong' | 'empty' | 'filled';

export interface ViewTexts {
  readonly state: ViewState;
  readonly description: string | undefined;
  readonly message: string | undefined;
}

/** The references of the manuscript in front. */
export class ReferencesTree implements vscode.TreeDataProvider<ReferenceNode>, vscode.Disposable {
  readonly #inFront: InFront;
  readonly #readings: Readings;
  readonly #known: KnownKeys;
  readonly #references: References;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  order: ReferencesOrder;
  #roots: readonly WorkNode[] | undefined;
  #cited: Cited | undefined;
  #cells: readonly number[] | undefined;
  #ordered: { readonly of: string; readonly keys: readonly string[] } | undefined;

  constructor(inFront: InFront, readings: Readings, known: KnownKeys, references: References, order: ReferencesOrder) {
    this.#inFront = inFront;
    this.#readings = readings;
    this.#known = known;
    this.#references = references;
    this.order = order;
  }

  /** What the manuscript in front cites; nothing where there is none, or it is longer than we read. */
  async cited(): Promise<Cited | undefined> {
    const { document } = this.#inFront;
    if (!document || isTooLong(document)) {
      return undefined;
    }
    return citedBy(document, this.#readings, this.#known);
  }

  /** Reads the manuscript in front anew and shows it; answers what stands above the rows. */
  async refresh(): Promise<ViewTexts> {
    const cited = await this.cited();
    const order = cited && this.order === 'style' ? await this.keysInOrder(cited) : undefined;
    const roots = cited ? await inSlices(referencesOutline(cited, order)) : [];
    this.#cited = cited;
    this.#cells = cited && cellNumbers(cited.document);
    this.#roots = roots;
    this.#changed.fire();
    return this.#texts();
  }

  #texts(): ViewTexts {
    const { document } = this.#inFront;
    if (!this.#cited || !document) {
      return { state: document ? 'tooLong' : 'none', description: undefined, message: undefined };
    }
    const description = nameOf(this.#cited.document.uri);
    const isEmpty = !this.#roots?.length;
    // VS Code shows an empty view's words only where there is no message.
    return { state: isEmpty ? 'empty' : 'filled', description, message: isEmpty ? undefined : referencesCaption(this.#cited) };
  }

  /** The caption with the words of the reference list, which may need a style that is not made yet. */
  async fullCaption(): Promise<string | undefined> {
    for (;;) {
      const cited = this.#cited;
      if (!cited || !this.#roots?.length) {
        return undefined;
      }
      const words = wordsOfList(await this.#printed(cited));
      // The view may have asked for its rows meanwhile, which reads the manuscript anew.
      if (cited === this.#cited) {
        return referencesCaption(cited, words);
      }
    }
  }

  /** Each reference alone, which the build has printed for most styles; entries of the writer's own need the style. */
  async #printed({ works, document }: Cited): Promise<readonly string[]> {
    if (works.some(({ kind }) => kind === 'declared')) {
      const list = await this.#references.bibliography(itemsOf(works), document);
      return list.map(({ text }) => text.plain);
    }
    const print = this.#references.printer(document);
    return Promise.all(works.flatMap(({ study }) => (study ? [print(study).then(({ reference }) => reference)] : [])));
  }

  /** The citekeys as the style sorts or numbers them; asked of the style only when other works are cited. */
  async keysInOrder({ works, document }: Cited): Promise<readonly string[]> {
    const items = itemsOf(works);
    const of = JSON.stringify([await this.#references.wished(document), items]);
    if (this.#ordered?.of !== of) {
      this.#ordered = { of, keys: await this.#references.order(items, document) };
    }
    return this.#ordered.keys;
  }

  async getChildren(node?: ReferenceNode): Promise<ReferenceNode[]> {
    if (!this.#roots) {
      // A view that is unfolded asks before it is told of anything, and would keep an empty answer.
      await this.refresh();
    }
    const readings = this.#cited?.parts.map(({ reading }) => reading) ?? [];
    return node ? [...childrenOf(node, readings, this.#cells)] : [...(this.#roots ?? [])];
  }

  getTreeItem(node: ReferenceNode): vscode.TreeItem {
    return treeItem(node, ({ part }: Occurrence) => this.#cited?.parts[part]?.document.uri.toString());
  }

  resolveTreeItem(item: vscode.TreeItem, node: ReferenceNode): vscode.TreeItem {
    if (node.kind === 'work' && node.study && this.#cited) {
      item.tooltip = cardTooltip(node.study, this.#cited.known.library.vocabulary);
    }
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

/** The works whose data are at hand, as a style takes them. */
export function itemsOf(works: readonly Work[]): CitableItem[] {
  return works.flatMap(({ key, csl }) => (csl ? [{ ...csl, id: key }] : []));
}
