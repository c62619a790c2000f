import { commonMarkdown } from '../cslMarkup.ts';
import type { Reading, Span } from '../reading.ts';
import { citationSpans, type PlacedCitation } from '../typeset/citationsOf.ts';
import type { PrintedCitation, PrintedDocument } from '../typeset/typesetter.ts';
import { touchesAny, type Kept } from './cited.ts';
import { scopesAfter } from './composed.ts';
import { inMetadata } from './convert.ts';
import { fromPlain, type PrintedPlace } from './plain.ts';

/**
 * The citations of a manuscript that touch a scope, with their words, and those that can't be printed. `cited` are those of the
 * manuscript with all its plain forms restored, as they were printed: numbers and names depend on them, too.
 */
export function printedPlaces(
  reading: Reading,
  { cited, printed }: { readonly cited: readonly PlacedCitation[]; readonly printed: PrintedDocument },
  scopes: readonly Span[],
): { readonly places: readonly PrintedPlace[]; readonly kept: readonly Kept[] } {
  const byStart = new Map(cited.map((citation, index) => [citation.start, { citation, printed: printed.citations[index]! }]));
  const spans = citationSpans(reading).filter(span => touchesAny(span, scopes));
  const restored = scopesAfter(spans, fromPlain(reading).edits);
  const places: PrintedPlace[] = [];
  const kept: Kept[] = [];
  spans.forEach((span, index) => {
    // Cross-references are not among those printed.
    const found = byStart.get(restored[index]!.start);
    const unavailable = found && lossOf(reading, span, found.citation);
    if (unavailable !== undefined) {
      kept.push({ ...span, unavailable });
    } else if (found) {
      places.push({ ...span, words: wordsOf(found.printed, found.citation.note !== undefined) });
    }
  });
  return { places, kept };
}

function lossOf(reading: Reading, { start }: Span, { cites }: PlacedCitation): string | undefined {
  const unknown = cites.find(({ item }) => item === undefined);
  if (unknown) {
    return `no work has the citekey ${unknown.key}`;
  }
  if (reading.blockAt(start).block.kind === 'front matter') {
    return inMetadata;
  }
  return reading.citationAt(start)?.citation.isBroken ? 'it goes over several lines of a table’s cell' : undefined;
}

/** What a style of notes prints stands in parentheses, in a note of the writer's own as it is. */
function wordsOf({ text, note }: PrintedCitation, isInNote: boolean): string {
  const said = note && commonMarkdown(note.html).replace(/\.$/, '');
  const words = [commonMarkdown(text.html), ...(said === undefined ? [] : [isInNote ? said : `(${said})`])];
  return words.filter(each => each !== '').join(' ');
}
