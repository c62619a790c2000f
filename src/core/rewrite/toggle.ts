import type { Citation, Cite, Reading } from '../reading.ts';
import { citationsAround, confirmed, edited, senseOf, type Rewriting, type Unavailable } from './rewriting.ts';

/** White space, and the marks of a block quote where a line begins. */
const gap = String.raw`(?:[ \t]|\r?\n[ \t>]*)*`;

/**
 * `[@a, p. 3; @b]` ↔ `@a [p. 3; @b]`. Toggled twice, the text is what it was, spaces included; what could not come back
 * is left alone.
 */
export function toggle(reading: Reading, citation: Citation): Rewriting {
  const { text } = reading;
  const turned = turn(text, citation);
  if ('unavailable' in turned) {
    return turned;
  }
  const [first, ...others] = citation.cites;
  const mode = citation.kind === 'group' ? 'in-text' : 'parenthetical';
  const expected = [senseOf(text, { ...first!, mode }), ...others.map(cite => senseOf(text, cite))];
  const after = confirmed(reading, [citation], turned.edits, expected);
  return after && turnsBack(after, citation, text) ? turned : unreadable;
}

const unreadable: Unavailable = {
  unavailable: 'In the other form Pandoc would read this citation together with the text beside it.',
};

function turn(text: string, citation: Citation): Rewriting {
  return citation.kind === 'group' ? intoText(text, citation) : intoBrackets(text, citation);
}

function turnsBack(after: Reading, { start }: Citation, text: string): boolean {
  const citation = citationsAround(after, start).find(each => each.start === start);
  const back = citation && turn(after.text, citation);
  return back !== undefined && 'edits' in back && edited(after.text, back.edits) === text;
}

/** `[@a, p. 3]` ↔ `[-@a, p. 3]`; an in-text citation is put into brackets, for only there Pandoc suppresses an author. */
export function toggleAuthor(reading: Reading, citation: Citation, cite: Cite): Rewriting {
  const { text } = reading;
  const isSuppressed = cite.mode === 'suppress-author';
  const at = cite.mark.start;
  const turned =
    cite.mode === 'in-text'
      ? intoBrackets(text, citation, '-')
      : { edits: [{ start: at, end: isSuppressed ? at + 1 : at, text: isSuppressed ? '' : '-' }] };
  if ('unavailable' in turned) {
    return turned;
  }
  const mode = isSuppressed ? 'parenthetical' : 'suppress-author';
  const expected = citation.cites.map(each => senseOf(text, each === cite ? { ...each, mode } : each));
  return confirmed(reading, [citation], turned.edits, expected) ? turned : unreadable;
}

function intoText(text: string, { start, end, cites }: Citation): Rewriting {
  const { mark, mode, prefix } = cites[0]!;
  if (mode === 'suppress-author') {
    return { unavailable: 'Pandoc suppresses an author in brackets only, so this citation can’t stand in the text.' };
  }
  if (prefix.end > prefix.start) {
    const words = text.slice(prefix.start, prefix.end);
    return { unavailable: `“${words}” stands before the citation and could not be kept in the text.` };
  }
  const open = { start, end: start + 1, text: '' };
  const inner = text.slice(mark.end, end - 1);
  const parting = new RegExp(`^[,;](${gap})(?=[^\\s,;])`).exec(inner);
  if (mark.start !== start + 1 || (inner !== '' && inner.trim() === '')) {
    return { unavailable: 'The brackets begin or end with spaces, which would be lost; remove these first.' };
  }
  if (inner === '') {
    return { edits: [open, { start: mark.end, end, text: '' }] };
  }
  if (parting) {
    return { edits: [open, { start: mark.end, end: mark.end + parting[0].length, text: `${parting[1]}[` }] };
  }
  return /^\s/.test(inner)
    ? { edits: [open, { start: mark.end, end: mark.end, text: ' [' }] }
    : { unavailable: `“${inner}” behind the citekey could not be kept in the text.` };
}

/** `[`, with the minus if asked for; the brackets behind the citation, if it has any, close it. */
function intoBrackets(text: string, { cites, brackets }: Citation, minus = ''): Rewriting {
  const { mark, suffix } = cites[0]!;
  const open = { start: mark.start, end: mark.start, text: `[${minus}` };
  if (!brackets) {
    return { edits: [open, { start: mark.end, end: mark.end, text: ']' }] };
  }
  const between = text.slice(mark.end, brackets.start);
  const inner = text.slice(brackets.start + 1, brackets.end - 1);
  if (inner.trim() === '') {
    return { unavailable: 'The brackets behind the citation are empty; remove these first.' };
  }
  const parting = /^\s/.test(inner) ? '' : `${suffix.end > suffix.start ? ',' : ';'}${between}`;
  return { edits: [open, { start: mark.end, end: brackets.start + 1, text: parting }] };
}
