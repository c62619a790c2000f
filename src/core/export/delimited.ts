export type DelimitedFormat = 'csv' | 'tsv';

/**
 * Lines of cells as a file. CSV as RFC 4180 has it, in CRLF, and with a byte order mark, without which Excel takes UTF-8 for
 * another encoding. TSV in LF, without one: statistics programs read it as a part of the first name.
 */
export function delimitedText(lines: readonly (readonly string[])[], format: DelimitedFormat): string {
  const [mark, delimiter, lineEnd] = format === 'csv' ? ['\ufeff', ',', '\r\n'] : ['', '\t', '\n'];
  return mark + lines.map(cells => cells.map(cell => field(cell, delimiter)).join(delimiter) + lineEnd).join('');
}

// Full-width forms too: spreadsheets take them for the same.
const formula = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/;
/** A number computes nothing, and with an apostrophe it would be none. */
const number = /^-\d+(?:\.\d+)?$/;

/** A field that no spreadsheet takes for a formula, which could run: an apostrophe in front makes it text. */
export function field(text: string, delimiter: string): string {
  const line = text.replace(/\s*[\t\r\n]+\s*/g, ' ');
  const safe = formula.test(line) && !number.test(line) ? `'${line}` : line;
  return safe.includes(delimiter) || safe.includes('"') ? `"${safe.replaceAll('"', '""')}"` : safe;
}
