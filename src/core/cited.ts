import { keyAt } from './markdown/key.ts';

// The @ of an address or of an escape is none of a cite.
const sign = /(?<![\p{L}\p{N}_\\/@.])@/gu;

/**
 * The keys that seem to be cited in a text, to break ties in a search. A scan of the characters: it takes keys in code
 * for citations too, which costs nothing here.
 */
export function citedKeys(text: string): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { index } of text.matchAll(sign)) {
    const found = keyAt(text, index, text.length);
    if (found) {
      keys.add(text.slice(found.start, found.end));
    }
  }
  return keys;
}
