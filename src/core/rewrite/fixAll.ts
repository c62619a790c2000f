import type { CheckCode, Problem } from '../checks/problem.ts';
import type { TextEdit } from '../insertion.ts';

/** The clear repairs of several problems in one go. */
export interface FixedTogether {
  readonly edits: readonly TextEdit[];
  /** How many problems they mend. */
  readonly count: number;
}

/** Every preferred fix, or those of one kind of problem. Of two that touch the same words the first is taken: mending it may mend both. */
export function fixTogether(problems: readonly Problem[], code?: CheckCode): FixedTogether {
  const fixes = problems
    .filter(problem => code === undefined || problem.code === code)
    .flatMap(({ fixes: offered }) => offered.filter(({ isPreferred, edits }) => isPreferred && edits.length > 0))
    .map(({ edits }) => [...edits].sort((a, b) => a.start - b.start))
    .sort((a, b) => a[0]!.start - b[0]!.start);
  const taken: TextEdit[] = [];
  let count = 0;
  for (const edits of fixes) {
    // A fix stays near its problem, so what it could touch was taken just before.
    const near = taken.slice(-longestFix);
    if (!edits.some(edit => near.some(other => touch(edit, other)))) {
      taken.push(...edits);
      count += 1;
    }
  }
  return { edits: taken.sort((a, b) => a.start - b.start), count };
}

/** No fix has more edits. */
const longestFix = 50;

function touch(a: TextEdit, b: TextEdit): boolean {
  return (a.start < b.end && b.start < a.end) || (a.start === b.start && a.end === b.end);
}
