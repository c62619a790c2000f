import type { Span } from '../reading.ts';
import { unescapedIn, type YamlQuote } from '../yamlScalar.ts';
import { namedPath } from './paths.ts';

/**
 * A path that is being typed under `bibliography:`, at the top of the metadata or under Quarto's `format: pdf:`. A bar in
 * the examples is the caret. The span is that of the path as far as it stands, without quotation marks.
 */
export interface PathQuery extends Span {
  /** Where it is counted from: the document's folder, the file system's root, the writer's home folder. */
  readonly kind: 'relative' | 'absolute' | 'home';
  /** For `"lib/re|fs.bib"` this is `lib/re`, without YAML's escapes. */
  readonly typed: string;
  /** The folder in it, `lib/`; empty where there is none. */
  readonly folder: string;
  readonly quote: YamlQuote;
  readonly isQuoted: boolean;
  /** Whether the quotation mark that closes it stands on the line. */
  readonly isClosed: boolean;
}

/** The path that is being typed at an offset; `yaml` is the metadata without its fences. */
export function pathQueryAt(text: string, offset: number, yaml: Span): PathQuery | undefined {
  if (offset < yaml.start || offset > yaml.end) {
    return undefined;
  }
  const value = valueBefore(text, offset, yaml.start);
  const slot = value === undefined ? undefined : slotAt(text, value, offset);
  if (!slot) {
    return undefined;
  }
  const typed = unescapedIn(slot.quote, text.slice(slot.start, offset));
  const named = namedPath(typed, '/');
  if (named.kind === 'address') {
    return undefined;
  }
  const kind = typed.startsWith('~') && named.kind === 'absolute' ? 'home' : named.kind;
  return { ...slot, kind, typed, folder: /^(?:.*[\\/])?/s.exec(typed)![0], isQuoted: slot.quote !== '' };
}

/**
 * Metadata at the start of a text whose closing fence is not written yet, up to the offset: `---⏎bibliography: |`. A blank
 * line ends it: what follows is prose behind a line, which is written alike.
 */
export function unclosedMetadata(text: string, offset: number): Span | undefined {
  const fence = /^\ufeff?---[ \t]*\r?\n/.exec(text);
  if (!fence || offset < fence[0].length) {
    return undefined;
  }
  const before = text.slice(fence[0].length, offset);
  const hasEnded = /^(?:[ \t]*|---[ \t]*|\.\.\.[ \t]*)\r?\n/m.test(before);
  return hasEnded ? undefined : { start: fence[0].length, end: offset };
}

/** Lists of more lines than this nobody writes. */
const mostLines = 500;

const key = /^( *)(["']?)bibliography\2[ \t]*:(?=\s|$)/;

/** The offset behind the colon of the `bibliography:` whose value the offset stands in. */
function valueBefore(text: string, offset: number, from: number): number | undefined {
  let least = Infinity;
  let end = offset;
  for (let count = 0; count < mostLines && end >= from; count += 1) {
    const start = Math.max(text.lastIndexOf('\n', end - 1) + 1, from);
    const line = text.slice(start, end).replace(/\r$/, '');
    const found = key.exec(line);
    if (found) {
      const indent = found[1]!.length;
      return least > indent && isRead(text, start, indent, from) ? start + found[0].length : undefined;
    }
    if (/^\s*(?:[^\s#"'[-][^"']*|["'][^"']*["']):(?:\s|$)/.test(line)) {
      return undefined;
    }
    if (count === 0 || /^\s*[^\s#]/.test(line)) {
      least = Math.min(least, depthOf(line));
    }
    end = start - 1;
  }
  return undefined;
}

/** How deep a line stands; the items of a list may stand as far to the left as its key. */
function depthOf(line: string): number {
  const indent = /^ */.exec(line)![0].length;
  return /^ *-(?:\s|$)/.test(line) ? indent + 1 : indent;
}

/** Whether a key at a line is one that names the manuscript's bibliography. */
function isRead(text: string, start: number, indent: number, from: number): boolean {
  if (indent === 0) {
    return true;
  }
  const format = parentOf(text, start, indent, from);
  const formats = format && format.indent > 0 ? parentOf(text, format.start, format.indent, from) : undefined;
  return formats?.indent === 0 && /^(["']?)format\1\s*:\s*(?:#.*)?$/.test(formats.line);
}

interface Parent {
  readonly start: number;
  readonly indent: number;
  readonly line: string;
}

/** The nearest line before that stands less deep, if it is a key that holds others. */
function parentOf(text: string, below: number, indent: number, from: number): Parent | undefined {
  for (let end = below - 1, count = 0; end >= from && count < mostLines; count += 1) {
    const start = Math.max(text.lastIndexOf('\n', end - 1) + 1, from);
    const line = text.slice(start, end).trimEnd();
    const own = /^ */.exec(line)![0].length;
    if (own < indent && /^\s*[^\s#]/.test(line)) {
      return /^ *[^\s#-][^#]*:\s*(?:\s#.*)?$/.test(line) ? { start, indent: own, line } : undefined;
    }
    end = start - 1;
  }
  return undefined;
}

interface Slot extends Span {
  readonly quote: YamlQuote;
  readonly isClosed: boolean;
}

/** The scalar of a value, or of the list that it is, in which the offset stands or where one may begin. */
function slotAt(text: string, from: number, offset: number): Slot | undefined {
  let [at, inFlow, mayBegin] = [from, false, true];
  while (at < offset) {
    const char = text[at]!;
    if (/\s/.test(char)) {
      at += 1;
    } else if (char === '#') {
      // A comment, for a `#` inside a path is read with the path.
      const end = lineEnd(text, at);
      if (end >= offset) {
        return undefined;
      }
      at = end;
    } else if (inFlow ? char === ',' : isDash(text, at)) {
      mayBegin = true;
      at += 1;
    } else if (char === '[' && mayBegin && !inFlow) {
      inFlow = true;
      at += 1;
    } else if (!mayBegin || '{}]|>&*!%@`'.includes(char)) {
      return undefined;
    } else {
      const { next, isHere, ...slot } = scalarAt(text, at, offset, inFlow);
      if (isHere) {
        // `- id: a|` is a map.
        return slot.quote === '' && /:\s/.test(text.slice(slot.start, offset)) ? undefined : slot;
      }
      mayBegin = false;
      at = next;
    }
  }
  const begins = mayBegin && /[\s[,]/.test(text[offset - 1] ?? '');
  return begins ? emptyOrBehind(text, offset, inFlow) : undefined;
}

/** `bibliography: |refs.bib`: what stands behind the caret is the path, which may be replaced. */
function emptyOrBehind(text: string, offset: number, inFlow: boolean): Slot {
  const isBare = /[^\s,#'"[\]{}]/.test(text[offset] ?? '');
  const { start, end, quote, isClosed } = isBare ? scalarAt(text, offset, offset, inFlow) : emptyAt(offset);
  return { start, end, quote, isClosed };
}

function emptyAt(offset: number): Slot {
  return { start: offset, end: offset, quote: '', isClosed: false };
}

function isDash(text: string, at: number): boolean {
  const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return text[at] === '-' && /^\s*$/.test(before) && /^\s?$/.test(text[at + 1] ?? '');
}

interface ScalarFound extends Slot {
  /** Whether the offset stands in it, or where it may go on: `my |` may become `my refs.bib`. */
  readonly isHere: boolean;
  /** Where it ends with its quotation marks. */
  readonly next: number;
}

function scalarAt(text: string, at: number, offset: number, inFlow: boolean): ScalarFound {
  const line = text.slice(at, lineEnd(text, at));
  const quote = line[0] === '"' || line[0] === "'" ? line[0] : '';
  return quote === '' ? plainAt(line, at, offset, inFlow) : quotedAt(line, at, offset, quote);
}

function quotedAt(line: string, at: number, offset: number, quote: '"' | "'"): ScalarFound {
  const closed = (quote === '"' ? /^"(?:[^"\\]|\\.)*"/ : /^'(?:[^']|'')*'/).exec(line);
  const start = at + 1;
  if (closed) {
    const next = at + closed[0].length;
    return { start, end: next - 1, quote, isClosed: true, next, isHere: offset < next };
  }
  const next = at + line.length;
  return { start, end: Math.max(start, Math.min(offset, next)), quote, isClosed: false, next, isHere: offset <= next };
}

function plainAt(line: string, at: number, offset: number, inFlow: boolean): ScalarFound {
  const plain = (inFlow ? /^(?:[^\s,[\]{}]|[ \t]+(?![\s#,[\]{}]))*/ : /^(?:\S|[ \t]+(?![\s#]))*/).exec(line)![0];
  const next = at + plain.replace(/[ \t]+$/, '').length;
  const isOpen = offset > next && offset <= at + line.length && /^[ \t]*$/.test(line.slice(next - at, offset - at));
  return { start: at, end: isOpen ? offset : next, quote: '', isClosed: false, next, isHere: offset <= next || isOpen };
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  const last = end < 0 ? text.length : end;
  return text[last - 1] === '\r' && last > at ? last - 1 : last;
}
