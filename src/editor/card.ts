import * as vscode from 'vscode';

/** The scheme of the read-only documents that hold a study's card: `ketamine-study:/feder2021.md`. */
export const cardScheme = 'ketamine-study';

export function cardUri(key: string): vscode.Uri {
  return vscode.Uri.from({ scheme: cardScheme, path: `/${key}.md` });
}

/** Shows the card, rendered. The same preview is used again, so that browsing does not fill the window with tabs. */
export async function showCard(key: string): Promise<void> {
  await vscode.commands.executeCommand('markdown.showPreview', cardUri(key));
}
