import * as vscode from 'vscode';
import { cardUri } from '../editor/card.ts';
import type { BibliographyFiles } from '../editor/bibliographyFiles.ts';
import { quietly } from '../editor/edges.ts';
import { keyAtPosition, rangeOf, type KeyFound } from '../editor/keyAtPosition.ts';
import type { KnownKeys } from '../editor/known.ts';
import { manuscripts } from '../editor/manuscripts.ts';
import type { Readings } from '../editor/readings.ts';

/** Leads from a cite to its entry in the metadata, to the study's card, or to the entry in a bibliography file. */
export function registerDefinition(
  readings: Readings,
  known: KnownKeys,
  files: BibliographyFiles,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.languages.registerDefinitionProvider(manuscripts, {
    provideDefinition: (document, position, token) =>
      quietly(log, async () => {
        const found = await keyAtPosition(document, position, readings, known);
        const target = found && !token.isCancellationRequested ? await targetOf(found, files) : undefined;
        return target && [{ ...target, originSelectionRange: rangeOf(document, found!.place.mark) }];
      }),
  });
}

async function targetOf(
  { place: { key }, known }: KeyFound,
  files: BibliographyFiles,
): Promise<vscode.LocationLink | undefined> {
  const entry = known.declared.find(each => each.key === key);
  if (entry && known.declaredIn) {
    return { targetUri: known.declaredIn.uri, targetRange: rangeOf(known.declaredIn, entry) };
  }
  if (known.study(key)) {
    return { targetUri: cardUri(key), targetRange: new vscode.Range(0, 0, 0, 0) };
  }
  const filed = await files.find(known, key);
  return filed && { targetUri: filed.uri, targetRange: filed.range };
}
