import * as vscode from 'vscode';
import { citationQueryAt, type CitationQuery } from '../core/citations.ts';
import { byline, card, shortAuthors, shortLabel, wordingLabel, yearOf } from '../core/describe.ts';
import { insertInto, type Insertion } from '../core/insertion.ts';
import type { Library } from '../core/library.ts';
import { offersFor, type Offer } from '../core/offers.ts';
import { wordingRemark } from '../core/quotes.ts';
import { citedKeys } from '../core/cited.ts';
import { quietly } from '../editor/edges.ts';
import { Requests } from '../editor/inserter.ts';
import type { LibrarySource } from '../editor/library.ts';
import { isManuscript, manuscripts } from '../editor/manuscripts.ts';
import type { References } from '../editor/references.ts';
import { commandId, readSetting } from '../manifest.ts';

// At a blank, `:` or `-` VS Code ends a word and would not ask again before the second letter of the next.
const triggers = ['@', ' ', ':', '-'];

/** The window has come to rest for this long (ms) before the studies are read unasked. */
const pauseBeforeWarming = 300;

/** Offers studies behind `@`, in our own order of rank. */
export function registerCompletion(source: LibrarySource, references: References, log: vscode.LogOutputChannel): vscode.Disposable {
  const provider: vscode.CompletionItemProvider<StudyItem> = {
    provideCompletionItems: (document, position, token) => quietly(log, () => complete(document, position, token)),
    resolveCompletionItem: async item => {
      const { vocabulary } = await source.get();
      item.documentation = new vscode.MarkdownString(card(item.offer.study, vocabulary, 'brief'));
      return item;
    },
  };

  async function complete(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.CompletionList<StudyItem> | undefined> {
    if (!isManuscript(document) || !document.lineAt(position).text.slice(0, position.character).includes('@')) {
      return undefined;
    }
    const library = await source.get();
    const text = document.getText();
    const query = citationQueryAt(text, document.offsetAt(position), library.has);
    if (!query || token.isCancellationRequested) {
      return undefined;
    }
    const found = library.findWhileTyped(query.text, { limit: readSetting('completion.maxStudies', document), cited: citedKeys(text) });
    const offers = offersFor(found.map(({ study }) => study), query, text, {
      mode: readSetting('insert.citation', document),
      bestStudies: readSetting('completion.bestStudies', document),
    });
    const { underReferences } = query.place;
    const requests = new Requests(underReferences ? references.printer(document) : references.quickPrinter(document), document);
    const items: StudyItem[] = [];
    for (const offer of offers) {
      const insertion = await insertionOf(offer, query, text, requests);
      const item = insertion && new StudyItem(offer, insertion, document, { start: startOf(query, text), position, rank: items.length }, library);
      if (item?.isOnLine(position)) {
        items.push(item);
      }
    }
    // Incomplete: asked again at every key, which is how the rank stays ours.
    return new vscode.CompletionList(items, true);
  }

  const warming = setTimeout(() => void quietly(log, () => prepare(source)), pauseBeforeWarming);
  return vscode.Disposable.from(
    { dispose: () => clearTimeout(warming) },
    vscode.languages.registerCompletionItemProvider(manuscripts, provider, ...triggers),
    vscode.workspace.onDidChangeTextDocument(reopenAtBareSign),
  );
}

async function insertionOf({ study, form, mode, quote }: Offer, query: CitationQuery, text: string, requests: Requests): Promise<Insertion | undefined> {
  const choice = { form, mode, studies: [study], suppressAuthor: query.suppressAuthor, ...(quote && { quote }) };
  const request = await requests.make(choice);
  const result = request && insertInto(text, { start: query.start, end: query.end, typed: true }, request, query.place);
  return result && !('refused' in result) ? result : undefined;
}

/** Where a manuscript is in sight, the first `@` shall not have to wait for the studies and their index. */
async function prepare(source: LibrarySource): Promise<void> {
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
  if (contentChanges.length !== 1 || change?.text !== '' || change.rangeLength !== 1 || editor?.document !== document || !isManuscript(document)) {
    return;
  }
  const before = document.lineAt(change.range.start).text.slice(0, change.range.start.character);
  if (/(?:^|[\s[(;-])@$/.test(before)) {
    void vscode.commands.executeCommand('editor.action.triggerSuggest');
  }
}

/** Where every item's range begins: at the `@`, or at the bracket that was typed for it. */
function startOf({ start, end, place: { group } }: CitationQuery, text: string): number {
  const isOnlyQuery = group && isBlank(text.slice(group.start + 1, start)) && isBlank(text.slice(end, group.closed ? group.end - 1 : end));
  return isOnlyQuery ? group.start : start;
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}

/** VS Code looks at no more of an item's filter text. */
const searchedCharacters = 128;

/**
 * VS Code scores an item by its filter text and drops it when what was typed is not in there in this order. All items
 * have the same: what was typed, so that our rank decides, then every key that may come next, twice and more, so that
 * the list outlives the letters that a quick writer types before our next answer, and is asked again.
 */
const anythingNext = ' abcdefghijklmnopqrstuvwxyz0123456789-:'.repeat(3);

interface Where {
  /** Offset at which the ranges of all items of the list begin, for VS Code ranks items of unlike ranges unlike. */
  readonly start: number;
  readonly position: vscode.Position;
  readonly rank: number;
}

class StudyItem extends vscode.CompletionItem {
  readonly offer: Offer;

  constructor(offer: Offer, { edit, further, caret }: Insertion, document: vscode.TextDocument, { start, position, rank }: Where, library: Library) {
    super(labelOf(offer, library), kinds[offer.form]);
    this.offer = offer;
    const range = (from: number, to: number): vscode.Range => new vscode.Range(document.positionAt(from), document.positionAt(to));
    this.range = range(Math.max(start, edit.start), edit.end);
    const typed = document.getText(range(start, document.offsetAt(position)));
    this.sortText = String(rank).padStart(4, '0');
    this.filterText = `${typed}${anythingNext}`.slice(0, searchedCharacters);
    this.insertText = caret === edit.text.length ? edit.text : new vscode.SnippetString().appendText(edit.text.slice(0, caret)).appendTabstop(0).appendText(edit.text.slice(caret));
    this.detail = detailOf(offer, library);
    this.additionalTextEdits = [
      ...(edit.start < start ? [vscode.TextEdit.delete(range(edit.start, start))] : []),
      ...(further ? [vscode.TextEdit.replace(range(further.start, further.end), further.text)] : []),
    ];
    if (offer.study.notices.some(notice => notice.type === 'retraction')) {
      this.tags = [vscode.CompletionItemTag.Deprecated];
    }
    const remark = offer.quote && wordingRemark(offer.quote);
    if (remark) {
      this.command = { command: commandId('_tell'), title: '', arguments: [remark] };
    }
  }

  /** VS Code takes no completion whose range leaves the caret's line. */
  isOnLine({ line }: vscode.Position): boolean {
    const { start, end } = this.range as vscode.Range;
    return start.line === line && end.line === line;
  }
}

const kinds = {
  citation: vscode.CompletionItemKind.Reference,
  quote: vscode.CompletionItemKind.Text,
  reference: vscode.CompletionItemKind.File,
} as const;

function labelOf({ study, form, mode, quote, isOther }: Offer, { vocabulary }: Library): vscode.CompletionItemLabel {
  const who = `${shortAuthors(study.csl)} ${yearOf(study.csl)}`;
  switch (form) {
    case 'quote':
      return { label: `“${quote?.text ?? ''}`, description: study.id };
    case 'reference':
      return { label: vscode.l10n.t('Reference: {0}', who), description: study.id };
    case 'citation':
      return isOther
        ? { label: mode === 'in-text' ? `@${study.id}` : `[@${study.id}]`, detail: `  ${mode === 'in-text' ? vscode.l10n.t('in the text') : vscode.l10n.t('in parentheses')}` }
        : { label: study.id, detail: `  ${shortLabel(vocabulary.designs, study.design)} · ${study.csl.title}` };
  }
}

function detailOf({ study, form, mode, quote }: Offer, { vocabulary }: Library): string {
  switch (form) {
    case 'quote':
      return vscode.l10n.t('Quote · {0} · {1}', quote?.location ?? '', quote ? wordingLabel(quote) : '');
    case 'reference':
      return vscode.l10n.t('Reference');
    case 'citation':
      return `${mode === 'in-text' ? vscode.l10n.t('In-text citation') : vscode.l10n.t('Citation')} · ${byline(study, vocabulary)}`;
  }
}
