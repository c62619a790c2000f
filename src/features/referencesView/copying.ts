import * as vscode from 'vscode';
import { toBibtex } from '../../core/export.ts';
import { toCslJson } from '../../core/export/cslJson.ts';
import { toRis } from '../../core/export/ris.ts';
import { mostListed } from '../../core/listedEntries.ts';
import type { CitableItem } from '../../core/reference.ts';
import { othersListed, type Cited } from '../../editor/citedWorks.ts';
import { itemsListed } from '../../editor/printing.ts';
import { inSlices } from '../../editor/edges.ts';
import type { References } from '../../editor/references.ts';
import { itemsOf, type ReferencesTree } from './tree.ts';

/** Milliseconds that a line stays in the status bar. */
const timeToSee = 4000;

/** Formats of a list of works. */
export const formats = {
  formatted: (references: References) => async (items: readonly CitableItem[], document: vscode.TextDocument) =>
    (await references.bibliography(items, document)).map(({ text }) => text.markdown).join('\n\n'),
  bibtex: () => async (items: readonly CitableItem[]) => toBibtex(items),
  cslJson: () => async (items: readonly CitableItem[]) => toCslJson(items),
  ris: () => async (items: readonly CitableItem[]) => toRis(items),
};

/** Puts the references of the manuscript in front on the clipboard, and says what could not be among them. */
export async function copyReferences(
  tree: ReferencesTree,
  print: (items: readonly CitableItem[], document: vscode.TextDocument) => Promise<string>,
): Promise<void> {
  const cited = await tree.cited();
  if (!cited) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no manuscript whose references could be copied.'));
    return;
  }
  const others = othersListed(cited);
  const items = [...itemsOf(cited.works), ...(await inSlices(itemsListed(others)))];
  if (items.length > 0) {
    const title = vscode.l10n.t('Printing {0} references…', items.length);
    const text = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
      print(items, cited.document),
    );
    await vscode.env.clipboard.writeText(text);
  }
  tell(items.length, missingFrom(cited), others.count);
}

function missingFrom({ works }: Cited): readonly string[] {
  return works.filter(({ csl }) => !csl).map(({ key }) => key);
}

function tell(count: number, missing: readonly string[], listed: number): void {
  const { t } = vscode.l10n;
  const copied = count === 1 ? t('1 reference copied') : t('{0} references copied', count);
  if (listed > mostListed) {
    const words = t('{0}. The manuscript lists {1} more entries by “nocite: @*”; the first {2} of them are among these.', copied, listed, mostListed);
    void vscode.window.showWarningMessage(words);
  } else if (missing.length > 0) {
    const words = count === 0 ? t('Nothing was copied') : copied;
    void vscode.window.showWarningMessage(t('{0}. There are no data of {1}.', words, missing.join(', ')));
  } else if (count === 0) {
    void vscode.window.showInformationMessage(t('Nothing is cited in this manuscript yet.'));
  } else {
    vscode.window.setStatusBarMessage(`$(check) ${copied}.`, timeToSee);
  }
}
