import type { Appended, AppendFault } from './append.ts';

/** A file's bytes with something added, and where. */
export interface Spliced {
  readonly bytes: Uint8Array;
  readonly text: string;
}

export type SpliceFault = AppendFault | 'encoding';

interface Encoding {
  readonly name: string;
  /** Bytes of the byte order mark. */
  readonly mark: number;
  /** Bytes of a text of the file. */
  readonly sizeOf: (text: string) => number;
  readonly encode: (text: string) => Uint8Array | undefined;
}

/**
 * Adds to a file and leaves every other byte as it is: its byte order mark, its encoding, its line ends. UTF-8 and UTF-16
 * are known by themselves; in any other encoding only ASCII can be added, which stands the same in all of them.
 */
export async function splice(
  bytes: Uint8Array,
  addition: (text: string) => Promise<Appended>,
): Promise<Spliced | { readonly fault: SpliceFault }> {
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding.name, { ignoreBOM: true }).decode(bytes.subarray(encoding.mark));
  const added = await addition(text);
  if ('fault' in added) {
    return added;
  }
  const inserted = encoding.encode(added.insert);
  if (!inserted) {
    return { fault: 'encoding' };
  }
  const at = encoding.mark + encoding.sizeOf(text.slice(0, added.offset));
  const result = new Uint8Array(bytes.length + inserted.length);
  result.set(bytes.subarray(0, at));
  result.set(inserted, at);
  result.set(bytes.subarray(at), at + inserted.length);
  return { bytes: result, text: text.slice(0, added.offset) + added.insert + text.slice(added.offset) };
}

function encodingOf(bytes: Uint8Array): Encoding {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) {
    return { name: 'utf-16le', mark: 2, sizeOf: twice, encode: text => utf16(text, true) };
  }
  if (first === 0xfe && second === 0xff) {
    return { name: 'utf-16be', mark: 2, sizeOf: twice, encode: text => utf16(text, false) };
  }
  const mark = first === 0xef && second === 0xbb && third === 0xbf ? 3 : 0;
  return isUtf8(bytes)
    ? { name: 'utf-8', mark, sizeOf: text => utf8(text).length, encode: utf8 }
    : { name: 'latin1', mark: 0, sizeOf: text => text.length, encode: asciiOnly };
}

function twice(text: string): number {
  return text.length * 2;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function utf16(text: string, isLittle: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let index = 0; index < text.length; index += 1) {
    view.setUint16(index * 2, text.charCodeAt(index), isLittle);
  }
  return new Uint8Array(view.buffer);
}

function asciiOnly(text: string): Uint8Array | undefined {
  return /[^\0-\x7f]/.test(text) ? undefined : utf8(text);
}
