import { containerOf, type Container } from './container.ts';
import { isInlineNote } from './inlineNotes.ts';
import { nociteAt, type NociteStyle } from './nociteField.ts';
import type { Block, Bracket, OpaqueKind, OpaqueSpan, Placed, Reading, Span } from './reading.ts';

/** What keeps citations away from a place. */
export type Silence = Exclude<OpaqueKind, 'blank'> | OpaqueSpan['kind'];

/** Where the caret is, as far as citing is concerned. Offsets are absolute. */
export interface Place {
  /** Why nothing can be cited here; absent in prose. */
  readonly silent?: Silence;
  /** In the metadata: how the text of `nocite:` around the caret is written. Keys can be listed here, though no citation is. */
  readonly nocite?: NociteStyle;
  readonly container: Container;
  /** The line's start and end (without its line break). */
  readonly line: Span;
  /** The citation's brackets around the caret, as in `[@feder2021|]` or `[see |]`. */
  readonly group?: Bracket;
  /** Whether the caret is in the text of an inline note `^[…|]` or of a `[^1]: …|`. */
  readonly inNote: boolean;
  /** Whether the caret is under a heading References, Bibliography or the like, or in a `#refs` division. */
  readonly underReferences: boolean;
}

/**
 * Where an offset is. `key` is the span of a citekey that is being typed there: signs in it mean nothing else, so that
 * `@a$b` begins no math.
 */
export function placeAt(reading: Reading, offset: number, key?: Span): Place {
  const { text } = reading;
  const at = reading.blockAt(offset);
  const line = lineAt(text, offset);
  const container = containerOf(text.slice(line.start, line.end));
  const silent = silenceOf(reading, at, offset, line, key);
  const brackets = bracketsAround(at, offset, key);
  const nocite = silent === 'front matter' ? nociteAt(text, offset) : undefined;
  // The brackets of a list in YAML are no citation's.
  const group = nocite ? undefined : groupAmong(text, brackets, offset);
  return {
    ...(silent && { silent }),
    ...(nocite && { nocite }),
    ...(group && { group }),
    container,
    line,
    inNote: at.block.inNote || container.kind === 'footnote' || brackets.some(each => each.closed && isInlineNote(text, each.start)),
    underReferences: at.block.inRefs || referencesHeading.test(headingAbove(reading, at)),
  };
}

function lineAt(text: string, offset: number): Span {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const newline = text.indexOf('\n', offset);
  const end = newline < 0 ? text.length : newline - (text[newline - 1] === '\r' && newline > offset ? 1 : 0);
  return { start, end };
}

function silenceOf(reading: Reading, { block, start }: Placed, offset: number, line: Span, key?: Span): Silence | undefined {
  const { text } = reading;
  const { kind } = block;
  if (kind === 'blank') {
    return fenceOfDivision.test(text.slice(line.start, offset)) ? 'attributes' : openAbove(reading, start, offset);
  }
  if (kind === 'paragraph' || kind === 'heading' || kind === 'table') {
    const from = key ? key.start : offset;
    const span = block.opaque.find(
      each => start + each.start < from && (offset < start + each.end || goesOn(each.kind, start + each.end, offset, text)),
    );
    const open = span?.kind ?? openBefore(text, block, start, offset, line, key) ?? openAbove(reading, start, offset);
    return open ?? (isInAddress(text, line, from) ? 'address' : undefined);
  }
  // The line after a block is a new one; after the text's last character the block goes on.
  const isInside = start < offset && (offset < start + block.length || text[offset - 1] !== '\n');
  return isInside ? kind : undefined;
}

const fenceOfDivision = /^[\s>]*:{3,}/;

/** After `https://example.org|` the address goes on; after `<https://example.org>|` it doesn't. */
function goesOn(kind: OpaqueSpan['kind'], end: number, offset: number, text: string): boolean {
  return offset === end && kind === 'address' && text[end - 1] !== '>';
}

const bareAddress = /(?:^|[^\p{L}\p{N}])(?:(?:https?|ftp|file|mailto|doi):|www\.)[^\s<>"\])}]*$/iu;

/** Bare addresses are prose to Pandoc, but links in the preview and to every reader: nothing is inserted into them. */
function isInAddress(text: string, line: Span, offset: number): boolean {
  const before = text.slice(Math.max(line.start, offset - longestAddress), offset);
  return bareAddress.test(before);
}

/** Characters before the caret in which an address may begin. */
const longestAddress = 2000;

/**
 * What was begun in this block and is not closed yet: the writer is still typing it, and no list may pop up there. A
 * lone backtick makes the rest of its line code, `$$` the rest of the block math, `<!--` a comment.
 */
function openBefore(text: string, block: Block, start: number, offset: number, line: Span, key?: Span): Silence | undefined {
  const end = key ? key.start : offset;
  const from = Math.max(start, end - longestLookBack);
  let open: Silence | undefined;
  for (let at = from, next = block.opaque.findIndex(each => start + each.end > from); at < end; ) {
    const span = block.opaque[next];
    if (span && at >= start + span.start) {
      at = Math.max(at, start + span.end);
      next += 1;
      continue;
    }
    const char = text[at];
    if (char === '\\') {
      at += 2;
    } else if (char === '`' && at >= line.start) {
      return 'code';
    } else if (char === '$' && text[at + 1] === '$' && at + 2 <= end) {
      open ??= 'math';
      at += 2;
    } else if (char === '<' && at + 4 <= end && text.startsWith('<!--', at)) {
      open ??= 'comment';
      at += 4;
    } else {
      at += 1;
    }
  }
  return open;
}

/** Characters before the caret in which something unclosed is looked for, in a block of any length. */
const longestLookBack = 1 << 14;

/** What was begun in a block above and is not closed yet: metadata at the text's start, or fenced code. */
function openAbove({ text, blocks, starts, frontMatter }: Reading, start: number, offset: number): Silence | undefined {
  if (frontMatter?.start !== 0 && openMetadata.test(text.slice(0, Math.min(offset, longestOpenMetadata)))) {
    return 'front matter';
  }
  for (let index = 0; index < blocks.length && starts[index]! <= start; index += 1) {
    const first = text.charCodeAt(starts[index]!);
    const mayOpen = blocks[index]!.kind === 'paragraph' && (first === backtick || first === tilde);
    if (mayOpen && openFence.test(text.slice(starts[index], Math.min(offset, starts[index]! + longestFence)))) {
      return 'code';
    }
  }
  return undefined;
}

const [backtick, tilde] = ['`'.charCodeAt(0), '~'.charCodeAt(0)];
/** Characters of a fence's line that are looked at. */
const longestFence = 300;
const openFence = /^(?:`{3,}[^`\n]*|~{3,}[^\n]*)(?:\n|$)/;
/** Characters of metadata that is not closed yet. */
const longestOpenMetadata = 10_000;
const openMetadata = /^---[ \t]*\r?\n(?:[ \t]*[^\s][^\r\n]*\r?\n)*[ \t]*[^\s][^\r\n]*$/;

/** The brackets of a block that are around an offset, and no part of the key that is typed there, with absolute offsets. */
function bracketsAround({ block, start }: Placed, offset: number, key?: Span): Bracket[] {
  return block.brackets
    .filter(each => start + each.start < (key?.start ?? offset) && (!each.closed || offset < start + each.end))
    .map(each => ({ start: start + each.start, end: start + each.end, closed: each.closed }));
}

/**
 * The innermost of the brackets, if a citation can be in them: they hold a cite already, or nothing yet, and are no link,
 * image, note, reference or checkbox.
 */
function groupAmong(text: string, brackets: readonly Bracket[], offset: number): Bracket | undefined {
  const innermost = brackets.reduce<Bracket | undefined>((a, b) => (a && a.start > b.start ? a : b), undefined);
  if (!innermost) {
    return undefined;
  }
  const content = text.slice(innermost.start + 1, innermost.closed ? innermost.end - 1 : offset);
  const before = text[innermost.start - 1] ?? ' ';
  const after = innermost.closed ? (text[innermost.end] ?? ' ') : ' ';
  const holdsCite = citeStart.test(content);
  if (isInlineNote(text, innermost.start) || '!\\'.includes(before) || content.startsWith('^') || before === ']') {
    return undefined;
  }
  if (!holdsCite && ('([:{'.includes(after) || isCheckbox(text, innermost.start, content))) {
    return undefined;
  }
  return holdsCite || innermost.closed ? innermost : undefined;
}

const citeStart = /(?:^|[^\p{L}\p{N}\\])@/u;

function isCheckbox(text: string, start: number, content: string): boolean {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return /^[ xX]?$/.test(content) && /^[\s>]*(?:[-*+]|\d+[.)])\s+$/.test(before);
}

const referencesHeading =
  /^(?:references?(?: list)?|bibliography|works cited|literature(?: cited)?|literatur(?:verzeichnis)?|quellen|références(?: bibliographiques)?|bibliographie|referencias(?: bibliográficas)?|bibliografía)$/iu;

/** The text of the nearest heading above a block, without its marks. */
function headingAbove({ text, blocks, starts }: Reading, { start }: Placed): string {
  for (let index = blocks.length - 1; index >= 0; index -= 1) {
    if (blocks[index]!.kind === 'heading' && starts[index]! < start) {
      const [line = ''] = text.slice(starts[index], starts[index]! + longestHeading).split(/\r?\n/);
      return line
        .replace(/^[\s>]*#*/, '')
        .replace(/\s*\{[^{}]*\}\s*$/, '')
        .replace(/\s#+\s*$/, '')
        .replace(/[*_]/g, '')
        .trim();
    }
  }
  return '';
}

/** No heading that is looked for has more characters. */
const longestHeading = 300;
