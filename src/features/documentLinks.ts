import * as vscode from 'vscode';
import { identifiersIn, shownAddress } from '../core/identifiers.ts';
import { quietly } from '../editor/edges.ts';
import { rangeOf } from '../editor/keyAtPosition.ts';
import { isManuscript, manuscripts } from '../editor/manuscripts.ts';
import type { Readings } from '../editor/readings.ts';

/** Makes the DOIs, PMIDs and PMCIDs of the text links to the work. */
export function registerDocumentLinks(readings: Readings, log: vscode.LogOutputChannel): vscode.Disposable {
  return vscode.languages.registerDocumentLinkProvider(manuscripts, {
    provideDocumentLinks: (document, token) =>
      quietly(log, async () => {
        const reading = isManuscript(document) ? await readings.of(document) : undefined;
        if (!reading || token.isCancellationRequested) {
          return undefined;
        }
        return identifiersIn(reading).map(({ start, end, address }) => {
          const link = new vscode.DocumentLink(rangeOf(document, { start, end }), vscode.Uri.parse(address, true));
          link.tooltip = vscode.l10n.t('Open {0} in the browser', shownAddress(address));
          return link;
        });
      }),
  });
}
