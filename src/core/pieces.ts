/**
 * What is longer (code units) is read in pieces, so that no step takes longer than a few milliseconds. It is a paragraph of
 * 2,500 words, ten times as long as one that anybody means to be read.
 */
export const longestPiece = 1 << 14;

/**
 * Where the piece ends that begins at `start` and goes no further than `end`: behind a line, else behind a blank that no
 * number follows, for `p. 3` and `PMID 17` stay together; in the middle of a word only where there is neither.
 */
export function pieceEnd(text: string, start: number, end: number): number {
  if (end - start <= longestPiece) {
    return end;
  }
  const from = start + longestPiece / 2;
  const half = text.slice(from, start + longestPiece);
  const newline = half.lastIndexOf('\n');
  if (newline > 0) {
    return from + newline + 1;
  }
  let blank = half.lastIndexOf(' ');
  while (blank > 0 && isDigit(text.charCodeAt(from + blank + 1))) {
    blank = half.lastIndexOf(' ', blank - 1);
  }
  return blank > 0 ? from + blank + 1 : start + longestPiece;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
