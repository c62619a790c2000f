import * as vscode from 'vscode';
import type { BibliographyFiles } from '../editor/bibliographyFiles.ts';
import { quietly } from '../editor/edges.ts';
import { keyAtPosition } from '../editor/keyAtPosition.ts';
import type { KnownKeys } from '../editor/known.ts';
import { manuscripts } from '../editor/manuscripts.ts';
import type { Readings } from '../editor/readings.ts';
import type { WorkspaceManuscripts } from '../editor/workspaceManuscripts.ts';

/** Finds every citation of a work in the workspace, and where its entry is declared. */
export function registerReferences(
  readings: Readings,
  known: KnownKeys,
  workspace: WorkspaceManuscripts,
  files: BibliographyFiles,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.languages.registerReferenceProvider(manuscripts, {
    provideReferences: (document, position, { includeDeclaration }, token) =>
      quietly(log, async () => {
        const found = await keyAtPosition(document, position, readings, known);
        if (!found || token.isCancellationRequested) {
          return undefined;
        }
        const { key } = found.place;
        const { texts, isCut } = await workspace.find(key, token);
        if (isCut) {
          log.warn(`${key} was looked up in the first manuscripts of the workspace only: it has too many.`);
        }
        const cited = texts.flatMap(({ uri, places }) =>
          places
            .filter(({ isDeclaration }) => includeDeclaration || !isDeclaration)
            .map(({ mark }) => new vscode.Location(uri, mark)),
        );
        const filed = includeDeclaration ? await files.findAll(files.namedBy(found.known), key) : [];
        return [...cited, ...filed.map(({ uri, range }) => new vscode.Location(uri, range))];
      }),
  });
}
