import type * as vscode from 'vscode';
import { citedOutside, type EvidenceSources } from '../../core/evidenceTable/records.ts';
import { inSlices } from '../../editor/edges.ts';
import type { KnownKeys } from '../../editor/known.ts';
import type { LibraryAtHand } from '../../editor/library.ts';
import type { Manuscripts } from '../../editor/manuscripts.ts';
import type { Part, Readings } from '../../editor/readings.ts';

export interface TableNeeds {
  /** The bundled studies. */
  readonly shelf: LibraryAtHand;
  readonly known: KnownKeys;
  readonly readings: Readings;
  readonly manuscripts: Manuscripts;
  readonly log: vscode.LogOutputChannel;
}

/** What the tables of a manuscript are made from, and its texts; without a manuscript, nothing is cited. */
export async function sourcesFor(
  { shelf, known, readings }: TableNeeds,
  document: vscode.TextDocument | undefined,
): Promise<{ readonly sources: EvidenceSources; readonly parts: readonly Part[] }> {
  const [bundled, library] = [await shelf.get(), await known.libraryFor(document)];
  const parts = document ? await readings.partsOf(document) : [];
  const cited = await inSlices(citedOutside(parts.map(({ reading }) => reading)));
  return { sources: { shelf: bundled, library, cited }, parts };
}
