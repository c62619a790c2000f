import type * as vscode from 'vscode';

/** Files of Quarto, bookdown and Pandoc that give every manuscript below them a bibliography. */
export const projectFileNames: readonly string[] = ['_quarto.yml', '_quarto.yaml', '_bookdown.yml', '_metadata.yml', '_output.yml'];

export const projectFiles: readonly vscode.DocumentFilter[] = [{ pattern: `**/{${projectFileNames.join(',')}}` }];

export function isProjectFile({ path }: vscode.Uri): boolean {
  return projectFileNames.includes(path.slice(path.lastIndexOf('/') + 1));
}
