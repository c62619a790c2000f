import type { CitationItem } from 'citeproc';
import { locatorValue } from './locatorValue.ts';
import { capitalized, cited, guardedPrefix } from './mended.ts';
import type { CiteToPrint } from './typesetter.ts';

/**
 * A known cite as the engine takes it; the author whom a sentence names already is left out.
 * @param format the style's, `author-date`
 * @param beginsNote whether a footnote begins with it
 */
export function forEngine(cite: CiteToPrint, format: string, pageDash: string, beginsNote: boolean): CitationItem {
  const { item, mode, prefix, locator } = cite;
  const isSuppressed = mode !== 'parenthetical';
  const mayBeEmpty = isSuppressed && (format === 'author' || (format === 'author-date' && item!.issued === undefined));
  const suffix = `${cite.suffix}${mayBeEmpty ? cited : ''}`;
  return {
    id: item!.id,
    ...(isSuppressed && { 'suppress-author': true }),
    ...(prefix && { prefix: guardedPrefix(beginsNote ? capitalized(prefix) : prefix) }),
    ...(suffix && { suffix }),
    ...(locator && { label: locator.label, locator: locatorValue(locator.label, locator.value, pageDash) }),
  };
}
