import * as vscode from 'vscode';
import { keyAt, type KeyPlace, type KeysOfMetadata } from '../core/occurrences.ts';
import type { Reading, Span } from '../core/reading.ts';
import type { KnownKeys, KnownOfDocument } from './known.ts';
import { isManuscript } from './manuscripts.ts';
import type { Readings } from './readings.ts';

/** The citekey at a position, and what is known of the manuscript around it. */
export interface KeyFound {
  readonly place: KeyPlace;
  readonly reading: Reading;
  readonly known: KnownOfDocument;
}

/** The key of the cite, or of the declaration in the metadata, that the position stands in or directly behind. */
export async function keyAtPosition(
  document: vscode.TextDocument,
  position: vscode.Position,
  readings: Readings,
  keys: KnownKeys,
): Promise<KeyFound | undefined> {
  if (!isManuscript(document)) {
    return undefined;
  }
  const known = await keys.of(document);
  const reading = await readings.of(document);
  const place = reading && keyAt(reading, metadataIn(document, known), document.offsetAt(position));
  return reading && place && { place, reading, known };
}

/** The keys that the metadata holds, if it stands in this very document. */
export function metadataIn(document: vscode.TextDocument, known: KnownOfDocument): KeysOfMetadata {
  return known.metadataIn === document ? known.metadata : { entries: [] };
}

export function rangeOf(document: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
