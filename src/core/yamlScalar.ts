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
