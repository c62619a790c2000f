/** How a text is written as a YAML scalar: plain, in single or in double quotation marks. */
export type YamlQuote = '' | "'" | '"';

/** The text between the quotation marks. */
export function escapedIn(quote: YamlQuote, text: string): string {
  switch (quote) {
    case '':
      return text;
    case "'":
      return text.replaceAll("'", "''");
    case '"':
      return text.replace(/["\\]/g, '\\$&');
  }
}

/** What stands between the quotation marks, as YAML reads it; escapes that no path holds are left as they are. */
export function unescapedIn(quote: YamlQuote, written: string): string {
  switch (quote) {
    case '':
      return written;
    case "'":
      return written.replaceAll("''", "'");
    case '"':
      return written.replace(/\\(["\\/ ])/g, '$1');
  }
}

/** What YAML takes for markup, a comment or another type than text; also inside a flow list, `[a, b]`. */
const notPlain = /^$|^\s|\s$|^[&*!|>'"%@`#]|^[-?:](?:\s|$)|[,[\]{}\p{Cc}]|:(?:\s|$)|\s#|^(?:~|null|true|false|yes|no|on|off|[-+]?[\d.][\d._]*(?:e[-+]?\d+)?|---|\.\.\.)$/iu;

/** Whether a text has to be quoted to be read as it stands. */
export function needsQuotes(text: string): boolean {
  return notPlain.test(text);
}

/** A text as a scalar, plain where that can be. */
export function yamlScalar(text: string): string {
  return needsQuotes(text) ? `"${escapedIn('"', text)}"` : text;
}

// What YAML allows in no text, or takes for the end of a line: Pandoc refuses the file, or reads another text.
const unprintable = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;

/** Whether a text has to be in double quotation marks, where escapes are read. */
export function hasUnprintable(text: string): boolean {
  return unprintable.test(text);
}

/** Text in double quotation marks, as JSON or YAML, with escapes for the signs that may not be there. */
export function withEscapes(written: string): string {
  return written.replace(new RegExp(unprintable, 'g'), sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
