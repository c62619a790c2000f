import type * as vscode from 'vscode';
import type { CitableItem } from '../core/cslEngine.ts';
import { listedEntries, type Listed } from '../core/listedEntries.ts';
import { worksCited, type WorksCited } from '../core/worksCited.ts';
import { inSlices } from './edges.ts';
import type { KnownKeys, KnownOfDocument } from './known.ts';
import type { Part, Readings } from './readings.ts';

/** What a manuscript cites, at one moment. */
export interface Cited extends WorksCited {
  readonly document: vscode.TextDocument;
  readonly parts: readonly Part[];
  readonly known: KnownOfDocument;
}

/** What the manuscript that a document belongs to cites. */
export async function citedBy(document: vscode.TextDocument, readings: Readings, knownKeys: KnownKeys): Promise<Cited> {
  const parts = await readings.partsOf(document);
  const known = await knownKeys.of(document);
  const { nocite: citations = [] } = known.metadata;
  const at = parts.findIndex(part => part.document === known.metadataIn);
  const nocite = { citations, part: at < 0 ? undefined : at };
  const works = await inSlices(worksCited(parts.map(({ reading }) => reading), { ...known, nocite }));
  return { document, parts, known, ...works };
}

/** What `nocite: '@*'` adds: the entries of the bibliographies that the manuscript and its project name. */
export function othersListed({ listsAll, known, works }: Cited): Listed {
  const named = known.shelf.files.filter((_, index) => known.sources[index]?.by !== 'settings');
  const entries = [known.declared, ...named.map(({ bibliography }) => bibliography?.counting ?? [])];
  return listedEntries(listsAll ? entries : [], new Set(works.map(({ key }) => key)));
}

/** An entry's CSL item may have to be made from its text first. */
export function* itemsListed({ entries }: Listed): Generator<undefined, CitableItem[]> {
  const items: CitableItem[] = [];
  for (const [id, { csl }] of entries) {
    items.push({ ...csl, id });
    yield;
  }
  return items;
}
