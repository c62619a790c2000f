import type * as vscode from 'vscode';

/** Files of Quarto, bookdown and Pandoc that give every manuscript below them a bibliography. */
export const projectFileNames: readonly string[] = ['_quarto.yml', '_quarto.yaml', '_bookdown.yml', '_metadata.yml', '_metadata.yaml', '_output.yml'];

export const projectFiles: readonly vscode.DocumentFilter[] = [{ pattern: `**/{${projectFileNames.join(',')}}` }];

export function isProjectFile({ path }: vscode.Uri): boolean {
  return projectFileNames.includes(path.slice(path.lastIndexOf('/') + 1));
}

/** Those whose `nocite:` Quarto gives to the manuscripts below; the others hold bookdown's settings, which are no metadata. */
export const listingFiles = '_{quarto,metadata}.{yml,yaml}';

export function maySayNocite({ path }: vscode.Uri): boolean {
  return /(?:^|\/)_(?:quarto|metadata)\.ya?ml$/.test(path);
}
