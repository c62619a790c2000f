/** Superscripts are short: further back nothing is looked at. */
const longestWord = 200;

/** Whether brackets are the text of a note in the line, `^[…]`: in `m^2^[@a]` the caret before them closes a superscript. */
export function isInlineNote(text: string, bracket: number): boolean {
  const caret = bracket - 1;
  if (text[caret] !== '^') {
    return false;
  }
  let open: number | undefined;
  for (let at = wordStart(text, caret); at <= caret; at += 1) {
    if (text[at] === '\\') {
      at += 1;
    } else if (text[at] === '^' && open === undefined) {
      open = at;
    } else if (text[at] === '^' && at > open! + 1) {
      open = undefined;
    }
  }
  return open !== undefined;
}

function wordStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < longestWord && !/\s/.test(text[start - 1]!)) {
    start -= 1;
  }
  return start;
}
