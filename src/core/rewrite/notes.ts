import { noteLabel, noteText } from '../forms.ts';
import type { Reading, Span } from '../reading.ts';
import type { Cited, Said, Work, Works } from './cited.ts';

/** A note's definition, `[^label]: text`, in one paragraph. Its span ends before the line's end. */
export interface Definition extends Span {
  readonly label: string;
  readonly text: string;
}

/** A note's mark in the text, `[^label]`. */
export interface NoteMark extends Span {
  readonly label: string;
}

/** All notes of a manuscript. A definition that goes on in further paragraphs is not among them. */
export interface Notes {
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly marks: readonly NoteMark[];
  /** Every label that a new note can’t have: those defined, of whatever kind their notes are. */
  readonly labels: ReadonlySet<string>;
}

const mark = /(?<!\\)\[\^([^\]\s^]+)\]/g;
const opening = /^ {0,3}\[\^([^\]\s]+)\]:[ \t]*/;

/** The notes of a manuscript, but for what stands in code, comments, math and the like. */
export function notesOf(reading: Reading): Notes {
  const { text } = reading;
  const definitions = new Map<string, Definition>();
  const labels = new Set<string>();
  const marks: NoteMark[] = [];
  for (const match of text.matchAll(mark)) {
    const [whole, label = ''] = match;
    const start = match.index;
    const end = start + whole.length;
    const lineStart = text.lastIndexOf('\n', start) + 1;
    if (!isProse(reading, start)) {
      continue;
    }
    const lead = text.slice(lineStart, start);
    if (text[end] !== ':' || !/^[ \t>]*$/.test(lead)) {
      marks.push({ start, end, label });
      continue;
    }
    const definition = /^ {0,3}$/.test(lead) ? definitionAt(reading, lineStart) : undefined;
    // Of two definitions of one label Pandoc takes the last; which of them is meant, the writer must say.
    if (definition && !labels.has(label)) {
      definitions.set(label, definition);
    } else {
      definitions.delete(label);
    }
    labels.add(label);
  }
  return { definitions, marks, labels };
}

/** Whether the offset stands in prose, where marks and links are read. A mark is itself a stretch without citations. */
export function isProse(reading: Reading, offset: number): boolean {
  const { block, start } = reading.blockAt(offset);
  const at = offset - start;
  return (
    (block.kind === 'paragraph' || block.kind === 'heading' || block.kind === 'table') &&
    !block.opaque.some(span => span.start < at && at < span.end)
  );
}

/** The definition that begins a line: its lines up to the next blank one or the next definition. */
function definitionAt(reading: Reading, start: number): Definition | undefined {
  const { text } = reading;
  const [lead = '', label = ''] = opening.exec(text.slice(start, start + 1_000)) ?? [];
  let end = endOfLine(text, start);
  for (let next = end; next < text.length; ) {
    next = lineBreakEnd(text, next);
    const line = text.slice(next, endOfLine(text, next));
    if (line.trim() === '' || opening.test(line)) {
      break;
    }
    end = endOfLine(text, next);
    next = end;
  }
  const goesOn = /^(?:[ \t]*\r?\n)+(?: {4}|\t)/.test(text.slice(lineBreakEnd(text, end), lineBreakEnd(text, end) + 1_000));
  return lead === '' || goesOn ? undefined : { start, end, label, text: text.slice(start + lead.length, end).trim() };
}

/** The end of the line's text, before `\n` or `\r\n`. */
function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  const end = newline < 0 ? text.length : newline;
  return end > from && text[end - 1] === '\r' ? end - 1 : end;
}

/** Behind the line break that stands at the offset, if one does. */
export function lineBreakEnd(text: string, end: number): number {
  return end + (text.startsWith('\r\n', end) ? 2 : text[end] === '\n' ? 1 : 0);
}

/** A semicolon directly behind an address would become part of it where Markdown finds addresses by itself. */
function parting(piece: string): string {
  return /:\/\/\S*$/.test(piece) ? ' ; ' : '; ';
}

/** The note's text: `see Author (2021). Title. p. 3; Author (2022). Title.`; for a single work as insertion writes it. */
export function noteOf(works: readonly Work[], printed: Works): string {
  return works.reduce((note, { key, prefix, suffix }, index) => {
    const reference = noteText({ key, printed: printed.get(key)!.printed });
    const lead = index > 0 ? parting(note) : '';
    const ends = index === works.length - 1 && suffix !== '' ? '.' : '';
    return `${note}${lead}${prefix === '' ? '' : `${prefix} `}${reference}${suffix === '' ? '' : ` ${suffix}`}${ends}`;
  }, '');
}

interface Found extends Span {
  readonly key: string;
}

/** The works of a note that consists of their references as we print them, with what stands before and behind each. */
export function worksOfNote(note: string, printed: Works): readonly Work[] | undefined {
  const found = referencesIn(note, printed);
  const [first] = found;
  if (!first) {
    return undefined;
  }
  const works: Work[] = [];
  let prefix = note.slice(0, first.start);
  for (const [index, { key, end }] of found.entries()) {
    const next = found[index + 1];
    const behind = note.slice(end, next?.start);
    const parts = behind.split(/ ?;(?= )/);
    const [tail = '', lead = ''] = next ? parts : [behind.replace(/\.$/, '')];
    if ((next && parts.length !== 2) || !isApart(prefix, tail)) {
      return undefined;
    }
    works.push({ key, prefix: prefix.trim(), suffix: tail.trim(), suppressAuthor: false });
    prefix = lead;
  }
  return works;
}

/** Words beside a reference are parted from it by a space, and are no sentences of their own. */
function isApart(before: string, behind: string): boolean {
  return (
    /^$|\s$/.test(before) && /^$|^\s/.test(behind) && !/[.!?]\s+\p{Lu}\p{L}*\s+\p{L}/u.test(behind) && !/[;@[\]]/.test(before + behind)
  );
}

function referencesIn(note: string, printed: Works): readonly Found[] {
  const found: Found[] = [];
  for (const [key, work] of printed) {
    const { reference } = work.printed;
    const start = reference === '' ? -1 : note.indexOf(reference);
    if (start >= 0) {
      found.push({ key, start, end: start + reference.length });
    }
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  return found.filter((each, index) => !found.slice(0, index).some(({ end }) => end > each.start));
}

/** The study's key that a label names: `feder2021` or `feder2021-2`. */
export function keyOfLabel(label: string, isKey: (key: string) => boolean): string | undefined {
  return [label, label.replace(/-\d+$/, '')].find(isKey);
}

/** The citations that stand in notes of our form: the mark, with the authors before it where it is in-text. */
export function citedInNotes(reading: Reading, notes: Notes, printed: Works): readonly Cited[] {
  const works = new Map<string, readonly Work[] | undefined>();
  for (const { label, text } of notes.definitions.values()) {
    const key = keyOfLabel(label, each => printed.has(each));
    const said = key === undefined ? undefined : worksOfNote(text, printed);
    works.set(label, said?.[0]?.key === key ? said : undefined);
  }
  return notes.marks.flatMap(({ start, end, label }) => {
    const said = works.get(label);
    const first = said?.[0];
    if (!said || !first) {
      return [];
    }
    const authors = first.prefix === '' ? authorsOf(first.key, printed) : '';
    const isInText = endsWithAuthors(reading.text, start, authors);
    return [{ start: isInText ? start - authors.length : start, end, syntax: 'footnote', inText: isInText, works: said, label }];
  });
}

/** `Feder et al. (2021)` names `Feder et al.`, as does MLA’s `Feder et al.` */
export function authorsOf(key: string, printed: Works): string {
  return (printed.get(key)?.printed.inText ?? '').replace(/\s*\([^()]*\)$/, '');
}

/** Whether these authors are named directly before the offset. */
export function endsWithAuthors(text: string, offset: number, authors: string): boolean {
  const start = offset - authors.length;
  return authors !== '' && start >= 0 && text.startsWith(authors, start) && !/[\p{L}\p{N}]/u.test(text[start - 1] ?? ' ');
}

/** What a citation in a note can't say. */
export function lossInNote({ inText, works }: Said, printed: Works): string | undefined {
  if (works.some(({ suppressAuthor }) => suppressAuthor)) {
    return 'its author is suppressed, which a note can’t say';
  }
  if (inText && authorsOf(works[0]!.key, printed) === '') {
    return 'the style names no authors that could stand in the text';
  }
  const [first] = works;
  if (first && noteLabel(first.key) !== first.key) {
    return `${first.key} can’t be the label of a note, which has no brackets`;
  }
  const read = worksOfNote(noteOf(works, printed), printed);
  return JSON.stringify(read) === JSON.stringify(works) ? undefined : 'what it says beside the works could not be told from the note’s own words';
}
