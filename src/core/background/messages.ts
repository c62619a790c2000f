import type { EntryTableParts } from '../bibliography/entryTable.ts';
import type { ReadParts } from '../bibliography/read.ts';
import type { BibliographyFormat } from '../declarations.ts';
import type { LibraryIndexParts } from '../libraryIndex.ts';
import type { PackedParts } from '../packedTexts.ts';
import type { SearchEntry } from '../search/entry.ts';

/**
 * What is said between the extension and the thread that does its long work, one work a thread. Buffers are handed over where
 * the sender does without them; else they are copied in pieces, for a copy of 30 MB could be felt.
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

/** Makes the index of a library. The bytes of its tables' texts were sent before. */
export interface IndexRequest {
  readonly ask: 'index';
  readonly sources: readonly SentSource[];
}

export type SentSource =
  | { readonly list: readonly SearchEntry[] }
  | { readonly table: SentTable; readonly quotes: ReadonlyMap<string, readonly string[]> };

/** Without its longest array. */
export type SentTable = Omit<EntryTableParts, 'texts'> & { readonly texts: Omit<PackedParts, 'bytes'> };

/** Bytes of the texts of the table that is the source of this number, behind those that came before. */
export interface Piece {
  readonly ask: 'take';
  readonly source: number;
  readonly bytes: Uint8Array;
}

export type Request = ReadRequest | IndexRequest | Piece;

export interface ReadAnswer {
  readonly tell: 'read';
  readonly bytes: ArrayBuffer;
  readonly parts: ReadParts;
  readonly isFromCache: boolean;
  readonly toKeep?: ArrayBuffer;
}

export interface IndexAnswer {
  readonly tell: 'index';
  readonly parts: LibraryIndexParts;
}

export type Answer = ReadAnswer | IndexAnswer;

/** How much of a large file was read, from 0 to 1; before the answer, a hundred times at most. */
export interface Progress {
  readonly tell: 'progress';
  readonly share: number;
}
