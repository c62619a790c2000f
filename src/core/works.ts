import type { Bibliography } from './bibliography/bibliography.ts';
import { withOwnQuotes } from './quoteBank/own.ts';
import { searchEntry } from './search/entry.ts';
import type { Place, SourceParts } from './search/sources.ts';
import type { Entry, Quote, Vocabulary } from './study.ts';

/** What {@link Works} are made of. */
export interface WorksParts {
  /** The writer's files; of two works with one key that of the file that comes first counts. */
  readonly bibliographies: readonly Bibliography[];
  /** More works, behind those of the files; of two with one key the first counts. */
  readonly list: readonly Entry[];
  /** Quotes that the writer keeps, by citekey. */
  readonly quotes: ReadonlyMap<string, readonly Quote[]>;
  readonly vocabulary: Vocabulary;
}

/** The works of several files and of a list. Those of the files are made when they are asked for: there may be 100,000. */
export class Works {
  /** What is searched of the files, in their order, and of the list. */
  readonly sources: readonly SourceParts[];
  readonly #bibliographies: readonly Bibliography[];
  readonly #list: readonly Entry[];
  readonly #byKey: ReadonlyMap<string, Entry>;
  /** Works of the files with the writer's quotes. */
  readonly #quoted: ReadonlyMap<string, Entry>;
  readonly #aliases: ReadonlyMap<string, Entry>;

  constructor({ bibliographies, list, quotes, vocabulary }: WorksParts) {
    this.#bibliographies = bibliographies;
    this.#list = list.map(entry => withOwnQuotes(entry, quotes.get(entry.id)));
    this.#byKey = new Map(this.#list.map(entry => [entry.id, entry] as const).reverse());
    this.#quoted = quotedOf(bibliographies, quotes);
    this.#aliases = aliasesOf(bibliographies);
    const words = new Map([...this.#quoted].map(([key, entry]) => [key, entry.quotes.map(({ text }) => text)]));
    this.sources = [
      ...bibliographies.map(({ table }) => ({ table, quotes: words })),
      { list: this.#list.map(entry => searchEntry(entry, vocabulary)) },
    ];
  }

  get aliases(): readonly string[] {
    return [...this.#aliases.keys()];
  }

  readonly get = (key: string): Entry | undefined =>
    this.#quoted.get(key) ?? inFirst(this.#bibliographies, key) ?? this.#byKey.get(key) ?? this.#aliased(key);

  readonly has = (key: string): boolean =>
    this.#byKey.has(key) || this.#aliases.has(key) || this.#bibliographies.some(({ table }) => table.find(key) >= 0);

  /** All of a key, in the order in which they would count. */
  all(key: string): readonly Entry[] {
    return [
      ...this.#bibliographies.flatMap(file => inFirst([file], key) ?? []),
      ...(this.#byKey.has(key) ? this.#list.filter(({ id }) => id === key) : []),
    ];
  }

  at({ source, index }: Place): Entry {
    const file = this.#bibliographies[source];
    return file ? (this.#quotedAt(file, index) ?? file.at(index)) : this.#list[index]!;
  }

  /** For a look that is over at once: of a file's work nothing is kept. */
  glanceAt({ source, index }: Place): Entry {
    const file = this.#bibliographies[source];
    return file ? (this.#quotedAt(file, index) ?? file.glanceAt(index)) : this.#list[index]!;
  }

  #aliased(key: string): Entry | undefined {
    const entry = this.#aliases.get(key);
    const quoted = entry && this.#quoted.get(entry.id);
    // Another entry may have that entry's key, and its quotes.
    return quoted && inFirst(this.#bibliographies, entry.id) === entry ? quoted : entry;
  }

  #quotedAt({ table }: Bibliography, index: number): Entry | undefined {
    return this.#quoted.size === 0 ? undefined : this.#quoted.get(table.keyAt(index));
  }
}

function inFirst(bibliographies: readonly Bibliography[], key: string): Entry | undefined {
  for (const bibliography of bibliographies) {
    const index = bibliography.table.find(key);
    if (index >= 0) {
      return bibliography.at(index);
    }
  }
  return undefined;
}

function quotedOf(
  bibliographies: readonly Bibliography[],
  quotes: ReadonlyMap<string, readonly Quote[]>,
): ReadonlyMap<string, Entry> {
  const quoted = new Map<string, Entry>();
  for (const [key, own] of quotes) {
    const entry = inFirst(bibliographies, key);
    if (entry) {
      quoted.set(key, withOwnQuotes(entry, own));
    }
  }
  return quoted;
}

function aliasesOf(bibliographies: readonly Bibliography[]): ReadonlyMap<string, Entry> {
  const aliases = new Map<string, Entry>();
  for (const { aliases: ofFile } of bibliographies) {
    for (const [alias, entry] of ofFile) {
      if (!aliases.has(alias)) {
        aliases.set(alias, entry);
      }
    }
  }
  return aliases;
}
