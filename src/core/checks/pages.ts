/** A page number as print has it: `193`, `S12`, `e4`. */
export interface Page {
  readonly letters: string;
  readonly number: number;
}

/** Both ends count. */
export interface PageRange {
  readonly first: Page;
  readonly last: Page;
}

const range = /^\s*([a-z]{0,3})(\d{1,7})(?:\s*[-–—−‑]{1,3}\s*([a-z]{0,3})(\d{1,7}))?\s*$/i;

/**
 * `193-9, 201` as ranges, abbreviated ends written out; nothing where any part is something else, such as `iv` or `12ff`,
 * of which nothing can be said.
 */
export function parsePages(text: string): readonly PageRange[] | undefined {
  const plain = text.replace(/&(?:ndash|#8211);/g, '–').replace(/&(?:nbsp|#160);/g, ' ');
  const ranges = plain.split(/[,;&]|\band\b/).map(parseRange);
  return ranges.every(each => each !== undefined) ? ranges : undefined;
}

/**
 * The pages that an article fills, `1500-1512.e4` without the supplement's; nothing where the record has a single number,
 * which may be an article's number as well as a page.
 */
export function articlePages(page: string | undefined): readonly PageRange[] | undefined {
  const ranges = page === undefined ? undefined : parsePages(page.replace(/\.e\d+\s*$/i, ''));
  const isSpread = ranges?.some(({ first, last }) => last.number > first.number);
  return isSpread && !ranges?.some(isReversed) ? ranges : undefined;
}

export function isReversed({ first, last }: PageRange): boolean {
  return last.number < first.number;
}

/** A page without letters is taken for one of a supplement: `14` lies in `S12-S20`. */
export function isWithin(page: PageRange, ranges: readonly PageRange[]): boolean {
  return ranges.some(
    ({ first, last }) =>
      sameLetters(page.first.letters, first.letters) &&
      page.first.number >= first.number &&
      page.last.number <= last.number,
  );
}

function sameLetters(cited: string, printed: string): boolean {
  return cited === '' || isSame(cited, printed);
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function parseRange(text: string): PageRange | undefined {
  const [whole, letters = '', start = '', endLetters = '', end] = range.exec(text) ?? [];
  const lettersOfEnd = endLetters || letters;
  // `S12-e4` or `12-e4` is no range.
  if (whole === undefined || !isSame(lettersOfEnd, letters)) {
    return undefined;
  }
  const first = { letters, number: Number(start) };
  return { first, last: end === undefined ? first : { ...first, number: Number(writtenOut(start, end)) } };
}

/** `193-9` ends on page 199, `1193-202` on 1202; `202-193` is as long as its start and stays. */
function writtenOut(start: string, end: string): string {
  return end.length < start.length ? start.slice(0, start.length - end.length) + end : end;
}
