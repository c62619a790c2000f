import * as vscode from 'vscode';
import { card } from '../../core/card.ts';
import { quietly } from '../../editor/edges.ts';
import type { KnownKeys } from '../../editor/known.ts';
import type { LibraryAtHand } from '../../editor/library.ts';
import { isManuscript, manuscripts } from '../../editor/manuscripts.ts';
import type { Readings } from '../../editor/readings.ts';
import type { References } from '../../editor/references.ts';
import { registerAccepted } from './accepted.ts';
import { DueLists } from './dueLists.ts';
import { StudyItem, ValueItem, whereOf } from './item.ts';
import { OpenList } from './openList.ts';
import { Rows } from './rows.ts';

// At a space, `:`, `-`, `<` or `>` VS Code ends a word and would not ask again before the second letter of the next.
const triggers = ['@', ' ', ':', '-', '<', '>'];

// So does it at any other sign that a key may have. Words of a search have none of these.
const keySigns = Array.from('./#$%&+?~_!=,;|^*\\`\'"()[]{}');

/** The window has come to rest for this long (ms) before the studies are read unasked. */
const pauseBeforeWarming = 300;

type ListItem = StudyItem | ValueItem;

interface Needs {
  readonly source: LibraryAtHand;
  readonly known: KnownKeys;
  readonly readings: Readings;
  readonly references: References;
  readonly log: vscode.LogOutputChannel;
}

/** Offers studies after `@`, in our own order of rank. */
export function registerCompletion({ source, known, readings, references, log }: Needs): vscode.Disposable {
  const openList = new OpenList(known, log);
  const rows = new Rows(known, readings, references);
  const due = new DueLists();
  const provider: vscode.CompletionItemProvider<ListItem> = {
    provideCompletionItems: async (document, position, token, context) => {
      const answered = due.begin(document, token);
      const list = await quietly(log, () => complete(document, position, token, context));
      answered(list !== undefined && list.items.length > 0);
      return list;
    },
    resolveCompletionItem: async item => {
      due.isShown();
      if (item instanceof ValueItem) {
        return item;
      }
      const { vocabulary } = await source.get();
      // VS Code has the item resolved that is selected; at first that is the first.
      if (item.rank > 0) {
        openList.leave();
      }
      item.documentation = new vscode.MarkdownString(card(item.offer.study, { vocabulary }, 'brief'));
      return item;
    },
  };

  async function complete(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
    { triggerCharacter }: vscode.CompletionContext,
  ): Promise<vscode.CompletionList<ListItem> | undefined> {
    if (!isManuscript(document) || !mayCite(document.lineAt(position).text.slice(0, position.character), triggerCharacter)) {
      return undefined;
    }
    const { version } = document;
    const text = document.getText();
    const caret = document.offsetAt(position);
    const found = await rows.at(document, text, caret, token);
    if (!found) {
      return undefined;
    }
    const { query, values, studies, library, shelf } = found;
    const where = whereOf(document, text, caret, query.start);
    const items: ListItem[] = values.map((value, rank) => new ValueItem(value, query.text, where, rank));
    for (const row of studies) {
      items.push(new StudyItem(row, where, items.length, library.vocabulary));
    }
    if (shelf.isReady) {
      openList.leave();
    } else if (!token.isCancellationRequested) {
      openList.expectMore({ document, version, position, library: shelf.library, isEmpty: items.length === 0 });
    }
    // Incomplete: asked again at every key, which is how the rank stays ours.
    return new vscode.CompletionList(items, true);
  }

  const warming = setTimeout(() => void quietly(log, () => prepare(source)), pauseBeforeWarming);
  return vscode.Disposable.from(
    { dispose: () => clearTimeout(warming) },
    openList,
    vscode.languages.registerCompletionItemProvider(manuscripts, provider, ...triggers, ...keySigns),
    vscode.workspace.onDidChangeTextDocument(reopenAtBareSign),
    registerAccepted(rows, due, log),
  );
}

/** Where a manuscript is in sight, the first `@` shall not have to wait for the studies and their index. */
async function prepare(source: LibraryAtHand): Promise<void> {
  if (vscode.window.visibleTextEditors.some(({ document }) => isManuscript(document))) {
    for (const _ of (await source.get()).prepare()) {
      await new Promise(resolve => setTimeout(resolve));
    }
  }
}

/** VS Code closes the list when a deletion lands on the bare `@`; the writer, who is still searching, gets it back. */
function reopenAtBareSign({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
  const [change] = contentChanges;
  const editor = vscode.window.activeTextEditor;
  if (
    contentChanges.length !== 1 ||
    change?.text !== '' ||
    change.rangeLength !== 1 ||
    editor?.document !== document ||
    !isManuscript(document)
  ) {
    return;
  }
  const before = document.lineAt(change.range.start).text.slice(0, change.range.start.character);
  if (/(?:^|[\s[(;-])@$/.test(before)) {
    void vscode.commands.executeCommand('editor.action.triggerSuggest');
  }
}

/** A cheap look at what is before the caret: at a sign nothing is searched for unless a key is being typed there. */
function mayCite(before: string, trigger: string | undefined): boolean {
  return trigger !== undefined && keySigns.includes(trigger) ? /@\S*$/.test(before) : before.includes('@');
}
