import type { Change } from './reading.ts';

/** Two changes of a text, one after the other, as one that covers both. */
export function composed(first: Change, second: Change): Change {
  const end = Math.max(first.newEnd, second.oldEnd);
  return {
    start: Math.min(first.start, second.start),
    oldEnd: end - (first.newEnd - first.oldEnd),
    newEnd: end + (second.newEnd - second.oldEnd),
  };
}
