import type { DeclaredEntry } from './frontMatter.ts';
import type { Cite, Reading, Span } from './reading.ts';

/** A citekey at a place of a manuscript: in a cite, or where the metadata declares it. */
export interface KeyPlace {
  readonly key: string;
  /** What a click marks: `-@feder2021`, or the declared key with its quotation marks. */
  readonly mark: Span;
  /** The key alone. */
  readonly keySpan: Span;
  readonly isDeclaration: boolean;
}

/** The key that the offset stands in or directly behind. `declared` are the entries of this very text. */
export function keyAt(reading: Reading, declared: readonly DeclaredEntry[], offset: number): KeyPlace | undefined {
  const cite = reading.citationAt(offset)?.cite;
  if (cite) {
    return placeOf(cite);
  }
  const entry = declared.find(({ start, end }) => start <= offset && offset <= end);
  return entry && declarationPlace(entry, reading.text);
}

/** Every place of a key in a manuscript, its declarations first. */
export function placesOf(reading: Reading, declared: readonly DeclaredEntry[], key: string): KeyPlace[] {
  return [
    ...declared.filter(entry => entry.key === key).map(entry => declarationPlace(entry, reading.text)),
    ...citedPlaces(reading).filter(place => place.key === key),
  ];
}

/** Every cite of a manuscript, in the order in which they stand. */
export function citedPlaces({ citations }: Reading): KeyPlace[] {
  return citations.flatMap(({ cites }) => cites.map(placeOf));
}

function placeOf({ key, mark, keySpan }: Cite): KeyPlace {
  return { key, mark, keySpan, isDeclaration: false };
}

/** Where the metadata declares a key. */
export function declarationPlace({ key, start, end }: DeclaredEntry, text: string): KeyPlace {
  const quoted = /^["']/.test(text.slice(start, end)) && end - start > 1 ? 1 : 0;
  return { key, mark: { start, end }, keySpan: { start: start + quoted, end: end - quoted }, isDeclaration: true };
}
