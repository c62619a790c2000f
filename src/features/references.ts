import * as vscode from 'vscode';
import type { BibliographyFiles } from '../editor/bibliographyFiles.ts';
import { quietly, type OnceTeller } from '../editor/edges.ts';
import { keyAtPosition } from '../editor/keyAtPosition.ts';
import type { KnownKeys } from '../editor/known.ts';
import { manuscripts } from '../editor/manuscripts.ts';
import type { Readings } from '../editor/readings.ts';
import { mostFiles, type WorkspaceManuscripts } from '../editor/workspaceManuscripts.ts';

/** Finds every citation of a work in the workspace, and where its entry is declared. */
export function registerReferences(
  readings: Readings,
  known: KnownKeys,
  workspace: WorkspaceManuscripts,
  files: BibliographyFiles,
  teller: OnceTeller,
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
          teller.warn(
            vscode.l10n.t(
              'The workspace has more than {0} manuscripts: citations are looked up in the first of them only. Open a smaller folder to find all.',
              mostFiles.toLocaleString('en-US'),
            ),
          );
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
