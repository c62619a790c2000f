import { citekeyPattern } from '../citations.ts';

/** What the picker gave: text to insert, and the keys in it. */
export interface Picked {
  readonly text: string;
  readonly keys: readonly string[];
}

const cite = new RegExp(String.raw`(?<![\p{L}\p{N}\\])@(?:\{([^{}\s]+)\}|(${citekeyPattern}))`, 'gu');

/** Reads the picker's citation, which is one line; nothing where it cites nothing, as after Escape. */
export function readPicked(answer: string): Picked | undefined {
  const text = answer.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  const keys = Array.from(text.matchAll(cite), match => match[1] ?? match[2] ?? '');
  return keys.length > 0 ? { text, keys: [...new Set(keys)] } : undefined;
}

/** `[@a]`, as Pandoc has it; a key of other characters stands in braces. */
export function citationOf(keys: readonly string[]): string {
  const plain = new RegExp(`^${citekeyPattern}$`, 'u');
  return `[${keys.map(key => (plain.test(key) ? `@${key}` : `@{${key}}`)).join('; ')}]`;
}

/** The text as it goes in at the caret: in a group already, without its own brackets; with a blank behind a word. */
export function fitted(text: string, before: string, isInGroup: boolean): string {
  if (isInGroup) {
    const bare = text.replace(/^\[(.*)\]$/s, '$1');
    return /(?:^|[[;])\s*$/.test(before) ? bare : `; ${bare}`;
  }
  return /[\p{L}\p{N}.,;:!?)\]”"’]$/u.test(before) ? ` ${text}` : text;
}
