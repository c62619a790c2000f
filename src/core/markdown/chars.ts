/** What Pandoc takes for a letter or a digit. Combining marks are neither. */
const wordPattern = /[\p{L}\p{N}]/u;

const asciiWord = new Uint8Array(128);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789') {
  asciiWord[char.charCodeAt(0)] = 1;
}

/** Whether a letter or digit begins at the offset. */
export function isWordAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < 128 ? asciiWord[code] === 1 : code >= 128 && wordPattern.test(String.fromCodePoint(text.codePointAt(at)!));
}

/** Whether a letter or digit ends at the offset. */
export function isWordBefore(text: string, at: number): boolean {
  const code = text.charCodeAt(at - 1);
  if (code < 128) {
    return asciiWord[code] === 1;
  }
  return isWordAt(text, isLowSurrogate(code) && at > 1 && isHighSurrogate(text.charCodeAt(at - 2)) ? at - 2 : at - 1);
}

/** How many code units the character at the offset has. */
export function widthAt(text: string, at: number): 1 | 2 {
  return isHighSurrogate(text.charCodeAt(at)) && isLowSurrogate(text.charCodeAt(at + 1)) ? 2 : 1;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}

/** Space, tab or line break. */
export function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 9 || code === 13;
}

/** The first offset from `at` that holds no space, tab or line break, at most `end`. */
export function skipSpace(text: string, at: number, end: number): number {
  while (at < end && isSpace(text.charCodeAt(at))) {
    at += 1;
  }
  return at;
}

/** The codes of the characters that mean something. */
export const Char = {
  newline: 10,
  space: 32,
  bang: 33,
  quote: 34,
  hash: 35,
  dollar: 36,
  ampersand: 38,
  apostrophe: 39,
  open: 40,
  close: 41,
  star: 42,
  dash: 45,
  dot: 46,
  slash: 47,
  colon: 58,
  semicolon: 59,
  less: 60,
  equals: 61,
  greater: 62,
  at: 64,
  openBracket: 91,
  backslash: 92,
  closeBracket: 93,
  caret: 94,
  underscore: 95,
  backtick: 96,
  openBrace: 123,
  pipe: 124,
  closeBrace: 125,
  tilde: 126,
} as const;
