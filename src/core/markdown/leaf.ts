import type { Block, Bracket, Citation, OpaqueSpan, Span } from '../reading.ts';
import { longestPiece, pieceEnd } from '../pieces.ts';
import { moved } from './moved.ts';
import { nothing, readInline, type Facts, type Inline } from './inline.ts';

/** Text that is read as inlines: a stretch of the source, or lines of it with something between them that is not text. */
export type Piece = Span | readonly Span[];

/** A block as found by its lines, its inlines not yet read. Absolute offsets. */
export interface Leaf extends Span {
  readonly kind: Block['kind'];
  readonly inQuote: boolean;
  readonly inNote: boolean;
  readonly inRefs: boolean;
  readonly pieces: readonly Piece[];
}

/** Reads the inlines of a block; `undefined` where it is so long that it is read in steps. */
export function shortBlock(text: string, leaf: Leaf, facts: Facts): Block | undefined {
  const [piece, another] = leaf.pieces;
  if (!piece) {
    return holdsMetadataTexts(text, leaf) ? undefined : blockWith(leaf, nothing);
  }
  if (another || leaf.end - leaf.start > longestPiece || yamlLines(leaf)) {
    return undefined;
  }
  const inline =
    'start' in piece
      ? shifted(readInline(text.slice(piece.start, piece.end), facts), piece.start - leaf.start)
      : inlineOfLines(text, piece, leaf, facts);
  return blockWith(leaf, withAttributes(text, leaf, inline));
}

/** Reads the inlines of a block, and yields behind every long piece. A citation over the border of two pieces is not found. */
export function* longBlock(text: string, leaf: Leaf, facts: Facts): Generator<undefined, Block> {
  const citations: Citation[] = [];
  const opaque: OpaqueSpan[] = [];
  const brackets: Bracket[] = [];
  for (const piece of leaf.pieces) {
    const inlines = Array.isArray(piece) ? [inlineOfLines(text, piece, leaf, facts)] : inlinesOf(text, piece as Span, leaf.start, facts);
    for (const inline of inlines) {
      citations.push(...inline.citations);
      opaque.push(...inline.opaque);
      brackets.push(...inline.brackets);
      if (leaf.end - leaf.start > longestPiece) {
        yield;
      }
    }
  }
  return blockWith(leaf, withAttributes(text, leaf, { citations, opaque, brackets }));
}

/** Whether it is YAML metadata that may cite: its texts are Markdown for themselves. */
export function holdsMetadataTexts(text: string, leaf: Leaf): boolean {
  const { kind, start, end, pieces } = leaf;
  const isYaml = kind === 'front matter' && (pieces.length === 0 ? text.startsWith('---', start) : yamlLines(leaf) !== undefined);
  return isYaml && text.slice(start, end).includes('@');
}

/** The lines of metadata that are in a block quote, a list or a note. */
export function yamlLines({ kind, pieces: [piece] }: Leaf): readonly Span[] | undefined {
  return kind === 'front matter' && piece && !('start' in piece) ? piece : undefined;
}

/** A heading whose text ends before its attributes, which are opaque like those of a link. */
function withAttributes(text: string, { kind, start, end, pieces }: Leaf, inline: Inline): Inline {
  const last = kind === 'heading' ? pieces.at(-1) : undefined;
  if (!last || !('end' in last)) {
    return inline;
  }
  const [found, attributes = ''] = /^[ \t]*(\{[^\n]*\})/.exec(text.slice(last.end, end)) ?? [];
  const from = last.end + (found?.length ?? 0) - attributes.length - start;
  return found === undefined ? inline : { ...inline, opaque: [...inline.opaque, { kind: 'attributes', start: from, end: from + attributes.length }] };
}

export function blockWith({ kind, start, end, inQuote, inNote, inRefs }: Leaf, { citations, opaque, brackets }: Inline): Block {
  return { kind, length: end - start, inQuote, inNote, inRefs, citations, opaque, brackets };
}

function* inlinesOf(text: string, { start, end }: Span, origin: number, facts: Facts): Generator<Inline, void> {
  while (start < end) {
    const stop = pieceEnd(text, start, end);
    yield shifted(readInline(text.slice(start, stop), facts), start - origin);
    start = stop;
  }
}

function shifted(inline: Inline, by: number): Inline {
  if (by === 0 || inline === nothing) {
    return inline;
  }
  return {
    citations: inline.citations.map(each => moved(each, by)),
    opaque: inline.opaque.map(({ kind, start, end }) => ({ kind, start: start + by, end: end + by })),
    brackets: inline.brackets.map(({ start, end, closed }) => ({ start: start + by, end: end + by, closed })),
  };
}

/** Lines of which each stands somewhere else: their text is joined, and every offset found in it led back. */
function inlineOfLines(text: string, lines: readonly Span[], { start: origin, kind }: Leaf, facts: Facts): Inline {
  const isTable = kind === 'table';
  const inline = readInline(lines.map(line => text.slice(line.start, line.end)).join('\n'), facts);
  const move = moverTo(lines, origin);
  const place = (citation: Citation): Citation => {
    const placed = moved(citation, move);
    const isBroken = isTable && placed.end - placed.start !== citation.end - citation.start;
    return isBroken ? { ...placed, isBroken } : placed;
  };
  return { citations: inline.citations.map(place), opaque: inline.opaque.map(move), brackets: inline.brackets.map(move) };
}

/** Leads a span of the joined text of lines back to where it is in the source, counted from the origin. */
export function moverTo(lines: readonly Span[], origin: number): <T extends Span>(span: T) => T {
  const map = offsetMap(lines, origin);
  return span => ({ ...span, start: map(span.start), end: span.end > span.start ? map(span.end - 1) + 1 : map(span.start) });
}

function offsetMap(lines: readonly Span[], origin: number): (offset: number) => number {
  const starts: number[] = [];
  let length = 0;
  for (const line of lines) {
    starts.push(length);
    length += line.end - line.start + 1;
  }
  return offset => {
    let index = 0;
    for (let high = starts.length; index + 1 < high; ) {
      const middle = (index + high) >> 1;
      if (starts[middle]! <= offset) {
        index = middle;
      } else {
        high = middle;
      }
    }
    return lines[index]!.start + offset - starts[index]! - origin;
  };
}
