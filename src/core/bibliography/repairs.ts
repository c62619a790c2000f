import type { TextEdit } from '../insertion.ts';
import type { FileProblem } from './scan.ts';

/** The edits that repair the problems, in the order in which they stand; none of two that would change the same place. */
export function repairsOf(problems: readonly FileProblem[]): readonly TextEdit[] {
  const kept: TextEdit[] = [];
  const parts = problems.flatMap(({ repair }) => (repair ? [[...repair].sort(byPlace)] : [])).sort(([a], [b]) => byPlace(a!, b!));
  const taken: TextEdit[] = [];
  for (const edits of parts) {
    // Few: an entry has no more than fifty problems, and only those of one entry can meet.
    const near = taken.slice(-100);
    if (edits.every(edit => near.every(other => edit.start >= other.end || edit.end <= other.start))) {
      taken.push(...edits);
      kept.push(...edits);
    }
  }
  return kept.sort(byPlace);
}

/** The text as it is with all that can be repaired. */
export function withRepairs(text: string, problems: readonly FileProblem[]): string {
  let [repaired, at] = ['', 0];
  for (const edit of repairsOf(problems)) {
    repaired += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return repaired + text.slice(at);
}

function byPlace(a: TextEdit, b: TextEdit): number {
  return a.start - b.start || a.end - b.end;
}
