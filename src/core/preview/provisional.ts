import type { PlacedCitation } from '../typeset/citationsOf.ts';
import type { PrintedCitation, PrintedDocument } from '../typeset/typesetter.ts';
import { pendingHtml } from './html.ts';

/** What stands in for citations that are being printed anew: each as it was printed last, or as it is written. */
export function provisional(
  cited: readonly PlacedCitation[],
  before: { readonly cited: readonly PlacedCitation[]; readonly printed: PrintedDocument } | undefined,
  text: string,
): PrintedDocument {
  const known = new Map(before?.cited.map((citation, index) => [markOf(citation), before.printed.citations[index]!]));
  return {
    citations: cited.map(citation => known.get(markOf(citation)) ?? asWritten(text.slice(citation.start, citation.end))),
    bibliography: before?.printed.bibliography ?? [],
  };
}

/** Equal for citations that print alike, wherever they stand, as long as their works stay as they are. */
export function markOf({ cites, note, opensNote }: PlacedCitation): string {
  return JSON.stringify([cites.map(({ item, ...cite }) => [cite, item !== undefined]), note, opensNote]);
}

function asWritten(written: string): PrintedCitation {
  return { text: { markdown: written, plain: written, html: pendingHtml(written) } };
}
