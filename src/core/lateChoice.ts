import type { Span } from './reading.ts';

/** A change of a text as an editor reports it: `length` code units from `start` on became `text`. */
export interface TextChange {
  readonly start: number;
  readonly length: number;
  readonly text: string;
}

/** The text after changes that were made one after the other. */
export function changed(text: string, changes: readonly TextChange[]): string {
  return changes.reduce((now, { start, length, text: put }) => now.slice(0, start) + put + now.slice(start + length), text);
}

/**
 * Where a stretch of text is after further changes, one after the other; `undefined` once one of them reached into it. What is
 * typed right before or after it doesn't.
 */
export function movedBy(span: Span, changes: readonly TextChange[]): Span | undefined {
  let { start, end } = span;
  for (const change of changes) {
    if (change.start + change.length <= start) {
      const by = change.text.length - change.length;
      start += by;
      end += by;
    } else if (change.start < end) {
      return undefined;
    }
  }
  return { start, end };
}

/** A stretch of a text, and what is to replace it. */
export interface Replacement extends Span {
  readonly text: string;
}

/**
 * What puts back the text that changes replaced; the spans are those of the text after them. `before` is the text before the
 * first of them. `undefined` where one reached into what another had put.
 */
export function undoing(before: string, changes: readonly TextChange[]): readonly Replacement[] | undefined {
  const back: Replacement[] = [];
  for (const [index, { start, length, text }] of changes.entries()) {
    const span = movedBy({ start, end: start + text.length }, changes.slice(index + 1));
    if (!span) {
      return undefined;
    }
    back.push({ ...span, text: changed(before, changes.slice(0, index)).slice(start, start + length) });
  }
  return back;
}
