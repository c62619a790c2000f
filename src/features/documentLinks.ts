import * as vscode from 'vscode';
import { identifiersIn, shownAddress, type Identifier } from '../core/identifiers.ts';
import type { Reading } from '../core/reading.ts';
import { inSlices, quietly } from '../editor/edges.ts';
import { rangeOf } from '../editor/keyAtPosition.ts';
import { isManuscript, manuscripts } from '../editor/manuscripts.ts';
import type { Readings } from '../editor/readings.ts';

/** So many links are made between two pauses. */
const madeAtOnce = 500;

/** Makes the DOIs, PMIDs and PMCIDs of the text links to the work. */
export function registerDocumentLinks(readings: Readings, log: vscode.LogOutputChannel): vscode.Disposable {
  return vscode.languages.registerDocumentLinkProvider(manuscripts, {
    provideDocumentLinks: (document, token) =>
      quietly(log, async () => {
        const reading = isManuscript(document) ? await readings.of(document) : undefined;
        if (!reading || token.isCancellationRequested) {
          return undefined;
        }
        return inSlices(linksIn(reading, document), token);
      }),
  });
}

function* linksIn(reading: Reading, document: vscode.TextDocument): Generator<undefined, vscode.DocumentLink[]> {
  const links: vscode.DocumentLink[] = [];
  for (const identifier of yield* identifiersIn(reading)) {
    links.push(linkTo(identifier, document));
    if (links.length % madeAtOnce === 0) {
      yield;
    }
  }
  return links;
}

function linkTo({ start, end, address }: Identifier, document: vscode.TextDocument): vscode.DocumentLink {
  const link = new vscode.DocumentLink(rangeOf(document, { start, end }), vscode.Uri.parse(address, true));
  link.tooltip = vscode.l10n.t('Open {0} in the browser', shownAddress(address));
  return link;
}
