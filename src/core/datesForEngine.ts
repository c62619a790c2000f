import type { CslDate } from './study.ts';

/** The engine has no words for the end of a range that goes on: it prints this year, which is taken away again. */
const openYear = 1_000_000_007;

/**
 * A date as the engine takes it: of a range only dates of one kind, so that `2020-05/2021` is 2020 to 2021; and words alone where
 * there are words, as in Pandoc, for it would print `in press2001`.
 */
export function dateForEngine(date: CslDate): CslDate {
  if (date.literal) {
    const { 'date-parts': _, season: _season, ...words } = date;
    return words;
  }
  const [from = [], to] = date['date-parts'] ?? [];
  if (to === undefined) {
    return date;
  }
  const end = to[0] === 0 ? [openYear] : to;
  const length = Math.min(from.length, end.length);
  return { ...date, 'date-parts': length > 0 ? [from.slice(0, length), end.slice(0, length)] : [from] };
}

/** `2010–` in what the engine printed. */
export function withOpenEnds(html: string): string {
  return html.includes(String(openYear)) ? html.replaceAll(String(openYear), '') : html;
}
