import { readManuscript, type CiteFound, type Reading } from '../../src/core/reading.ts';
import { edited, type Rewriting } from '../../src/core/rewrite/rewriting.ts';
import { atCursor } from './cursor.ts';

/** The text after what was done to the citation at the bar; or why it can't be done. */
export function rewrite(marked: string, act: (reading: Reading, found: Required<CiteFound>) => Rewriting): string {
  const { text, caret } = atCursor(marked);
  const reading = readManuscript(text);
  const found = reading.citationAt(caret);
  if (!found) {
    return 'no citation';
  }
  const { citation, cite = citation.cites[0]! } = found;
  const result = act(reading, { citation, cite });
  return 'edits' in result ? edited(text, result.edits) : `unavailable: ${result.unavailable}`;
}
