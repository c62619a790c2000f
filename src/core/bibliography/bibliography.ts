import type { BibliographyFormat } from '../declarations.ts';
import type { CslItem, Entry, Notice, Origin, Quote, Summary } from '../study.ts';
import type { FileText } from './fileText.ts';
import { notListed, type Convert, type FileProblem, type Scan, type ScannedEntry } from './scan.ts';

/** A bibliography file that the writer brings. */
export interface FileInfo {
  /** Its address, as a URI. */
  readonly file: string;
  /** For lists: `refs.bib`. */
  readonly name: string;
  readonly format: BibliographyFormat;
}

// Objects made between two pauses: about a millisecond.
const atOnce = 2000;

/** What was read of a bibliography file; an entry's CSL item is made when it is first asked for. */
export class Bibliography {
  readonly info: FileInfo;
  readonly text: FileText;
  /** In the order in which they stand; of two with the same key both. */
  readonly entries: readonly Entry[];
  readonly problems: readonly FileProblem[];
  /** Those that count: of each key the last, as for Pandoc. */
  readonly counting: readonly Entry[];
  /** Other keys by which entries may be cited. */
  readonly aliases: readonly (readonly [string, Entry])[];
  readonly #byKey: ReadonlyMap<string, FileEntry>;
  readonly #unlisted: ReadonlyMap<string, FileEntry>;

  private constructor(info: FileInfo, text: FileText, problems: readonly FileProblem[], parts: Parts) {
    this.info = info;
    this.text = text;
    this.problems = problems;
    this.entries = parts.entries;
    this.counting = parts.byKey.size === parts.entries.length ? parts.entries : [...parts.byKey.values()];
    this.aliases = parts.aliases;
    this.#byKey = parts.byKey;
    this.#unlisted = parts.unlisted;
  }

  /** In steps of about a millisecond. */
  static *made(info: FileInfo, text: FileText, scan: Scan, convert: Convert): Generator<undefined, Bibliography> {
    const parts: Parts = { entries: [], byKey: new Map(), unlisted: new Map(), aliases: [] };
    const textOf = (key: string): string | undefined => made.textOf(key);
    const cslOf = ({ start, end }: ScannedEntry): CslItem =>
      convert(text.slice(start, end), { context: scan.context, textOf });
    for (const [index, scanned] of scan.entries.entries()) {
      const entry = new FileEntry(scanned, info, cslOf);
      if (scanned.summary.type === notListed) {
        parts.unlisted.set(scanned.key, entry);
      } else {
        parts.entries.push(entry);
        parts.byKey.set(scanned.key, entry);
        parts.unlisted.delete(scanned.key);
      }
      parts.aliases.push(...scanned.aliases.map(alias => [alias, entry] as const));
      if (index % atOnce === 0) {
        yield;
      }
    }
    const made = new Bibliography(info, text, scan.problems, parts);
    return made;
  }

  /** The text of an entry, as it stands in the file. */
  textOf(key: string): string | undefined {
    const origin = (this.#unlisted.get(key) ?? this.#byKey.get(key))?.origin;
    return origin && this.text.slice(origin.start, origin.end);
  }
}

interface Parts {
  readonly entries: FileEntry[];
  readonly byKey: Map<string, FileEntry>;
  /** Those that are no works; of each key the last, where no work that comes later has it. */
  readonly unlisted: Map<string, FileEntry>;
  readonly aliases: (readonly [string, Entry])[];
}

const noQuotes: readonly Quote[] = [];
const noNotices: readonly Notice[] = [];

/** One entry of a bibliography file. There may be 100,000 of them, so that each holds little. */
class FileEntry implements Entry {
  readonly #scanned: ScannedEntry;
  readonly #info: FileInfo;
  readonly #cslOf: (scanned: ScannedEntry) => CslItem;
  #csl: CslItem | undefined;

  constructor(scanned: ScannedEntry, info: FileInfo, cslOf: (scanned: ScannedEntry) => CslItem) {
    this.#scanned = scanned;
    this.#info = info;
    this.#cslOf = cslOf;
  }

  get id(): string {
    return this.#scanned.key;
  }

  get summary(): Summary {
    return this.#scanned.summary;
  }

  get csl(): CslItem {
    this.#csl ??= this.#cslOf(this.#scanned);
    return this.#csl;
  }

  get quotes(): readonly Quote[] {
    return noQuotes;
  }

  get notices(): readonly Notice[] {
    return noNotices;
  }

  get origin(): Origin {
    const { file, name } = this.#info;
    const { start, end, summary } = this.#scanned;
    return { file, name, start, end, keywords: summary.keywords };
  }
}
