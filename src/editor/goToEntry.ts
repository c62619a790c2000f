import * as vscode from 'vscode';
import { bibliographyFormat } from '../core/declarations.ts';
import type { Entry } from '../core/study.ts';
import type { Bibliographies } from './bibliographies.ts';
import type { BibliographyFiles } from './bibliographyFiles.ts';
import { inSlices } from './edges.ts';

/** Opens the file that an entry stands in, with the entry in view. */
export async function goToEntry({ id, origin }: Entry, bibliographies: Bibliographies, files: BibliographyFiles): Promise<void> {
  if (!origin) {
    return;
  }
  const uri = vscode.Uri.parse(origin.file, true);
  const open = vscode.workspace.textDocuments.find(each => each.uri.toString() === uri.toString());
  if (open && !bibliographyFormat(uri.path)) {
    // The metadata of a manuscript, which were read as they stand there.
    const selection = new vscode.Range(open.positionAt(origin.start), open.positionAt(origin.end));
    await vscode.commands.executeCommand('vscode.open', uri, { selection });
    return;
  }
  const isChanged = open?.isDirty ?? false;
  // In a text that is not saved it stands elsewhere than when the file was read; of two with the same key the last counts.
  const now = isChanged ? (await files.findAll([uri], id)).at(-1)?.range : undefined;
  const selection = now ?? (await placeOf(origin.start, bibliographies, uri));
  // VS Code hands a large file to no extension, but it shows it.
  await vscode.commands.executeCommand('vscode.open', uri, selection && { selection });
}

async function placeOf(start: number, bibliographies: Bibliographies, uri: vscode.Uri): Promise<vscode.Range | undefined> {
  const text = bibliographies.of(uri).bibliography?.text;
  const [at] = text ? await inSlices(text.positions([start])) : [];
  return at && new vscode.Range(at.line, at.character, at.line, at.character);
}
