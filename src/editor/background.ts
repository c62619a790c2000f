import * as vscode from 'vscode';
import type { Answer, IndexAnswer, Piece, Progress, ReadAnswer, ReadRequest, Request, SentSource, SentTable } from '../core/background/messages.ts';
import type { OnShare, ReadParts } from '../core/bibliography/read.ts';
import type { LibraryIndexParts } from '../core/libraryIndex.ts';
import type { SourceParts } from '../core/search/sources.ts';
import { aTurn, Stopped } from './edges.ts';
import { startThread, type Thread } from './thread.ts';

/** What a thread read of a file, and its bytes, which it had. */
export interface ReadInBackground {
  readonly bytes: Uint8Array;
  readonly parts: ReadParts;
  readonly isFromCache: boolean;
  /** To be kept for the next start. */
  readonly toKeep?: Uint8Array;
}

/**
 * Does long work in threads of its own, one for each, so that the extension host goes on. Where there are none, or one fails,
 * the answer is nothing, and the caller does the work itself, in slices.
 */
export class Background {
  readonly #script: vscode.Uri;
  readonly #log: vscode.LogOutputChannel;

  constructor(extension: vscode.Uri, log: vscode.LogOutputChannel) {
    this.#script = vscode.Uri.joinPath(extension, 'dist', 'background.js');
    this.#log = log;
  }

  /** The bytes are gone with that, maybe also where the answer is nothing. Rejects with `Stopped` when the token asks for it. */
  async read(
    bytes: Uint8Array,
    { format, kept, isToBeKept }: Pick<ReadRequest, 'format' | 'isToBeKept'> & { readonly kept?: Uint8Array | undefined },
    token: vscode.CancellationToken,
    onShare: OnShare,
  ): Promise<ReadInBackground | undefined> {
    return this.#talk(async talk => {
      talk.onShare = onShare;
      const sent = await ownBuffer(bytes);
      const before = kept && (await ownBuffer(kept));
      const request: Request = { ask: 'read', bytes: sent, format, isToBeKept, ...(before && { kept: before }) };
      const answer = await talk.ask<ReadAnswer>(request, before ? [sent, before] : [sent]);
      const { parts, isFromCache, toKeep } = answer;
      return { bytes: new Uint8Array(answer.bytes), parts, isFromCache, ...(toKeep && { toKeep: new Uint8Array(toKeep) }) };
    }, token);
  }

  /** What finds the works of these sources. */
  async index(sources: readonly SourceParts[]): Promise<LibraryIndexParts | undefined> {
    return this.#talk(async talk => {
      const sent: SentSource[] = [];
      for (const [source, each] of sources.entries()) {
        if ('list' in each) {
          sent.push(each);
          continue;
        }
        const { texts: { bytes, ...texts }, ...table } = each.table.parts;
        sent.push({ table: await copyOf({ ...table, texts }), quotes: each.quotes });
        for (let at = 0; at < bytes.length; at += copiedAtOnce) {
          talk.tell({ ask: 'take', source, bytes: bytes.slice(at, at + copiedAtOnce) });
          await aTurn();
        }
      }
      return (await talk.ask<IndexAnswer>({ ask: 'index', sources: sent }, sent.flatMap(buffersOf))).parts;
    });
  }

  async #talk<T>(work: (talk: Talk) => Promise<T>, token?: vscode.CancellationToken): Promise<T | undefined> {
    const talk = new Talk();
    const thread = await startThread(this.#script, talk, this.#log);
    if (!thread) {
      return undefined;
    }
    const stopping = token?.onCancellationRequested(() => talk.stop());
    try {
      if (token?.isCancellationRequested) {
        throw new Stopped();
      }
      talk.thread = thread;
      return await work(talk);
    } catch (error) {
      if (error instanceof Stopped) {
        throw error;
      }
      this.#log.warn(`A thread of its own failed: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    } finally {
      stopping?.dispose();
      thread.end();
    }
  }
}

/** One request to a thread, and its answer. */
class Talk {
  thread: Thread | undefined;
  onShare: OnShare | undefined;
  #answered: ((answer: Answer) => void) | undefined;
  #refused: ((reason: Error) => void) | undefined;
  #fault: Error | undefined;

  tell(piece: Piece): void {
    this.thread?.post(piece, [piece.bytes.buffer as ArrayBuffer]);
  }

  /** The answer is the one that belongs to the request. */
  async ask<A extends Answer>(request: Request, transfer?: readonly ArrayBuffer[]): Promise<A> {
    const answer = await new Promise<Answer>((resolve, reject) => {
      if (this.#fault) {
        reject(this.#fault);
        return;
      }
      this.#answered = resolve;
      this.#refused = reject;
      this.thread?.post(request, transfer);
    });
    return answer as A;
  }

  message(message: unknown): void {
    const told = message as Answer | Progress;
    if (told.tell === 'progress') {
      this.onShare?.(told.share);
    } else {
      this.#answered?.(told);
    }
  }

  failed(reason: string): void {
    this.#refuse(new Error(reason));
  }

  stop(): void {
    this.#refuse(new Stopped());
  }

  #refuse(reason: Error): void {
    this.#fault = reason;
    this.#refused?.(reason);
  }
}

/** Arrays that can be handed over: to copy all of them while they are sent would take a stretch that can be felt. */
async function copyOf(table: SentTable): Promise<SentTable> {
  const { keys, texts, places, byKey } = table;
  const copies = { starts: texts.starts.slice(), ends: texts.ends.slice() };
  await aTurn();
  return {
    ...table,
    keys: { bytes: keys.bytes.slice(), starts: keys.starts.slice(), ends: keys.ends.slice() },
    texts: copies,
    places: places.slice(),
    byKey: { ...byKey, slots: byKey.slots.slice() },
  };
}

function buffersOf(source: SentSource): readonly ArrayBuffer[] {
  if ('list' in source) {
    return [];
  }
  const { keys, texts, places, byKey } = source.table;
  const arrays = [keys.bytes, keys.starts, keys.ends, texts.starts, texts.ends, places, byKey.slots];
  return arrays.map(({ buffer }) => buffer as ArrayBuffer);
}

// Bytes copied between two pauses: a fraction of a millisecond.
const copiedAtOnce = 1 << 20;

/** A buffer that holds these bytes and nothing else, and can be handed over: theirs, where it does. */
async function ownBuffer(bytes: Uint8Array): Promise<ArrayBuffer> {
  if (bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength) {
    return bytes.buffer;
  }
  const own = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at += copiedAtOnce) {
    own.set(bytes.subarray(at, at + copiedAtOnce), at);
    await aTurn();
  }
  return own.buffer;
}
