import type { Reading, Span } from '../reading.ts';
import { regionOf } from './region.ts';

const division = /^(:{3,})[ \t]*(?:\{[^}\n]*#refs\b[^}\n]*\}|#refs)[ \t]*:*[ \t]*\r?\n(?:[ \t]*\r?\n)*:{3,}[ \t]*$/gm;

/** Where a manuscript says that its bibliography is to stand: the region that holds one, else the division in which Pandoc sets it. */
export function listPlace(reading: Reading): Span | undefined {
  const region = regionOf(reading);
  return region && 'whole' in region ? region.whole : divisionOf(reading);
}

/** The empty division `::: {#refs}`. */
export function divisionOf(reading: Reading): Span | undefined {
  for (const match of reading.text.matchAll(division)) {
    const { kind } = reading.blockAt(match.index).block;
    if (kind !== 'code' && kind !== 'comment') {
      return { start: match.index, end: match.index + match[0].length };
    }
  }
  return undefined;
}
