import type { Quote } from './study.ts';

/** From this many words on a quotation stands as a block of its own (APA 7, section 8.27). */
export const blockQuoteWords = 40;

export function countWords(text: string): number {
  return text.match(/\S*[\p{L}\p{N}]\S*/gu)?.length ?? 0;
}

/** Opening and closing quotation marks. */
export type QuotationMarks = readonly [open: string, close: string];

// As the CSL locale files print them; French and its spaces follow fr-FR.
const marks: Readonly<Record<string, QuotationMarks>> = {
  'en-US': ['“', '”'],
  'en-GB': ['‘', '’'],
  'de-DE': ['„', '“'],
  'fr-FR': ['«\u00a0', '\u00a0»'],
  'es-ES': ['«', '»'],
};

/** The locale's typographic quotation marks; American ones for a locale that is not known. */
export function quotationMarks(locale: string): QuotationMarks {
  return marks[locale] ?? ['“', '”'];
}

/** Where the quote stands in its work, without the remark on its check: `Abstract (not seen)` gives `Abstract`. */
export function quoteLocator({ location }: Quote): string {
  return location.replace(/\s*\(.*\)\s*$/s, '').trim();
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
