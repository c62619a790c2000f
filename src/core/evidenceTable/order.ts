import { studyLabel, yearOf } from '../describe.ts';
import { designsOf } from '../evidence.ts';
import type { Study, Vocabulary } from '../study.ts';

/** As the manuscript cites them; newest first; A to Z; in the order of designs, randomized trials first; largest first. */
export const orderIds = ['cited', 'year', 'author', 'design', 'n'] as const;

export type Order = (typeof orderIds)[number];

export function isOrder(word: unknown): word is Order {
  return orderIds.some(id => id === word);
}

interface Row {
  readonly key: string;
  readonly study: Study;
}

type Compare = (a: Row, b: Row) => number;

const byAuthor: Compare = (a, b) =>
  studyLabel(a.study).localeCompare(studyLabel(b.study), 'en', { sensitivity: 'base', numeric: true }) || (a.study.id < b.study.id ? -1 : 1);

const byYear: Compare = (a, b) => yearOf(b.study.csl).localeCompare(yearOf(a.study.csl), 'en', { numeric: true }) || byAuthor(a, b);

/** A study whose size is not stated stands behind those whose is. */
const byN: Compare = (a, b) => (b.study.n ?? -1) - (a.study.n ?? -1) || byAuthor(a, b);

/** The rows in an order. As cited, what the manuscript does not cite stays behind in the order in which it came. */
export function sorted<R extends Row>(rows: readonly R[], order: Order, cited: readonly string[], { designs }: Vocabulary): readonly R[] {
  const places = new Map(cited.map((key, index) => [key, index]));
  const placeOf = ({ key }: Row): number => places.get(key) ?? cited.length;
  // By the first of its designs: a randomized crossover trial is among the randomized trials.
  const strengthOf = ({ study }: Row): number => Math.min(...designsOf(study).map(design => designs.findIndex(({ id }) => id === design)));
  const compare: { readonly [O in Order]: Compare } = {
    cited: (a, b) => placeOf(a) - placeOf(b),
    year: byYear,
    author: byAuthor,
    design: (a, b) => strengthOf(a) - strengthOf(b) || byYear(a, b),
    n: byN,
  };
  return [...rows].sort(compare[order]);
}
