import type { TextEdit } from '../insertion.ts';
import type { Citation, Cite, Reading, Span } from '../reading.ts';
import { isNested, type Kept } from './cited.ts';
import { citeAt } from './locator.ts';
import { citationsAround, firstFrom, rereadAfter, type Rewriting } from './rewriting.ts';

/** What was done to several citations at once, and which were left, and why. */
export interface EachRewritten {
  readonly edits: readonly TextEdit[];
  readonly done: number;
  readonly kept: readonly Kept[];
}

/** Rewrites a citation, of which the cite is the one meant. */
export type Rewrite = (reading: Reading, citation: Citation, cite: Cite) => Rewriting;

/** No citation is longer (code units), so none that begins further before the scopes reaches into them. */
const longest = 1_000;

/**
 * Rewrites every citation that touches a scope, or, by the cite, each cite that a scope means in it. From the last to the
 * first, so that offsets before it stay; each is decided in the text as the later ones have left it.
 */
export function rewriteEach(
  reading: Reading,
  scopes: readonly Span[],
  rewrite: Rewrite,
  by: 'citation' | 'cite' = 'citation',
): EachRewritten {
  const edits: TextEdit[] = [];
  const kept: Kept[] = [];
  let current = reading;
  let done = 0;
  for (const { start, end, index } of targetsIn(reading, scopes, by).reverse()) {
    // Merged with the later ones, it is another than it was.
    const citation = citationsAround(current, start).find(each => each.start === start);
    const cite = citation?.cites[index];
    if (!citation || !cite) {
      continue;
    }
    const result = rewrite(current, citation, cite);
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

/** A citation to rewrite, and the place among its cites of the one that is meant. */
interface Target extends Span {
  readonly index: number;
}

function targetsIn({ citations }: Reading, scopes: readonly Span[], by: 'citation' | 'cite'): Target[] {
  const first = scopes.reduce((least, { start }) => Math.min(least, start), Infinity);
  const last = scopes.reduce((most, { end }) => Math.max(most, end), -1);
  return citations.slice(firstFrom(citations, first - longest), firstFrom(citations, last + 1)).flatMap(citation => {
    const { start, end, cites } = citation;
    const touching = scopes.filter(scope => start <= scope.end && end >= scope.start);
    if (touching.length === 0 || isNested(citations, citation)) {
      return [];
    }
    const meant = new Set(touching.map(scope => cites.indexOf(citeAt(citation, scope.start))));
    const indices = [...meant].sort((a, b) => a - b);
    return (by === 'cite' ? indices : indices.slice(0, 1)).map(index => ({ start, end, index }));
  });
}
