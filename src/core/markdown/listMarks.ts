import { Char, isSpace } from './chars.ts';

/** `-`, `1.`, `(iv)`, `(@label)` */
export interface ListMark {
  readonly kind: 'bullet' | 'ordered';
  /** Behind the mark, in front of the white space. */
  readonly end: number;
  /** Of an example `(@label)`; empty where it has none. */
  readonly label?: string;
}

const ordered = /(\()?(?:(\d+)|(#)|@([\p{L}\p{N}_-]*)|([ivxlcdmIVXLCDM]+)(?=[.)])|([A-Za-z])(?=[.)]))([.)])/uy;
const upperRomanOne = /^[IVXLCDM]$/;
const roman = /^M*(?:CM)?D?(?:CD)?C*(?:XC)?L?(?:XL)?X*(?:IX)?V?(?:IV)?I*$/i;
const pageNumber = /p\. \d/y;

/** The mark of a list item that begins at the offset. */
export function listMarkAt(text: string, at: number, end: number): ListMark | undefined {
  const code = text.charCodeAt(at);
  if (code === Char.dash || code === Char.star || code === 43) {
    const isMark = (at + 1 >= end || isSpace(text.charCodeAt(at + 1))) && !isRule(text, at, end);
    return isMark ? { kind: 'bullet', end: at + 1 } : undefined;
  }
  return mayBeOrdered(text, at, code) ? orderedAt(text, at, end) : undefined;
}

function mayBeOrdered(text: string, at: number, code: number): boolean {
  if ((code >= 48 && code <= 57) || code === Char.hash || code === Char.at || code === Char.open) {
    return true;
  }
  const next = text.charCodeAt(at + 1);
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return isLetter && (next === Char.dot || next === Char.close || 'ivxlcdmIVXLCDM'.includes(text[at + 1] ?? ' '));
}

function orderedAt(text: string, at: number, end: number): ListMark | undefined {
  ordered.lastIndex = at;
  const found = ordered.exec(text);
  if (!found) {
    return undefined;
  }
  const [whole, open, , , label, romanNumber, letter, close] = found;
  const behind = at + whole.length;
  const isSpaced = behind >= end || isSpace(text.charCodeAt(behind));
  if (behind > end || !isSpaced || (open && close !== ')') || (romanNumber && !letter && romanNumber.length > 1 && !roman.test(romanNumber))) {
    return undefined;
  }
  const isInitial = close === '.' && (/^[A-Z]$/.test(letter ?? '') || upperRomanOne.test(romanNumber ?? ''));
  // `B. Russell` is a name: behind one capital there must be two spaces. `p. 3` is a page.
  if (isInitial && behind < end && !(behind + 1 < end && isSpace(text.charCodeAt(behind + 1)))) {
    return undefined;
  }
  pageNumber.lastIndex = at;
  return pageNumber.test(text) ? undefined : { kind: 'ordered', end: behind, ...(label !== undefined && { label }) };
}

// A longer line is none: it would be gone over again for every list that it may begin.
const longestRule = 10_000;

/** `* * *`, `---` or `_ _ _` and nothing else in `[at, end)`: a rule, and no item. */
export function isRule(text: string, at: number, end: number): boolean {
  const mark = text.charCodeAt(at);
  if ((mark !== Char.star && mark !== Char.dash && mark !== Char.underscore) || end - at > longestRule) {
    return false;
  }
  let count = 0;
  for (; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === mark) {
      count += 1;
    } else if (!isSpace(code)) {
      return false;
    }
  }
  return count >= 3;
}
