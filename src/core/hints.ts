import { creatorsOf } from './creators.ts';
import { shortAuthors, yearOf } from './describe.ts';
import type { Reading, Span } from './reading.ts';
import type { CslItem } from './study.ts';

/** Author and year, to be shown behind a cite's mark: `@feder2021` → `Feder et al. 2021`. */
export interface Hint {
  readonly offset: number;
  readonly key: string;
  readonly text: string;
}

/** A hint for every cite in `[start, end)` whose work is known. Where the author is suppressed, the year alone. */
export function hintsIn(
  { citations }: Reading,
  { start, end }: Span,
  work: (key: string) => CslItem | undefined,
): Hint[] {
  return citations
    .filter(citation => citation.start < end && start < citation.end)
    .flatMap(({ cites }) => cites)
    .flatMap(({ key, mark, mode }) => {
      const csl = work(key);
      const text = csl && [mode === 'suppress-author' ? '' : authors(csl), yearOf(csl)].filter(Boolean).join(' ');
      return text && mark.start < end && start < mark.end ? [{ offset: mark.end, key, text }] : [];
    });
}

/** A work without a title may name nobody either; the year alone says more than that its author is not known. */
function authors(csl: CslItem): string {
  return creatorsOf(csl).length > 0 ? shortAuthors(csl) : csl.title;
}
