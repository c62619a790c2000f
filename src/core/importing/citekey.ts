import { familyOf } from '../bibliography/names.ts';
import { citekeyPattern } from '../citations.ts';
import { writtenKey, type BibliographyFormat } from '../declarations.ts';
import { fold } from '../search/fold.ts';
import type { CslItem } from '../study.ts';

/** `feder2021`, as the bundled studies' keys are made; with `a`, `b` … where that is taken. */
export function citekeyFor(item: CslItem, isTaken: (key: string) => boolean): string {
  const [name = {}] = [...item.author, ...(item.editor ?? [])];
  const stem = lettersOf(name.family ? familyOf(name) : '') || firstWord(name.literal ?? '') || firstWord(item.title) || 'work';
  const base = `${stem}${item.issued?.['date-parts']?.[0]?.[0] ?? 'nd'}`;
  for (let number = 0; ; number += 1) {
    const key = number === 0 ? base : `${base}${suffix(number)}`;
    if (!isTaken(key)) {
      return key;
    }
  }
}

/** Letters of other scripts stay: a key may have them, and no other part of the name says more. */
function lettersOf(name: string): string {
  return fold(name).replace(/[^\p{L}\p{N}]+/gu, '').slice(0, 40);
}

const small = new Set(['a', 'an', 'the', 'on', 'of', 'der', 'die', 'das', 'le', 'la', 'les', 'el']);

function firstWord(text: string): string {
  const words = text.replace(/<[^>]*>/g, '').split(/[\s/–—:,.-]+/).map(lettersOf).filter(Boolean);
  return words.find(word => !small.has(word)) ?? words[0] ?? '';
}

/** `a` … `z`, `aa` … */
function suffix(number: number): string {
  const letter = String.fromCharCode(97 + ((number - 1) % 26));
  return number > 26 ? `${suffix(Math.floor((number - 1) / 26))}${letter}` : letter;
}

export type KeyFault = 'empty' | 'not a key' | 'not in this format' | 'taken';

/** What is wrong with a key that the writer typed. */
export function keyFault(key: string, format: BibliographyFormat, isTaken: (key: string) => boolean): KeyFault | undefined {
  if (key === '') {
    return 'empty';
  }
  if (!new RegExp(`^${citekeyPattern}$`, 'u').test(key)) {
    return 'not a key';
  }
  if (writtenKey(key, format, '') === undefined) {
    return 'not in this format';
  }
  return isTaken(key) ? 'taken' : undefined;
}
