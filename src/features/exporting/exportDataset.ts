import * as vscode from 'vscode';
import { plural } from '../../core/describe.ts';
import { datasetFileName, datasetFormats, datasetText, isDatasetFormat, type DatasetFormat } from '../../core/export/dataset.ts';
import { atTheEdge } from '../../editor/edges.ts';
import { nameOf } from '../../editor/files.ts';
import type { InFront } from '../../editor/inFront.ts';
import type { LibraryAtHand } from '../../editor/library.ts';
import { askFile, newFile, tellWritten } from '../../editor/saveFile.ts';
import { writeWhole } from '../../editor/wholeFile.ts';
import { registerCommand, type GivenDataset } from '../../manifest.ts';
import { checkEnding } from './choose.ts';

const { t } = vscode.l10n;

export interface DatasetNeeds {
  /** The bundled studies, without the quotes that the writer keeps of them. */
  readonly library: LibraryAtHand;
  readonly inFront: InFront;
  readonly log: vscode.LogOutputChannel;
}

/** Writes all bundled studies into a file, for a spreadsheet or for another program that cites. */
export function registerDatasetExport(needs: DatasetNeeds): vscode.Disposable {
  return registerCommand('exportDataset', atTheEdge(needs.log, given => exportDataset(needs, given)));
}

async function exportDataset({ library, inFront }: DatasetNeeds, given: GivenDataset = {}): Promise<void> {
  const shelf = await library.get();
  if (shelf.studies.length === 0) {
    throw new Error(t('There are no studies to export. Reinstall the extension.'));
  }
  const format = isDatasetFormat(given.format) ? given.format : await chooseFormat();
  if (!format) {
    return;
  }
  const { label, ending } = datasetFormats[format];
  const question = { title: t('Export All Studies'), saveLabel: t('Export'), name: datasetFileName(format, shelf.edition), filters: { [label]: [ending] } };
  const file = given.file === undefined ? await askFile(question, inFront.document) : await newFile(given.file);
  if (!file) {
    return;
  }
  if (format === 'csljson') {
    checkEnding(file, format);
  }
  await writeWhole(file, datasetText(shelf, format));
  tellWritten(t('{0} written to {1}.', plural(shelf.studies.length, 'study'), nameOf(file)), file);
}

async function chooseFormat(): Promise<DatasetFormat | undefined> {
  const rows = (['csv', 'csljson'] as const).map(value => {
    const { label, ending } = datasetFormats[value];
    return { value, label, description: `.${ending}`, detail: details[value] };
  });
  const options = { title: t('Export All Studies'), placeHolder: t('Choose a format'), ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(rows, options))?.value;
}

const details: Readonly<Record<DatasetFormat, string>> = {
  csv: t('For spreadsheets and statistics programs: one row a study, with results, doses, identifiers and notices'),
  csljson: t('For Pandoc, Quarto and Zotero: what is needed to cite the studies'),
};
