import * as vscode from 'vscode';
import type { Merged } from '../../core/export/merge.ts';
import type { AppendFault } from '../../core/importing/append.ts';
import { nameOf } from '../../editor/files.ts';
import type { Collected } from './collect.ts';
import type { ExportNeeds } from './exporting.ts';
import { isNamed, nameInManuscript } from './naming.ts';

const { t } = vscode.l10n;

/** So many keys are told by name. */
const mostTold = 10;

/** What was written: `3 references added, 1 updated`. */
export function writtenWords({ added, updated, current, left }: Merged): string {
  const words = [
    added.length > 0 && (added.length === 1 ? t('1 reference added') : t('{0} references added', added.length)),
    updated.length > 0 && t('{0} updated', updated.length),
    current.length > 0 && t('{0} up to date', current.length),
    left.length > 0 && t('{0} of your own left as they are', left.length),
  ];
  return words.filter(Boolean).join(', ');
}

/** Says what was done and what could not be, and offers what comes next. Not waited for, but for what the offers depend on. */
export async function tell(uri: vscode.Uri, written: Merged, collected: Collected, document: vscode.TextDocument, needs: ExportNeeds): Promise<void> {
  const lost = lostWords(written, collected);
  const words = [t('{0}: {1}.', nameOf(uri), writtenWords(written)), ...lost].join(' ');
  const [open, name] = [t('Open'), t('Add to “bibliography:”')];
  const offers = (await isNamed(document, uri, needs.known)) ? [open] : [open, name];
  const show = lost.length > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  void show(words, ...offers).then(async picked => {
    try {
      if (picked === open) {
        await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
      } else if (picked === name) {
        await nameInManuscript(document, uri, needs);
      }
    } catch (error) {
      void vscode.window.showErrorMessage(t('Ketamine Citations: {0}', error instanceof Error ? error.message : String(error)));
    }
  });
}

function lostWords({ impossible }: Merged, { unknown, beyond }: Collected): string[] {
  return [
    ...(unknown.length > 0 ? [t('There are no data of {0}.', listed(unknown))] : []),
    ...(impossible.length > 0 ? [t('This format allows no key such as {0}.', listed(impossible))] : []),
    ...(beyond > 0 ? [t('The manuscript lists {0} more entries by “nocite: @*”, which were left out.', beyond)] : []),
  ];
}

function listed(keys: readonly string[]): string {
  const more = keys.length - mostTold;
  return more > 0 ? t('{0} and {1} more', keys.slice(0, mostTold).join(', '), more) : keys.join(', ');
}

export function faultMessage(fault: AppendFault, file: string): string {
  return fault === 'damaged'
    ? t('{0} can’t be read to its end, so nothing was written to it. Mend it, or choose another file.', file)
    : t('Entries can’t be added to a file such as {0}.', file);
}
