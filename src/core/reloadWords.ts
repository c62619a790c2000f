import { entryWords } from './statusWords.ts';

/** A bibliography that was read again: how many entries it holds now, and how many it held before. */
export interface Reload {
  readonly name: string;
  readonly entries: number;
  readonly problems: number;
  readonly before: number;
}

/** `refs.bib was read again: 1,204 entries, 2 problems, 3 more than before` */
export function reloadWords({ name, entries, problems, before }: Reload): string {
  const change = Math.abs(entries - before).toLocaleString('en-US');
  const compared = entries === before ? 'as many as before' : `${change} ${entries > before ? 'more' : 'fewer'} than before`;
  return `${name} was read again: ${entryWords(entries, problems)}, ${compared}`;
}
