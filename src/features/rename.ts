import * as vscode from 'vscode';
import { writtenKey } from '../core/declarations.ts';
import { faultOfNewName, faultOfOldName, typedKey, withKey, type RenameRules } from '../core/renaming.ts';
import { isStudy } from '../core/study.ts';
import type { BibliographyFiles, FiledEntry } from '../editor/bibliographyFiles.ts';
import { keyAtPosition, rangeOf, type KeyFound } from '../editor/keyAtPosition.ts';
import type { KnownKeys } from '../editor/known.ts';
import { manuscripts } from '../editor/manuscripts.ts';
import type { Readings } from '../editor/readings.ts';
import type { KeysOfText, WorkspaceManuscripts } from '../editor/workspaceManuscripts.ts';

/** Renames a key wherever the workspace cites or declares it. What can't be renamed says why, in VS Code's own box. */
export function registerRename(
  readings: Readings,
  known: KnownKeys,
  workspace: WorkspaceManuscripts,
  files: BibliographyFiles,
): vscode.Disposable {
  const keyAt = async (document: vscode.TextDocument, position: vscode.Position): Promise<KeyFound> => {
    const found = await keyAtPosition(document, position, readings, known);
    if (!found) {
      throw new Error(vscode.l10n.t('There is no citekey here to rename.'));
    }
    const fault = faultOfOldName(found.place.key, rulesOf(found));
    if (fault) {
      throw new Error(fault);
    }
    return found;
  };
  return vscode.languages.registerRenameProvider(manuscripts, {
    prepareRename: async (document, position) => {
      const { place } = await keyAt(document, position);
      return { range: rangeOf(document, place.keySpan), placeholder: place.key };
    },
    provideRenameEdits: async (document, position, newName, token) => {
      const found = await keyAt(document, position);
      const { key: oldKey } = found.place;
      const newKey = typedKey(newName);
      if (newKey === oldKey) {
        return new vscode.WorkspaceEdit();
      }
      const texts = await textsWith(oldKey, found, workspace, files, token);
      const named = await filesOf(found, texts, files);
      const taken = [...(await workspace.find(newKey, token)).texts].find(declares)?.uri;
      const filed = await files.findAll(named, newKey);
      const fault = faultOfNewName(newKey, { ...rulesOf(found), declaredIn: () => nameOf(taken ?? filed[0]?.uri) });
      if (fault) {
        throw new Error(fault);
      }
      const entries = await files.findAll(named, oldKey);
      return token.isCancellationRequested ? undefined : editOf(newKey, texts, entries);
    },
  });
}

function rulesOf({ known }: KeyFound): RenameRules {
  return {
    isBundled: key => isBundled(known, key),
    declaredIn: key => (known.declared.some(entry => entry.key === key) ? nameOf(known.declaredIn?.uri) : undefined),
  };
}

/** Whether a key means a bundled study, which can't be renamed. */
function isBundled({ library }: KeyFound['known'], key: string): boolean {
  const work = library.get(key);
  return work !== undefined && isStudy(work);
}

async function textsWith(
  key: string,
  { known }: KeyFound,
  workspace: WorkspaceManuscripts,
  files: BibliographyFiles,
  token: vscode.CancellationToken,
): Promise<readonly KeysOfText[]> {
  const { texts, isCut } = await workspace.find(key, token);
  if (isCut) {
    throw new Error(
      vscode.l10n.t('The workspace has too many manuscripts to rename {0} in all; open a smaller folder.', key),
    );
  }
  return known.library.studies.some(({ id }) => id === key) ? ofOwnEntry(texts, known, key, files) : texts;
}

/** Where an entry of the writer's own has a bundled study's key, other manuscripts mean the study. */
async function ofOwnEntry(
  texts: readonly KeysOfText[],
  { library, sources }: KeyFound['known'],
  key: string,
  files: BibliographyFiles,
): Promise<readonly KeysOfText[]> {
  const file = library.get(key)?.origin?.file;
  if (sources.some(({ uri, by }) => by !== 'manuscript' && uri.toString() === file)) {
    return texts;
  }
  const declaring = new Set(texts.filter(declares).map(({ uri }) => uri.path));
  const own = await Promise.all(
    texts.map(async text => declaring.has(text.uri.path) || (await files.findAll(text.bibliographies, key)).length > 0),
  );
  return texts.filter((_, index) => own[index]);
}

function declares({ places }: KeysOfText): boolean {
  return places.some(({ isDeclaration }) => isDeclaration);
}

/** The bibliography files of every manuscript that the key stands in, once each. */
async function filesOf(
  { known }: KeyFound,
  texts: readonly KeysOfText[],
  files: BibliographyFiles,
): Promise<readonly vscode.Uri[]> {
  const all = [...files.namedBy(known), ...texts.flatMap(({ bibliographies }) => bibliographies)];
  return [...new Map(all.map(uri => [uri.toString(), uri])).values()];
}

function editOf(newKey: string, texts: readonly KeysOfText[], entries: readonly FiledEntry[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { uri, places } of texts) {
    for (const { mark, written, isDeclaration } of places) {
      edit.replace(uri, mark, isDeclaration ? writtenKey(newKey, 'CSL-YAML', written)! : withKey(written, newKey));
    }
  }
  for (const { uri, range, format, written } of entries) {
    const text = writtenKey(newKey, format, written);
    if (text === undefined) {
      throw new Error(
        vscode.l10n.t('{0} can’t be a key in {1}: {2} has no such marks in keys.', newKey, nameOf(uri)!, format),
      );
    }
    edit.replace(uri, range, text);
  }
  return edit;
}

function nameOf(uri: vscode.Uri | undefined): string | undefined {
  return uri?.path.slice(uri.path.lastIndexOf('/') + 1);
}
