import { locatorIn, type LocatorTerms } from '../markdown/locators.ts';
import type { CiteMode, Locator } from '../reading.ts';
import { markedUp } from './markedUp.ts';

/** What is written after a key, `, p. 3, and more`, trimmed. */
export interface Written {
  readonly text: string;
  /** Whether nothing is between it and the key. */
  readonly isAttached: boolean;
}

/** What of it is a locator, and what is left for a suffix. */
export interface AfterKey {
  readonly suffix: string;
  readonly locator?: { readonly label: string; readonly value: string };
}

/** The same in another language than English, in which `S. 3` is a locator too. */
export function afterKeyIn(terms: LocatorTerms, written: Written, mode: CiteMode): AfterKey {
  return afterKey(written, mode, locatorIn(written.text, { start: 0, end: written.text.length }, terms));
}

/** @param locator with offsets in the text that is written */
export function afterKey({ text, isAttached }: Written, mode: CiteMode, locator: Pick<Locator, 'label' | 'value' | 'end'> | undefined): AfterKey {
  return {
    suffix: suffixOf(locator ? text.slice(locator.end) : text, mode, locator !== undefined, isAttached),
    ...(locator && { locator: { label: locator.label, value: valueOf(text.slice(locator.value.start, locator.value.end)) } }),
  };
}

/**
 * What stands after the mark and is no locator; a blank parts it from what comes before, unless it begins with a point or comma, and
 * in the brackets after an in-text cite a comma.
 */
function suffixOf(text: string, mode: CiteMode, hasLocator: boolean, isAttached: boolean): string {
  const after = markedUp(text).trim();
  if (after === '' || /^[,.;:]/.test(after)) {
    return after;
  }
  return mode === 'in-text' && !hasLocator ? `, ${after}` : isAttached ? after : ` ${after}`;
}

function valueOf(text: string): string {
  return markedUp(text).replace(/\s+/g, ' ');
}
