import type { CslItem } from '../study.ts';

export type KeyedItem = CslItem & { readonly id: string };

/** Text to insert at an offset (UTF-16); nothing else of the file changes. */
export interface Addition {
  readonly offset: number;
  readonly insert: string;
}

/** The one that most of the text's lines end with. */
export function lineEndOf(text: string): string {
  const all = text.split('\n').length - 1;
  const windows = text.split('\r\n').length - 1;
  return windows > all / 2 ? '\r\n' : '\n';
}
