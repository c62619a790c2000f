import type { Annotations } from './annotations.ts';
import { annotationsInJson } from './zoteroJson.ts';
import { annotationsInMarkdown } from './zoteroMarkdown.ts';

/** Longer exports (characters) are not read. */
export const longestExport = 20_000_000;

/** Reads annotations that Zotero exported, as Markdown or as JSON; the text itself tells which. */
export function readAnnotations(text: string): Annotations {
  if (text.length > longestExport) {
    return { annotations: [], others: 0, fault: 'The file is longer than 20 million characters; export fewer annotations at once.' };
  }
  const whole = text.replace(/^\ufeff/, '');
  return /^\s*(?:\[\s*(?:\{|\])|\{)/.test(whole) ? annotationsInJson(whole) : annotationsInMarkdown(whole);
}
