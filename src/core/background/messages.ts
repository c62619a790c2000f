import type { EntryTableParts } from '../bibliography/entryTable.ts';
import type { ReadParts } from '../bibliography/read.ts';
import type { BibliographyFormat } from '../declarations.ts';
import type { LibraryIndexParts } from '../libraryIndex.ts';
import type { TextBlock } from '../packedTexts.ts';
import type { SearchEntry } from '../search/entry.ts';

/**
 * What is said between the extension and the thread that does its long work, one work a thread. Texts, which can't be handed
 * over but are copied, go in pieces, for a copy of 30 MB could be felt.
 */

/** Reads a bibliography file. */
export interface ReadRequest {
  readonly ask: 'read';
  /** Handed over, and handed back with the answer. */
  readonly bytes: ArrayBuffer;
  readonly format: BibliographyFormat;
  /** What was kept of the file before: see `bibliography/cache.ts`. */
  readonly kept?: ArrayBuffer;
  /** Whether what is found is to be kept, if there was nothing. */
  readonly isToBeKept: boolean;
}

/** Makes the index of a library. The texts of its tables were sent before. */
export interface IndexRequest {
  readonly ask: 'index';
  readonly sources: readonly SentSource[];
}

export type SentSource =
  | { readonly list: readonly SearchEntry[] }
  | { readonly table: Omit<EntryTableParts, 'texts'>; readonly quotes: ReadonlyMap<string, readonly string[]> };

export type Request =
  | ReadRequest
  | IndexRequest
  /** Texts of the table that is the source of this number, behind those that came before. */
  | { readonly ask: 'take'; readonly source: number; readonly texts: readonly TextBlock[] }
  /** Asks for the next piece, or for the answer where there is none. */
  | { readonly ask: 'more' };

export interface ReadAnswer {
  readonly tell: 'read';
  readonly bytes: ArrayBuffer;
  /** The texts of its table were sent before. */
  readonly parts: Omit<ReadParts, 'table'> & { readonly table: Omit<EntryTableParts, 'texts'> };
  readonly isFromCache: boolean;
  readonly toKeep?: ArrayBuffer;
}

export interface IndexAnswer {
  readonly tell: 'index';
  readonly parts: LibraryIndexParts;
}

export type Answer = ReadAnswer | IndexAnswer | { readonly tell: 'texts'; readonly texts: readonly TextBlock[] };

// Some 300 KB: a fraction of a millisecond to copy.
const blocksAtOnce = 8;

/** Blocks of texts in pieces that may be sent. */
export function* inPieces(texts: readonly TextBlock[]): Generator<readonly TextBlock[], void> {
  for (let at = 0; at < texts.length; at += blocksAtOnce) {
    yield texts.slice(at, at + blocksAtOnce);
  }
}
