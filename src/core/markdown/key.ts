import { Char, isWordAt, widthAt } from './chars.ts';

/** A citekey behind its `@`: where the key stands and where the mark ends. */
export interface KeyFound {
  readonly start: number;
  readonly end: number;
  readonly markEnd: number;
}

// Each may stand inside a key, one at a time, when a letter, a digit or `_` follows.
const inside = new Set(Array.from(':.#$%&-+?<>~/', char => char.charCodeAt(0)));

/**
 * The citekey whose `@` stands at the offset: `@feder2021`, `@{any key}`, `@*`. A bare one begins with a letter, a digit,
 * `_` or `*`; `:` and `/` may also stand before a `/`, as in `@https://example.org/a`.
 */
export function keyAt(text: string, at: number, limit: number): KeyFound | undefined {
  const start = at + 1;
  if (start < limit && text.charCodeAt(start) === Char.openBrace) {
    return bracedKey(text, start, limit);
  }
  const first = text.charCodeAt(start);
  if (start >= limit || (first !== Char.star && !isKeyChar(text, start))) {
    return undefined;
  }
  let end = start + widthAt(text, start);
  while (end < limit) {
    const code = text.charCodeAt(end);
    if (isKeyChar(text, end)) {
      end += widthAt(text, end);
    } else if (inside.has(code) && end + 1 < limit && goesOn(text, code, end + 1)) {
      end += 1;
    } else {
      break;
    }
  }
  return { start, end, markEnd: end };
}

function goesOn(text: string, code: number, next: number): boolean {
  return isKeyChar(text, next) || ((code === Char.colon || code === Char.slash) && text.charCodeAt(next) === Char.slash);
}

function isKeyChar(text: string, at: number): boolean {
  return text.charCodeAt(at) === Char.underscore || isWordAt(text, at);
}

// A text of nothing but `@{` would take quadratic time without bounds, which no key comes near.
const longestBraced = 1000;
const deepestBraces = 16;

function bracedKey(text: string, brace: number, limit: number): KeyFound | undefined {
  let depth = 0;
  for (let end = brace; end < Math.min(limit, brace + longestBraced); end += 1) {
    const code = text.charCodeAt(end);
    if (code === Char.openBrace) {
      depth += 1;
      if (depth > deepestBraces) {
        return undefined;
      }
    } else if (code === Char.closeBrace && --depth === 0) {
      return { start: brace + 1, end, markEnd: end + 1 };
    } else if (isAnySpace(code)) {
      return undefined;
    }
  }
  return undefined;
}

const unicodeSpace = /\p{Zs}/u;

/** Inside braces Pandoc takes no space of any kind, not even one that keeps words together. */
function isAnySpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || (code >= 0xa0 && unicodeSpace.test(String.fromCharCode(code)));
}
