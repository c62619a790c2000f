import type { Citation, Span } from '../reading.ts';

type Move = <T extends Span>(span: T) => T;

/** The same citation, moved by so many code units, or each of its spans as it is told. */
export function moved(citation: Citation, by: number | Move): Citation {
  const move: Move = typeof by === 'number' ? span => ({ ...span, start: span.start + by, end: span.end + by }) : by;
  return {
    ...move(citation),
    cites: citation.cites.map(cite => ({
      ...move(cite),
      keySpan: move(cite.keySpan),
      mark: move(cite.mark),
      prefix: move(cite.prefix),
      suffix: move(cite.suffix),
      ...(cite.locator && {
        locator: { ...move(cite.locator), labelSpan: move(cite.locator.labelSpan), value: move(cite.locator.value) },
      }),
    })),
    ...(citation.brackets && { brackets: move(citation.brackets) }),
  };
}
