import type { FileProblem, Scan, ScanContext, ScannedEntry } from './scan.ts';

/**
 * A scan, as it is kept between two starts: lines of JSON, so that it can be written and read in short steps. The first is a
 * checksum of all behind it, the second says what that is, each other one holds some entries.
 */

// To be raised whenever a scanner comes to find something else in the same file.
const version = 3;

const entriesInLine = 64;

interface Head {
  readonly version: number;
  readonly count: number;
  readonly problems: readonly FileProblem[];
  readonly context: ScanContext;
}

/** In steps of about a millisecond. */
export function* stored({ entries, problems, context }: Scan): Generator<undefined, Uint8Array> {
  const encoder = new TextEncoder();
  const head: Head = { version, count: entries.length, problems, context };
  const lines = [encoder.encode(`${JSON.stringify(head)}\n`)];
  for (let at = 0; at < entries.length; at += entriesInLine) {
    lines.push(encoder.encode(`${JSON.stringify(entries.slice(at, at + entriesInLine))}\n`));
    yield;
  }
  const bytes = new Uint8Array(lines.reduce((sum, line) => sum + line.length, sumLength));
  let end = sumLength;
  for (const line of lines) {
    bytes.set(line, end);
    end += line.length;
    yield;
  }
  bytes.set(encoder.encode(yield* checksum(bytes.subarray(sumLength))));
  return bytes;
}

/** Nothing where it was made by another version, is cut off or damaged. Never throws. */
export function* restored(bytes: Uint8Array): Generator<undefined, Scan | undefined> {
  const entries: ScannedEntry[] = [];
  let head: Head | undefined;
  if (new TextDecoder().decode(bytes.subarray(0, sumLength)) !== (yield* checksum(bytes.subarray(sumLength)))) {
    return undefined;
  }
  for (let at = sumLength; at < bytes.length; ) {
    const newline = bytes.indexOf(10, at);
    const line = parsed(bytes.subarray(at, newline < 0 ? bytes.length : newline));
    if (newline < 0 || (head ? !isEntries(line) : !isHead(line))) {
      return undefined;
    }
    if (head) {
      entries.push(...(line as ScannedEntry[]));
    } else {
      head = line as Head;
    }
    at = newline + 1;
    yield;
  }
  return head?.count === entries.length ? { entries, problems: head.problems, context: head.context } : undefined;
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
  return head?.version === version && typeof head.count === 'number' && Array.isArray(head.problems) && typeof head.context === 'object';
}

function isEntries(line: unknown): line is ScannedEntry[] {
  return Array.isArray(line) && line.every(isEntry);
}

function isEntry(value: unknown): boolean {
  const entry = value as Partial<ScannedEntry> | null;
  return (
    typeof entry?.key === 'string' &&
    typeof entry.start === 'number' &&
    typeof entry.end === 'number' &&
    typeof entry.summary?.title === 'string' &&
    Array.isArray(entry.summary.keywords) &&
    Array.isArray(entry.aliases)
  );
}
