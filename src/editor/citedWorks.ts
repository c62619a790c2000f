import type * as vscode from 'vscode';
import { listedEntries, type Listed } from '../core/listedEntries.ts';
import { worksCited, type WorksCited } from '../core/worksCited.ts';
import { inSlices } from './edges.ts';
import type { KnownKeys, KnownOfDocument } from './known.ts';
import { entriesListed } from './printing.ts';
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

/** What `nocite: '@*'` adds, where it stands. */
export function othersListed({ listsAll, known, works }: Cited): Listed {
  const cited = new Set(works.map(({ key }) => key));
  return listsAll ? entriesListed(known, cited) : listedEntries([], cited);
}
