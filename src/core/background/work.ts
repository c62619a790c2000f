import { restored, stored } from '../bibliography/cache.ts';
import { EntryTable } from '../bibliography/entryTable.ts';
import { readParts } from '../bibliography/read.ts';
import { readerOf } from '../bibliography/readers.ts';
import { libraryIndexParts, type LibraryIndexParts } from '../libraryIndex.ts';
import type { TextBlock } from '../packedTexts.ts';
import { finished } from '../steps.ts';
import { inPieces, type Answer, type IndexRequest, type ReadRequest, type Request } from './messages.ts';

/** Sends; buffers that are transferred are gone on this side. */
export type Post = (answer: Answer, transfer?: readonly ArrayBuffer[]) => void;

/** The work of one thread, which has time: nothing waits behind it. */
export class Work {
  readonly #post: Post;
  readonly #taken: TextBlock[][] = [];
  #pieces: Iterator<readonly TextBlock[], void> | undefined;
  #last: (() => void) | undefined;

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
        (this.#taken[request.source] ??= []).push(...request.texts);
        return;
      case 'more':
        return this.#more();
    }
  }

  #read({ bytes, format, kept, isToBeKept }: ReadRequest): void {
    const known = kept && finished(restored(new Uint8Array(kept)));
    const parts = finished(readParts(new Uint8Array(bytes), readerOf(format).scanner, known));
    const { texts, ...table } = parts.table;
    const toKeep = isToBeKept && !known ? wholeBuffer(finished(stored(new EntryTable(parts.table)))) : undefined;
    this.#pieces = inPieces(texts);
    this.#last = () =>
      this.#post(
        { tell: 'read', bytes, parts: { ...parts, table }, isFromCache: known !== undefined, ...(toKeep && { toKeep }) },
        [bytes, ...(toKeep ? [toKeep] : []), ...buffersIn(table.places, table.keys.slots)],
      );
    this.#more();
  }

  #index({ sources }: IndexRequest): void {
    const parts = finished(
      libraryIndexParts(
        sources.map((source, number) =>
          'list' in source
            ? source
            : { table: new EntryTable({ ...source.table, texts: this.#taken[number] ?? [] }), quotes: source.quotes },
        ),
      ),
    );
    this.#post({ tell: 'index', parts }, buffersOf(parts));
  }

  #more(): void {
    const next = this.#pieces?.next();
    if (next?.done === false) {
      this.#post({ tell: 'texts', texts: next.value });
    } else {
      this.#last?.();
    }
  }
}

function buffersOf({ numbers, signs, search: { postings, loose, keys } }: LibraryIndexParts): readonly ArrayBuffer[] {
  const { lexicon } = postings;
  return buffersIn(
    numbers, signs.letters, signs.lengths,
    postings.start, postings.entry, postings.where, postings.fieldsOf, postings.lengths,
    lexicon.letter, lexicon.depth, lexicon.next, lexicon.first, lexicon.letters, lexicon.starts, lexicon.letterSets,
    loose.words, loose.letterSets, keys.byKey, keys.place,
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
