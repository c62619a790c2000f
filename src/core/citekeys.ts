import { keyAt } from './markdown/key.ts';

/**
 * How a citekey is written in a citation. This is the one place that decides: it asks the same function that reads keys,
 * which follows Pandoc.
 */

/** What keeps a key out of every citation: a space, which no key may have, braces without a partner, half of a sign, or its length. */
export type UncitableBecause = 'empty' | 'space' | 'braces' | 'half' | 'length';

/** Why Pandoc reads no citation of the key, not even in braces; `undefined` where it does. */
export function uncitableBecause(key: string): UncitableBecause | undefined {
  if (key === '') {
    return 'empty';
  }
  // A file holds another sign in its place.
  if (/\p{Cs}/u.test(key)) {
    return 'half';
  }
  const braced = `@{${key}}`;
  if (keyAt(braced, 0, braced.length)?.end === braced.length - 1) {
    return undefined;
  }
  return anySpace.test(key) ? 'space' : /[{}]/.test(key) ? 'braces' : 'length';
}

/** Whether a citation of the key can be written. */
export function isCitable(key: string): boolean {
  return uncitableBecause(key) === undefined;
}

const anySpace = /[\t-\r\p{Zs}]/u;

/** Why the key can't be cited, and what to do, for the writer; `undefined` where it can. */
export function faultOfCitedKey(key: string): string | undefined {
  switch (uncitableBecause(key)) {
    case undefined:
      return undefined;
    case 'empty':
      return 'An entry without a key can’t be cited. Give it one in the bibliography.';
    case 'space':
      return `${key} can’t be cited: Pandoc reads no key with a space in it. Take the space out in the bibliography.`;
    case 'braces':
      return `${key} can’t be cited: Pandoc reads no key with a brace that lacks its partner. Take the brace out in the bibliography.`;
    case 'half':
      return `${key.replace(/\p{Cs}/gu, '\ufffd')} can’t be cited: its key has half of a sign, which no file can hold. Give it another one in the bibliography.`;
    case 'length':
      return `${key.slice(0, 40)}… can’t be cited: its key is too long. Give it a shorter one in the bibliography.`;
  }
}

/** Whether the bare key, `@key`, is read as that key and no further, with `after` directly after it. */
export function isWholeKey(key: string, after = ''): boolean {
  // What follows decides only by its first letters.
  const text = `@${key}${after.slice(0, 4)}`;
  const found = keyAt(text, 0, text.length);
  return found?.start === 1 && found.end === key.length + 1;
}

/** The key as it follows `@`: in braces where Pandoc would read another key without them. */
export function markedKey(key: string, after = ''): string {
  return isWholeKey(key, after) ? key : `{${key}}`;
}
