import * as vscode from 'vscode';
import { bibliographyFormat } from '../../core/declarations.ts';
import { isMarkable, mayBeMarked } from '../../core/export/mark.ts';
import { merge, type MergedWork } from '../../core/export/merge.ts';
import { citedBy } from '../../editor/citedWorks.ts';
import { aTurn, quietly } from '../../editor/edges.ts';
import { isOnWeb, nameOf } from '../../editor/files.ts';
import type { KnownOfDocument } from '../../editor/known.ts';
import { isManuscript } from '../../editor/manuscripts.ts';
import { isTooLong } from '../../editor/readings.ts';
import { settingsFor } from '../../manifest.ts';
import { changeFile, textOfFile } from './changeFile.ts';
import { knownWhenRead } from './collect.ts';
import type { ExportNeeds } from './exporting.ts';
import { faultMessage, writtenWords } from './telling.ts';

const { t } = vscode.l10n;

/** Milliseconds that a line stays in the status bar. */
const timeToSee = 4000;
/** Bytes; a larger bibliography is not looked into at every save. */
const largest = 20_000_000;

/**
 * Brings the bibliography that we exported to up to date whenever the manuscript is saved: studies of ours that it cites are
 * added, entries of ours that differ are written anew. What is no longer cited stays, and so does every entry of the writer's.
 */
export class KeepInStep implements vscode.Disposable {
  readonly #needs: ExportNeeds;
  readonly #listeners: vscode.Disposable;
  /** One after the other: two manuscripts may have the same bibliography. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(needs: ExportNeeds) {
    this.#needs = needs;
    this.#listeners = vscode.Disposable.from(
      vscode.workspace.onDidSaveTextDocument(document => isManuscript(document) && this.#saved(document, document.uri)),
      vscode.workspace.onDidSaveNotebookDocument(notebook => {
        const cell = notebook.getCells().map(({ document }) => document).find(isManuscript);
        if (cell) {
          this.#saved(cell, notebook.uri);
        }
      }),
    );
  }

  #saved(document: vscode.TextDocument, scope: vscode.Uri): void {
    // A folder that is not trusted must not have files written by opening and saving alone.
    if (settingsFor(scope)('export.keepInStep') && vscode.workspace.isTrusted && !isTooLong(document)) {
      this.#queue = this.#queue.then(() => quietly(this.#needs.log, () => this.#step(document)));
    }
  }

  async #step(document: vscode.TextDocument): Promise<void> {
    const { readings, known: knownKeys } = this.#needs;
    const known = await knownWhenRead(knownKeys, document);
    const target = await this.#targetOf(known);
    const works = target && ours(known, (await citedBy(document, readings, knownKeys)).works.map(({ key }) => key), target);
    if (!target || !works?.length) {
      return;
    }
    try {
      await bring(target, works);
    } catch (error) {
      this.#needs.log.error(error instanceof Error ? error : String(error));
      const why = error instanceof Error ? error.message : String(error);
      vscode.window.setStatusBarMessage(`$(warning) ${t('Not kept in step: {0}', why)}`, 2 * timeToSee);
    }
  }

  /** The first file that the manuscript, or else its project, names, to which we have exported and which can be written to. */
  async #targetOf({ sources }: KnownOfDocument): Promise<vscode.Uri | undefined> {
    // In force the last one named comes first.
    const named = ['manuscript', 'project'].flatMap(who => sources.filter(({ by }) => by === who).reverse());
    for (const { uri } of named) {
      const format = bibliographyFormat(uri.path);
      if (format && isMarkable(format) && !isOnWeb(uri) && (await quietly(this.#needs.log, () => isOurTarget(uri)))) {
        return uri;
      }
    }
    return undefined;
  }

  dispose(): void {
    this.#listeners.dispose();
  }
}

async function isOurTarget(uri: vscode.Uri): Promise<boolean> {
  const { fs } = vscode.workspace;
  try {
    const { size, permissions = 0 } = await fs.stat(uri);
    if (size > largest || (permissions & vscode.FilePermission.Readonly) !== 0 || fs.isWritableFileSystem(uri.scheme) === false) {
      return false;
    }
  } catch {
    return false;
  }
  return mayBeMarked((await textOfFile(uri)) ?? '');
}

/** The bundled studies that are cited, but for those of which another file or the metadata have an entry of that key. */
function ours({ library }: KnownOfDocument, keys: readonly string[], target: vscode.Uri): MergedWork[] {
  const studies = new Map(library.studies.map(study => [study.id, study]));
  return keys.flatMap(key => {
    const study = studies.get(key);
    const origin = library.get(key)?.origin;
    if (!study || (origin && origin.file !== target.toString())) {
      return [];
    }
    const item = { ...study.csl, id: key };
    return [{ item, isOurs: true, study: item }];
  });
}

async function bring(target: vscode.Uri, works: readonly MergedWork[]): Promise<void> {
  const format = bibliographyFormat(target.path)!;
  const merged = await changeFile(target, async text => {
    const result = await merge(text, format, works, aTurn);
    if ('fault' in result) {
      throw new Error(faultMessage(result.fault, nameOf(target)));
    }
    return result;
  });
  if (merged.added.length + merged.updated.length > 0) {
    vscode.window.setStatusBarMessage(`$(check) ${t('{0}: {1}.', nameOf(target), writtenWords(merged))}`, timeToSee);
  }
}
