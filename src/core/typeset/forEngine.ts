import type { CitationItem } from 'citeproc';
import { locatorValue } from './locatorValue.ts';
import { capitalized, cited, guardedPrefix } from './mended.ts';
import type { CiteToPrint } from './typesetter.ts';

/**
 * A known cite as the engine takes it; the author whom a sentence names already is left out.
 * @param format the style's, `author-date`
 * @param beginsNote whether a footnote begins with it
 * @param part see {@link partsOf}
 */
export function forEngine(cite: CiteToPrint, format: string, pageDash: string, beginsNote: boolean, part: number): CitationItem {
  const { item, mode, prefix, locator } = cite;
  const isSuppressed = mode !== 'parenthetical';
  const mayBeEmpty = isSuppressed && (format === 'author' || (format === 'author-date' && item!.issued === undefined));
  const suffix = `${cite.suffix}${mayBeEmpty ? cited : ''}`;
  return {
    id: item!.id,
    ...(isSuppressed && { 'suppress-author': true }),
    ...(prefix && { prefix: guardedPrefix(beginsNote ? capitalized(prefix) : prefix) }),
    ...(suffix && { suffix }),
    ...(part > 0 && { part }),
    ...(cite.suffix && { hasSuffix: true }),
    ...(locator && { label: locator.label, locator: locatorValue(locator.label, locator.value, pageDash) }),
  };
}

/**
 * The part that each cite of a citation belongs to. A style sorts only cites without words of the writer's, and none past one that has
 * them, as Pandoc does: in `[see @doe; also @author]` the words lead from one to the next.
 */
export function partsOf(cites: readonly CiteToPrint[]): readonly number[] {
  let part = 0;
  return cites.map((cite, index) => {
    if (index > 0 && (hasWords(cite) || hasWords(cites[index - 1]!))) {
      part += 1;
    }
    return part;
  });
}

function hasWords({ prefix, suffix }: CiteToPrint): boolean {
  return prefix !== '' || suffix !== '';
}
