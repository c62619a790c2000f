import { placeAt, type Place, type Silence } from './caret.ts';
import { holdsOnly } from './citations.ts';
import { faultOfCitedKey } from './citekeys.ts';
import { inlineQuote, noteText, pandocCite, pandocCites, writeCitation, writeFinding } from './forms.ts';
import type { Cite, Footnote, Form, Mode, Syntax, Written } from './forms.ts';
import { escapedFor, type NociteStyle } from './nociteField.ts';
import { hasUnprintable } from './yamlScalar.ts';
import { citedKeys } from './occurrences.ts';
import { blockQuoteWords, countWords, escapeMarkdown, type QuotationMarks } from './quotes.ts';
import { readManuscript, type Reading } from './reading.ts';

/** What is to be inserted. A quote and a finding belong to one work; citations and references may be several. */
export interface Request {
  readonly form: Form;
  readonly syntax: Syntax;
  readonly mode: Mode;
  readonly cites: readonly Cite[];
  /** The quote's words or the finding's. */
  readonly words?: string;
  readonly marks: QuotationMarks;
}

/** Replace `[start, end)` of the text. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The edit at the caret, the one elsewhere (a footnote's definition), and where the caret then stands in `edit.text`. */
export interface Insertion {
  readonly edit: TextEdit;
  readonly further?: TextEdit;
  readonly caret: number;
}

/** Nothing is inserted, and why; of a key that can't be cited the reason is a sentence. */
export type Refusal =
  | { readonly refused: Silence | 'cited already' }
  | { readonly refused: 'not citable'; readonly reason: string };

/**
 * Where to insert: `[start, end)` is replaced; `typed` says that it is a query after `@`, which the writer has spaced,
 * `braced` that it was typed in braces, `@{fed|}`.
 */
export interface Spot {
  readonly start: number;
  readonly end: number;
  readonly typed?: boolean;
  readonly braced?: boolean;
}

/**
 * The one inserter behind completion, search and tree: sees the text around the caret and answers with one edit.
 * `place` is where the spot's end is, for a caller who knows it. Inside `[@a|]` it adds `; @b`; in a block quote it keeps `> `; in a note it does not nest; in code it refuses.
 */
export function insertInto(
  reading: Reading,
  spot: Spot,
  request: Request,
  place: Place = placeAt(reading, spot.end),
): Insertion | Refusal {
  const { text } = reading;
  const isListed = place.nocite !== undefined && request.form === 'citation' && (place.nocite !== 'plain' || spot.typed === true);
  if (place.silent && !isListed) {
    return { refused: place.silent };
  }
  const reason = notCitable(request, place);
  if (reason !== undefined) {
    return { refused: 'not citable', reason };
  }
  if (spot.braced) {
    const { braced, ...where } = spot;
    return insertInto(reading, where, { ...request, cites: request.cites.map(cite => ({ ...cite, braced })) }, place);
  }
  if (isListed) {
    return intoNocite(text, spot, request.cites, place.nocite!);
  }
  if (isAlone(spot, place.group, request)) {
    return edit(spot.start, spot.end, pandocCites(request.cites));
  }
  const group = place.group && !holdsOnly(text, place.group, spot) ? place.group : undefined;
  if (group && request.form === 'citation') {
    return intoGroup(text, spot, group, request.cites);
  }
  if (group) {
    // Words can't stand inside a citation; they go behind it.
    const end = group.closed ? group.end : spot.end;
    return insertInto(reading, { start: end, end }, request);
  }
  const around = place.group
    ? { ...spot, start: place.group.start, end: place.group.closed ? place.group.end : spot.end }
    : spot;
  return atSpot(text, around, place, request);
}

/** Why a key of the request can't be cited where it is to stand. Other syntaxes than Pandoc's print the work instead. */
function notCitable({ form, syntax, cites }: Request, { group, container, nocite }: Place): string | undefined {
  const writesKeys = form !== 'reference' && (syntax === 'pandoc' || (form === 'citation' && (group ?? nocite) !== undefined));
  for (const { key } of writesKeys ? cites : []) {
    const fault = faultOfCitedKey(key);
    if (fault) {
      return fault;
    }
    if (container.kind === 'table' && key.includes('|')) {
      return `${key} can’t be cited in a table, where | ends the cell.`;
    }
    if (nocite !== undefined && (hasUnprintable(key) || /\p{Cc}/u.test(key))) {
      return `${key} can’t be listed in metadata, for YAML allows no control characters. Take them out in the bibliography.`;
    }
  }
  return undefined;
}

/** So much of the text behind a bare key is looked at, to see whether it would go on with it. */
const longestLook = 4;

/** `nocite: '@a, @b|'`: the keys themselves, whatever the syntax is, for nothing of a citation is printed here. */
function intoNocite(text: string, spot: Spot, cites: readonly Cite[], style: NociteStyle): Insertion {
  const after = trailOf(text, spot) + text.slice(spot.end, spot.end + longestLook);
  const keys = cites.map((cite, index) => pandocCite({ ...cite, locator: '' }, index < cites.length - 1 ? ',' : after));
  return spaced(text, spot, escapedFor(style, keys.join(', ')));
}

type Brackets = NonNullable<Place['group']>;

/**
 * `[@fed|]`, with nothing else in the brackets: they stay, and the caret stays before the `]`, where a locator is typed. The
 * editor, which closed the bracket, lets the writer type over it.
 */
function isAlone({ start, end, typed }: Spot, group: Place['group'], { form, syntax, mode, cites }: Request): boolean {
  const isInBrackets = mode === 'parenthetical' || cites.every(({ suppressAuthor }) => suppressAuthor);
  const fills = group !== undefined && group.closed && group.start + 1 === start && group.end - 1 === end;
  return typed === true && fills && isInBrackets && form === 'citation' && syntax === 'pandoc';
}

function intoGroup(text: string, spot: Spot, group: Brackets, cites: readonly Cite[]): Insertion | Refusal {
  const inside =
    text.slice(group.start + 1, spot.start) + text.slice(spot.end, group.closed ? group.end - 1 : group.end);
  const known = citedKeys(readManuscript(inside));
  const fresh = cites.filter(({ key }) => !known.has(key));
  if (fresh.length === 0) {
    return { refused: 'cited already' };
  }
  const before = text.slice(group.start + 1, spot.start);
  const segment = before.slice(before.lastIndexOf(';') + 1);
  if (spot.typed) {
    // `[@a @fed|]` lacks its semicolon.
    const blanks = /\s*$/.exec(segment)![0].length;
    const written = pandocCites(fresh, text.slice(spot.end, spot.end + longestLook));
    return hasCite(segment) ? edit(spot.start - blanks, spot.end, `; ${written}`) : edit(spot.start, spot.end, written);
  }
  return besideCites(text, spot, group, segment, fresh);
}

/** Not typed but chosen: the cite goes before or behind the one around the caret, never into it. */
function besideCites(text: string, spot: Spot, group: Brackets, before: string, cites: readonly Cite[]): Insertion {
  const limit = group.closed ? group.end - 1 : spot.end;
  const semicolon = text.slice(spot.end, limit).indexOf(';');
  const segmentEnd = semicolon < 0 ? limit : spot.end + semicolon;
  const after = text.slice(spot.end, segmentEnd);
  if (!hasCite(before + after)) {
    const isBehindSemicolon = before === '' && text[spot.start - 1] === ';';
    const lead = isBehindSemicolon || /\S$/.test(before) ? ' ' : '';
    const trail = /^[\p{L}\p{N}]/u.test(after) ? ' ' : '';
    return edit(spot.start, spot.end, `${lead}${pandocCites(cites, trail + after)}${trail}`);
  }
  if (before.trim() === '' && hasCite(after) && /^\s*-?@/.test(after)) {
    return edit(spot.start, spot.end, `${pandocCites(cites, ';')}; `);
  }
  const end = segmentEnd - (/\s*$/.exec(text.slice(spot.end, segmentEnd))?.[0].length ?? 0);
  return edit(end, end, `; ${pandocCites(cites, text.slice(end, end + longestLook))}`);
}

function hasCite(text: string): boolean {
  return /(?:^|[^\p{L}\p{N}\\])@[\p{L}\p{N}_{]/u.test(text);
}

function atSpot(text: string, spot: Spot, place: Place, request: Request): Insertion {
  const { form, syntax, mode, cites } = request;
  if (form === 'reference') {
    const lines = cites.map(cite => noteText({ ...cite, locator: '' }));
    const between =
      place.container.kind === 'table'
        ? ' '
        : `\n${place.container.continuation.trimEnd()}\n${place.container.continuation}`;
    return spaced(text, spot, lines.join(between));
  }
  const after = trailOf(text, spot) + text.slice(spot.end, spot.end + longestLook);
  const citation = cite(text, place, syntax, form === 'citation' ? mode : 'parenthetical', cites, form === 'citation' ? after : '');
  if (form === 'quote') {
    return insertQuote(text, spot, place, request, citation);
  }
  return withFootnotes(
    text,
    spaced(text, spot, form === 'finding' ? writeFinding(request.words ?? '', citation.text) : citation.text),
    citation,
  );
}

/** A note that cites by footnote would nest; there the reference itself is written. */
function cite(text: string, place: Place, syntax: Syntax, mode: Mode, cites: readonly Cite[], after: string): Written {
  return place.inNote && syntax === 'footnote'
    ? { text: cites.map(noteText).join(' ') }
    : writeCitation(cites, syntax, mode, text, after);
}

function insertQuote(text: string, spot: Spot, place: Place, request: Request, citation: Written): Insertion {
  const words = request.words ?? '';
  const { container, line } = place;
  const before = text.slice(
    line.start + container.lead.length,
    Math.max(spot.start, line.start + container.lead.length),
  );
  const stands = before.trim() === '' && container.inQuote;
  const canBlock = container.kind === 'paragraph' || container.kind === 'footnote';
  if (canBlock && (stands || countWords(words) >= blockQuoteWords)) {
    const mark = container.inQuote ? '' : '> ';
    const body = `${mark}${escapeMarkdown(words)} ${citation.text}`;
    return withFootnotes(text, ownParagraph(text, spot, place, before, body), citation);
  }
  return withFootnotes(text, spaced(text, spot, `${inlineQuote(words, request.marks)} ${citation.text}`), citation);
}

/** The body as a paragraph of its own, parted by blank lines from what stands before and behind it. */
function ownParagraph(text: string, spot: Spot, { container, line }: Place, before: string, body: string): Insertion {
  const { continuation } = container;
  const newParagraph = `\n${continuation.trimEnd()}\n${continuation}`;
  const after = text.slice(spot.end, line.end);
  const blanksBefore = before.trim() === '' ? 0 : /[ \t]*$/.exec(before)![0].length;
  const blanksAfter = /^[ \t]*/.exec(after)![0].length;
  const opening =
    before.trim() !== '' ? newParagraph : goesOn(text, line.start, container.lead) ? `\n${continuation}` : '';
  const closing = after.trim() !== '' ? newParagraph : isBlankLine(text, line.end) ? '' : `\n${continuation.trimEnd()}`;
  const whole = `${opening}${body}${closing}`;
  return {
    edit: { start: spot.start - blanksBefore, end: spot.end + blanksAfter, text: whole },
    caret: opening.length + body.length,
  };
}

/** Whether the line, empty but for `> ` or its indent, would go on with the paragraph of the line above. */
function goesOn(text: string, lineStart: number, lead: string): boolean {
  if (lineStart === 0 || !/^[\s>]*$/.test(lead)) {
    return false;
  }
  const previous = text.slice(text.lastIndexOf('\n', lineStart - 2) + 1, lineStart - 1);
  return previous.replace(/^[\s>]+/, '') !== '' && (!lead.includes('>') || previous.trimStart().startsWith('>'));
}

function isBlankLine(text: string, lineEnd: number): boolean {
  const next = text.indexOf('\n', lineEnd);
  if (next < 0) {
    return true;
  }
  const end = text.indexOf('\n', next + 1);
  return /^[\s>]*$/.test(text.slice(next + 1, end < 0 ? undefined : end));
}

/** Chosen from a list or the tree, the text is parted from the words beside it; what is typed, the writer has spaced. */
function spaced(text: string, spot: Spot, body: string): Insertion {
  const before = text[spot.start - 1] ?? '\n';
  const isNote = body.startsWith('[^');
  const lead = !spot.typed && !isNote && /[^\s([{“‘„«"'—–/-]/.test(before) ? ' ' : '';
  const trail = trailOf(text, spot);
  return {
    edit: { start: spot.start, end: spot.end, text: `${lead}${body}${trail}` },
    caret: lead.length + body.length,
  };
}

/** The space that parts what is chosen from the words behind it. */
function trailOf(text: string, { end, typed }: Spot): string {
  return !typed && /[\p{L}\p{N}[(“@]/u.test(text[end] ?? '\n') ? ' ' : '';
}

function edit(start: number, end: number, text: string): Insertion {
  return { edit: { start, end, text }, caret: text.length };
}

/** Definitions stand at the document's end, parted by a blank line from anything but other definitions. */
function withFootnotes(text: string, insertion: Insertion, { footnotes = [] }: Written): Insertion {
  if (footnotes.length === 0) {
    return insertion;
  }
  const end = text.trimEnd().length;
  const definitions = footnotes.map(({ label, text: note }: Footnote) => `[^${label}]: ${note}`).join('\n');
  if (insertion.edit.end >= end) {
    const rest = `${insertion.edit.text}\n\n${definitions}\n`;
    return { edit: { ...insertion.edit, end: text.length, text: rest }, caret: insertion.caret };
  }
  const lastLine = text.slice(text.lastIndexOf('\n', end - 1) + 1, end);
  const parting = /^ {0,3}\[\^[^\]\s]+\]:/.test(lastLine) ? '\n' : '\n\n';
  return { ...insertion, further: { start: end, end: text.length, text: `${parting}${definitions}\n` } };
}
