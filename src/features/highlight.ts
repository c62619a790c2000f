import * as vscode from 'vscode';
import { placesOf } from '../core/occurrences.ts';
import { quietly } from '../editor/edges.ts';
import { keyAtPosition, metadataIn, rangeOf } from '../editor/keyAtPosition.ts';
import type { KnownKeys } from '../editor/known.ts';
import { manuscripts } from '../editor/manuscripts.ts';
import type { Readings } from '../editor/readings.ts';

/** Marks every cite of the work at the caret, those of `nocite:` with them, and its entry in the metadata. */
export function registerHighlight(
  readings: Readings,
  known: KnownKeys,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.languages.registerDocumentHighlightProvider(manuscripts, {
    provideDocumentHighlights: (document, position, token) =>
      quietly(log, async () => {
        const found = await keyAtPosition(document, position, readings, known);
        if (!found || token.isCancellationRequested) {
          return undefined;
        }
        return placesOf(found.reading, metadataIn(document, found.known), found.place.key).map(
          ({ mark, isDeclaration }) =>
            new vscode.DocumentHighlight(
              rangeOf(document, mark),
              isDeclaration ? vscode.DocumentHighlightKind.Write : vscode.DocumentHighlightKind.Read,
            ),
        );
      }),
  });
}
