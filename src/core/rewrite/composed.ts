import type { TextEdit } from '../insertion.ts';
import type { Span } from '../reading.ts';
import { edited } from './rewriting.ts';

/** The edits that do what the first and then, on the text as it is behind them, the second do; offsets are those of the text before. */
export function composedEdits(text: string, first: readonly TextEdit[], second: readonly TextEdit[]): readonly TextEdit[] {
  if (first.length === 0 || second.length === 0) {
    return first.length === 0 ? second : first;
  }
  const between = edited(text, first);
  let grown = 0;
  const images = first.map(edit => {
    const start = edit.start + grown;
    grown += edit.text.length - (edit.end - edit.start);
    return { start, end: start + edit.text.length, grown, of: edit as TextEdit | undefined, by: undefined as TextEdit | undefined };
  });
  const changes = [...images, ...second.map(edit => ({ start: edit.start, end: edit.end, grown: 0, of: undefined, by: edit }))];
  changes.sort((a, b) => a.start - b.start || a.end - b.end);
  const edits: TextEdit[] = [];
  let before = 0;
  for (let at = 0; at < changes.length; ) {
    const group = [changes[at]!];
    let { end } = group[0]!;
    for (at += 1; at < changes.length && changes[at]!.start <= end; at += 1) {
      group.push(changes[at]!);
      end = Math.max(end, changes[at]!.end);
    }
    const { start } = group[0]!;
    const behind = group.reduce((last, each) => (each.of ? each.grown : last), before);
    const moved = group.flatMap(({ by }) => (by ? [{ ...by, start: by.start - start, end: by.end - start }] : []));
    edits.push({ start: start - before, end: end - behind, text: edited(between.slice(start, end), moved) });
    before = behind;
  }
  return edits;
}

/** Scopes as they lie in the text behind the edits; what an edit wrote belongs whole to a scope that touched what stood there. */
export function scopesAfter(scopes: readonly Span[], edits: readonly TextEdit[]): readonly Span[] {
  return scopes.map(({ start, end }) => ({ start: offsetAfter(edits, start, false), end: offsetAfter(edits, end, true) }));
}

function offsetAfter(edits: readonly TextEdit[], offset: number, isEnd: boolean): number {
  let grown = 0;
  for (const { start, end, text } of edits) {
    if (start > offset) {
      break;
    }
    if (end >= offset && !isEnd) {
      return start + grown;
    }
    grown += text.length - (end - start);
    if (end >= offset) {
      return end + grown;
    }
  }
  return offset + grown;
}
