import * as vscode from 'vscode';
import { marksIn } from '../../core/evidenceTable/regions.ts';
import { quietly } from '../../editor/edges.ts';
import { isManuscript, manuscripts } from '../../editor/manuscripts.ts';
import { commandId } from '../../manifest.ts';
import type { TableNeeds } from './sources.ts';

/** “Update Evidence Tables” above each table; nothing in a manuscript without one. */
export function registerTableLens({ readings, known, shelf, log }: TableNeeds): vscode.Disposable {
  return vscode.languages.registerCodeLensProvider(manuscripts, {
    provideCodeLenses: document =>
      quietly(log, async () => {
        const reading = isManuscript(document) && document.getText().includes('evidence-table:') ? await readings.of(document) : undefined;
        const { regions } = reading ? marksIn(reading) : { regions: [] };
        if (regions.length > 0) {
          // Read ahead, for a save waits no longer than a second or two for what is to be written.
          await Promise.all([known.of(document), shelf.get()]);
        }
        return regions.map(({ start }) => lensAt(document.positionAt(start)));
      }),
  });
}

function lensAt(at: vscode.Position): vscode.CodeLens {
  const title = vscode.l10n.t('Update Evidence Tables');
  return new vscode.CodeLens(new vscode.Range(at, at), { title, command: commandId('updateEvidenceTables') });
}
