import type { DeclaredEntry, FrontMatter } from './frontMatter.ts';
import type { Citation, Cite, Reading, Span } from './reading.ts';

/** A citekey at a place of a manuscript: in a cite, or where the metadata declares it. */
export interface KeyPlace {
  readonly key: string;
  /** What a click marks: `-@feder2021`, or the declared key with its quotation marks. */
  readonly mark: Span;
  /** The key alone. */
  readonly keySpan: Span;
  readonly isDeclaration: boolean;
  /** Whether it is cited in metadata, where YAML has its own escapes. */
  readonly isInYaml?: true;
}

/** Where metadata holds keys: its entries, and what `nocite:` lists. */
export type KeysOfMetadata = Pick<FrontMatter, 'entries' | 'nocite'>;

/** The key that the offset stands in or directly behind. The metadata is that of this very text. */
export function keyAt(reading: Reading, metadata: KeysOfMetadata, offset: number): KeyPlace | undefined {
  const cite = reading.citationAt(offset)?.cite;
  const place = cite && placeOf(cite);
  return place ?? metadataPlaces(metadata, reading.text).find(({ mark }) => mark.start <= offset && offset <= mark.end);
}

/** Whether the offset is in a citation or at its edge: on a key, a prefix, a locator or a bracket. Nothing else is meant there. */
export function isInCitation({ citations }: Pick<Reading, 'citations'>, offset: number): boolean {
  return citations.some(({ start, end }) => start <= offset && offset <= end);
}

// Of a text that is too long to be read.
const seemsCited = /\[[^[\]]*@[^[\]]*\]|-?@(?:\{[^{}\s]*\}|[\p{L}\p{N}_][^\s\]]*)/gu;

/** Whether the place on the line seems to be in a citation, for a text that was not read. */
export function seemsInCitation(line: string, character: number): boolean {
  return Array.from(line.matchAll(seemsCited)).some(({ index, 0: found }) => index <= character && character <= index + found.length);
}

/** Every place of a key in a manuscript, its declarations first. */
export function placesOf(reading: Reading, metadata: KeysOfMetadata, key: string): KeyPlace[] {
  return [...metadataPlaces(metadata, reading.text), ...citedPlaces(reading)].filter(place => place.key === key);
}

/** Every place in metadata: its declarations, then what `nocite:` lists; `@*` stands for no work. */
export function metadataPlaces({ entries, nocite = [] }: KeysOfMetadata, text: string): KeyPlace[] {
  return [...entries.map(entry => declarationPlace(entry, text)), ...placesIn(nocite).map(inYaml)];
}

/** The keys that a text cites. */
export function citedKeys({ blocks }: Pick<Reading, 'blocks'>): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { citations } of blocks) {
    for (const { cites } of citations) {
      cites.forEach(({ key }) => keys.add(key));
    }
  }
  return keys;
}

/** Every cite of a manuscript, in the order in which they stand. */
export function citedPlaces({ citations, metadata }: Pick<Reading, 'citations' | 'metadata'>): KeyPlace[] {
  const isIn = ({ mark }: KeyPlace): boolean => metadata.some(({ start, end }) => start <= mark.start && mark.end <= end);
  return placesIn(citations).map(place => (isIn(place) ? inYaml(place) : place));
}

function inYaml(place: KeyPlace): KeyPlace {
  return { ...place, isInYaml: true };
}

function placesIn(citations: readonly Citation[]): KeyPlace[] {
  return citations.flatMap(({ cites }) => cites.filter(({ key }) => key !== '*').map(placeOf));
}

function placeOf({ key, mark, keySpan }: Cite): KeyPlace {
  return { key, mark, keySpan, isDeclaration: false };
}

/** Where the metadata declares a key. */
function declarationPlace({ key, start, end }: DeclaredEntry, text: string): KeyPlace {
  const quoted = /^["']/.test(text.slice(start, end)) && end - start > 1 ? 1 : 0;
  return { key, mark: { start, end }, keySpan: { start: start + quoted, end: end - quoted }, isDeclaration: true };
}
