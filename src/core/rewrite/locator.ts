import { isReversed, parsePages } from '../checks/pages.ts';
import type { TextEdit } from '../insertion.ts';
import { readManuscript, type Citation, type Cite, type Reading, type Span } from '../reading.ts';
import { collapsed, confirmed, senseOf, type Rewriting, type Unavailable } from './rewriting.ts';

/** Places that are no CSL term or have no number; such words at the start of a suffix say where, as a locator does. */
const place =
  /^(?:(?:supplementary |supplemental |online )?(?:abstract|table|tab\.|figure|box|panel|supplement|appendix|introduction|background|objectives?|methods?|results?|findings?|discussion|conclusions?|limitations?|references)\b[^,;[\]@]*(?:, )?)+/iu;

const pageNumber = String.raw`[\p{L}]?\d+[\p{L}]?|[ivxlcdm]+`;
const pages = new RegExp(String.raw`^(?:${pageNumber})(?:\s*(?:[-–—]+|,|&)\s*(?:${pageNumber}))*$`, 'iu');

/**
 * A place as the writer typed it, as it is to stand behind the citekey: `12` gives `p. 12`, `12 - 14` gives `pp. 12-14`,
 * `chap. 3` and `Table 2` stay. Braces where Pandoc would otherwise take only a part for the locator: `{chap. Three}`.
 */
export function locatorFor(typed: string): { readonly locator: string } | Unavailable {
  const words = collapsed(typed);
  const fault = faultOf(words);
  if (fault) {
    return { unavailable: fault };
  }
  const bare = words.replace(/^pp?(?:\.\s*|\s+|(?=\d))/i, '');
  if (!pages.test(bare)) {
    return { locator: braced(words) };
  }
  const numbers = bare.replace(/\s*([-–—]+)\s*/g, '$1');
  if (parsePages(numbers)?.some(isReversed)) {
    return { unavailable: `The range ${numbers} runs backwards.` };
  }
  return { locator: braced(`${/[-–—,&]/.test(numbers) ? 'pp.' : 'p.'} ${numbers}`) };
}

function faultOf(words: string): string | undefined {
  if (words === '') {
    return 'Type a page such as 12 or 12-14, or another place such as chap. 3 or Table 2.';
  }
  if (words.includes(';')) {
    return 'A semicolon would begin another citation; use a comma.';
  }
  if (/[[\]{}@\\`^]/.test(words)) {
    return 'Brackets, braces, @, ^, \\ and ` have a meaning of their own in a citation; leave them out.';
  }
  return /[\p{L}\p{N}]/u.test(words) ? undefined : 'This names no place; type a page such as 12 or a place such as Table 2.';
}

/** `chap. Three` has a CSL term that Pandoc knows, but no number that it would know: braces make it one locator. */
function braced(words: string): string {
  const bare = soleCite(`[@a, ${words}]`)?.locator;
  return bare?.end === 5 + words.length ? words : forced(words);
}

/** The same for a whole suffix, of which a part may be the locator: `p. 3, emphasis added`. */
export function bracedSuffix(suffix: string): string {
  return soleCite(`[@a, ${suffix}]`)?.locator ? suffix : forced(suffix);
}

function forced(words: string): string {
  const locator = soleCite(`[@a, {${words}}]`)?.locator;
  return locator && locator.labelSpan.end > locator.labelSpan.start ? `{${words}}` : words;
}

function soleCite(text: string): Cite | undefined {
  return readManuscript(text).citations[0]?.cites[0];
}

/** The cite of a citation that an offset is meant for: the one around it, else the next one, else the last. */
export function citeAt({ cites }: Citation, offset: number): Cite {
  const around = cites.filter(({ mark, end }) => offset <= Math.max(mark.end, end));
  // The first of an in-text citation reaches to the closing bracket, over the others.
  const marked = cites.findLast(({ start }) => start <= offset);
  return (marked && marked.mode !== 'in-text' && offset <= marked.end ? marked : around[0]) ?? cites.at(-1)!;
}

/** Where a cite says in which place of the work: its locator, or words such as `Table 2` at the start of its suffix. */
export function placeOf(text: string, { locator, suffix }: Cite): Span | undefined {
  if (locator) {
    return { start: locator.start, end: locator.end };
  }
  const behind = text.slice(suffix.start, suffix.end);
  const lead = /^,?\s*/.exec(behind)![0].length;
  const words = place.exec(behind.slice(lead))?.[0].replace(/,?\s*$/, '');
  return words ? { start: suffix.start + lead, end: suffix.start + lead + words.length } : undefined;
}

/** What {@link placeOf} holds, without braces: what a writer would type. */
export function placeText(text: string, cite: Cite): string {
  const span = placeOf(text, cite);
  return span ? collapsed(text.slice(span.start, span.end).replace(/^\{([\s\S]*)\}$/, '$1')) : '';
}

/** Puts a locator behind the citekey, or in the place of the present one; the rest of the suffix stays. */
export function setLocator(reading: Reading, citation: Citation, cite: Cite, locator: string): Rewriting {
  const edit = locatorEdit(reading.text, citation, cite, locator);
  const { text } = reading;
  const { suffix } = cite;
  const present = placeOf(text, cite);
  const rest = present ? text.slice(present.end, suffix.end) : text.slice(suffix.start, suffix.end).replace(/^,?\s*/, ', ');
  const lead = present ? text.slice(suffix.start, present.start) : '';
  const behind = `${lead}${locator}${suffix.end > suffix.start ? rest : ''}`;
  const expected = citation.cites.map(each => (each === cite ? withSuffix(text, each, behind) : senseOf(text, each)));
  return confirmed(reading, [citation], [edit], expected)
    ? { edits: [edit] }
    : { unavailable: 'Pandoc would not read the locator here: what stands behind the citation gets in its way.' };
}

function withSuffix(text: string, cite: Cite, suffix: string): string {
  return senseOf(text + suffix, { ...cite, suffix: { start: text.length, end: text.length + suffix.length } });
}

function locatorEdit(text: string, { brackets }: Citation, cite: Cite, locator: string): TextEdit {
  const present = placeOf(text, cite);
  if (present) {
    return { ...present, text: locator };
  }
  const { mark, mode, suffix } = cite;
  if (mode !== 'in-text' || !brackets) {
    return { start: mark.end, end: mark.end, text: mode === 'in-text' ? ` [${locator}]` : `, ${locator}` };
  }
  const at = brackets.start + 1;
  return { start: at, end: at, text: `${locator}${suffix.end > suffix.start ? ', ' : '; '}` };
}

/** Takes the locator away, with the comma or the brackets that were there for it. */
export function removeLocator(reading: Reading, citation: Citation, cite: Cite): Rewriting {
  const { text } = reading;
  const present = placeOf(text, cite);
  if (!present) {
    return { unavailable: 'This citation has no locator.' };
  }
  const edit = { ...stretchOf(text, citation, cite, present), text: '' };
  const rest = text.slice(present.end, cite.suffix.end).replace(/^,?\s*/, '');
  const expected = citation.cites.map(each => (each === cite ? withSuffix(text, each, rest) : senseOf(text, each)));
  return confirmed(reading, [citation], [edit], expected)
    ? { edits: [edit] }
    : { unavailable: 'Without its locator Pandoc would read the citation otherwise.' };
}

function stretchOf(text: string, { brackets, cites }: Citation, cite: Cite, present: Span): Span {
  if (cite.mode !== 'in-text' || !brackets) {
    return { start: cite.mark.end, end: present.end };
  }
  if (present.end < cite.suffix.end) {
    const comma = /^,?\s*/.exec(text.slice(present.end))![0].length;
    return { start: brackets.start + 1, end: present.end + comma };
  }
  const next = cites[cites.indexOf(cite) + 1];
  return next ? { start: brackets.start + 1, end: next.start } : { start: cite.mark.end, end: brackets.end };
}
