/** How a text is written into a file. */
export const encodings = ['UTF-8', 'UTF-8 with mark', 'UTF-16LE', 'UTF-16BE', 'Latin-1'] as const;
export type Encoding = (typeof encodings)[number];

/** The bytes of the text; what Latin-1 does not have is a question mark there. */
export function encoded(text: string, encoding: Encoding): Uint8Array {
  switch (encoding) {
    case 'UTF-8':
      return new TextEncoder().encode(text);
    case 'UTF-8 with mark':
      return new TextEncoder().encode(`\ufeff${text}`);
    case 'Latin-1':
      return Uint8Array.from({ length: text.length }, (_, at) => (text.charCodeAt(at) < 256 ? text.charCodeAt(at) : 63));
    default:
      return utf16(`\ufeff${text}`, encoding === 'UTF-16BE');
  }
}

function utf16(text: string, isBig: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at += 1) {
    view.setUint16(at * 2, text.charCodeAt(at), !isBig);
  }
  return bytes;
}
