import { markedKey } from '../citekeys.ts';
import { citedKeys } from '../occurrences.ts';
import { readManuscript } from '../reading.ts';

/** What the picker gave: text to insert, and the keys in it. */
export interface Picked {
  readonly text: string;
  readonly keys: readonly string[];
}

/** Reads the picker's citation, which is one line; nothing where it cites nothing, as after Escape. */
export function readPicked(answer: string): Picked | undefined {
  const text = answer.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  const keys = [...citedKeys(readManuscript(text))];
  return keys.length > 0 ? { text, keys } : undefined;
}

/** `[@a]`, as Pandoc has it; a key of other characters is put in braces. */
export function citationOf(keys: readonly string[]): string {
  return `[${keys.map(key => `@${markedKey(key)}`).join('; ')}]`;
}

/** The text as it goes in at the caret: in a group already, without its own brackets; with a space after a word. */
export function fitted(text: string, before: string, isInGroup: boolean, after = ''): string {
  if (isInGroup) {
    const bare = text.replace(/^\[(.*)\]$/s, '$1');
    const lead = /(?:^|[[;])\s*$/.test(before) ? '' : '; ';
    return `${lead}${bare}${partingFrom(after)}`;
  }
  return /[\p{L}\p{N}.,;:!?)\]”"’]$/u.test(before) ? ` ${text}` : text;
}

/** What follows in the brackets must not go on with the last key. */
function partingFrom(after: string): string {
  if (/^\s*-?@/.test(after)) {
    return '; ';
  }
  return /^(?:[\s\];,]|$)/.test(after) ? '' : ' ';
}
