import * as vscode from 'vscode';
import { alreadyThere, identityOf, quotesByKey, type OwnQuote } from '../core/quoteBank/own.ts';
import type { BankProblem } from '../core/quoteBank/parse.ts';
import type { Quote } from '../core/study.ts';
import { settingsFor } from '../manifest.ts';
import { addToQuoteFile, readQuoteFile, type BankFile } from './quoteFile.ts';
import { nameOf } from './files.ts';
import { isWithin, onMove } from './moves.ts';

/** What is wrong with a file of quotes. */
export interface QuoteFileProblem extends BankProblem {
  readonly uri: vscode.Uri;
}

/** So long (ms) after a change the files are read again: an editor tells of every letter. */
const pause = 300;

/**
 * The writer's own quotes: one file in each workspace folder, and one in the user's storage, for all workspaces. They are
 * read at first need, and watched from then on.
 */
export class QuoteBank implements vscode.Disposable {
  readonly #storage: vscode.Uri;
  readonly #log: vscode.LogOutputChannel;
  readonly #didChange = new vscode.EventEmitter<void>();
  #files: Promise<readonly BankFile[]> | undefined;
  #quotes: Promise<ReadonlyMap<string, readonly Quote[]>> | undefined;
  #problems: readonly QuoteFileProblem[] = [];
  #writing: Promise<unknown> = Promise.resolve();
  #listeners: vscode.Disposable | undefined;
  #watchers: vscode.Disposable | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** A quote came, went or changed. */
  readonly onDidChange = this.#didChange.event;

  /** `storage`: the extension's folder for all workspaces. */
  constructor(storage: vscode.Uri, log: vscode.LogOutputChannel) {
    this.#storage = storage;
    this.#log = log;
  }

  /** All quotes by citekey, the workspace's before the user's. Never rejects; the same object for as long as nothing changes. */
  quotesOf(): Promise<ReadonlyMap<string, readonly Quote[]>> {
    this.#quotes ??= this.files().then(files => quotesByKey(files.flatMap(({ quotes }) => quotes)));
    return this.#quotes;
  }

  /** Of the files that were read last; those that another program's file has by our measure are left out. */
  get problems(): readonly QuoteFileProblem[] {
    return this.#problems;
  }

  /** Every file with what it holds, also those that do not exist yet. */
  files(): Promise<readonly BankFile[]> {
    this.#watch();
    this.#files ??= this.#read();
    return this.#files;
  }

  async #read(): Promise<readonly BankFile[]> {
    const files = await Promise.all(this.#uris().map(readQuoteFile));
    this.#problems = files.flatMap(problemsOf);
    this.#problems.forEach(({ uri, line, message }) => this.#log.warn(`${uri.toString()}, line ${line}: ${message}`));
    return files;
  }

  /** Where a new quote goes: the file of the document's folder, else of the first one; the user's where the setting is empty. */
  fileFor(document: vscode.TextDocument | undefined): vscode.Uri {
    const { getWorkspaceFolder, workspaceFolders } = vscode.workspace;
    const folder = (document && getWorkspaceFolder(document.uri)) ?? workspaceFolders?.[0];
    const file = folder && fileIn(folder);
    if (folder && file === undefined && settingOf(folder) !== '') {
      throw new Error(vscode.l10n.t('the setting ketamineCitations.quotes.file is to name a file inside the workspace folder.'));
    }
    return file ?? this.userFile;
  }

  get userFile(): vscode.Uri {
    return vscode.Uri.joinPath(this.#storage, 'quotes.json');
  }

  /** Whether it is the address of one of the files. */
  has(uri: vscode.Uri): boolean {
    return this.#uris().some(each => each.toString() === uri.toString());
  }

  #uris(): vscode.Uri[] {
    const inFolders = (vscode.workspace.workspaceFolders ?? []).flatMap(folder => fileIn(folder) ?? []);
    return [...inFolders, this.userFile];
  }

  /**
   * Adds quotes to a file; answers those that are new, for one that stands in any file already is not added again. One
   * write at a time.
   */
  add(quotes: readonly OwnQuote[], uri: vscode.Uri): Promise<readonly OwnQuote[]> {
    const run = this.#writing.then(() => this.#add(quotes, uri));
    this.#writing = run.catch(() => undefined);
    return run;
  }

  async #add(quotes: readonly OwnQuote[], uri: vscode.Uri): Promise<readonly OwnQuote[]> {
    const known = new Set((await this.#now()).map(identityOf));
    const fresh = quotes.filter(quote => {
      const isNew = !known.has(identityOf(quote));
      known.add(identityOf(quote));
      return isNew;
    });
    if (fresh.length > 0) {
      await addToQuoteFile(uri, fresh);
      this.#forget();
    }
    return fresh;
  }

  /** The quote with the same words of the same work, if there is one. */
  async known(quote: Pick<OwnQuote, 'key' | 'text'>): Promise<OwnQuote | undefined> {
    return alreadyThere(await this.#now(), quote);
  }

  /** What the files hold at this moment; the watchers may not have told yet. */
  async #now(): Promise<readonly OwnQuote[]> {
    this.#forgetWithoutTelling();
    return (await this.files()).flatMap(({ quotes }) => quotes);
  }

  #watch(): void {
    if (this.#listeners) {
      return;
    }
    const look = ({ uri }: vscode.TextDocument): void => {
      if (this.has(uri)) {
        this.#forgetSoon();
      }
    };
    this.#listeners = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(({ document }) => look(document)),
      vscode.workspace.onDidCloseTextDocument(look),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#watchOthers()),
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration('ketamineCitations.quotes.file')) {
          this.#watchOthers();
        }
      }),
    );
    this.#watchFiles();
  }

  #watchFiles(): void {
    this.#watchers?.dispose();
    const uris = this.#uris();
    const watchers = uris.map(uri => {
      const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), escapedGlob(nameOf(uri)));
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      const forget = (): void => this.#forgetSoon();
      return vscode.Disposable.from(watcher, watcher.onDidChange(forget), watcher.onDidCreate(forget), watcher.onDidDelete(forget));
    });
    const moves = onMove(moved => uris.some(uri => isWithin(moved, uri)) && this.#forgetSoon());
    this.#watchers = vscode.Disposable.from(...watchers, moves);
  }

  #watchOthers(): void {
    this.#watchFiles();
    this.#forget();
  }

  #forgetSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#forget(), pause);
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#forgetWithoutTelling();
    this.#didChange.fire();
  }

  #forgetWithoutTelling(): void {
    this.#files = undefined;
    this.#quotes = undefined;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listeners?.dispose();
    this.#watchers?.dispose();
    this.#didChange.dispose();
  }
}

function settingOf({ uri }: vscode.WorkspaceFolder): string {
  return settingsFor(uri)('quotes.file').trim();
}

/** The file that the setting names; nothing where it names none, or one outside the folder, which may come from a stranger. */
function fileIn(folder: vscode.WorkspaceFolder): vscode.Uri | undefined {
  const name = settingOf(folder).replaceAll('\\', '/');
  const parts = name.split('/').filter(part => part !== '' && part !== '.');
  const isInside = parts.length > 0 && !name.startsWith('/') && !/^(?:~|[a-z]+:)/i.test(name) && !parts.includes('..');
  return isInside ? vscode.Uri.joinPath(folder.uri, ...parts) : undefined;
}

function problemsOf({ uri, fault, isForeign, problems }: BankFile): QuoteFileProblem[] {
  if (fault !== undefined) {
    return [{ uri, start: 0, end: 0, line: 1, message: fault }];
  }
  return isForeign ? [] : problems.map(problem => ({ ...problem, uri }));
}

function escapedGlob(name: string): string {
  return name.replace(/[[\]{}*?]/g, '[$&]');
}
