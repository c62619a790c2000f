import type { FrontMatter } from '../frontMatter.ts';
import { metadataPlaces, citedPlaces } from '../occurrences.ts';
import type { Reading } from '../reading.ts';

/**
 * The keys that Pandoc may look up for a manuscript: those that it cites, also in the text of its metadata, which an
 * abstract may, and those that it lists. Quarto's cross-references are among them.
 */
export function keysToFind(reading: Reading, metadata: Pick<FrontMatter, 'nocite'>, inherited: readonly string[]): ReadonlySet<string> {
  const listed = metadataPlaces({ entries: [], ...metadata }, reading.text);
  return new Set([...[...citedPlaces(reading), ...listed].map(({ key }) => key), ...inherited]);
}

/** Whether `nocite:` lists every entry of the bibliographies. */
export function listsAll({ nocite = [] }: Pick<FrontMatter, 'nocite'>, inherited: readonly string[]): boolean {
  return inherited.includes('*') || nocite.some(({ cites }) => cites.some(({ key }) => key === '*'));
}

/** Pandoc reads BibTeX and CSL of any version; RIS and EndNote XML only of late, PubMed's files never. */
export function isForPandoc(path: string): boolean {
  return /\.(?:bib|bibtex|biblatex|json|ya?ml)$/i.test(path);
}
