import type { TextEdit } from '../insertion.ts';
import type { CslItem, Summary } from '../study.ts';

/**
 * What every reader of a bibliography's format does: it finds the entries of a text in steps, says what can't be read and
 * where, and makes an entry's CSL item when it is shown or cited. Offsets are UTF-16 code units of the whole text.
 */

export type { Summary } from '../study.ts';

/** The `type` in the summary of what is no work of its own, though others take fields from it: BibLaTeX's `@xdata`. */
export const notListed = '';

/** An entry as a scan finds it. */
export interface ScannedEntry {
  readonly key: string;
  /** Other keys by which it may be cited: BibLaTeX's `ids`. */
  readonly aliases: readonly string[];
  /** Of the whole entry in the text. */
  readonly start: number;
  readonly end: number;
  readonly summary: Summary;
}

/** Why something in the file could not be read, or was read in another way than it is written. */
export interface FileProblem {
  readonly start: number;
  readonly end: number;
  /** One sentence or two that say what is wrong and what to do. Without the file's name and line, which are told beside it. */
  readonly message: string;
  /** An entry was lost; or it was kept, and something of it is doubtful. */
  readonly isLoss: boolean;
  /** Whether Pandoc refuses the whole file for it, though we read on. */
  readonly stopsPandoc?: true;
  /** What writes it as Pandoc reads it, where that is certain: the entry stays what it is, and keeps its key. */
  readonly repair?: readonly TextEdit[];
}

/** Answers the text of the file between two offsets, of which it may not hold more than that in memory. */
export type TextAt = (start: number, end: number) => string;

/** Reads one text of a format, in chunks, front to back. */
export interface Scanner {
  /**
   * Takes the next chunk of the text, which may end anywhere; yields every millisecond or two. Never throws, whatever the
   * text: what can't be read is a problem.
   */
  push(chunk: string): Generator<undefined, void>;
  /** Says that the text has ended. */
  end(): Generator<undefined, Scan>;
}

/** A text, scanned. */
export interface Scan {
  /** In the order in which they stand; of two with the same key both are here. */
  readonly entries: readonly ScannedEntry[];
  readonly problems: readonly FileProblem[];
  /**
   * What converting needs besides the entry's own text, as plain JSON, so that it can be kept in a cache: BibTeX's strings.
   */
  readonly context: ScanContext;
}

export interface ScanContext {
  /** `@string` macros of BibTeX: names in lower case. */
  readonly strings?: Readonly<Record<string, string>>;
  /** Commands that BibTeX's `@preamble` defines as printing nothing, with the number of their arguments. */
  readonly silent?: Readonly<Record<string, number>>;
}

/** What the conversion of an entry may ask for. */
export interface ConvertHelp {
  readonly context: ScanContext;
  /** The text of another entry of the same file, by key: BibLaTeX's `crossref` and `xdata`. */
  readonly textOf: (key: string) => string | undefined;
}

/** Makes the CSL item of an entry from its text. Never throws: of what can't be read the item has no field. */
export type Convert = (text: string, help: ConvertHelp) => CslItem;
