import type { BibliographyFormat } from '../declarations.ts';
import type { KeyedItem } from '../export.ts';

/**
 * How an entry of a file is known to be ours: it bears a mark with the fingerprint of what we wrote. Once a writer changes a word
 * of it the fingerprint no longer fits, and the entry is theirs. Pandoc, BibTeX and Biber pass over the mark.
 * In BibTeX it is a field; in CSL-JSON and CSL-YAML it stands in `custom`, CSL's own place for what is no variable. RIS has none.
 */
export type Ownership = 'ours' | 'changed' | 'theirs';

const field = 'x-ketamine-citations';
const inCustom = 'ketamineCitations';

/** Whether entries of that format can bear the mark. */
export function isMarkable(format: BibliographyFormat): boolean {
  return format === 'BibTeX' || format === 'CSL-JSON' || format === 'CSL-YAML';
}

/** Whether there may be a marked entry in a text. */
export function mayBeMarked(text: string): boolean {
  return text.includes(field) || text.includes(inCustom);
}

/** A BibTeX entry as it is written, with the mark as its last field. */
export function markedBibtex(entry: string): string {
  return entry.replace(/\n\}$/, () => `\n  ${field} = {${fingerprint(words(entry))}},\n}`);
}

/** An item with the mark, for CSL-JSON; or for CSL-YAML, with the item as its text is read. */
export function markedItem(item: KeyedItem, asRead: unknown = item): KeyedItem {
  return { ...item, custom: { [inCustom]: fingerprint(canonical(asRead)) } } as KeyedItem;
}

const bibtexMark = new RegExp(`^[ \\t]*${field}[ \\t]*=[ \\t]*[{"]([0-9a-z]*)["}][ \\t]*,?[ \\t]*(?:\\r?\\n|$)`, 'im');

/** `entry` is the text of the whole entry. */
export function bibtexOwnership(entry: string): Ownership {
  const [mark, written] = bibtexMark.exec(entry) ?? [];
  if (mark === undefined) {
    return 'theirs';
  }
  return fingerprint(words(entry.replace(mark, ''))) === written ? 'ours' : 'changed';
}

/** `entry` is the item as JSON or YAML is read. */
export function itemOwnership(entry: unknown): Ownership {
  const { custom, ...rest } = (typeof entry === 'object' && entry !== null ? entry : {}) as Readonly<Record<string, unknown>>;
  const { [inCustom]: written, ...others } = (typeof custom === 'object' && custom !== null ? custom : {}) as Readonly<Record<string, unknown>>;
  if (written === undefined) {
    return 'theirs';
  }
  const isAlone = Object.keys(others).length === 0;
  return isAlone && fingerprint(canonical(rest)) === String(written) ? 'ours' : 'changed';
}

/** The fingerprint that an entry's text bears. */
export function markIn(entry: string): string | undefined {
  return new RegExp(`(?:${field}|${inCustom})["':=\\s{]+([0-9a-z]+)`).exec(entry)?.[1];
}

/** How lines are broken and indented does not matter. */
function words(entry: string): string {
  return entry.trim().replace(/\s+/g, ' ');
}

/** The same for the same fields, in whatever order they stand. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

/** 64 bits in base 36: it tells a change by hand, and guards against no forger. Begins with a letter: YAML reads no number. */
function fingerprint(text: string): string {
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x5bd1e995) ^ (b >>> 15);
  }
  return `k${(a >>> 0).toString(36)}${(b >>> 0).toString(36).padStart(7, '0')}`;
}
