import type { Quote } from './study.ts';

/** From this many words on a quotation stands as a block of its own (APA 7, section 8.27). */
export const blockQuoteWords = 40;

/** Words stand between blanks and hold a letter or a digit. Read by character codes: a manuscript has a million. */
export function countWords(text: string): number {
  let count = 0;
  let isCounted = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const kind = code < asciiKinds.length ? asciiKinds[code] : kindOf(String.fromCodePoint(text.codePointAt(at)!));
    if (kind === 'blank') {
      isCounted = false;
    } else if (kind === 'letter' && !isCounted) {
      isCounted = true;
      count += 1;
    }
  }
  return count;
}

type CharKind = 'blank' | 'letter' | 'mark';

function kindOf(char: string): CharKind {
  return /\s/.test(char) ? 'blank' : /[\p{L}\p{N}]/u.test(char) ? 'letter' : 'mark';
}

const asciiKinds: readonly CharKind[] = Array.from({ length: 128 }, (_, code) => kindOf(String.fromCharCode(code)));

/** Opening and closing quotation marks. */
export type QuotationMarks = readonly [open: string, close: string];

// As the CSL locale files print them, where these are typographic and a pair.
const marks: readonly (readonly [marks: QuotationMarks, locales: string])[] = [
  [['«', '»'], 'ca-AD de-CH es-ES eu gl-ES it-IT mn-MN nb-NO nn-NO pt-PT ru-RU uk-UA'],
  [['«\u00a0', '\u00a0»'], 'fr-CA fr-FR'],
  [['„', '“'], 'bg-BG cs-CZ de-AT de-DE et-EE hr-HR is-IS lt-LT sl-SI sr-RS'],
  [['„', '”'], 'hu-HU pl-PL ro-RO'],
  [['‘', '’'], 'cy-GB el-GR en-GB la nl-NL'],
  [['”', '”'], 'fi-FI sv-SE'],
  [['「', '」'], 'ja-JP zh-TW'],
];

/** The locale's typographic quotation marks; American ones for all others. */
export function quotationMarks(locale: string): QuotationMarks {
  return marks.find(([, locales]) => locales.split(' ').includes(locale))?.[0] ?? ['“', '”'];
}

/**
 * Where the quote stands in its work, without the remark on its check: `Abstract (not seen)` gives `Abstract`. The writer's own
 * have no such remark, and `34(1)` is theirs.
 */
export function quoteLocator({ location, own }: Quote): string {
  if (own) {
    return location;
  }
  return location.replace(/\s*\(.*\)\s*$/s, '').trim();
}

/** A locator as it is cited in a language: Pandoc reads `p. 3` as a page in English only, a number alone in every language. */
export function locatorIn(locale: string, locator: string): string {
  const [, pages] = /^pp?\.\s*(\d[\d\s,–-]*)$/.exec(locator) ?? [];
  return pages !== undefined && !/^en\b/i.test(locale) ? pages : locator;
}

/** What to tell a writer about the wording; nothing when print says the same. */
export function wordingRemark(quote: Quote): string | undefined {
  switch (quote.match) {
    case 'exact':
      return undefined;
    case 'variant':
      return `Wording differs from print: ${quote.asPrinted ?? 'see the source'}.`;
    case 'unverified':
      return 'Wording not found in print yet: compare it with the paper before you use it.';
  }
}

/**
 * The quote as Markdown shows it letter for letter: what Markdown would read as markup is escaped, everything else,
 * typographic marks included, stays as it is.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*[\]<$^~@|]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/^(?=#{1,6}\s|[-+]\s|>)/gm, '\\')
    .replace(/^(\d+)([.)])(?=\s)/gm, '$1\\$2');
}
