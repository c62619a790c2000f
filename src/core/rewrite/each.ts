import type { TextEdit } from '../insertion.ts';
import type { Citation, Reading, Span } from '../reading.ts';
import { isNested, type Kept } from './cited.ts';
import { citationsAround, firstFrom, rereadAfter, type Rewriting } from './rewriting.ts';

/** What was done to several citations at once, and which were left, and why. */
export interface EachRewritten {
  readonly edits: readonly TextEdit[];
  readonly done: number;
  readonly kept: readonly Kept[];
}

/** No citation is longer (code units), so none that begins further before the scope reaches into it. */
const longest = 1_000;

/**
 * Rewrites every citation that touches the scope. From the last to the first, so that offsets before it stay; each is
 * decided in the text as the later ones have left it.
 */
export function rewriteEach(
  reading: Reading,
  scope: Span,
  rewrite: (reading: Reading, citation: Citation) => Rewriting,
): EachRewritten {
  const edits: TextEdit[] = [];
  const kept: Kept[] = [];
  let current = reading;
  let done = 0;
  const { citations } = reading;
  for (let index = firstFrom(citations, scope.end + 1) - 1; index >= 0; index -= 1) {
    const { start, end } = citations[index]!;
    if (start < scope.start - longest) {
      break;
    }
    // Merged with the later ones, it is another than it was.
    const citation = citationsAround(current, start).find(each => each.start === start);
    if (!citation || end < scope.start || isNested(citations, citations[index]!)) {
      continue;
    }
    const result = rewrite(current, citation);
    if ('unavailable' in result) {
      kept.unshift({ start, end, unavailable: result.unavailable });
    } else {
      edits.unshift(...result.edits);
      done += 1;
      current = rereadAfter(current, result.edits);
    }
  }
  return { edits, done, kept };
}
