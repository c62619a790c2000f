import { decodeHTMLStrict } from 'entities/decode';

/** `&nbsp;`, `&#160;` or `&#xa0;`; the longest name in HTML 5 has 31 letters. */
const reference = /&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|([A-Za-z][A-Za-z\d]{1,30}));/y;

/** The end of the HTML character reference that begins at an offset; `undefined` if there is none, as in `R&D;`. */
export function referenceEnd(text: string, at: number): number | undefined {
  reference.lastIndex = at;
  const [whole, name] = reference.exec(text) ?? [];
  const isReference = whole !== undefined && (name === undefined || decodeHTMLStrict(whole) !== whole);
  return isReference ? at + whole.length : undefined;
}

/** A text with the characters that its HTML character references stand for. Those without a `;` are no references. */
export function withoutReferences(text: string): string {
  return text.includes('&') ? decodeHTMLStrict(text) : text;
}
