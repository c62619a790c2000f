import type { Bracket } from '../reading.ts';

/** At most six words, as they stand before a cite: `see also`, `e.g.,`; a digit would make it an interval, `[0, 1)`. */
export const prefixWords = /^\s*(?:(?:[\p{L}’'-]{1,20}[,:]?|e\.\s?g\.,?|i\.\s?e\.,?|cf\.,?|z\.\s?B\.|vgl\.|s\.)\s+){0,6}-?$/u;
/** A locator after a cite. */
export const locatorBehind =
  /^,?\s*(?:pp?\.?|chap\.|chapters?|ch\.|secs?\.|sections?|§+|figs?\.|tables?|para?\.|vol\.|S\.)\s*[\divxlc]+(?:\s*[-–]\s*[\divxlc]+)?/;

/** Brackets in the order in which they open. */
export function inOrder(brackets: readonly Bracket[]): Bracket[] {
  return [...brackets].sort((a, b) => a.start - b.start);
}
