import type { TextEdit } from '../insertion.ts';
import type { Reading } from '../reading.ts';
import { lineBreakEnd, notesOf } from '../rewrite/notes.ts';
import { collapsed, edited } from '../rewrite/rewriting.ts';

/**
 * A manuscript for Markdown that knows no footnotes and no metadata: marks are raised numbers, their notes a list at the end. A note
 * of several paragraphs stays as it is written.
 */
export function withEndnotes(reading: Reading): string {
  const { text, metadata } = reading;
  const { definitions, marks } = notesOf(reading);
  const within = [...definitions.values()];
  const numbers = new Map<string, number>();
  const edits: TextEdit[] = metadata.map(({ start, end }) => ({ start, end, text: '' }));
  for (const { start, end, label } of marks) {
    if (definitions.has(label) && !within.some(each => each.start <= start && end <= each.end)) {
      numbers.set(label, numbers.get(label) ?? numbers.size + 1);
      edits.push({ start, end, text: `<sup>${numbers.get(label)}</sup>` });
    }
  }
  for (const { start, end, label } of within) {
    if (numbers.has(label)) {
      edits.push({ start, end: lineBreakEnd(text, end), text: '' });
    }
  }
  edits.sort((a, b) => a.start - b.start || a.end - b.end);
  const list = Array.from(numbers, ([label, number]) => `${number}. ${collapsed(definitions.get(label)!.text)}`).join('\n');
  return edited(text, edits) + (list === '' ? '' : `\n\n---\n\n${list}\n`);
}
