import * as vscode from 'vscode';
import { citationQueryAt } from '../../core/citations.ts';
import { citedKeys } from '../../core/occurrences.ts';
import { quietly } from '../../editor/edges.ts';
import type { LibraryAtHand } from '../../editor/library.ts';
import type { Readings } from '../../editor/readings.ts';
import { registerCommand, type Accepted } from '../../manifest.ts';

/** How many changes back an accepted item's own may lie: its further edits come in changes of their own. */
const remembered = 8;

/** Milliseconds that a remark stays in the status bar. */
const timeToRead = 12_000;

/**
 * Runs when an item was accepted. VS Code inserts the focused item of the list it shows, even when the writer has typed
 * on since and the list for that is still to come. If another study was meant by what stands there now, the insertion
 * is taken back and the list opened anew: a wrong citation is worse than none.
 */
export function registerAccepted(source: LibraryAtHand, readings: Readings, log: vscode.LogOutputChannel): vscode.Disposable {
  const changes: vscode.TextDocumentContentChangeEvent[] = [];
  const isLate = ({ text, replaced }: Accepted): boolean => {
    const own = changes.findLast(change => change.text.replaceAll('\r\n', '\n') === text);
    return own !== undefined && own.rangeLength > replaced;
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ contentChanges }) => {
      changes.push(...contentChanges.slice(0, remembered));
      changes.splice(0, changes.length - remembered);
    }),
    registerCommand('_accepted', async accepted => {
      if (isLate(accepted)) {
        await quietly(log, () => reconsider(accepted.key, source, readings));
      }
      if (accepted.remark) {
        // No message pops up while the writer types; accepting an item is typing still.
        vscode.window.setStatusBarMessage(`$(info) ${accepted.remark}`, timeToRead);
      }
    }),
  );
}

async function reconsider(key: string, source: LibraryAtHand, readings: Readings): Promise<void> {
  await vscode.commands.executeCommand('undo');
  const library = await source.get();
  const editor = vscode.window.activeTextEditor;
  const reading = editor && (await readings.of(editor.document));
  const query = reading && citationQueryAt(reading, editor.document.offsetAt(editor.selection.active), library.has, library.beginsKey);
  const [best] = query ? library.findWhileTyped(query.text, { limit: 1, cited: citedKeys(reading!) }) : [];
  await vscode.commands.executeCommand(best?.study.id === key ? 'redo' : 'editor.action.triggerSuggest');
}
