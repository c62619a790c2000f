import type * as vscode from 'vscode';
import type { MergedWork } from '../../core/export/merge.ts';
import { ownershipOf } from '../../core/export/standing.ts';
import { mostListed } from '../../core/listedEntries.ts';
import { isStudy, type Entry, type Study } from '../../core/study.ts';
import { citedBy, othersListed, type Cited } from '../../editor/citedWorks.ts';
import type { KnownKeys, KnownOfDocument } from '../../editor/known.ts';
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
  const maker = new Maker(cited);
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
  readonly #studies: ReadonlyMap<string, Study>;

  constructor({ known }: Cited) {
    this.#known = known;
    this.#studies = new Map(known.library.studies.map(study => [study.id, study]));
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
    return { item: { ...entry.csl, id: key }, isOurs: false, ...(ours && { study: ours.item }), ...(entry.origin && { from: entry.origin.file }) };
  }

  /** Whether it is an entry that we wrote into a file of the writer's. */
  async #isOurs({ id, origin }: Entry): Promise<boolean> {
    const { bibliography } = this.#known.shelf.files.find(({ uri }) => uri.toString() === origin?.file) ?? {};
    const text = bibliography?.textOf(id);
    return text !== undefined && (await ownershipOf(text, bibliography!.info.format)) === 'ours';
  }
}
