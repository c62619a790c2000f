import type { CslItem } from '../study.ts';
import { wellFormedValue } from './wellFormed.ts';

/** CSL items as CSL-JSON, the records' own format: one array, two blanks of indent, `id` first. */
export function toCslJson(items: readonly (CslItem & { readonly id: string })[]): string {
  return JSON.stringify(items.map(({ id, ...csl }) => ({ id, ...csl })), wellFormedValue, 2);
}
