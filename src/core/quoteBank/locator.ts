import { locatorIn } from '../markdown/locators.ts';

/** What to tell of a locator as it is typed; a hindrance keeps it from being taken. */
export interface LocatorRemark {
  readonly message: string;
  readonly isHindrance: boolean;
}

/** Whether Pandoc reads the words as one of CSL's locators, `p. 3`, `chap. 2`, `§ 4`; nothing where it does. */
export function locatorRemark(written: string): LocatorRemark | undefined {
  const text = written.trim();
  if (text === '') {
    return { message: 'Without a locator no reader finds the words again.', isHindrance: false };
  }
  if (/[;@[\]]/.test(text)) {
    return { message: 'A locator has no ; @ [ or ], which end a citation or begin another.', isHindrance: true };
  }
  const read = readLocator(text);
  if (read === undefined) {
    const message = 'Pandoc reads this as words, not as a locator; one looks like “p. 3”, “pp. 3-4”, “chap. 2” or “fig. 1”.';
    return { message, isHindrance: false };
  }
  return read === text ? undefined : { message: `Pandoc takes “${read}” for the locator, and the rest for words.`, isHindrance: false };
}

/** What of the text, from its beginning, is a locator. */
export function readLocator(text: string): string | undefined {
  const found = locatorIn(`, ${text}`, { start: 0, end: text.length + 2 });
  return found && text.slice(0, found.end - 2);
}

/** Whether the whole text is a locator with its label: `p. 3`, not `3`. */
export function isLabelledLocator(text: string): boolean {
  return /^(?:\p{L}|[§¶])/u.test(text) && /\d|\b[ivxlcdm]+$/i.test(text) && readLocator(text) === text;
}

/** The locator at the end of `Feder et al., 2021, p. 3`; nothing where there is none. */
export function locatorAtEnd(citation: string): string | undefined {
  const parts = Array.from(citation.matchAll(/(?:^|[,;:(]|\))\s*/g), ({ 0: mark, index }) => index + mark.length);
  return parts.map(start => citation.slice(start).trim()).find(isLabelledLocator);
}

/** The locator that a page's label makes, as PDF files give it: `3`, `iv`, `S12`, `3-4`. */
export function pageLocator(label: string): string {
  const page = label.trim();
  return page === '' ? '' : /[-–,]/.test(page) ? `pp. ${page}` : `p. ${page}`;
}
