import type { BibliographyFormat } from '../declarations.ts';
import type { CslItem, Entry, Notice, Origin, Quote, Summary } from '../study.ts';
import type { EntryTable, Unlisted } from './entryTable.ts';
import type { FileText } from './fileText.ts';
import type { Convert, FileProblem } from './scan.ts';

/** A bibliography file that the writer brings. */
export interface FileInfo {
  /** Its address, as a URI. */
  readonly file: string;
  /** For lists: `refs.bib`. */
  readonly name: string;
  readonly format: BibliographyFormat;
}

/** Works of one file, made when they are asked for: there may be 100,000. */
export interface Entries extends Iterable<Entry> {
  readonly length: number;
}

/** What was read of a bibliography file; an entry's CSL item is made when it is first asked for. */
export class Bibliography {
  readonly info: FileInfo;
  readonly text: FileText;
  readonly table: EntryTable;
  readonly problems: readonly FileProblem[];
  /** In the order in which they stand; of two with the same key both. */
  readonly entries: Entries;
  /** Those that count: of each key the last, as for Pandoc. */
  readonly counting: Entries;
  readonly #convert: Convert;
  readonly #kept: FileEntry[][] = [];
  #unlisted: ReadonlyMap<string, Unlisted> | undefined;

  /** @param problems all of the file, with those of the scan. */
  constructor(info: FileInfo, text: FileText, table: EntryTable, problems: readonly FileProblem[], convert: Convert) {
    this.info = info;
    this.text = text;
    this.table = table;
    this.problems = problems;
    this.#convert = convert;
    this.entries = { length: table.length, [Symbol.iterator]: () => this.#every() };
    this.counting = { length: table.distinct, [Symbol.iterator]: () => this.#every(index => table.find(table.keyAt(index)) === index) };
  }

  /** A work by its number. It is kept: whoever asks again gets the same, with its item if that was made. */
  at(index: number): Entry {
    const row = (this.#kept[index >> rowBits] ??= []);
    return (row[index & rowMask] ??= this.#made(index));
  }

  /** The same for a look that is over at once, as for a filter: it is not kept if it was not. */
  glanceAt(index: number): Entry {
    return this.#kept[index >> rowBits]?.[index & rowMask] ?? this.#made(index);
  }

  /** Other keys by which works may be cited. */
  get aliases(): readonly (readonly [alias: string, entry: Entry])[] {
    return this.table.parts.aliases.map(([alias, index]) => [alias, this.at(index)]);
  }

  /** The text of an entry, as it stands in the file. */
  readonly textOf = (key: string): string | undefined => {
    const work = this.table.find(key);
    this.#unlisted ??= new Map(this.table.parts.unlisted.map(each => [each.key, each]));
    const unlisted = this.#unlisted.get(key);
    if (unlisted && work < unlisted.behind) {
      return this.text.slice(unlisted.start, unlisted.end);
    }
    return work < 0 ? undefined : this.text.slice(this.table.startAt(work), this.table.endAt(work));
  };

  *#every(isWanted: (index: number) => boolean = () => true): Generator<Entry, void> {
    for (let index = 0; index < this.table.length; index += 1) {
      if (isWanted(index)) {
        yield this.glanceAt(index);
      }
    }
  }

  #made(index: number): FileEntry {
    return new FileEntry(this, index, () =>
      this.#convert(this.text.slice(this.table.startAt(index), this.table.endAt(index)), {
        context: this.table.parts.context,
        textOf: this.textOf,
      }),
    );
  }
}

// In rows, for one array that is filled here and there becomes a map, which is slow.
const rowBits = 9;
const rowMask = (1 << rowBits) - 1;

const noQuotes: readonly Quote[] = [];
const noNotices: readonly Notice[] = [];

/** One entry of a bibliography file. */
class FileEntry implements Entry {
  readonly #of: Bibliography;
  readonly #index: number;
  readonly #convert: () => CslItem;
  #csl: CslItem | undefined;
  #summary: Summary | undefined;

  constructor(of: Bibliography, index: number, convert: () => CslItem) {
    this.#of = of;
    this.#index = index;
    this.#convert = convert;
  }

  get id(): string {
    return this.#of.table.keyAt(this.#index);
  }

  /** Always the same: what is reckoned from it can be kept by it. */
  get summary(): Summary {
    this.#summary ??= this.#of.table.summaryAt(this.#index);
    return this.#summary;
  }

  get csl(): CslItem {
    this.#csl ??= this.#convert();
    return this.#csl;
  }

  get quotes(): readonly Quote[] {
    return noQuotes;
  }

  get notices(): readonly Notice[] {
    return noNotices;
  }

  get origin(): Origin {
    const { info: { file, name }, table } = this.#of;
    const { keywords } = this.summary;
    return { file, name, start: table.startAt(this.#index), end: table.endAt(this.#index), keywords };
  }
}
