import type { TextEdit } from '../insertion.ts';
import { moved, reread, type Citation, type Cite, type Reading } from '../reading.ts';

/** What rewrites a citation: edits in order, which do not overlap; their offsets are those of the text before. */
export interface Rewritten {
  readonly edits: readonly TextEdit[];
}

/** It can't be rewritten so without a loss: the reason, in one plain sentence. */
export interface Unavailable {
  readonly unavailable: string;
}

export type Rewriting = Rewritten | Unavailable;

/** The text after the edits. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const edit of edits) {
    pieces.push(text.slice(from, edit.start), edit.text);
    from = edit.end;
  }
  pieces.push(text.slice(from));
  return pieces.join('');
}

/** The text after the edits, read. What the edits did not touch is not read again. */
export function rereadAfter(reading: Reading, edits: readonly TextEdit[]): Reading {
  const [first] = edits;
  const last = edits.at(-1);
  if (!first || !last) {
    return reading;
  }
  const text = edited(reading.text, edits);
  const newEnd = last.end + text.length - reading.text.length;
  const steps = reread(reading, text, [{ start: first.start, oldEnd: last.end, newEnd }]);
  for (;;) {
    const step = steps.next();
    if (step.done) {
      return step.value;
    }
  }
}

/** White space as one space; a line break within a block quote takes the marks of its next line along. */
export function collapsed(text: string): string {
  return text.replace(/[ \t]*\r?\n[ \t>]*/g, ' ').replace(/\s+/g, ' ').trim();
}

/** What a cite says, however its white space stands. */
export function senseOf(text: string, { mode, key, prefix, suffix }: Cite): string {
  const behind = collapsed(text.slice(suffix.start, suffix.end)).replace(/^, ?/, '');
  return JSON.stringify([mode, key, collapsed(text.slice(prefix.start, prefix.end)), behind]);
}

/**
 * The text read after the edits, if it says what it should: in the citations' block all other cites say what they said,
 * and these say `expected`. A letter beside the brackets, or brackets behind the key, may change what Pandoc reads.
 */
export function confirmed(
  reading: Reading,
  citations: readonly Citation[],
  edits: readonly TextEdit[],
  expected: readonly string[],
): Reading | undefined {
  const [first] = citations;
  if (!first) {
    return undefined;
  }
  const starts = new Set(citations.map(({ start }) => start));
  const before = citationsAround(reading, first.start);
  const index = before.findIndex(({ start }) => starts.has(start));
  const others = before.filter(({ start }) => !starts.has(start)).map(each => sensesOf(reading.text, each));
  const wanted = [...others.slice(0, index), expected, ...others.slice(index)].flat();
  const after = rereadAfter(reading, edits);
  const found = citationsAround(after, first.start).flatMap(each => sensesOf(after.text, each));
  return found.join() === wanted.join() ? after : undefined;
}

export function sensesOf(text: string, { cites }: Citation): string[] {
  return cites.map(cite => senseOf(text, cite));
}

/**
 * The citations of the block at an offset, with absolute offsets. Those of the whole text are made anew with each
 * reading, which for hundreds of edits one after another would take long.
 */
export function citationsAround(reading: Reading, offset: number): readonly Citation[] {
  const { block, start } = reading.blockAt(offset);
  return block.citations.map(citation => moved(citation, start));
}

/** The index of the first citation that begins at the offset or behind it. */
export function firstFrom(citations: readonly Citation[], offset: number): number {
  let low = 0;
  let high = citations.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (citations[middle]!.start < offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
