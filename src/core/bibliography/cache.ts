import { EntryTable, isTable, type EntryTableParts } from './entryTable.ts';

/**
 * What a scan found, as it is kept between two starts: a checksum of all behind it, a line of JSON, and arrays of numbers, 32
 * bits each with the low byte first, or of bytes. It is written and read in short steps.
 */

// To be raised whenever a scanner comes to find something else in the same file.
const version = 5;

interface Head extends Pick<EntryTableParts, 'unlisted' | 'aliases' | 'problems' | 'context'> {
  readonly version: number;
  /** How many bytes each of the arrays takes. */
  readonly lengths: readonly number[];
}

// So many bytes are copied at once: a fraction of a millisecond.
const copiedAtOnce = 1 << 20;

/** In steps of about a millisecond. */
export function* stored({ parts }: EntryTable): Generator<undefined, Uint8Array> {
  const { keys, texts, places, unlisted, aliases, problems, context } = parts;
  const encoder = new TextEncoder();
  const arrays = [places, keys.starts, keys.ends, keys.bytes, texts.starts, texts.ends, texts.bytes].map(bytesOf);
  const head: Head = { version, lengths: arrays.map(({ length }) => length), unlisted, aliases, problems, context };
  const line = encoder.encode(`${JSON.stringify(head)}\n`);
  yield;
  const bytes = new Uint8Array([line, ...arrays].reduce((sum, { length }) => sum + length, sumLength));
  let end = sumLength;
  for (const piece of [line, ...arrays]) {
    for (let at = 0; at < piece.length; at += copiedAtOnce) {
      bytes.set(piece.subarray(at, at + copiedAtOnce), end + at);
      yield;
    }
    end += piece.length;
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
  const arrays: Uint8Array[] = [];
  let at = newline + 1;
  for (const length of head.lengths) {
    // Copied: numbers of 32 bits can't be read in place from any byte on. Node's own bytes would not be copied by `slice`.
    arrays.push(new Uint8Array(bytes.subarray(at, at + length)));
    at += length;
    yield;
  }
  const [places, keyStarts, keyEnds, keyBytes, starts, ends, textBytes] = arrays;
  if (at !== bytes.length || !places || !keyStarts || !keyEnds || !keyBytes || !starts || !ends || !textBytes) {
    return undefined;
  }
  const { unlisted, aliases, problems, context } = head;
  const parts = {
    keys: { bytes: keyBytes, starts: numbersIn(keyStarts), ends: numbersIn(keyEnds) },
    texts: { bytes: textBytes, starts: numbersIn(starts), ends: numbersIn(ends) },
    places: numbersIn(places), unlisted, aliases, problems, context,
  };
  return isTable(parts) ? yield* EntryTable.whole(parts) : undefined;
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint8Array | Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Of bytes that fill their buffer. */
function numbersIn({ buffer, length }: Uint8Array): Uint32Array {
  return new Uint32Array(buffer, 0, length >> 2);
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
    [head.lengths, head.unlisted, head.aliases, head.problems].every(Array.isArray) &&
    typeof head.context === 'object'
  );
}
