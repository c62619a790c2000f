import type { Block, Citation, Reading, Span } from '../reading.ts';

/** A block with its text; all offsets count from the block's start, in what is read and in what the checks find. */
export interface BlockText {
  readonly block: Block;
  readonly text: string;
}

export function viewOf({ text, blocks, starts }: Reading, index: number): BlockText {
  const block = blocks[index]!;
  const start = starts[index]!;
  return { block, text: text.slice(start, start + block.length) };
}

/** Citations that stand in no other's prefix or suffix. */
export function outermost(citations: readonly Citation[]): Citation[] {
  let end = 0;
  return citations.filter(citation => {
    const isOutermost = citation.start >= end;
    end = Math.max(end, citation.end);
    return isOutermost;
  });
}

export function textOf(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}

/** `a`, `a or b`, `a, b or c`. */
export function either(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
