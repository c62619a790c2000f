import * as vscode from 'vscode';
import { exportFormats, exportText, isExportFormat, type ExportFormat } from '../../core/export/formats.ts';
import { merge, type Merged } from '../../core/export/merge.ts';
import { writtenKey } from '../../core/declarations.ts';
import { atTheEdge } from '../../editor/edges.ts';
import { nameOf } from '../../editor/files.ts';
import type { InFront } from '../../editor/inFront.ts';
import type { KnownKeys } from '../../editor/known.ts';
import { isTooLong, type Readings } from '../../editor/readings.ts';
import { registerCommand, type GivenExport } from '../../manifest.ts';
import { changeFile, textOfFile } from './changeFile.ts';
import { checkEnding, chooseFile, chooseFormat, chooseIfExists, type IfExists } from './choose.ts';
import { collect, type Collected } from './collect.ts';
import { KeepInStep } from './keepInStep.ts';
import { nameInManuscript } from './naming.ts';
import { faultMessage, tell } from './telling.ts';

const { t } = vscode.l10n;

export interface ExportNeeds {
  readonly inFront: InFront;
  readonly readings: Readings;
  readonly known: KnownKeys;
  readonly log: vscode.LogOutputChannel;
}

/** Writes what the manuscript in front cites into a bibliography file, on demand or whenever it is saved. */
export function registerExporting(needs: ExportNeeds, memory: vscode.Memento): vscode.Disposable {
  return vscode.Disposable.from(
    new KeepInStep(needs),
    registerCommand('exportBibliography', atTheEdge(needs.log, given => exportBibliography(needs, memory, given))),
  );
}

async function exportBibliography(needs: ExportNeeds, memory: vscode.Memento, given: GivenExport = {}): Promise<void> {
  const { document } = needs.inFront;
  if (!document || isTooLong(document)) {
    void vscode.window.showInformationMessage(document ? t('This manuscript is too long to be read.') : t('There is no manuscript whose bibliography could be exported.'));
    return;
  }
  const collected = await gather(document, needs);
  if (!collected || isNothing(collected)) {
    return;
  }
  const format = isExportFormat(given.format) ? given.format : await chooseFormat(memory);
  const uri = format && (given.file === undefined ? await chooseFile(document, format) : vscode.Uri.parse(given.file));
  if (!format || !uri) {
    return;
  }
  checkEnding(uri, format);
  const how = await howTo(uri, collected, given.ifExists);
  if (!how) {
    return;
  }
  const written = await write(uri, how, format, collected);
  if (!written) {
    return;
  }
  if (given.isNamed) {
    await nameInManuscript(document, uri, needs);
  }
  await tell(uri, written, collected, document, needs);
}

function gather(document: vscode.TextDocument, { readings, known }: ExportNeeds): Promise<Collected | undefined> {
  const options = { location: vscode.ProgressLocation.Window, title: t('Gathering the references…') };
  return Promise.resolve(vscode.window.withProgress(options, (_, token) => collect(document, readings, known, token)));
}

function isNothing({ works, unknown }: Collected): boolean {
  if (works.length === 0) {
    const words = unknown.length > 0 ? t('Nothing was exported. There are no data of {0}.', unknown.join(', ')) : t('Nothing is cited in this manuscript yet.');
    void vscode.window.showInformationMessage(words);
  }
  return works.length === 0;
}

/** What becomes of what the file holds; a file without anything is written anew. */
async function howTo(uri: vscode.Uri, { from }: Collected, given: IfExists | undefined): Promise<IfExists | undefined> {
  const before = await textOfFile(uri);
  if (before === undefined || before.trim() === '') {
    return 'replace';
  }
  const mayReplace = !from.has(uri.toString());
  const how = given ?? (await chooseIfExists(uri, mayReplace));
  if (how === 'replace' && !mayReplace) {
    throw new Error(t('Entries of your own in {0} are cited, and would be replaced by copies. Add to the file, or choose another.', nameOf(uri)));
  }
  return how;
}

/** Nothing where the writer stopped it; then nothing is written. */
async function write(uri: vscode.Uri, how: IfExists, format: ExportFormat, { works }: Collected): Promise<Merged | undefined> {
  const options = { location: vscode.ProgressLocation.Notification, title: t('Writing {0}', nameOf(uri)), cancellable: true };
  return vscode.window.withProgress(options, async (_, token) => {
    try {
      return await changeFile(uri, text => (how === 'replace' ? anew(works, format) : into(text, works, format, uri, token)));
    } catch (error) {
      if (error instanceof vscode.CancellationError) {
        return undefined;
      }
      throw error;
    }
  });
}

async function into(text: string, works: Collected['works'], format: ExportFormat, uri: vscode.Uri, token: vscode.CancellationToken): Promise<Merged> {
  const result = await merge(text, exportFormats[format].format, works, async () => {
    await new Promise(resolve => setTimeout(resolve));
    if (token.isCancellationRequested) {
      throw new vscode.CancellationError();
    }
  });
  if ('fault' in result) {
    throw new Error(faultMessage(result.fault, nameOf(uri)));
  }
  return result;
}

async function anew(works: Collected['works'], format: ExportFormat): Promise<Merged> {
  const isPossible = ({ item }: Collected['works'][number]): boolean => writtenKey(item.id, exportFormats[format].format, '') !== undefined;
  const possible = works.filter(isPossible);
  const keys = (some: Collected['works']): readonly string[] => some.map(({ item }) => item.id);
  const impossible = keys(works.filter(each => !isPossible(each)));
  return { text: await exportText(possible, format), added: keys(possible), updated: [], current: [], left: [], impossible };
}
