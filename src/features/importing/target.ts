import * as vscode from 'vscode';
import { bibliographyFormat, declarationsIn, type BibliographyFormat } from '../../core/declarations.ts';
import { isWritten } from '../../core/importing/append.ts';
import type { BibliographyFiles } from '../../editor/bibliographyFiles.ts';
import { besides } from '../../editor/bibliographySources.ts';
import { isOnWeb } from '../../editor/files.ts';
import type { KnownKeys } from '../../editor/known.ts';

const { t } = vscode.l10n;

/** The file that the entry goes to. */
export interface Target {
  readonly uri: vscode.Uri;
  readonly format: BibliographyFormat;
  readonly isNew: boolean;
  /** The name for a `bibliography:` that is to be added to the manuscript's metadata. */
  readonly named?: string;
}

interface Row extends vscode.QuickPickItem {
  readonly target?: Target;
}

const defaultName = 'references.bib';
const mostFiles = 200;
/** Bytes; a larger `.json` or `.yaml` is hardly looked into. */
const mostLookedInto = 5_000_000;

/** The bibliography that the writer chooses: one the manuscript names, one of the workspace, or a new one. */
export async function chooseTarget(
  manuscript: vscode.TextDocument | undefined,
  known: KnownKeys,
  files: BibliographyFiles,
): Promise<Target | undefined> {
  const named = manuscript ? files.namedBy(await known.of(manuscript)) : [];
  const rows = await rowsFor(named, manuscript);
  if (rows.length === 0) {
    throw new Error(t('there is no folder to keep a bibliography in. Open a folder, or save the manuscript.'));
  }
  const options = { title: t('Which bibliography gets the entry?'), placeHolder: t('Choose a file; the rest of it stays as it is'), ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(rows, options))?.target;
}

async function rowsFor(named: readonly vscode.Uri[], manuscript: vscode.TextDocument | undefined): Promise<Row[]> {
  const own = named.flatMap(uri => rowOf(uri, t('of this manuscript')));
  const known = new Set(named.map(uri => uri.toString()));
  const others = (await inWorkspace()).filter(uri => !known.has(uri.toString())).flatMap(uri => rowOf(uri, undefined));
  const fresh = await newFile(manuscript, named.length > 0);
  return [...(await Promise.all(own.map(markMissing))), ...others, ...(fresh ? [fresh] : [])];
}

function rowOf(uri: vscode.Uri, description: string | undefined): Row[] {
  const format = isOnWeb(uri) ? undefined : bibliographyFormat(uri.path);
  if (!format || !isWritten(format)) {
    return [];
  }
  const label = `$(book) ${vscode.workspace.asRelativePath(uri)}`;
  return [{ label, description: [format, description].filter(Boolean).join(' · '), target: { uri, format, isNew: false } }];
}

async function markMissing(row: Row): Promise<Row> {
  const { target } = row;
  return target && !(await exists(target.uri)) ? { ...row, detail: t('Is not there yet, and is made'), target: { ...target, isNew: true } } : row;
}

async function inWorkspace(): Promise<readonly vscode.Uri[]> {
  const found = await vscode.workspace.findFiles('**/*.{bib,bibtex,biblatex,ris,json,yaml,yml}', '**/node_modules/**', mostFiles);
  const fits = await Promise.all(found.map(isBibliography));
  return found.filter((_, index) => fits[index]).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Most `.json` and `.yaml` files are something else. */
async function isBibliography(uri: vscode.Uri): Promise<boolean> {
  const format = bibliographyFormat(uri.path);
  if (format === 'BibTeX' || format === 'RIS') {
    return true;
  }
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    const text = size > mostLookedInto ? '' : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    const isList = format === 'CSL-JSON' ? /^\s*\[/.test(text) : /^references:/m.test(text);
    return isList && /["']?type["']?\s*:/.test(text) && declarationsIn(text, format!).length > 0;
  } catch {
    return false;
  }
}

/** Beside the manuscript, or in the folder opened first. */
async function newFile(manuscript: vscode.TextDocument | undefined, namesFiles: boolean): Promise<Row | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const isPlaced = manuscript && (!manuscript.isUntitled || folder);
  if (!isPlaced && !folder) {
    return undefined;
  }
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? defaultName : defaultName.replace('.', `-${number}.`);
    const uri = isPlaced ? besides(manuscript.uri, name) : vscode.Uri.joinPath(folder!, name);
    if (!(await exists(uri))) {
      const target: Target = { uri, format: 'BibTeX', isNew: true, ...(manuscript && !namesFiles && { named: name }) };
      return { label: `$(new-file) ${t('New file…')}`, description: vscode.workspace.asRelativePath(uri), target };
    }
  }
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
