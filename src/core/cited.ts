import { citekeyPattern } from './citations.ts';

const cite = new RegExp(String.raw`(?<![\p{L}\p{N}_\\/@.])@\{?(${citekeyPattern})`, 'gu');

/**
 * The keys that seem to be cited in a text, to break ties in a search. A scan of the characters: it takes keys in code
 * for citations too, which costs nothing here.
 */
export function citedKeys(text: string): ReadonlySet<string> {
  return new Set(Array.from(text.matchAll(cite), match => match[1]!));
}
