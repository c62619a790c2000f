/**
 * The text of a file, decoded in chunks and never held as a whole: 60 MB in one string would take twice as much memory, and
 * making it would block everything else for longer than can be felt.
 */

/** What a file is written in. `windows-1252` is what is left where it is not UTF-8: every byte is a letter of it. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** So many bytes are decoded at once: a fraction of a millisecond. */
const chunkSize = 1 << 18;

/** From 0. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

export class FileText {
  readonly encoding: Encoding;
  readonly #bytes: Uint8Array;
  /** Where each chunk begins, in bytes, and in code units once it was decoded. */
  readonly #byteStarts: number[] = [];
  readonly #starts: number[];
  #last: { readonly chunk: number; readonly text: string } | undefined;

  /**
   * The bytes are kept and must not change.
   *
   * @param starts what another of the same bytes and encoding found out.
   */
  constructor(bytes: Uint8Array, encoding: Encoding, starts: readonly number[] = [0]) {
    this.encoding = encoding;
    this.#bytes = bytes;
    this.#starts = [...starts];
    for (let at = markLength(bytes, encoding); at < bytes.length || this.#byteStarts.length === 0; ) {
      this.#byteStarts.push(at);
      at = borderBefore(bytes, Math.min(bytes.length, at + chunkSize), encoding);
    }
  }

  /** Where the chunks begin that were decoded so far, in UTF-16 code units; until all were, the first slice far back takes long. */
  get starts(): readonly number[] {
    return this.#starts;
  }

  /** The chunks in order, without a byte order mark; `onShare` is told what share of them was taken, from 0 to 1. */
  *chunks(onShare?: (share: number) => void): Generator<string, void> {
    for (let chunk = 0; chunk < this.#byteStarts.length; chunk += 1) {
      const text = this.#decoded(chunk);
      this.#starts[chunk + 1] = this.#starts[chunk]! + text.length;
      yield text;
      onShare?.((chunk + 1) / this.#byteStarts.length);
    }
  }

  /** The text between two offsets in UTF-16 code units. */
  readonly slice = (start: number, end: number): string => {
    let text = '';
    for (let chunk = this.#chunkAt(start); chunk < this.#byteStarts.length && this.#startOf(chunk) < end; chunk += 1) {
      const from = this.#startOf(chunk);
      text += this.#decoded(chunk).slice(Math.max(0, start - from), end - from);
    }
    return text;
  };

  /** The lines and characters, from 0, of ascending offsets, as an editor counts them; in steps of about a millisecond. */
  *positions(offsets: readonly number[]): Generator<undefined, readonly TextPosition[]> {
    const positions: TextPosition[] = [];
    let line = 0;
    let lineStart = 0;
    for (let chunk = 0; chunk < this.#byteStarts.length && positions.length < offsets.length; chunk += 1) {
      const from = this.#startOf(chunk);
      const text = this.#decoded(chunk);
      for (let at = text.indexOf('\n'); ; at = text.indexOf('\n', at + 1)) {
        const next = at < 0 ? from + text.length : from + at;
        while (positions.length < offsets.length && offsets[positions.length]! <= next) {
          positions.push({ line, character: offsets[positions.length]! - lineStart });
        }
        if (at < 0) {
          break;
        }
        line += 1;
        lineStart = next + 1;
      }
      yield;
    }
    while (positions.length < offsets.length) {
      positions.push({ line, character: offsets[positions.length]! - lineStart });
    }
    return positions;
  }

  #decoded(chunk: number): string {
    if (this.#last?.chunk !== chunk) {
      const bytes = this.#bytes.subarray(this.#byteStarts[chunk], this.#byteStarts[chunk + 1]);
      this.#last = { chunk, text: new TextDecoder(this.encoding, { ignoreBOM: true }).decode(bytes) };
    }
    return this.#last.text;
  }

  #startOf(chunk: number): number {
    for (let known = this.#starts.length - 1; known < chunk; known += 1) {
      this.#starts.push(this.#starts[known]! + this.#decoded(known).length);
    }
    return this.#starts[chunk]!;
  }

  #chunkAt(offset: number): number {
    let chunk = 0;
    while (chunk + 1 < this.#byteStarts.length && this.#startOf(chunk + 1) <= offset) {
      chunk += 1;
    }
    return chunk;
  }
}

/** What a file's bytes turned out to be. */
export interface Decoding {
  readonly encoding: Encoding;
  /** Whether there are bytes that are none of that encoding's, or that only may be. */
  readonly isDoubtful: boolean;
}

/** What the bytes are written in, found out in steps. Without a mark at the start it is UTF-8, unless that is impossible. */
export function* decodingOf(bytes: Uint8Array): Generator<undefined, Decoding> {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { encoding: first === 0xff ? 'utf-16le' : 'utf-16be', isDoubtful: false };
  }
  const unmarked = unmarkedUtf16(bytes);
  if (unmarked) {
    return { encoding: unmarked, isDoubtful: false };
  }
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += chunkSize) {
      decoder.decode(bytes.subarray(at, at + chunkSize), { stream: true });
      yield;
    }
    decoder.decode();
    return { encoding: 'utf-8', isDoubtful: false };
  } catch {
    return { encoding: (yield* isMostlyUtf8(bytes)) ? 'utf-8' : 'windows-1252', isDoubtful: true };
  }
}

/** One damaged letter must not make others of all the letters that are not. */
function* isMostlyUtf8(bytes: Uint8Array): Generator<undefined, boolean> {
  let letters = 0;
  let faults = 0;
  for (let at = 0, next = chunkSize; at < bytes.length; ) {
    const length = letterLength(bytes, at);
    letters += length > 1 ? 1 : 0;
    faults += length === 0 ? 1 : 0;
    at += length || 1;
    if (at > next) {
      next += chunkSize;
      yield;
    }
  }
  return letters > faults;
}

/** How many bytes the letter has that begins there; none where that is no UTF-8. */
function letterLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  const length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  for (let more = 1; more < length; more += 1) {
    if (((bytes[at + more] ?? 0) & 0xc0) !== 0x80) {
      return 0;
    }
  }
  return length;
}

/** UTF-16 without its mark: every other byte of a text in Latin letters is zero. */
function unmarkedUtf16(bytes: Uint8Array): Encoding | undefined {
  const head = bytes.subarray(0, 512);
  const zeros = [0, 0];
  head.forEach((byte, at) => {
    zeros[at & 1]! += byte === 0 ? 1 : 0;
  });
  const most = head.length / 2;
  if (most < 4) {
    return undefined;
  }
  return zeros[1]! > most * 0.8 && zeros[0]! < most * 0.2
    ? 'utf-16le'
    : zeros[0]! > most * 0.8 && zeros[1]! < most * 0.2
      ? 'utf-16be'
      : undefined;
}

function markLength(bytes: Uint8Array, encoding: Encoding): number {
  const [first, second, third] = bytes;
  switch (encoding) {
    case 'utf-8':
      return first === 0xef && second === 0xbb && third === 0xbf ? 3 : 0;
    case 'windows-1252':
      return 0;
    default:
      return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) ? 2 : 0;
  }
}

/** Not inside a character: where one begins, at most a few bytes back. */
function borderBefore(bytes: Uint8Array, at: number, encoding: Encoding): number {
  if (at >= bytes.length || encoding === 'windows-1252') {
    return at;
  }
  if (encoding === 'utf-8') {
    let border = at;
    while (border > at - 4 && (bytes[border]! & 0xc0) === 0x80) {
      border -= 1;
    }
    return border;
  }
  const even = at - ((at - 2) % 2);
  const high = bytes[even - (encoding === 'utf-16le' ? 1 : 2)]!;
  return (high & 0xfc) === 0xd8 ? even - 2 : even;
}
