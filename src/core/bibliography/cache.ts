import type { TextBlock } from '../packedTexts.ts';
import { EntryTable, isTable, type EntryTableParts, type Unlisted } from './entryTable.ts';
import type { FileProblem, ScanContext } from './scan.ts';

/**
 * What a scan found, as it is kept between two starts: a checksum of all behind it, a line of JSON, the places of the works,
 * and the blocks of their texts, numbers as 32 bits each with the low byte first. It is written and read in short steps.
 */

// To be raised whenever a scanner comes to find something else in the same file.
const version = 4;

interface Head {
  readonly version: number;
  readonly works: number;
  /** How many texts each block has, and how many bytes these take. */
  readonly blocks: readonly (readonly [texts: number, bytes: number])[];
  readonly unlisted: readonly Unlisted[];
  readonly aliases: EntryTableParts['aliases'];
  readonly problems: readonly FileProblem[];
  readonly context: ScanContext;
}

/** In steps of about a millisecond. */
export function* stored({ parts }: EntryTable): Generator<undefined, Uint8Array> {
  const { texts, places, unlisted, aliases, problems, context } = parts;
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [bytesOf(places)];
  const blocks: [number, number][] = [];
  for (const { text, ends } of texts) {
    const bytes = encoder.encode(text);
    pieces.push(bytesOf(ends), bytes);
    blocks.push([ends.length, bytes.length]);
    yield;
  }
  const head: Head = { version, works: places.length / 2, blocks, unlisted, aliases, problems, context };
  pieces.unshift(encoder.encode(`${JSON.stringify(head)}\n`));
  yield;
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, sumLength));
  let end = sumLength;
  for (const piece of pieces) {
    bytes.set(piece, end);
    end += piece.length;
    yield;
  }
  bytes.set(encoder.encode(yield* checksum(bytes.subarray(sumLength))));
  return bytes;
}

/** Nothing where it was made by another version, is cut off or damaged. Never throws. */
export function* restored(bytes: Uint8Array): Generator<undefined, EntryTable | undefined> {
  if (new TextDecoder().decode(bytes.subarray(0, sumLength)) !== (yield* checksum(bytes.subarray(sumLength)))) {
    return undefined;
  }
  const newline = bytes.indexOf(10, sumLength);
  const head = newline < 0 ? undefined : parsed(bytes.subarray(sumLength, newline));
  if (!isHead(head)) {
    return undefined;
  }
  const reader = new Pieces(bytes, newline + 1);
  const places = reader.numbers(2 * head.works);
  const texts: TextBlock[] = [];
  for (const [count, length] of head.blocks) {
    const ends = reader.numbers(count);
    texts.push({ ends, text: reader.text(length) });
    yield;
  }
  const parts = { texts, places, unlisted: head.unlisted, aliases: head.aliases, problems: head.problems, context: head.context };
  return reader.isAtEnd && isTable(parts) ? yield* EntryTable.whole(parts) : undefined;
}

/** Reads one piece after the other; behind the end there are only empty ones. */
class Pieces {
  readonly #bytes: Uint8Array;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  numbers(count: number): Uint32Array {
    // Copied: numbers of 32 bits can't be read in place from any byte on.
    const piece = this.#next(4 * count).slice();
    return new Uint32Array(piece.buffer, 0, piece.length >> 2);
  }

  text(length: number): string {
    return this.#decoder.decode(this.#next(length));
  }

  #next(length: number): Uint8Array {
    const piece = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return piece;
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

const sumLength = 9;
const summedAtOnce = 1 << 17;

/** Fowler, Noll and Vo's hash (FNV-1a, 32 bits) in eight digits, and the line's end. */
function* checksum(bytes: Uint8Array): Generator<undefined, string> {
  let sum = 0x811c9dc5;
  for (let at = 0; at < bytes.length; at += 1) {
    sum = Math.imul(sum ^ bytes[at]!, 0x01000193);
    if (at % summedAtOnce === 0) {
      yield;
    }
  }
  return `${(sum >>> 0).toString(16).padStart(8, '0')}\n`;
}

function parsed(line: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line));
  } catch {
    return undefined;
  }
}

function isHead(line: unknown): line is Head {
  const head = line as Partial<Head> | null | undefined;
  return (
    head?.version === version &&
    typeof head.works === 'number' &&
    [head.blocks, head.unlisted, head.aliases, head.problems].every(Array.isArray) &&
    typeof head.context === 'object'
  );
}
