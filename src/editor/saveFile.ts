import * as vscode from 'vscode';
import { firstExisting, nameOf } from './files.ts';
import { notebookOf } from './readings.ts';

const { t } = vscode.l10n;

/** What the dialog says that asks where a file is written. */
export interface SaveQuestion {
  readonly title: string;
  readonly saveLabel: string;
  /** The name to start with, which can be changed. */
  readonly name: string;
  /** Endings of names, by the name of their format. */
  readonly filters: Readonly<Record<string, readonly string[]>>;
}

/** Asks where a file is written: beside the manuscript, else in the workspace folder, unless another place is chosen. */
export function askFile({ title, saveLabel, name, filters }: SaveQuestion, manuscript: vscode.TextDocument | undefined): Thenable<vscode.Uri | undefined> {
  const saved = manuscript && (notebookOf(manuscript)?.uri ?? manuscript.uri);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const beside = saved && saved.scheme !== 'untitled' ? vscode.Uri.joinPath(saved, '..', name) : folder && vscode.Uri.joinPath(folder, name);
  return vscode.window.showSaveDialog({
    title,
    saveLabel,
    filters: Object.fromEntries(Object.entries(filters).map(([format, endings]) => [format, [...endings]])),
    ...(beside && { defaultUri: beside }),
  });
}

/** The file of an address that a command was given. Errors: it exists, and no dialog has asked whether to replace it. */
export async function newFile(address: string): Promise<vscode.Uri> {
  const file = vscode.Uri.parse(address, true);
  if (await firstExisting([file])) {
    throw new Error(t('{0} exists already; name another file.', nameOf(file)));
  }
  return file;
}

/** Says that a file was written, and offers to open it. Does not wait for an answer. */
export function tellWritten(message: string, file: vscode.Uri): void {
  const open = t('Open');
  void vscode.window.showInformationMessage(message, open).then(picked => {
    if (picked === open) {
      void vscode.commands.executeCommand('vscode.open', file);
    }
  });
}
