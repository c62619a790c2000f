/**
 * The text without halves of signs, which no file can hold: in their place comes what a file in UTF-8 gets for them. As an
 * escape, `"\ud800"`, they make Pandoc refuse a whole file.
 */
export function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd');
}

/** A replacer for `JSON.stringify`. */
export function wellFormedValue(_: string, value: unknown): unknown {
  return typeof value === 'string' ? wellFormed(value) : value;
}
