import * as vscode from 'vscode';
import { writtenKey, type BibliographyFormat } from '../core/declarations.ts';
import type { NociteStyle } from '../core/nociteField.ts';
import { isInCitation, seemsInCitation } from '../core/occurrences.ts';
import { faultOfNewName, faultOfOldName, typedKey, withKey, withKeyInYaml, type RenameRules } from '../core/renaming.ts';
import { isStudy } from '../core/study.ts';
import type { BibliographyFiles, FiledEntry } from '../editor/bibliographyFiles.ts';
import { keyAtPosition, rangeOf, type KeyFound } from '../editor/keyAtPosition.ts';
import type { KnownKeys } from '../editor/known.ts';
import { isManuscript, manuscripts } from '../editor/manuscripts.ts';
import { isTooLong, type Readings } from '../editor/readings.ts';
import type { KeysOfText, WorkspaceManuscripts } from '../editor/workspaceManuscripts.ts';

/** VS Code's own rename in Markdown: of headings, and of links, for which it takes `[@feder2021]`. */
const builtIn = 'vscode.markdown-language-features';

/**
 * Renames a key wherever the workspace cites or declares it. What can't be renamed says why and changes nothing: in a citation
 * no other provider is asked, for VS Code's own would take the citation for a link or write the heading without it.
 */
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
  /** Outside of citations and declared keys an error lets the next provider answer. */
  const orRefuse = async <T>(document: vscode.TextDocument, position: vscode.Position, run: () => Promise<T>, refuse: (reason: string) => T): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      if (!(await isOurs(document, position, readings, known))) {
        throw error;
      }
      return refuse(isTooLong(document) ? vscode.l10n.t('The document is longer than is read, so no key in it can be renamed.') : reasonOf(error));
    }
  };
  return firstInLine({
    prepareRename: (document, position) => {
      const run = async (): Promise<{ range: vscode.Range; placeholder: string }> => {
        const { place } = await keyAt(document, position);
        return { range: rangeOf(document, place.keySpan), placeholder: place.key };
      };
      return orRefuse(document, position, run, reason => {
        throw lastWord(reason);
      });
    },
    provideRenameEdits: (document, position, newName, token) =>
      orRefuse(document, position, () => editsFor(document, position, newName, token), reason => {
        void vscode.window.showWarningMessage(reason);
        // An empty edit is an answer; after a rejection the next provider would be asked.
        return new vscode.WorkspaceEdit();
      }),
  });

  async function editsFor(document: vscode.TextDocument, position: vscode.Position, newName: string, token: vscode.CancellationToken): Promise<vscode.WorkspaceEdit> {
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
    return token.isCancellationRequested ? new vscode.WorkspaceEdit() : editOf(newKey, texts, entries);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * What to throw so that VS Code shows the reason at the caret and asks no other provider. An error or a string means to it that
 * this provider has nothing to say; a Markdown string, passed on as it is, ends the rename.
 */
function lastWord(reason: string): Pick<vscode.MarkdownString, 'value'> {
  const { value } = new vscode.MarkdownString().appendText(reason);
  return { value };
}

/** Whether the position is in a citation or on a declared key, so that no other provider can mean the right thing. */
async function isOurs(document: vscode.TextDocument, position: vscode.Position, readings: Readings, known: KnownKeys): Promise<boolean> {
  const seems = (): boolean => isManuscript(document) && seemsInCitation(document.lineAt(position).text, position.character);
  try {
    const reading = await readings.of(document);
    if (!reading) {
      return seems();
    }
    return isInCitation(reading, document.offsetAt(position)) || (await keyAtPosition(document, position, readings, known)) !== undefined;
  } catch {
    return seems();
  }
}

/**
 * Registers a provider and keeps it before all others: of equals VS Code asks the one that was registered last. Its own
 * registers when a Markdown file is opened; others may do so at any time.
 */
function firstInLine(provider: vscode.RenameProvider): vscode.Disposable {
  let registered = vscode.languages.registerRenameProvider(manuscripts, provider);
  let isDisposed = false;
  let isAwaited = false;
  const again = (): void => {
    if (!isDisposed) {
      registered.dispose();
      registered = vscode.languages.registerRenameProvider(manuscripts, provider);
    }
  };
  const awaitBuiltIn = (document: vscode.TextDocument): void => {
    if (document.languageId === 'markdown' && !isAwaited) {
      isAwaited = true;
      // It is being activated by this file anyway.
      void vscode.extensions.getExtension(builtIn)?.activate().then(again, again);
    }
  };
  vscode.workspace.textDocuments.forEach(awaitBuiltIn);
  const listeners = vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(awaitBuiltIn),
    vscode.window.onDidChangeActiveTextEditor(editor => editor && isManuscript(editor.document) && again()),
  );
  return new vscode.Disposable(() => {
    isDisposed = true;
    listeners.dispose();
    registered.dispose();
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
    for (const { mark, written, isDeclaration, yaml } of places) {
      const cited = (): string => (yaml ? keyInYaml(uri, newKey, written, yaml.style) : withKey(written, newKey));
      edit.replace(uri, mark, isDeclaration ? keyIn(uri, 'CSL-YAML', newKey, written) : cited());
    }
  }
  for (const { uri, range, format, written } of entries) {
    edit.replace(uri, range, keyIn(uri, format, newKey, written));
  }
  return edit;
}

function keyInYaml(uri: vscode.Uri, newKey: string, written: string, style: NociteStyle | undefined): string {
  const text = withKeyInYaml(written, newKey, style);
  if (text === undefined) {
    throw new Error(vscode.l10n.t('{0} can’t be written in the metadata of {1}, where its marks have another meaning.', newKey, nameOf(uri)!));
  }
  return text;
}

function keyIn(uri: vscode.Uri, format: BibliographyFormat, newKey: string, written: string): string {
  const text = writtenKey(newKey, format, written);
  if (text === undefined) {
    throw new Error(
      vscode.l10n.t('{0} can’t be a key in {1}: {2} has no such marks in keys.', newKey, nameOf(uri)!, format),
    );
  }
  return text;
}

function nameOf(uri: vscode.Uri | undefined): string | undefined {
  return uri?.path.slice(uri.path.lastIndexOf('/') + 1);
}
