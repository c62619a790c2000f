import * as vscode from 'vscode';
import { card } from '../../core/card.ts';
import { citationQueryAt, type CitationQuery } from '../../core/citations.ts';
import { insertInto, type Insertion } from '../../core/insertion.ts';
import { isNamed, offersFor, type Offer } from '../../core/offers.ts';
import { quietly } from '../../editor/edges.ts';
import { Requests } from '../../editor/inserter.ts';
import type { KnownKeys } from '../../editor/known.ts';
import type { LibraryAtHand } from '../../editor/library.ts';
import { isManuscript, manuscripts } from '../../editor/manuscripts.ts';
import type { Reading } from '../../core/reading.ts';
import type { Readings } from '../../editor/readings.ts';
import type { References } from '../../editor/references.ts';
import { settingsFor } from '../../manifest.ts';
import { registerAccepted } from './accepted.ts';
import { StudyItem, ValueItem, whereOf } from './item.ts';
import { OpenList } from './openList.ts';

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
  const provider: vscode.CompletionItemProvider<ListItem> = {
    provideCompletionItems: (document, position, token, context) => quietly(log, () => complete(document, position, token, context)),
    resolveCompletionItem: async item => {
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
    const { library, shelf } = await known.of(document);
    const { version } = document;
    const reading = await readings.of(document);
    const query = reading && citationQueryAt(reading, document.offsetAt(position), library.has, library.beginsKey);
    if (!query || token.isCancellationRequested) {
      return undefined;
    }
    const setting = settingsFor(document);
    const limit = setting('completion.maxStudies');
    const cited = await readings.keysCitedIn(document);
    const found = library.findWhileTyped(query.text, { limit, cited });
    const choices = { mode: setting('insert.citation'), isNamed: found[0] !== undefined && isNamed(found[0]) };
    const { underReferences } = query.place;
    const print = underReferences ? references.printer(document) : references.quickPrinter(document);
    const requests = new Requests(print, setting, (await references.wished(document)).locale);
    const where = whereOf(document, position, query.start);
    // All are asked for before any is waited for: what has to be printed is printed elsewhere.
    const offers = offersFor(found.map(({ study }) => study), query, reading.text, choices);
    const insertions = await Promise.all(offers.map(offer => insertionOf(offer, query, reading, requests)));
    const items: ListItem[] = library.openValues(query.text, cited).map((value, rank) => new ValueItem(value, query.text, position, where, rank));
    for (const [index, offer] of offers.entries()) {
      const insertion = insertions[index];
      const item = insertion && new StudyItem(offer, insertion, where, items.length, library.vocabulary);
      if (item?.isOnLine(position)) {
        items.push(item);
      }
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
    registerAccepted(source, readings, log),
  );
}

async function insertionOf(
  { study, form, mode, quote }: Offer,
  query: CitationQuery,
  reading: Reading,
  requests: Requests,
): Promise<Insertion | undefined> {
  const choice = { form, mode, studies: [study], suppressAuthor: query.suppressAuthor, ...(quote && { quote }) };
  const request = await requests.make(choice);
  const result = request && insertInto(reading, { start: query.start, end: query.end, typed: true, braced: query.braced }, request, query.place);
  return result && !('refused' in result) ? result : undefined;
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
