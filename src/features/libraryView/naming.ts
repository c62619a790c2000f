import * as vscode from 'vscode';
import { nameBibliography } from '../../core/importing/nameFile.ts';
import type { KnownKeys } from '../../editor/known.ts';
import type { Manuscripts } from '../../editor/manuscripts.ts';
import type { Readings } from '../../editor/readings.ts';
import { commandId } from '../../manifest.ts';

const name = 'references.bib';

/** Writes `bibliography: references.bib` into the metadata, its name selected, for the writer to put another in its place; leads to the one that is there. */
export async function nameInManuscript(manuscripts: Manuscripts, readings: Readings, known: KnownKeys): Promise<void> {
  const editor = await manuscripts.current();
  if (!editor) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a manuscript first.'));
    return;
  }
  const { document } = editor;
  const { metadata, metadataIn } = await known.of(document);
  const there = metadata.bibliographies.at(-1);
  if (there) {
    // A second `bibliography:` would make the metadata unreadable.
    await vscode.commands.executeCommand(commandId('_goTo'), metadataIn.uri.toString(), there.start, there.end);
    return;
  }
  const reading = await readings.of(document);
  const { offset, insert } = nameBibliography(document.getText(), reading?.frontMatter, name);
  await editor.edit(builder => builder.insert(document.positionAt(offset), insert));
  const start = document.getText().indexOf(`bibliography: ${name}`, offset) + 'bibliography: '.length;
  const selected = new vscode.Selection(document.positionAt(start), document.positionAt(start + name.length));
  const column = vscode.window.visibleTextEditors.find(each => each.document === document)?.viewColumn;
  await vscode.window.showTextDocument(document, { selection: selected, ...(column && { viewColumn: column }) });
}
