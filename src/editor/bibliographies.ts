import * as vscode from 'vscode';
import type { Bibliography, FileInfo } from '../core/bibliography/bibliography.ts';
import { restored, stored } from '../core/bibliography/cache.ts';
import type { EntryTable } from '../core/bibliography/entryTable.ts';
import { bibliographyOf, readBibliography, type OnShare } from '../core/bibliography/read.ts';
import type { Reader } from '../core/bibliography/readers.ts';
import { anyCase } from '../core/globs.ts';
import type { Reload } from '../core/reloadWords.ts';
import type { Background } from './background.ts';
import { inSlices } from './edges.ts';
import { nameOf } from './files.ts';
import { hashOf } from './hash.ts';
import { LinkedFiles } from './linkedFiles.ts';
import { isWithin, onMove } from './moves.ts';
import { ScanCache } from './scanCache.ts';
import { settled, whyUnreadable } from './settled.ts';

/** A bibliography file, and how far the reading of it is. While it is read anew, what was read before stays at hand. */
export interface Loaded {
  readonly uri: vscode.Uri;
  readonly state: 'reading' | 'read' | 'failed';
  readonly bibliography?: Bibliography;
  /** Why it could not be read: one plain sentence. */
  readonly failure?: string;
  /** Whether there is no such file. */
  readonly isMissing?: boolean;
  /** Milliseconds that the last reading took, and whether what was found in the same file before could be used. */
  readonly took?: number;
  readonly isFromCache?: boolean;
  /** The size of the file, all of which is held in memory, in bytes; what is made of it takes about as much again. */
  readonly bytes?: number;
}

/** A file whose content was read again, and is another now. */
export interface Reloaded extends Reload {
  readonly uri: vscode.Uri;
}

/** Larger files (bytes) are not read: twice as much would be held in memory, and several times as much while they are read. */
const largestFile = 256_000_000;

/** A file that nobody has asked for so long (ms) is forgotten, once another was read: no open manuscript names it. */
const keptFor = 600_000;

/** From this size on (bytes) a file is read in a thread of its own, and what was found is kept for the next start. */
const large = 500_000;

/** A reading that takes longer than this (ms) shows its progress, and can be stopped. */
const unseen = 1500;

interface Read {
  readonly bibliography: Bibliography;
  readonly isFromCache: boolean;
  readonly bytes: number;
}

/** Who may stop a reading, and who is told how far it is. */
interface Watching {
  readonly token: vscode.CancellationToken;
  readonly onShare: OnShare;
}

interface Held {
  loaded: Loaded;
  /** When it was asked for last. */
  asked: number;
  hash?: string;
  running?: Promise<void> | undefined;
  /** Set when the file changed while it was being read. */
  isStale: boolean;
  readonly watcher: vscode.Disposable;
}

/** Reads bibliography files in the background, one at a time, and again whenever they change. */
export class Bibliographies implements vscode.Disposable {
  readonly #held = new Map<string, Held>();
  readonly #cache: ScanCache;
  readonly #background: Background;
  readonly #log: vscode.LogOutputChannel;
  readonly #didChange = new vscode.EventEmitter<vscode.Uri>();
  readonly #didReload = new vscode.EventEmitter<Reloaded>();
  readonly #links = new LinkedFiles();
  #queue: Promise<void> = Promise.resolve();
  #forgetting: ReturnType<typeof setTimeout> | undefined;
  #isDisposed = false;
  #moves: vscode.Disposable | undefined;

  /** The reading of a file began, ended or failed. */
  readonly onDidChange = this.#didChange.event;

  /** A file was read again whose content had changed. */
  readonly onDidReload = this.#didReload.event;

  constructor(storage: vscode.Uri, background: Background, log: vscode.LogOutputChannel) {
    this.#background = background;
    this.#links.onDidChange(uri => this.#again(uri));
    this.#cache = new ScanCache(vscode.Uri.joinPath(storage, 'bibliographies'), log);
    this.#log = log;
  }

  /** How things stand with a file now; asking for the first time begins to read it. */
  of(uri: vscode.Uri): Loaded {
    return this.#hold(uri).loaded;
  }

  /** All files that were asked for. */
  get all(): readonly Loaded[] {
    return [...this.#held.values()].map(({ loaded }) => loaded);
  }

  #hold(uri: vscode.Uri): Held {
    const key = uri.toString();
    const known = this.#held.get(key);
    if (known) {
      known.asked = Date.now();
      return known;
    }
    // The file itself has a watcher of its own.
    this.#moves ??= onMove(moved => {
      this.#held.forEach(({ loaded }) => moved.path !== loaded.uri.path && isWithin(moved, loaded.uri) && this.#again(loaded.uri));
    });
    const held: Held = { loaded: { uri, state: 'reading' }, asked: Date.now(), isStale: false, watcher: this.#watch(uri) };
    this.#held.set(key, held);
    this.#start(uri, held);
    return held;
  }

  #watch(uri: vscode.Uri): vscode.Disposable {
    const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), anyCase(nameOf(uri)));
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    const changed = (at: vscode.Uri): void => {
      // Named in other letters than on disk, it may be the same file; if not, its content tells that nothing changed.
      if (at.path.toLowerCase() === uri.path.toLowerCase()) {
        this.#again(uri);
      }
    };
    return vscode.Disposable.from(
      watcher,
      watcher.onDidChange(changed),
      watcher.onDidCreate(changed),
      watcher.onDidDelete(changed),
    );
  }

  /** Reads all files again: what failed from the start, of the others what is another now. */
  readAgain(): void {
    this.#held.forEach(({ loaded }) => this.#again(loaded.uri));
  }

  #again(uri: vscode.Uri): void {
    const held = this.#held.get(uri.toString());
    if (held) {
      this.#start(uri, held);
    }
  }

  #start(uri: vscode.Uri, held: Held): void {
    if (held.running) {
      held.isStale = true;
      return;
    }
    held.loaded = { ...held.loaded, state: 'reading' };
    const turn = this.#queue.then(() => this.#load(uri, held));
    this.#queue = turn;
    held.running = turn.finally(() => {
      held.running = undefined;
      if (!this.#isDisposed) {
        this.#didChange.fire(uri);
        // Later, when all that is open has asked for what it still needs.
        clearTimeout(this.#forgetting);
        this.#forgetting = setTimeout(() => this.#forgetOld(), 30_000);
        if (held.isStale) {
          held.isStale = false;
          this.#start(uri, held);
        }
      }
    });
    this.#didChange.fire(uri);
  }

  #forgetOld(): void {
    for (const [key, { asked, running, watcher, loaded }] of this.#held) {
      if (!running && Date.now() - asked > keptFor) {
        watcher.dispose();
        this.#links.forget(loaded.uri);
        this.#held.delete(key);
        this.#didChange.fire(loaded.uri);
      }
    }
  }

  async #load(uri: vscode.Uri, held: Held): Promise<void> {
    const { bibliography } = held.loaded;
    const before = { uri, ...(bibliography && { bibliography }) };
    try {
      const started = Date.now();
      const bytes = await settled(uri, largestFile);
      const hash = await hashOf(bytes);
      if (bibliography && hash !== undefined && hash === held.hash) {
        held.loaded = { ...held.loaded, state: 'read' };
        return;
      }
      const read = await this.#shown(uri, watching => this.#read(uri, bytes, hash, watching));
      if (hash !== undefined) {
        held.hash = hash;
      }
      held.loaded = { uri, state: 'read', took: Date.now() - started, ...read };
      this.#tell(held.loaded, read.bibliography, bibliography);
    } catch (error) {
      delete held.hash;
      const { reason, isMissing } = whyUnreadable(error, largestFile);
      held.loaded = { ...before, state: 'failed', failure: reason, isMissing };
      if (isMissing) {
        // What was read of a file that is gone can't be cited by Pandoc either.
        held.loaded = { uri, state: 'failed', failure: reason, isMissing };
      }
      this.#log.warn(`${uri.path}: ${reason}`);
    } finally {
      void this.#links.follow(uri);
    }
  }

  #tell({ uri, took }: Loaded, { entries, problems }: Bibliography, before: Bibliography | undefined): void {
    const [again, compared] = before ? [' again', ` (${before.entries.length} before)`] : ['', ''];
    this.#log.info(`Read ${uri.path}${again}: ${entries.length} entries${compared}, ${problems.length} problems, ${took} ms.`);
    if (before) {
      const counts = { entries: entries.length, problems: problems.length, before: before.entries.length };
      this.#didReload.fire({ uri, name: nameOf(uri), ...counts });
    }
  }

  async #read(uri: vscode.Uri, bytes: Uint8Array, hash: string | undefined, watching: Watching): Promise<Read> {
    const { token, onShare } = watching;
    // At first use: it brings the readers of all formats along.
    const { formatOf, readerOf } = await import('../core/bibliography/readers.ts');
    const head = new TextDecoder().decode(bytes.subarray(0, 4096));
    const format = formatOf(uri.path, head);
    if (!format) {
      throw new Error(vscode.l10n.t('it is no bibliography of a known format; rename it with the ending of its format, as .bib.'));
    }
    const info = { file: uri.toString(), name: nameOf(uri), format };
    const reader = readerOf(format);
    if (bytes.length < large) {
      return { bibliography: await inSlices(readBibliography(bytes, info, reader), token), isFromCache: false, bytes: bytes.length };
    }
    const kept = hash === undefined ? undefined : await this.#cache.get(hash);
    const read = await this.#background.read(bytes, { format, kept, isToBeKept: hash !== undefined }, token, onShare);
    if (!read) {
      return this.#readHere(uri, bytes, info, reader, watching);
    }
    if (read.toKeep && hash !== undefined) {
      await this.#cache.put(hash, read.toKeep);
    }
    const bibliography = bibliographyOf(read.bytes, info, reader.convert, read.parts);
    return { bibliography, isFromCache: read.isFromCache, bytes: read.bytes.length };
  }

  /** A large file where there is no thread for it. */
  async #readHere(uri: vscode.Uri, given: Uint8Array, info: FileInfo, reader: Reader, { token, onShare }: Watching): Promise<Read> {
    // A thread that failed has the bytes; they may be others now.
    const bytes = given.length > 0 ? given : await settled(uri, largestFile);
    const hash = await hashOf(bytes);
    const kept = hash === undefined ? undefined : await this.#cache.get(hash);
    const known = kept && (await inSlices<EntryTable | undefined>(restored(kept), token));
    const bibliography = await inSlices(readBibliography(bytes, info, reader, { known, onShare }), token);
    if (hash !== undefined && !known) {
      await this.#cache.put(hash, await inSlices(stored(bibliography.table), token));
    }
    return { bibliography, isFromCache: known !== undefined, bytes: bytes.length };
  }

  /** Long work shows that it goes on, where it can be stopped. */
  async #shown<T>(uri: vscode.Uri, work: (watching: Watching) => Promise<T>): Promise<T> {
    const stop = new vscode.CancellationTokenSource();
    let done = 0;
    let show = (): void => {};
    const onShare = (share: number): void => {
      done = share;
      show();
    };
    const running = work({ token: stop.token, onShare });
    const timer = setTimeout(() => {
      const title = vscode.l10n.t('Reading {0}', nameOf(uri));
      const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
      void vscode.window.withProgress(options, async (progress, token) => {
        token.onCancellationRequested(() => stop.cancel());
        let shown = 0;
        show = () => {
          progress.report({ increment: (done - shown) * 100, message: `${Math.floor(done * 100)} %` });
          shown = done;
        };
        show();
        await running.catch(() => undefined);
      });
    }, unseen);
    try {
      return await running;
    } finally {
      clearTimeout(timer);
      stop.dispose();
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#forgetting);
    this.#held.forEach(({ watcher }) => watcher.dispose());
    this.#moves?.dispose();
    this.#links.dispose();
    this.#didChange.dispose();
    this.#didReload.dispose();
  }
}
