import * as vscode from 'vscode';
import type { Bibliography } from '../core/bibliography/bibliography.ts';
import { Library } from '../core/library.ts';
import type { Quote } from '../core/study.ts';
import type { Background } from './background.ts';
import type { Bibliographies, Loaded } from './bibliographies.ts';
import { inSlices } from './edges.ts';
import type { LibrarySource } from './library.ts';

/** What can be cited where certain bibliography files are in force. */
export interface Shelf {
  readonly library: Library;
  /** The files, that whose entries come first at the front, and how far the reading of each is. */
  readonly files: readonly Loaded[];
  /** Whether the library holds all that can be read now. Until then an older one, or the bundled studies alone, serve. */
  readonly isReady: boolean;
}

/**
 * A library that nobody has asked for so long (ms) is forgotten, once another is made. Not by their number: with one set of
 * bibliographies more open than may be kept, each would be made anew for ever, since all are asked for at every change.
 */
const keptFor = 600_000;

/** The quotes that the writer keeps, by citekey. */
export interface OwnQuotes {
  readonly onDidChange: vscode.Event<void>;
  quotesOf(): Promise<ReadonlyMap<string, readonly Quote[]>>;
}

/** From so many entries on the index is made in a thread of its own. */
const large = 2000;

interface Parts {
  readonly bibliographies: readonly Bibliography[];
  readonly quotes: ReadonlyMap<string, readonly Quote[]>;
}

interface Kept {
  asked: number;
  readonly parts: Parts;
  readonly library: Library;
}

/** Makes one library of the bundled studies, the writer's bibliographies and quotes, and keeps it for as long as none of them changes. */
export class Libraries implements vscode.Disposable {
  readonly #source: LibrarySource;
  readonly #bibliographies: Bibliographies;
  readonly #quotes: OwnQuotes;
  readonly #background: Background;
  /** By the addresses of their files. */
  readonly #kept = new Map<string, Kept>();
  readonly #making = new Map<string, Promise<void>>();
  /** The last answer for each set of files. */
  readonly #shelves = new Map<string, Shelf>();
  readonly #didChange = new vscode.EventEmitter<void>();
  readonly #listener: vscode.Disposable;

  /** What `of` answers may be another for some files. */
  readonly onDidChange = this.#didChange.event;

  constructor(source: LibrarySource, bibliographies: Bibliographies, quotes: OwnQuotes, background: Background) {
    this.#background = background;
    this.#source = source;
    this.#bibliographies = bibliographies;
    this.#quotes = quotes;
    this.#listener = vscode.Disposable.from(
      bibliographies.onDidChange(() => this.#didChange.fire()),
      quotes.onDidChange(() => this.#didChange.fire()),
    );
  }

  /** What is at hand now; what is not read yet is read from now on. The answer is the same object until something changes. */
  async of(uris: readonly vscode.Uri[]): Promise<Shelf> {
    const bundled = await this.#source.get();
    const files = uris.map(uri => this.#bibliographies.of(uri));
    const parts: Parts = {
      bibliographies: files.flatMap(({ bibliography }) => bibliography ?? []),
      quotes: await this.#quotes.quotesOf(),
    };
    const key = uris.map(String).join('\n');
    if (parts.bibliographies.length === 0 && parts.quotes.size === 0) {
      return this.#shelf(key, bundled, files, files.every(isDone));
    }
    const kept = this.#kept.get(key);
    if (kept) {
      kept.asked = Date.now();
    }
    if (!kept || !sameParts(kept.parts, parts)) {
      void this.#make(key, parts, bundled);
    }
    const now = this.#kept.get(key);
    const isReady = files.every(isDone) && now !== undefined && sameParts(now.parts, parts);
    return this.#shelf(key, now?.library ?? bundled, files, isReady);
  }

  async #make(key: string, parts: Parts, bundled: Library): Promise<void> {
    const running = this.#making.get(key);
    if (running) {
      // Whoever hears of the change asks again.
      return running;
    }
    const made = this.#made(parts, bundled).then(library => {
      this.#kept.set(key, { parts, library, asked: Date.now() });
      for (const [old, { asked }] of this.#kept) {
        if (Date.now() - asked > keptFor) {
          this.#kept.delete(old);
          this.#shelves.delete(old);
        }
      }
    });
    this.#making.set(key, made);
    await made.finally(() => this.#making.delete(key));
    this.#didChange.fire();
  }

  async #made({ bibliographies, quotes: byKey }: Parts, bundled: Library): Promise<Library> {
    const { edition, studies, vocabulary } = bundled;
    const library = new Library({ edition, studies, vocabulary, bibliographies, quotes: withoutAliases(byKey, bibliographies) });
    const isLarge = bibliographies.reduce((sum, { table }) => sum + table.length, 0) >= large;
    const index = isLarge ? await this.#background.index(library.sources) : undefined;
    if (index) {
      library.take(index);
    } else {
      await inSlices(library.prepare());
    }
    return library;
  }

  #shelf(key: string, library: Library, files: readonly Loaded[], isReady: boolean): Shelf {
    const before = this.#shelves.get(key);
    if (before && before.library === library && before.isReady === isReady && sameItems(before.files, files)) {
      return before;
    }
    const shelf = { library, files, isReady };
    this.#shelves.set(key, shelf);
    return shelf;
  }

  dispose(): void {
    this.#listener.dispose();
    this.#didChange.dispose();
  }
}

/** Quotes that were kept under another key of an entry are that entry's. */
function withoutAliases(
  quotes: ReadonlyMap<string, readonly Quote[]>,
  bibliographies: readonly Bibliography[],
): ReadonlyMap<string, readonly Quote[]> {
  if (quotes.size === 0) {
    return quotes;
  }
  const named = new Map(quotes);
  const seen = new Set<string>();
  for (const [alias, { id }] of bibliographies.flatMap(({ aliases }) => aliases)) {
    const kept = seen.has(alias) ? undefined : quotes.get(alias);
    seen.add(alias);
    if (kept) {
      named.set(id, [...(named.get(id) ?? []), ...kept]);
    }
  }
  return named;
}

function isDone({ state }: Loaded): boolean {
  return state !== 'reading';
}

function sameParts(a: Parts, b: Parts): boolean {
  return a.quotes === b.quotes && sameItems(a.bibliographies, b.bibliographies);
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
