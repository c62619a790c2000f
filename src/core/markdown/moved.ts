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

function movedCite(cite: Cite, move: Move): Cite {
  const { start, end } = move(cite);
  const { key, mode, locator } = cite;
  const [keySpan, mark] = [move(cite.keySpan), move(cite.mark)];
  const [prefix, suffix] = [move(cite.prefix), move(cite.suffix)];
  return locator
    ? { start, end, key, keySpan, mark, mode, prefix, suffix, locator: movedLocator(locator, move) }
    : { start, end, key, keySpan, mark, mode, prefix, suffix };
}

function movedLocator(locator: Locator, move: Move): Locator {
  const { start, end } = move(locator);
  const { label, isForced } = locator;
  return { start, end, label, labelSpan: move(locator.labelSpan), value: move(locator.value), isForced };
}
