import type * as vscode from 'vscode';

/** Files of Quarto, bookdown and Pandoc that give every manuscript below them a bibliography. */
export const projectFileNames: readonly string[] = ['_quarto.yml', '_quarto.yaml', '_bookdown.yml', '_metadata.yml', '_metadata.yaml', '_output.yml'];

export const projectFiles: readonly vscode.DocumentFilter[] = [{ pattern: `**/{${projectFileNames.join(',')}}` }];

export function isProjectFile({ path }: vscode.Uri): boolean {
  return projectFileNames.includes(path.slice(path.lastIndexOf('/') + 1));
}

/** The first chapter of a bookdown book, whose metadata are those of the whole book, beside a `_bookdown.yml`. */
export const bookIndexName = 'index.Rmd';

export function isBookIndex({ path }: vscode.Uri): boolean {
  return path.endsWith(`/${bookIndexName}`);
}

/** Those of Quarto whose `nocite:` counts for the manuscripts below; `_bookdown.yml` and `_output.yml` hold settings, which are no metadata. */
export const listingFiles = '_{quarto,metadata}.{yml,yaml}';

export function maySayNocite(uri: vscode.Uri): boolean {
  return isBookIndex(uri) || /(?:^|\/)_(?:quarto|metadata)\.ya?ml$/.test(uri.path);
}
