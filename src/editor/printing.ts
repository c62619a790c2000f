import * as vscode from 'vscode';
import { isCrossReference } from '../core/citations.ts';
import type { CitableItem } from '../core/cslEngine.ts';
import { listedEntries, type Listed } from '../core/listedEntries.ts';
import type { Reading } from '../core/reading.ts';
import type { CslItem } from '../core/study.ts';
import { citationsToPrint, type PlacedCitation } from '../core/typeset/citationsOf.ts';
import { Stopped, inSlices } from './edges.ts';
import type { KnownKeys, KnownOfDocument } from './known.ts';

/** The citations of a reading, with what is known of their works. Quarto's cross-references are none: they stay as they are written. */
export function citationsOf(reading: Reading, known: KnownOfDocument): readonly PlacedCitation[] {
  return citationsToPrint(reading, key => itemOf(known, key)).filter(({ cites }) => cites.some(({ key }) => known.has(key) || !isCrossReference(key)));
}

/** The works that `nocite:` names and the text does not cite, without those of `@*`. */
export function namedUncited(cited: readonly PlacedCitation[], known: KnownOfDocument): readonly CitableItem[] {
  const seen = new Set(cited.flatMap(({ cites }) => cites.map(({ key }) => key)));
  return nociteKeys(known).flatMap(key => {
    const item = seen.has(key) ? undefined : itemOf(known, key);
    return item ? [item] : [];
  });
}

/** The same with those that `nocite: '@*'` lists. An entry's item may have to be made from its text first. */
export async function uncited(cited: readonly PlacedCitation[], known: KnownOfDocument, token?: vscode.CancellationToken): Promise<readonly CitableItem[]> {
  const named = namedUncited(cited, known);
  if (!nociteKeys(known).includes('*')) {
    return named;
  }
  const keys = [...cited.flatMap(({ cites }) => cites.map(({ key }) => key)), ...named.map(({ id }) => id)];
  return [...named, ...(await inSlices(itemsListed(entriesListed(known, new Set(keys))), token))];
}

/** What `nocite: '@*'` adds: the entries of the bibliographies that the manuscript and its project name. */
export function entriesListed({ shelf, sources, declared }: KnownOfDocument, cited: ReadonlySet<string>): Listed {
  const named = shelf.files.filter((_, index) => sources[index]?.by !== 'settings');
  return listedEntries([declared, ...named.map(({ bibliography }) => bibliography?.counting ?? [])], cited);
}

/** An entry's CSL item may have to be made from its text first. */
export function* itemsListed({ entries }: Listed): Generator<undefined, CitableItem[]> {
  const items: CitableItem[] = [];
  for (const [key, { csl }] of entries) {
    items.push(itemOfKey(csl, key));
    yield;
  }
  return items;
}

function nociteKeys({ metadata, inherited }: KnownOfDocument): readonly string[] {
  return [...new Set([...(metadata.nocite ?? []).flatMap(({ cites }) => cites.map(({ key }) => key)), ...inherited])];
}

function itemOf({ library }: KnownOfDocument, key: string): CitableItem | undefined {
  const entry = library.get(key);
  return entry && itemOfKey(entry.csl, key);
}

/** The same object for the same entry: the typesetter compares what is another. */
const items = new WeakMap<CslItem, CitableItem>();

function itemOfKey(csl: CslItem, id: string): CitableItem {
  const known = items.get(csl);
  if (known?.id === id) {
    return known;
  }
  const item = { ...csl, id };
  items.set(csl, item);
  return item;
}

/** What is known of a manuscript once its bibliographies are read: what is printed before would lack works. Rejects with `Stopped`. */
export async function knownOnceRead(keys: KnownKeys, document: vscode.TextDocument, token: vscode.CancellationToken): Promise<KnownOfDocument> {
  for (;;) {
    let stopListening = (): void => undefined;
    const changed = new Promise<void>(resolve => {
      const listeners = vscode.Disposable.from(keys.onDidChange(resolve), token.onCancellationRequested(() => resolve()));
      stopListening = () => listeners.dispose();
    });
    try {
      const known = await keys.of(document);
      if (token.isCancellationRequested) {
        throw new Stopped();
      }
      if (known.shelf.isReady) {
        return known;
      }
      await changed;
    } finally {
      stopListening();
    }
  }
}
