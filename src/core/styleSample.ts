import type { CitableItem } from './cslEngine.ts';
import type { DocumentPrinter } from './printing/stylePrinter.ts';
import type { Reading } from './reading.ts';
import { citationsToPrint } from './typeset/citationsOf.ts';
import type { CitationToPrint } from './typeset/typesetter.ts';

/** A list shows one line. */
const longest = 220;

/** The citation to show styles by: that at the caret, else the first whose works are known; nothing where there is none. */
export function sampleCitation(reading: Reading, caret: number, itemOf: (key: string) => CitableItem | undefined): CitationToPrint | undefined {
  const citations = citationsToPrint(reading, itemOf).filter(({ cites }) => cites.every(({ item }) => item !== undefined));
  return citations.find(({ start, end }) => start <= caret && caret <= end) ?? citations[0];
}

/** A study as a citation of its own. */
export function citationOf(item: CitableItem): CitationToPrint {
  return { cites: [{ key: item.id, item, mode: 'parenthetical', prefix: '', suffix: '' }] };
}

/**
 * How a style prints a citation, and its first work in the bibliography, in one line of plain text.
 * Rejects in plain words where the style fails.
 */
export async function sampleOf(printer: DocumentPrinter, { note: _, ...citation }: CitationToPrint): Promise<string> {
  const { citations, bibliography } = await printer.print([citation]);
  const { text, note } = citations[0]!;
  const cited = note && note.plain !== '' ? `${text.plain}¹ ${note.plain}` : text.plain;
  const line = [cited, bibliography[0]?.text.plain].filter(Boolean).join('  ·  ').replace(/\s+/g, ' ');
  return line.length > longest ? `${line.slice(0, longest).trimEnd()}…` : line;
}
