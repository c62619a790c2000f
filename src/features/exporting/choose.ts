import * as vscode from 'vscode';
import { exportFormats, isExportFormat, type ExportFormat } from '../../core/export/formats.ts';
import { bibliographyFormat } from '../../core/declarations.ts';
import { nameOf } from '../../editor/files.ts';
import { askFile } from '../../editor/saveFile.ts';

const { t } = vscode.l10n;
const memoryKey = 'exportFormat';

/** What happens to a file that is there already. */
export type IfExists = 'merge' | 'replace';

interface Row<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** The format that the writer picks, the last one first. */
export async function chooseFormat(memory: vscode.Memento): Promise<ExportFormat | undefined> {
  const remembered = memory.get<unknown>(memoryKey);
  const all = Object.keys(exportFormats).filter(isExportFormat);
  const rows = [...all].sort((a, b) => Number(b === remembered) - Number(a === remembered)).map((value): Row<ExportFormat> => {
    const { label, ending } = exportFormats[value];
    return { value, label, description: `.${ending}`, detail: details[value], alwaysShow: true };
  });
  const options = { title: t('Export Bibliography'), placeHolder: t('As which format?'), ignoreFocusOut: true };
  const picked = (await vscode.window.showQuickPick(rows, options))?.value;
  if (picked) {
    await memory.update(memoryKey, picked);
  }
  return picked;
}

const details: Readonly<Record<ExportFormat, string>> = {
  bibtex: t('For LaTeX with BibTeX, for Pandoc and Quarto, and for most other programs'),
  biblatex: t('For LaTeX with BibLaTeX and Biber, for Pandoc and Quarto; with the day of publication'),
  csljson: t('For Pandoc and Quarto, letter for letter, and for Zotero'),
  cslyaml: t('For Pandoc and Quarto, and to be read and changed by hand'),
  ris: t('For EndNote, Zotero and Mendeley; without markup in titles'),
};

/** Where it is written; beside the manuscript if the writer does not say otherwise. */
export async function chooseFile(document: vscode.TextDocument, format: ExportFormat): Promise<vscode.Uri | undefined> {
  const { label, ending, endings } = exportFormats[format];
  const question = { title: t('Export Bibliography'), saveLabel: t('Export'), name: `references.${ending}`, filters: { [label]: [ending, ...endings] } };
  return askFile(question, document);
}

/** By its name's ending Pandoc knows a file's format. */
export function checkEnding(uri: vscode.Uri, format: ExportFormat): void {
  const { label, ending } = exportFormats[format];
  if (bibliographyFormat(uri.path) !== exportFormats[format].format) {
    throw new Error(t('Pandoc takes {0} for no file of {1}. Choose a name that ends in .{2}.', nameOf(uri), label, ending));
  }
}

/** Asks what to do with a file that has something in it; `mayReplace` is not so where entries of the writer's own would be lost. */
export async function chooseIfExists(uri: vscode.Uri, mayReplace: boolean): Promise<IfExists | undefined> {
  const merge: Row<IfExists> = {
    value: 'merge',
    label: `$(git-merge) ${t('Add to {0} what it lacks', nameOf(uri))}`,
    detail: t('Entries that this extension wrote there are brought up to date; all others stay as they are.'),
  };
  const replace: Row<IfExists> = {
    value: 'replace',
    label: `$(replace-all) ${t('Replace everything in {0}', nameOf(uri))}`,
    detail: t('What is in it now is lost.'),
  };
  const title = t('{0} exists', nameOf(uri));
  return (await vscode.window.showQuickPick(mayReplace ? [merge, replace] : [merge], { title, ignoreFocusOut: true }))?.value;
}
