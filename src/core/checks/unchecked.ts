import type { Block } from '../reading.ts';
import type { Problem } from './problem.ts';

/** A paragraph with more citations and brackets than this, or longer (code units), is none that anybody wrote; it is not checked. */
export const mostInBlock = 20_000;
export const longestBlock = 500_000;

/** So much of its beginning is marked. */
const marked = 40;

/** Says that a block of prose is beyond what is checked, and what to do; offsets from the block's start. */
export function uncheckedBlock({ kind, length, citations, brackets }: Block): Problem | undefined {
  const told = (much: string): Problem => ({
    code: 'unchecked-block',
    start: 0,
    end: Math.min(length, marked),
    message: `This ${kind} ${much} and is not checked. Divide it, with a blank line between the parts.`,
    fixes: [],
  });
  if (length > longestBlock) {
    return told(`is longer than ${longestBlock.toLocaleString('en-US')} characters`);
  }
  return citations.length + brackets.length > mostInBlock
    ? told(`has more than ${mostInBlock.toLocaleString('en-US')} citations and brackets`)
    : undefined;
}
