import * as vscode from 'vscode';
import { restored, stored } from '../core/bibliography/cache.ts';
import type { Bibliography } from '../core/bibliography/bibliography.ts';
import { readBibliography } from '../core/bibliography/read.ts';
import type { Scan } from '../core/bibliography/scan.ts';
import { inSlices } from './edges.ts';
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
}

/** Larger files (bytes) are not read: several times as much would be held in memory. */
const largestFile = 256_000_000;

/** From this size on (bytes) what was found is kept for the next start. */
const worthKeeping = 500_000;

/** A reading that takes longer than this (ms) shows its progress, and can be stopped. */
const unseen = 1500;

interface Held {
  loaded: Loaded;
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
  readonly #log: vscode.LogOutputChannel;
  readonly #didChange = new vscode.EventEmitter<vscode.Uri>();
  #queue: Promise<void> = Promise.resolve();
  #isDisposed = false;

  /** The reading of a file began, ended or failed. */
  readonly onDidChange = this.#didChange.event;

  constructor(storage: vscode.Uri, log: vscode.LogOutputChannel) {
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
      return known;
    }
    const held: Held = { loaded: { uri, state: 'reading' }, isStale: false, watcher: this.#watch(uri) };
    this.#held.set(key, held);
    this.#start(uri, held);
    return held;
  }

  #watch(uri: vscode.Uri): vscode.Disposable {
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), name.replace(/[[\]{}*?]/g, '?'));
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    const changed = (at: vscode.Uri): void => {
      const held = this.#held.get(uri.toString());
      if (held && at.path === uri.path) {
        this.#start(uri, held);
      }
    };
    return vscode.Disposable.from(
      watcher,
      watcher.onDidChange(changed),
      watcher.onDidCreate(changed),
      watcher.onDidDelete(changed),
    );
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
        if (held.isStale) {
          held.isStale = false;
          this.#start(uri, held);
        }
      }
    });
    this.#didChange.fire(uri);
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
      const read = await this.#shown(uri, token => this.#read(uri, bytes, hash, token));
      if (hash !== undefined) {
        held.hash = hash;
      }
      held.loaded = { uri, state: 'read', took: Date.now() - started, ...read };
      const { entries, problems } = read.bibliography;
      this.#log.info(`Read ${uri.path}: ${entries.length} entries, ${problems.length} problems, ${held.loaded.took} ms.`);
    } catch (error) {
      delete held.hash;
      const { reason, isMissing } = whyUnreadable(error, largestFile);
      held.loaded = { ...before, state: 'failed', failure: reason, isMissing };
      if (isMissing) {
        // What was read of a file that is gone can't be cited by Pandoc either.
        held.loaded = { uri, state: 'failed', failure: reason, isMissing };
      }
      this.#log.warn(`${uri.path}: ${reason}`);
    }
  }

  async #read(
    uri: vscode.Uri,
    bytes: Uint8Array,
    hash: string | undefined,
    token: vscode.CancellationToken,
  ): Promise<{ readonly bibliography: Bibliography; readonly isFromCache: boolean }> {
    // At first use: it brings the readers of all formats along.
    const { formatOf, readerOf } = await import('../core/bibliography/readers.ts');
    const head = new TextDecoder().decode(bytes.subarray(0, 4096));
    const format = formatOf(uri.path, head);
    if (!format) {
      throw new Error(vscode.l10n.t('it is no bibliography of a known format; rename it with the ending of its format, as .bib.'));
    }
    const isLarge = bytes.length >= worthKeeping && hash !== undefined;
    const kept = isLarge ? await this.#cache.get(hash) : undefined;
    const known = kept && (await inSlices<Scan | undefined>(restored(kept), token));
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    const info = { file: uri.toString(), name, format };
    const { bibliography, scan } = await inSlices(readBibliography(bytes, info, readerOf(format), known), token);
    if (isLarge && !known) {
      await this.#cache.put(hash, await inSlices(stored(scan), token));
    }
    return { bibliography, isFromCache: known !== undefined };
  }

  /** Long work shows that it goes on, where it can be stopped. */
  async #shown<T>(uri: vscode.Uri, work: (token: vscode.CancellationToken) => Promise<T>): Promise<T> {
    const stop = new vscode.CancellationTokenSource();
    const running = work(stop.token);
    const timer = setTimeout(() => {
      const title = vscode.l10n.t('Reading {0}', uri.path.slice(uri.path.lastIndexOf('/') + 1));
      const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
      void vscode.window.withProgress(options, async (_progress, token) => {
        token.onCancellationRequested(() => stop.cancel());
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
    this.#held.forEach(({ watcher }) => watcher.dispose());
    this.#didChange.dispose();
  }
}

/** Nothing where the host has no cryptography: then nothing is kept for the next start. */
async function hashOf(bytes: Uint8Array): Promise<string | undefined> {
  try {
    const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
    return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('');
  } catch {
    return undefined;
  }
}
