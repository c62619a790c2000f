import type { TextEdit } from '../insertion.ts';
import type { Reading, Span } from '../reading.ts';

/** The comments between which the bibliography is kept current. */
export const regionMarks = { start: '<!-- bibliography:start -->', end: '<!-- bibliography:end -->' } as const;

/** The bibliography that stands in a manuscript's text. */
export interface Region {
  /** With both marks. */
  readonly whole: Span;
  /** What is between the marks, line ends included. */
  readonly inner: Span;
}

/** A mark without its counterpart, or more than one pair: nobody can tell what is to be replaced. */
export interface RegionFault {
  readonly fault: 'unclosed' | 'unopened' | 'doubled';
  /** Where the mark stands. */
  readonly offset: number;
}

const mark = /^<!--[ \t]*bibliography:(start|end)[ \t]*-->(?=[ \t]*\r?$)/gm;

/** The region of a manuscript. Marks stand on lines of their own, in no list, block quote or code. */
export function regionOf(reading: Reading): Region | RegionFault | undefined {
  const { text } = reading;
  const marks = Array.from(text.matchAll(mark)).filter(({ index }) => {
    const { kind } = reading.blockAt(index).block;
    return kind === 'comment' || kind === 'raw HTML' || kind === 'paragraph';
  });
  const [first, second, third] = marks;
  if (!first) {
    return undefined;
  }
  if (first[1] === 'end') {
    return { fault: 'unopened', offset: first.index };
  }
  if (!second || second[1] === 'start') {
    return { fault: second ? 'doubled' : 'unclosed', offset: (second ?? first).index };
  }
  if (third) {
    return { fault: 'doubled', offset: third.index };
  }
  const end = second.index + second[0].length;
  return { whole: { start: first.index, end }, inner: { start: first.index + first[0].length, end: second.index } };
}

/** The edit that makes a region hold these references; nothing where it does. */
export function updateRegion({ text }: Reading, { inner: { start, end } }: Region, references: readonly string[]): TextEdit | undefined {
  const now = innerText(references, lineEndOf(text));
  return text.slice(start, end) === now ? undefined : { start, end, text: now };
}

/** The line end of a text's lines. */
export function lineEndOf(text: string): '\n' | '\r\n' {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function innerText(references: readonly string[], eol: string): string {
  return eol + references.map(reference => `${eol}${reference}${eol}`).join('') + (references.length > 0 ? eol : '');
}

/**
 * The edit that inserts a region: below the last heading that announces one; else on the blank line with the caret; else, where
 * the caret stands in a text, list or block quote, under a heading at the end.
 */
export function insertRegion(reading: Reading, caret: number, references: readonly string[], heading: string): TextEdit {
  const { text } = reading;
  const eol = lineEndOf(text);
  const region = `${regionMarks.start}${innerText(references, eol)}${regionMarks.end}`;
  const under = announced(reading).at(-1);
  const isHere = !under && isFree(reading, caret);
  const at = under ? under.end : isHere ? caret : text.length;
  const before = text.slice(0, at).trimEnd();
  // Only blank lines: the next one may be code by its indentation.
  const behind = text.slice(at).replace(/^(?:[ \t]*\r?\n)+|^[ \t]*$/, '');
  const start = before.length;
  const title = under || isHere ? '' : `${'#'.repeat(levelOf(reading))} ${heading}${eol}${eol}`;
  const ahead = before === '' ? '' : eol + eol;
  return { start, end: text.length - behind.length, text: `${ahead}${title}${region}${eol}${behind === '' ? '' : eol}` };
}

/** Whether a block of its own may stand on the line. */
function isFree(reading: Reading, caret: number): boolean {
  const { text } = reading;
  const lineStart = text.lastIndexOf('\n', caret - 1) + 1;
  const lineEnd = /\r?\n|$/.exec(text.slice(caret))!.index + caret;
  const isBlank = text.slice(lineStart, lineEnd).trim() === '' && (text === '' || reading.blockAt(lineStart).block.kind === 'blank');
  const next = /^\s*?([^\S\r\n]*)(\S.*)/.exec(text.slice(lineEnd).replace(/^(?:[ \t]*\r?\n)+/, ''));
  const previous = text.slice(0, lineStart).trimEnd().split('\n').at(-1) ?? '';
  const isList = (line: string): boolean => /^\s*(?:[-*+]|\(?(?:\w{1,9}|#)[.)])\s/.test(line) || /^\s+\S/.test(line);
  return isBlank && !(next && (next[1] !== '' || (isList(next[2]!) && isList(previous))));
}

/** A heading and its words. */
interface Heading extends Span {
  readonly level: number;
  readonly words: string;
}

const announcing = new RegExp(
  `^(?:${[
    'references|reference list|bibliography|works cited|literature(?: cited)?|sources',
    'literatur(?:verzeichnis|liste)?|quellen(?:verzeichnis)?|bibliogra(?:phie|f[ií]a)',
    'références(?: bibliographiques)?|referencias(?: bibliográficas)?|referências(?: bibliográficas)?|riferimenti(?: bibliografici)?',
    'literatuur(?:lijst)?|referenties|bibliografie|referenser|referanser|litteratur(?:liste|förteckning)?',
  ].join('|')})$`,
  'i',
);

/** The headings under which a bibliography is expected, in order. */
export function announced(reading: Reading): readonly Heading[] {
  return headingsOf(reading).filter(({ words }) => announcing.test(words));
}

/** Whether a bibliography at the text's end stands under a heading that announces it. */
export function endsAnnounced(reading: Reading): boolean {
  const last = headingsOf(reading).at(-1);
  return last !== undefined && announcing.test(last.words);
}

/** The level that a further chapter's heading has: below a title that stands alone on its level. */
export function levelOf(reading: Reading): number {
  const levels = headingsOf(reading).map(({ level }) => level);
  const top = Math.min(...levels, 6);
  const isTitle = levels[0] === top && levels.filter(level => level === top).length === 1 && levels.length > 1;
  return levels.length === 0 ? 1 : Math.min(6, isTitle ? Math.min(...levels.filter(level => level > top)) : top);
}

function headingsOf({ text, blocks, starts }: Reading): readonly Heading[] {
  return blocks.flatMap(({ kind, length, inQuote }, index) => {
    if (kind !== 'heading' || inQuote) {
      return [];
    }
    const start = starts[index]!;
    const written = text.slice(start, start + length).trim();
    const underline = /\n(=+|-+)$/.exec(written)?.[1];
    const level = underline ? (underline.startsWith('=') ? 1 : 2) : (/^#{1,6}/.exec(written)?.[0].length ?? 1);
    const words = written.replace(/\s*\r?\n[=-]+$/, '').replace(/^#+\s*/, '').replace(/\s*\{[^}]*\}$/, '').replace(/\s*#+$/, '').replace(/[*_:]/g, '').trim();
    return [{ start, end: start + length, level, words }];
  });
}
