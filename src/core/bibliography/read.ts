import { Bibliography, type FileInfo } from './bibliography.ts';
import { EntryTable, type EntryTableParts } from './entryTable.ts';
import { decodingOf, FileText, type Decoding } from './fileText.ts';
import type { Reader } from './readers.ts';
import type { Convert, FileProblem, Scan, Scanner } from './scan.ts';

/** Told how much was gone through, from 0 to 1. */
export type OnShare = (share: number) => void;

/** What reading a file's bytes finds. Plain data, so that it can be sent from one thread to another. */
export interface ReadParts {
  readonly decoding: Decoding;
  /** See {@link FileText.starts}. */
  readonly starts: readonly number[];
  readonly table: EntryTableParts;
}

/**
 * Reads the bytes of a bibliography file in steps of a millisecond or two. Never throws: what can't be read is among its
 * problems.
 *
 * @param known what a scan of the same bytes found before.
 * @param onShare told now and then how much of the text was gone through, from 0 to 1.
 */
export function* readParts(bytes: Uint8Array, scanner: () => Scanner, known?: EntryTable, onShare?: OnShare): Generator<undefined, ReadParts> {
  const decoding = yield* decodingOf(bytes);
  const text = new FileText(bytes, decoding.encoding);
  if (known) {
    yield* lengthsOf(text, onShare);
  }
  const table = known ?? (yield* EntryTable.of(yield* scanned(text, scanner(), onShare)));
  return { decoding, starts: text.starts, table: table.parts };
}

/** The bibliography of which these parts were read. The bytes must not change from now on. */
export function bibliographyOf(bytes: Uint8Array, info: FileInfo, convert: Convert, parts: ReadParts): Bibliography {
  const text = new FileText(bytes, parts.decoding.encoding, parts.starts);
  const table = new EntryTable(parts.table);
  return new Bibliography(info, text, table, problemsOf(parts), convert);
}

/** Both in the same thread. */
export function* readBibliography(
  bytes: Uint8Array,
  info: FileInfo,
  reader: Reader,
  { known, onShare }: { readonly known?: EntryTable | undefined; readonly onShare?: OnShare } = {},
): Generator<undefined, Bibliography> {
  return bibliographyOf(bytes, info, reader.convert, yield* readParts(bytes, reader.scanner, known, onShare));
}

/** Decoded once from front to back, a text finds any place at once. */
function* lengthsOf(text: FileText, onShare: OnShare | undefined): Generator<undefined, void> {
  for (const _ of text.chunks(onShare)) {
    yield;
  }
}

/** What the bytes are written in comes first. */
function problemsOf({ decoding: { encoding, isDoubtful }, table: { problems } }: ReadParts): readonly FileProblem[] {
  if (isDoubtful) {
    return [encoding === 'utf-8' ? notAllUtf8 : notUtf8, ...problems];
  }
  return encoding === 'utf-8' ? problems : [utf16, ...problems];
}

function* scanned(text: FileText, scanner: Scanner, onShare: OnShare | undefined): Generator<undefined, Scan> {
  for (const chunk of text.chunks(onShare)) {
    yield* scanner.push(chunk);
    yield;
  }
  return yield* scanner.end();
}

const notUtf8: FileProblem = {
  start: 0,
  end: 0,
  message:
    'This file is not valid UTF-8, so that it is read as Windows-1252; letters with accents may be wrong, and Pandoc can’t read it. Save it with the encoding UTF-8.',
  isLoss: false,
  stopsPandoc: true,
};

const notAllUtf8: FileProblem = {
  start: 0,
  end: 0,
  message: 'This file is not valid UTF-8 throughout: some letters are damaged, shown as “�”, and Pandoc can’t read it. Write them anew and save it with the encoding UTF-8.',
  isLoss: false,
  stopsPandoc: true,
};

const utf16: FileProblem = {
  start: 0,
  end: 0,
  message: 'This file is written in UTF-16, so that Pandoc can’t read it. Save it with the encoding UTF-8.',
  isLoss: false,
  stopsPandoc: true,
};
