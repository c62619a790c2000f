/** A text with a bar for the caret: `[@fed|` is the text `[@fed` with the caret at 5. `¦` stands for a bar of the text. */
export function atCursor(marked: string): { text: string; caret: number } {
  const caret = marked.indexOf('|');
  if (caret < 0) {
    throw new Error(`No bar for the caret in ${JSON.stringify(marked)}`);
  }
  const text = marked.slice(0, caret) + marked.slice(caret + 1);
  return { text: text.replaceAll('¦', '|'), caret };
}

/** The text with a bar put in at the caret. */
export function withCursor(text: string, caret: number): string {
  return `${text.slice(0, caret)}|${text.slice(caret)}`;
}
