import type { Block, Reading } from '../reading.ts';
import { outermost, viewOf, type BlockText } from './block.ts';
import { noteLabels, noteMarks } from './notes.ts';

/** What is cited for the words of a block, but not in the block itself. */
export interface CitedBeside {
  readonly keys: readonly string[];
  /** Labels of the footnotes, what they cite being cited too. */
  readonly labels: readonly string[];
}

const nothing: CitedBeside = { keys: [], labels: [] };
const quotationMark = /[“”„‟"«»‹›‘’‚']/u;

/**
 * What is cited in the notes of a block that may quote, and beside a block quote: in its own paragraphs next to this one, in
 * a paragraph before it that ends in a colon, and in a citation or note with which the paragraph behind it begins.
 */
export function citedBeside(reading: Reading, index: number, view: BlockText): CitedBeside {
  const { inQuote } = view.block;
  const labels = inQuote || quotationMark.test(view.text) ? noteLabels(view) : nothing.labels;
  if (!inQuote) {
    return labels.length === 0 ? nothing : { keys: nothing.keys, labels };
  }
  const [before, after] = [viewBeside(reading, index, -1), viewBeside(reading, index, 1)];
  const citing = [...(before && introduces(before) ? [before] : []), ...(after && follows(after) ? [after] : [])];
  return {
    keys: citing.flatMap(({ block }) => block.citations.flatMap(({ cites }) => cites.map(({ key }) => key))),
    labels: [...labels, ...citing.flatMap(noteLabels)],
  };
}

/** The nearest block before or behind that is not blank. */
export function beside(blocks: readonly Block[], index: number, step: 1 | -1): Block | undefined {
  return blocks[indexBeside(blocks, index, step)];
}

function indexBeside(blocks: readonly Block[], index: number, step: 1 | -1): number {
  return blocks[index + step]?.kind === 'blank' ? index + 2 * step : index + step;
}

function viewBeside(reading: Reading, index: number, step: 1 | -1): BlockText | undefined {
  const at = indexBeside(reading.blocks, index, step);
  return reading.blocks[at] && viewOf(reading, at);
}

function introduces({ block, text }: BlockText): boolean {
  return block.inQuote || /:(?:\[\^[^\s\]]{1,100}\])?[*_\s]*$/.test(text.slice(-110));
}

function follows(view: BlockText): boolean {
  return view.block.inQuote || beginsWithCitation(view);
}

function beginsWithCitation(view: BlockText): boolean {
  const first = Math.min(outermost(view.block.citations)[0]?.start ?? Infinity, noteMarks(view)[0]?.start ?? Infinity);
  return first < Infinity && /^[\s>(—–-]*$/.test(view.text.slice(0, first));
}
