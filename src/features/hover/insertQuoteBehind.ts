import * as vscode from 'vscode';
import { behindCitation } from '../../core/citeHover.ts';
import { atTheEdge } from '../../editor/edges.ts';
import type { Readings } from '../../editor/readings.ts';
import { commandId, registerCommand } from '../../manifest.ts';

/**
 * Inserts a quote of a cited study behind its citation, wherever the caret was: who points at a citation means that
 * place. The caret then stands behind the quote, or where it was if nothing came of it.
 */
export function registerInsertQuoteBehind(readings: Readings, log: vscode.LogOutputChannel): vscode.Disposable {
  return registerCommand(
    '_insertQuoteBehind',
    atTheEdge(log, async (uri: string, offset: number, key: string) => {
      const document = vscode.workspace.textDocuments.find(each => each.uri.toString() === uri);
      const reading = document && (await readings.of(document));
      const found = reading?.citationAt(offset);
      // The text may have changed while the hover stood there; then the caret is the best place left.
      const isThere = found?.citation.cites.some(cite => cite.key === key);
      const place = isThere ? document?.positionAt(behindCitation(reading!.text, found!.citation)) : undefined;
      const editor = document && place && (await editorOf(document));
      const before = editor?.selection;
      const version = document?.version;
      if (editor && place) {
        editor.selection = new vscode.Selection(place, place);
      }
      await vscode.commands.executeCommand(commandId('insertQuote'), key);
      if (editor && before && document.version === version) {
        editor.selection = before;
      }
    }),
  );
}

/** The editor in which the hover was seen, with the focus; a notebook's cell has it already. */
async function editorOf(document: vscode.TextDocument): Promise<vscode.TextEditor | undefined> {
  const { activeTextEditor: active, visibleTextEditors } = vscode.window;
  const editor = active?.document === document ? active : visibleTextEditors.find(each => each.document === document);
  if (!editor || editor === active || document.uri.scheme === 'vscode-notebook-cell') {
    return editor;
  }
  return vscode.window.showTextDocument(document, editor.viewColumn ?? vscode.ViewColumn.Active);
}
