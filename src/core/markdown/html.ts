import type { BlockReader } from './blocks.ts';
import { tagEnd } from './opaque.ts';

/** Tags that end a paragraph. */
const blockTag =
  /<\/?(?:address|article|aside|blockquote|body|canvas|center|col|colgroup|dd|details|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frameset|h[1-6]|head|header|hgroup|hr|html|isindex|li|main|menu|meta|nav|noframes|ol|output|p|pre|script|section|style|summary|table|tbody|td|tfoot|textarea|th|thead|tr|ul)(?=[\s/>])/iy;
const verbatim = /<(pre|script|style|textarea)(?=[\s>])/iy;

export function isBlockTagAt(text: string, at: number): boolean {
  blockTag.lastIndex = at;
  return blockTag.test(text) && tagEnd(text, at) !== undefined;
}

/** `<pre>` and the like: nothing in them is Markdown. */
export function startsVerbatim(text: string, at: number): boolean {
  verbatim.lastIndex = at;
  return verbatim.test(text);
}

/** Behind the closing tag; `undefined` where there is none. */
export function verbatimEnd(reader: BlockReader, at: number): number | undefined {
  verbatim.lastIndex = at;
  const name = verbatim.exec(reader.text)?.[1];
  if (name === undefined) {
    return undefined;
  }
  // Whichever case it is written in, as the opening one is most often.
  const found = [`</${name}`, `</${name.toLowerCase()}`, `</${name.toUpperCase()}`]
    .map(mark => reader.find(mark, at))
    .filter(close => close >= 0);
  const close = found.length > 0 ? Math.min(...found) : -1;
  const end = close < 0 ? -1 : reader.find('>', close);
  return end < 0 ? undefined : end + 1;
}

/** Behind `-->`; `undefined` where the comment is not closed. */
export function commentEnd(reader: BlockReader, at: number): number | undefined {
  const close = reader.find('-->', at + 4);
  return close < 0 ? undefined : close + 3;
}
