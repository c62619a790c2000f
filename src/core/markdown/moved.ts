import type { Citation, Cite, Locator, Span } from '../reading.ts';

type Move = (span: Span) => Span;

/** The same citation, moved by so many code units, or each of its spans as it is told. */
export function moved(citation: Citation, by: number | Move): Citation {
  const move: Move = typeof by === 'number' ? ({ start, end }) => ({ start: start + by, end: end + by }) : by;
  // Written out, field by field: thousands are moved at once, and spreading objects takes several times as long.
  const { start, end } = move(citation);
  const { kind, brackets, isBroken } = citation;
  const cites = citation.cites.map(cite => movedCite(cite, move));
  const same = brackets ? { start, end, kind, cites, brackets: move(brackets) } : { start, end, kind, cites };
  return isBroken ? { ...same, isBroken } : same;
}

function movedCite({ start, end, key, mode, keySpan, mark, prefix, suffix, locator }: Cite, move: Move): Cite {
  const span = move({ start, end });
  const cite = {
    start: span.start,
    end: span.end,
    key,
    keySpan: move(keySpan),
    mark: move(mark),
    mode,
    prefix: move(prefix),
    suffix: move(suffix),
  };
  return locator ? Object.assign(cite, { locator: movedLocator(locator, move) }) : cite;
}

function movedLocator({ start, end, label, labelSpan, value, isForced }: Locator, move: Move): Locator {
  const span = move({ start, end });
  return { start: span.start, end: span.end, label, labelSpan: move(labelSpan), value: move(value), isForced };
}
