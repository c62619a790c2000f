import type { Block, Citation, OpaqueSpan, Span } from './reading.ts';

/**
 * The stretches of a block that are no words of its prose: what is opaque, and of each cite the mark and the locator. Asked
 * for piece by piece, from the block's start to its end, so that the spans of a block with a million of them are never all
 * put in order at once. Offsets count from the block's start.
 */
export class SpansAhead {
  readonly #opaque: readonly OpaqueSpan[];
  readonly #citations: readonly Citation[];
  #nextOpaque = 0;
  #nextCitation = 0;
  /** Begun in the piece before, and not over yet. */
  #open: readonly Span[] = [];

  constructor({ opaque, citations }: Pick<Block, 'opaque' | 'citations'>) {
    this.#opaque = opaque;
    this.#citations = citations;
  }

  /** The text of a piece, `[from, to)` of the block that begins at `start`, without the spans. */
  without(text: string, start: number, from: number, to: number): string {
    let kept = '';
    let at = from;
    for (const span of this.#within(to)) {
      kept += text.slice(start + at, start + Math.min(to, Math.max(span.start, at)));
      at = Math.min(to, Math.max(at, span.end));
    }
    return kept + text.slice(start + at, start + to);
  }

  /** What begins before an offset and has not ended before the last one, in order. */
  #within(to: number): readonly Span[] {
    const spans: Span[] = [...this.#open];
    for (; (this.#opaque[this.#nextOpaque]?.start ?? to) < to; this.#nextOpaque += 1) {
      spans.push(this.#opaque[this.#nextOpaque]!);
    }
    for (; (this.#citations[this.#nextCitation]?.start ?? to) < to; this.#nextCitation += 1) {
      for (const { mark, locator } of this.#citations[this.#nextCitation]!.cites) {
        spans.push(mark);
        if (locator) {
          spans.push(locator);
        }
      }
    }
    this.#open = spans.filter(({ end }) => end > to);
    return spans.sort((a, b) => a.start - b.start);
  }
}
