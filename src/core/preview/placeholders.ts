import type { Reading, Span } from '../reading.ts';
import { divisionOf } from '../render/listPlace.ts';

// Characters that no text uses: a citation's number stands between them. Markdown reads them as letters.
const [open, close] = ['\uf8f0', '\uf8f1'];

/** Finds the placeholders in a text of the preview: what stands before each, and the number in it. */
export const placeholder = new RegExp(`${open}(\\d+)${close}`, 'g');

/** The number of the placeholder at which the bibliography belongs. */
export const listNumber = 999_999;

/**
 * The text with a placeholder for each span, in order, and one where `::: {#refs}` stands. Every line stays where it is, with
 * its marks of block quotes, since the preview scrolls by lines.
 */
export function withPlaceholders(reading: Reading, spans: readonly Span[]): string {
  const list = divisionOf(reading);
  const places = [
    // What stands in metadata the preview does not show as text.
    ...spans.map((span, number) => ({ ...span, number })).filter(({ start }) => reading.blockAt(start).block.kind !== 'front matter'),
    ...(list ? [{ ...list, number: listNumber }] : []),
  ].sort((a, b) => a.start - b.start);
  const { text } = reading;
  let out = '';
  let from = 0;
  for (const { start, end, number } of places) {
    if (start >= from) {
      out += text.slice(from, start) + open + number + close + linesOf(text.slice(start, end));
      from = end;
    }
  }
  return out + text.slice(from);
}

function linesOf(text: string): string {
  return (text.match(/\r?\n[ \t>]*/g) ?? []).join('');
}
