import { restored, stored } from '../bibliography/cache.ts';
import { EntryTable } from '../bibliography/entryTable.ts';
import { readParts, type OnShare } from '../bibliography/read.ts';
import { readerOf } from '../bibliography/readers.ts';
import { libraryIndexParts, type LibraryIndexParts } from '../libraryIndex.ts';
import type { SourceParts } from '../search/sources.ts';
import { finished } from '../steps.ts';
import type { Answer, IndexRequest, Progress, ReadRequest, Request, SentSource, SentTable } from './messages.ts';

/** Sends; buffers that are transferred are gone on this side. */
export type Post = (answer: Answer | Progress, transfer?: readonly ArrayBuffer[]) => void;

/** The work of one thread, which has time: nothing waits behind it. */
export class Work {
  readonly #post: Post;
  /** The bytes that came before, of each source. */
  readonly #taken = new Map<number, Uint8Array[]>();

  constructor(post: Post) {
    this.#post = post;
  }

  /** What is thrown here is a fault of ours: files are read without one, whatever is in them. */
  take(request: Request): void {
    switch (request.ask) {
      case 'read':
        return this.#read(request);
      case 'index':
        return this.#index(request);
      case 'take':
        this.#taken.set(request.source, [...(this.#taken.get(request.source) ?? []), request.bytes]);
    }
  }

  #read({ bytes, format, kept, isToBeKept }: ReadRequest): void {
    const known = kept && finished(restored(new Uint8Array(kept)));
    const onShare = bytes.byteLength < large ? undefined : inHundredths(share => this.#post({ tell: 'progress', share }));
    const parts = finished(readParts(new Uint8Array(bytes), readerOf(format).scanner, known, onShare));
    const toKeep = isToBeKept && !known ? wholeBuffer(finished(stored(new EntryTable(parts.table)))) : undefined;
    const { keys, texts, places, byKey } = parts.table;
    this.#post(
      { tell: 'read', bytes, parts, isFromCache: known !== undefined, ...(toKeep && { toKeep }) },
      [
        bytes,
        ...(toKeep ? [toKeep] : []),
        ...buffersIn(keys.bytes, keys.starts, keys.ends, texts.bytes, texts.starts, texts.ends, places, byKey.slots),
      ],
    );
  }

  #index({ sources }: IndexRequest): void {
    const parts = finished(
      libraryIndexParts(sources.map((source, number) => ('list' in source ? source : this.#withTexts(source, number)))),
    );
    this.#post({ tell: 'index', parts }, buffersOf(parts));
  }

  #withTexts({ table, quotes }: Extract<SentSource, { readonly table: SentTable }>, number: number): SourceParts {
    const bytes = joined(this.#taken.get(number) ?? []);
    return { table: new EntryTable({ ...table, texts: { ...table.texts, bytes } }), quotes };
  }
}

/** Of fewer bytes nothing is told before the answer. */
const large = 4_000_000;

function inHundredths(tell: OnShare): OnShare {
  let told = 0;
  return share => {
    if (share >= told + 0.01) {
      told = share;
      tell(share);
    }
  };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const piece of pieces) {
    bytes.set(piece, end);
    end += piece.length;
  }
  return bytes;
}

function buffersOf({ numbers, signs, search: { postings, keys, strengths } }: LibraryIndexParts): readonly ArrayBuffer[] {
  const { lexicon } = postings;
  return buffersIn(
    numbers, signs.letters, signs.lengths,
    postings.start, postings.entry, postings.where,
    lexicon.letter, lexicon.depth, lexicon.next, lexicon.first, lexicon.letters, lexicon.starts,
    strengths, keys.byKey, keys.place, keys.folded.bytes, keys.folded.starts, keys.folded.ends,
  );
}

/** Each once: a buffer can't be handed over twice. */
function buffersIn(...arrays: readonly { readonly buffer: ArrayBufferLike }[]): readonly ArrayBuffer[] {
  return [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))];
}

/** The buffer of bytes that fill it. */
function wholeBuffer({ buffer }: Uint8Array): ArrayBuffer {
  return buffer as ArrayBuffer;
}
