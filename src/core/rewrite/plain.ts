import { withoutReferences } from '../characterReferences.ts';
import type { TextEdit } from '../insertion.ts';
import { readManuscript, type Reading, type Span } from '../reading.ts';
import { touchesAny, type Kept } from './cited.ts';
import type { Conversion } from './convert.ts';
import { rereadAfter } from './rewriting.ts';

/** A citation and the words that the style prints for it, Markdown; offsets are absolute. */
export interface PrintedPlace extends Span {
  readonly words: string;
}

/**
 * Writes the printed words in the place of citations, in the plain form: `<span data-citation="[@a, p. 3]">(Author, 2001, p. 3)</span>`.
 * A reader sees the words only, and what stood there is kept, letter for letter.
 */
export function toPlain(reading: Reading, places: readonly PrintedPlace[]): Conversion {
  let chosen = [...places].sort((a, b) => a.start - b.start);
  const kept: Kept[] = [];
  for (;;) {
    const edits = chosen.map(({ start, end, words }) => ({ start, end, text: plainForm(reading.text.slice(start, end), words) }));
    const found = new Set(plainIn(rereadAfter(reading, edits)).filter(isClosed).map(({ start }) => start));
    let grown = 0;
    const misread = chosen.filter((each, index) => {
      const start = each.start + grown;
      grown += edits[index]!.text.length - (each.end - each.start);
      return !found.has(start);
    });
    if (misread.length === 0) {
      return { edits, converted: chosen.length, kept };
    }
    kept.push(...misread.map(({ start, end }) => ({ start, end, unavailable: 'what stands beside it would be read together with the plain form' })));
    chosen = chosen.filter(each => !misread.includes(each));
  }
}

/** Restores the citations that plain forms keep, whatever became of the words in them. */
export function fromPlain(reading: Reading, scopes: readonly Span[] = [{ start: 0, end: reading.text.length }]): Conversion {
  const edits: TextEdit[] = [];
  const kept: Kept[] = [];
  let last = 0;
  for (const form of plainIn(reading).filter(each => touchesAny(each, scopes))) {
    const { start, end, citation } = form;
    if (start < last) {
      continue;
    }
    if (!isClosed(form)) {
      kept.push({ start, end, unavailable: 'the end of its plain form, </span>, is missing' });
    } else if (!isCitation(citation)) {
      kept.push({ start, end, unavailable: 'what its plain form keeps is no citation' });
    } else {
      edits.push({ start, end, text: citation });
      last = end;
    }
  }
  return { edits, converted: edits.length, kept };
}

/** The manuscript with the citations that its plain forms keep. */
export function withoutPlain(reading: Reading): Reading {
  return reading.text.includes(opening) ? rereadAfter(reading, fromPlain(reading).edits) : reading;
}

const opening = '<span data-citation="';

/** A plain form; it ends with its first tag where no other closes it. */
interface PlainForm extends Span {
  readonly citation: string;
  readonly isOpen?: true;
}

function isClosed({ isOpen }: PlainForm): boolean {
  return !isOpen;
}

/** Also without the marks of a block quote, which stand within a citation over several lines. */
function isCitation(text: string): boolean {
  const line = text.replace(/\r?\n[ \t>]*/g, ' ');
  const [first, ...others] = readManuscript(line).citations;
  return first?.start === 0 && first.end === line.length && others.every(({ end }) => end <= line.length);
}

function plainForm(citation: string, words: string): string {
  return `${opening}${encoded(citation)}">${words}</span>`;
}

/** What would end the attribute, the line, a table's cell, or begin code or math beside it. */
function encoded(citation: string): string {
  return citation.replace(/[&<>"`$|\r\n]/g, char => `&#${char.charCodeAt(0)};`);
}

/** The plain forms of a manuscript, in order; none in code, comments and the like. */
function plainIn({ text, blocks, starts }: Reading): readonly PlainForm[] {
  if (!text.includes(opening)) {
    return [];
  }
  return blocks.flatMap(({ opaque }, index) => {
    const tags = opaque
      .filter(({ kind }) => kind === 'raw HTML')
      .map(({ start, end }) => ({ start: starts[index]! + start, end: starts[index]! + end }));
    return tags.flatMap((tag, at) => {
      const [, attribute] = /^<span data-citation="([^"]*)"\s*>$/.exec(text.slice(tag.start, tag.end)) ?? [];
      return attribute === undefined ? [] : [formAt(text, tags, at, withoutReferences(attribute))];
    });
  });
}

function formAt(text: string, tags: readonly Span[], at: number, citation: string): PlainForm {
  const { start, end } = tags[at]!;
  let depth = 1;
  for (const tag of tags.slice(at + 1)) {
    const written = text.slice(tag.start, tag.end);
    depth += /^<span[\s>]/.test(written) && !written.endsWith('/>') ? 1 : written.startsWith('</span') ? -1 : 0;
    if (depth === 0) {
      return { start, end: tag.end, citation };
    }
  }
  return { start, end, citation, isOpen: true };
}
