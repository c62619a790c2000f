/** What Markdown's marks in a bibliography's text are in CSL's own markup. */
const rules: readonly (readonly [RegExp, string])[] = [
  [/\[([^[\]]{1,500})\]\{\.smallcaps\}/g, '<span style="font-variant:small-caps;">$1</span>'],
  [/\[([^[\]]{1,500})\]\{\.nocase\}/g, '<span class="nocase">$1</span>'],
  [/\*\*(?=\S)([^*]{0,500}?\S)\*\*/g, '<b>$1</b>'],
  [/\*(?=\S)([^*]{0,500}?\S)\*/g, '<i>$1</i>'],
  [/(?<![\p{L}\p{N}_])_(?=\S)([^_]{0,500}?\S)_(?![\p{L}\p{N}_])/gu, '<i>$1</i>'],
  [/\^([^\s^]{1,100})\^/g, '<sup>$1</sup>'],
  [/(?<!~)~([^\s~]{1,100})~(?!~)/g, '<sub>$1</sub>'],
  [/---/g, '—'],
  [/(?<=[\p{L}\p{N}\s])--(?=[\p{L}\p{N}\s])/gu, '–'],
];

const escaped = /\\([!-/:-@[-`{-~])/g;

/** A text without Markdown's backslashes, in which nothing else is markup: an address or a name. */
export function unescapedOf(text: string): string {
  return text.includes('\\') ? text.replace(escaped, '$1') : text;
}

const special = /[\\*_^~[-]/;

/**
 * CSL's text of a text in Pandoc's Markdown, as far as titles have it: emphasis, sup and sub, small capitals, dashes and
 * backslashes. What else it may hold stays as it is written.
 */
export function markupOf(text: string): string {
  if (!special.test(text)) {
    return text;
  }
  // A character behind a backslash means itself: it waits in the private area while the marks are read.
  const hidden = text.replace(escaped, (_, char: string) => String.fromCharCode(0xe000 + char.charCodeAt(0)));
  const marked = rules.reduce((read, [pattern, markup]) => read.replace(pattern, markup), hidden);
  return marked.replace(/[\ue021-\ue07e]/g, char => String.fromCharCode(char.charCodeAt(0) - 0xe000));
}
