import * as vscode from 'vscode';
import { plainWords, type OwnQuote } from '../../core/quoteBank/own.ts';
import { locatorRemark } from '../../core/quoteBank/locator.ts';
import { atTheEdge } from '../../editor/edges.ts';
import type { LibraryAtHand } from '../../editor/library.ts';
import type { QuoteBank } from '../../editor/quoteBank.ts';
import { nameOf } from '../../editor/files.ts';
import type { Readings } from '../../editor/readings.ts';
import { commandId, registerCommand, type GivenQuote } from '../../manifest.ts';
import { importQuotes } from './importQuotes.ts';
import { passageInHand, type Passage } from './passage.ts';
import { showProblems } from './problems.ts';
import { askKey, askLocator, askWords, readPassage } from './questions.ts';
import { today } from './today.ts';

/** Milliseconds that a line stays in the status bar. */
const timeToSee = 4000;

/** The writer's own quotes: saved from a selection or the clipboard, imported, and opened. */
export function registerSaveQuote(
  bank: QuoteBank,
  library: LibraryAtHand,
  readings: Readings,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand(
      'saveQuote',
      atTheEdge(log, async (given?: GivenQuote) => {
        // The editor's context menu gives the address of its document.
        const quote = isGiven(given) ? given : undefined;
        const passage = quote?.text === undefined ? await passageInHand(readings) : { raw: quote.text, isUnseen: false };
        if (passage) {
          await save(bank, library, passage, quote);
        }
      }),
    ),
    registerCommand('importQuotes', atTheEdge(log, async (file?: string) => importQuotes(bank, library, file))),
    registerCommand('openQuotes', atTheEdge(log, async () => openQuotes(bank))),
    showProblems(bank),
  );
}

function isGiven(given: unknown): given is GivenQuote {
  return typeof given === 'object' && given !== null && ('key' in given || 'text' in given);
}

async function save(bank: QuoteBank, library: LibraryAtHand, passage: Passage, given: GivenQuote = {}): Promise<void> {
  const { raw, cited, document, isUnseen } = passage;
  const pasted = readPassage(raw);
  const text = given.text === undefined ? await askWords(pasted, raw, isUnseen) : pasted.text;
  if (text === undefined || text.trim() === '') {
    return;
  }
  const key = given.key ?? (await askKey(library.get(), vscode.l10n.t('Save as quote: of which work'), cited?.key));
  if (key === undefined) {
    return;
  }
  const isCited = cited && (cited.key === key || (await library.get()).get(cited.key)?.id === key);
  const likely = isCited ? cited.locator : (pasted.locator ?? '');
  const locator = given.locator ?? (await askLocator(key, likely));
  if (locator === undefined) {
    return;
  }
  const remark = locatorRemark(locator);
  if (remark?.isHindrance) {
    throw new Error(remark.message);
  }
  await write(bank, library, { key, text: text.trim(), locator, added: today() }, document);
}

async function write(bank: QuoteBank, library: LibraryAtHand, quote: OwnQuote, document?: vscode.TextDocument): Promise<void> {
  const { t } = vscode.l10n;
  const there = await placeOf(bank, library, quote);
  if (there !== undefined) {
    void vscode.window.showInformationMessage(
      there === '' ? t('You have that quote of {0} already.', quote.key) : t('You have that quote of {0} already, at {1}.', quote.key, there),
    );
    return;
  }
  const file = bank.fileFor(document);
  await bank.add([quote], file);
  vscode.window.setStatusBarMessage(`$(check) ${t('Saved in {0}.', nameOf(file))}`, timeToSee);
}

/** Where the record or the writer's files have the same words of the work already; the library may be late to hear of the files. */
async function placeOf(bank: QuoteBank, library: LibraryAtHand, quote: OwnQuote): Promise<string | undefined> {
  const words = plainWords(quote.text);
  const inLibrary = (await library.get()).get(quote.key)?.quotes.find(({ text, own }) => !own && plainWords(text) === words);
  return inLibrary?.location ?? (await bank.known(quote))?.locator;
}

async function openQuotes(bank: QuoteBank): Promise<void> {
  const files = (await bank.files()).filter(({ quotes, problems, fault }) => quotes.length > 0 || problems.length > 0 || fault !== undefined);
  const items = files.map(({ uri, quotes }) => ({
    label: uri.toString() === bank.userFile.toString() ? vscode.l10n.t('For all workspaces') : vscode.workspace.asRelativePath(uri, true),
    description: vscode.l10n.t('{0} quotes', quotes.length),
    uri,
  }));
  if (items.length === 0) {
    const saveOne = vscode.l10n.t('Save as Quote…');
    const message = vscode.l10n.t('You have no quotes of your own yet. Select the words of a source, and save them as a quote.');
    if ((await vscode.window.showInformationMessage(message, saveOne)) === saveOne) {
      await vscode.commands.executeCommand(commandId('saveQuote'));
    }
    return;
  }
  const chosen = items.length === 1 ? items[0] : await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Open my quotes') });
  if (chosen) {
    await vscode.window.showTextDocument(chosen.uri);
  }
}
