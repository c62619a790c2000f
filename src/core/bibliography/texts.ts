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

// A path on a disk, EndNote’s `internal-pdf://…`, its `<Go to ISI>://…` and Reference Manager’s `PM:…` lead nobody anywhere.
const address = /^(?:(?!(?:file|internal-pdf):)[a-z][a-z\d+.-]+:\/\/[^\s<>]|(?:urn|doi|hdl|ark):\S|www\.|(?:[\w-]+\.)+[a-z]{2,}\/)/i;

/** The first of the texts that is an address on the web. */
export function addressIn(texts: readonly string[]): string | undefined {
  return texts.find(text => address.test(text));
}
