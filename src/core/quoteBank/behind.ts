import type { Reading, Span } from '../reading.ts';

/** The work that a manuscript cites right behind a quotation. */
export interface CitedBehind {
  readonly key: string;
  /** As it is written; empty where there is none. */
  readonly locator: string;
  /** Where the citation begins: what of the selection lies behind is no part of the quotation. */
  readonly start: number;
}

const longestGap = 200;

/**
 * Of the citation in brackets that the selection ends in, or that stands behind it with nothing between but marks and
 * blanks. One in the text, `@feder2021`, would as well begin the next sentence.
 */
export function citedBehind({ text, citations }: Pick<Reading, 'text' | 'citations'>, { start, end }: Span): CitedBehind | undefined {
  const citation = citations.find(each => {
    if (each.kind !== 'group') {
      return false;
    }
    const isWithin = each.start > start && each.end <= end && isNothing(text.slice(each.end, end).slice(0, longestGap));
    const isBehind = each.start >= end && each.start - end < longestGap && isNothing(text.slice(end, each.start));
    return isWithin || isBehind;
  });
  const cite = citation?.cites[0];
  if (!citation || !cite) {
    return undefined;
  }
  // What Pandoc takes for words may be a place all the same: `Abstract, Objective`.
  const where = cite.locator ?? cite.suffix;
  const locator = text.slice(where.start, where.end).replace(/^[\s,]+/, '').replace(/^\{(.*)\}$/s, '$1').replace(/\s+/g, ' ').trim();
  return { key: cite.key, locator, start: citation.start };
}

function isNothing(gap: string): boolean {
  return /^[\s"'“”„‘’«»*_.,;:>()-]*$/.test(gap) && !/\n[ \t>]*\n/.test(gap);
}

/** What a stretch of Markdown says: without the marks of a block quote, with escaped marks as they print. */
export function plainOfMarkdown(text: string): string {
  return text
    .replace(/^[ \t]*(?:>[ \t]?)+/gm, '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/\\(?=\r?\n|$)/g, '');
}
