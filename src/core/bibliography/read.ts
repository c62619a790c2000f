import { Bibliography, type FileInfo } from './bibliography.ts';
import { decodingOf, FileText } from './fileText.ts';
import type { Reader } from './readers.ts';
import type { FileProblem, Scan, Scanner } from './scan.ts';

/**
 * Reads a bibliography file in steps of a millisecond or two. Never throws: what can't be read is among its problems.
 *
 * @param known what a scan of the same bytes found before.
 */
export function* readBibliography(
  bytes: Uint8Array,
  info: FileInfo,
  { scanner, convert }: Reader,
  known?: Scan,
): Generator<undefined, { readonly bibliography: Bibliography; readonly scan: Scan }> {
  const { encoding, isDoubtful } = yield* decodingOf(bytes);
  const text = new FileText(bytes, encoding);
  const scan = known ?? (yield* scanned(text, scanner()));
  const wrong: FileProblem[] = isDoubtful ? [encoding === 'utf-8' ? notAllUtf8 : notUtf8] : [];
  const bibliography = yield* Bibliography.made(info, text, { ...scan, problems: [...wrong, ...scan.problems] }, convert);
  return { bibliography, scan };
}

function* scanned(text: FileText, scanner: Scanner): Generator<undefined, Scan> {
  for (const chunk of text.chunks()) {
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
};

const notAllUtf8: FileProblem = {
  start: 0,
  end: 0,
  message: 'This file is not valid UTF-8 throughout: some letters are damaged, shown as “�”, and Pandoc can’t read it. Write them anew and save it with the encoding UTF-8.',
  isLoss: false,
};
