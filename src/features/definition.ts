import * as vscode from 'vscode';
import { cardUri } from '../editor/card.ts';
import { isStudy, type Origin } from '../core/study.ts';
import type { BibliographyFiles } from '../editor/bibliographyFiles.ts';
import { inSlices, quietly } from '../editor/edges.ts';
import { keyAtPosition, rangeOf, type KeyFound } from '../editor/keyAtPosition.ts';
import type { KnownKeys, KnownOfDocument } from '../editor/known.ts';
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
  const study = known.study(key);
  if (study && isStudy(study)) {
    return { targetUri: cardUri(key), targetRange: new vscode.Range(0, 0, 0, 0) };
  }
  // The place in the file as it is now, which may not be saved, and in a file too large to be looked through that of the last reading.
  const filed = await files.find(known, study?.id ?? key);
  return filed ? { targetUri: filed.uri, targetRange: filed.range } : study?.origin && placeOf(study.origin, known);
}

async function placeOf({ file, start, end }: Origin, { shelf }: KnownOfDocument): Promise<vscode.LocationLink | undefined> {
  const loaded = shelf.files.find(({ uri }) => uri.toString() === file);
  const text = loaded?.bibliography?.text;
  if (!loaded || !text) {
    return undefined;
  }
  const [from, to] = await inSlices(text.positions([start, end]));
  return {
    targetUri: loaded.uri,
    targetRange: new vscode.Range(from!.line, from!.character, to!.line, to!.character),
  };
}
