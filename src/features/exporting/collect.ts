import type * as vscode from 'vscode';
import { declaredItems } from '../../core/export/declared.ts';
import type { MergedWork } from '../../core/export/merge.ts';
import { ownershipOf } from '../../core/export/standing.ts';
import { citingMetadata, insideFences } from '../../core/frontMatter.ts';
import { mostListed } from '../../core/listedEntries.ts';
import { isStudy, type CslItem, type Entry, type Study } from '../../core/study.ts';
import { citedBy, othersListed, type Cited } from '../../editor/citedWorks.ts';
import { metadataOfCell, type KnownKeys, type KnownOfDocument } from '../../editor/known.ts';
import { isManuscript } from '../../editor/manuscripts.ts';
import type { Readings } from '../../editor/readings.ts';

/** What a manuscript cites, as it is exported. */
export interface Collected {
  readonly cited: Cited;
  /** By the keys as they are cited, in the order of their first mention, and behind them what `nocite:` lists. */
  readonly works: readonly MergedWork[];
  /** Files from which entries of the writer's own come. */
  readonly from: ReadonlySet<string>;
  /** Cited keys of which there are no data. */
  readonly unknown: readonly string[];
  /** How many entries `nocite: '@*'` lists beyond those that are taken. */
  readonly beyond: number;
}

/** So many works are taken in between two pauses. */
const atOnce = 50;

/** Milliseconds after which it is looked again whether everything is read. */
const pause = 200;

/** What may be cited, once every bibliography is read or can't be. */
export async function knownWhenRead(known: KnownKeys, document: vscode.TextDocument, token?: vscode.CancellationToken): Promise<KnownOfDocument> {
  for (;;) {
    const now = await known.of(document);
    const isRead = now.shelf.isReady && now.shelf.files.every(({ state }) => state !== 'reading');
    if (isRead || document.isClosed || token?.isCancellationRequested) {
      return now;
    }
    await new Promise(resolve => setTimeout(resolve, pause));
  }
}

export async function collect(document: vscode.TextDocument, readings: Readings, known: KnownKeys, token: vscode.CancellationToken): Promise<Collected> {
  await knownWhenRead(known, document, token);
  const cited = await citedBy(document, readings, known);
  const listed = othersListed(cited);
  const keys = [...cited.works.map(({ key }) => key), ...listed.entries.keys()];
  const [works, from, unknown]: [MergedWork[], Set<string>, string[]] = [[], new Set(), []];
  const maker = await Maker.of(cited, readings);
  for (const [index, key] of keys.entries()) {
    // An entry's item may have to be made from its text first.
    if (index % atOnce === atOnce - 1) {
      await new Promise(resolve => setTimeout(resolve));
    }
    const work = await maker.work(key);
    if (!work) {
      unknown.push(key);
      continue;
    }
    works.push(work);
    if (work.from !== undefined) {
      from.add(work.from);
    }
  }
  return { cited, works, from, unknown, beyond: Math.max(0, listed.count - mostListed) };
}

class Maker {
  readonly #known: KnownOfDocument;
  readonly #declared: ReadonlyMap<string, CslItem>;
  readonly #studies: ReadonlyMap<string, Study>;

  private constructor(known: KnownOfDocument, declared: ReadonlyMap<string, CslItem>) {
    this.#known = known;
    this.#declared = declared;
    this.#studies = new Map(known.library.studies.map(study => [study.id, study]));
  }

  static async of({ known }: Cited, readings: Readings): Promise<Maker> {
    return new Maker(known, known.declared.length > 0 ? await declaredIn(known.metadataIn, readings) : new Map<string, CslItem>());
  }

  async work(key: string): Promise<(MergedWork & { readonly from?: string }) | undefined> {
    const entry = this.#known.library.get(key);
    if (!entry) {
      return undefined;
    }
    const study = this.#studies.get(key);
    const ours = study && { item: { ...study.csl, id: key }, isOurs: true };
    if (ours && (isStudy(entry) || (await this.#isOurs(entry)))) {
      return { ...ours, study: ours.item };
    }
    const isDeclared = entry.origin?.file === this.#known.metadataIn.uri.toString();
    const csl = (isDeclared && this.#declared.get(key)) || entry.csl;
    return { item: { ...csl, id: key }, isOurs: false, ...(ours && { study: ours.item }), ...(entry.origin && { from: entry.origin.file }) };
  }

  /** Whether it is an entry that we wrote into a file of the writer's. */
  async #isOurs({ id, origin }: Entry): Promise<boolean> {
    const { bibliography } = this.#known.shelf.files.find(({ uri }) => uri.toString() === origin?.file) ?? {};
    const text = bibliography?.textOf(id);
    return text !== undefined && (await ownershipOf(text, bibliography!.info.format)) === 'ours';
  }
}

async function declaredIn(document: vscode.TextDocument, readings: Readings): Promise<ReadonlyMap<string, CslItem>> {
  const text = document.getText();
  const cell = isManuscript(document) ? undefined : metadataOfCell(text);
  const blocks = isManuscript(document) ? ((await readings.of(document))?.metadata ?? []) : cell ? [cell] : [];
  const items = new Map<string, CslItem>();
  for (const block of citingMetadata(text, blocks)) {
    const { start, end } = insideFences(text, block);
    (await declaredItems(text.slice(start, end))).forEach((item, key) => items.set(key, item));
  }
  return items;
}
