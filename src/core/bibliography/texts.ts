/** A text or a number as a text; anything else is none. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

/** In lower case and without the resolver's address, so that two of them can be compared. */
export function bareDoi(written: string): string {
  return written.trim().replace(/^(?:https?:\/\/)?(?:(?:dx\.)?doi\.org\/|doi:\s*)/i, '').toLowerCase();
}

/** Without CSL's tags, line ends as blanks. */
export function withoutTags(text: string): string {
  return (text.includes('<') ? text.replace(/<\/?[a-z][^<>]*>/gi, '') : text).replace(/\s+/g, ' ').trim();
}
