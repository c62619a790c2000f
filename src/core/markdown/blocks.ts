import type { Span } from '../reading.ts';
import { Char, isSpace } from './chars.ts';
import { CodeSpans } from './codeSpans.ts';
import { Comments } from './comments.ts';
import { Environments } from './environment.ts';
import { foldLabel } from './inline.ts';
import type { Leaf, Piece } from './leaf.ts';
import { behindSpace, Lines, SourceLines } from './lines.ts';
import { isRule, listMarkAt } from './listMarks.ts';
import { attributesEnd, Opaques } from './opaque.ts';
import { tableAt } from './tables.ts';
import { commentEnd, isBlockTagAt, startsVerbatim, verbatimEnd } from './html.ts';

/** What stands around a block. */
export interface Context {
  readonly inQuote: boolean;
  readonly inNote: boolean;
  readonly inList: boolean;
  /** The open `:::` divisions, from the outermost in; whether each is the one for the references. */
  readonly divisions: readonly boolean[];
  readonly depth: number;
}

export const outermost: Context = { inQuote: false, inNote: false, inList: false, divisions: [], depth: 0 };

// Deeper nesting than this is no writing; it is read as a paragraph.
const deepest = 24;

// What is longer than this is read in pieces, so that none takes longer than a few milliseconds.
const longestContainer = 1 << 16;

/**
 * The blocks of a text by their lines, as Pandoc finds them: a container's lines are gathered, freed of its marks, and
 * read for themselves. What a block is may depend on text far behind it, where a fence or a comment is closed.
 */
export class BlockReader {
  readonly text: string;
  readonly leaves: Leaf[] = [];
  /** Labels of `(@good)` and of `[label]: …`, as they come. */
  readonly examples: string[] = [];
  readonly definitions: string[] = [];
  /** The offset up to which the text was searched, beyond the lines that were looked at. */
  searched = 0;
  /** How many code units were searched for marks that stand far behind, or nowhere. */
  effort = 0;
  isMetadata = false;
  // What was searched in the text is known to the readers of its tables' cells too.
  readonly #gone: Map<string, number>;
  /** Where each mark was found last, and from where on it was searched. */
  readonly #lastFound: Map<string, Span>;
  readonly #environments: Environments;
  readonly #comments: Comments;
  readonly #codeSpans: CodeSpans;
  #covered: number;

  constructor(text: string, start: number, around?: BlockReader) {
    this.text = text;
    this.#covered = start;
    this.#gone = around ? around.#gone : new Map();
    this.#lastFound = around ? around.#lastFound : new Map();
    this.#environments = around ? around.#environments : new Environments(text, (mark, from) => this.find(mark, from));
    this.#comments = around ? around.#comments : new Comments(text);
    this.#codeSpans = around ? around.#codeSpans : new CodeSpans(text);
  }

  /** Forgets what was found; what was searched in vain stays known. */
  reset(start: number): void {
    this.leaves.length = 0;
    this.examples.length = 0;
    this.definitions.length = 0;
    this.searched = 0;
    this.effort = 0;
    this.isMetadata = false;
    this.#covered = start;
  }

  /** Blocks cover the text without a gap: a line that none of them took is blank. */
  coverTo(end: number, context: Context): void {
    if (end > this.#covered) {
      this.#leaf('blank', { start: this.#covered, end }, context, []);
    }
  }

  /** Reads the block at a line; answers the index of the line behind it and what stands around that. */
  block(lines: Lines, index: number, context: Context): { index: number; context: Context } {
    if (lines.isBlank(index)) {
      let next = index + 1;
      while (next < index + 64 && lines.has(next) && lines.isBlank(next)) {
        next += 1;
      }
      this.emit('blank', lines, index, next, context, []);
      return { index: next, context };
    }
    if (lines.indent[index] === 0 && this.text.startsWith(':::', lines.at[index]!)) {
      const division = this.#division(lines, index, context);
      if (division) {
        this.emit('blank', lines, index, index + 1, context, []);
        return { index: index + 1, context: { ...context, divisions: division } };
      }
    }
    return { index: this.#inside(lines, index, context), context };
  }

  /** Reads all the lines of a container. */
  #all(lines: Lines, context: Context): void {
    let at = { index: 0, context };
    while (lines.has(at.index)) {
      at = this.block(lines, at.index, at.context);
    }
  }

  #inside(lines: Lines, index: number, context: Context): number {
    const indent = lines.indent[index]!;
    if (indent >= 4) {
      // The first line of a table whose columns are aligned to the right, or an underlined heading: Pandoc looks for these first.
      return this.#underlined(lines, index, context) ?? this.#table(lines, index, context) ?? this.#indentedCode(lines, index, context);
    }
    const at = lines.at[index]!;
    const code = this.text.charCodeAt(at);
    const special =
      code === Char.backtick || code === Char.tilde
        ? this.#fencedCode(lines, index, context)
        : code === Char.less
          ? this.#html(lines, index, context)
          : code === Char.openBracket
            ? (this.#note(lines, index, context) ?? this.#definition(lines, index, context))
            : code === Char.backslash
              ? this.#tex(lines, index, context)
              : code === Char.dash
                ? this.#metadata(lines, index, context)
                : code === 37 && lines.start[index] === 0
                  ? this.#titleBlock(lines, index, context)
                  : undefined;
    return (
      special ??
      this.#listItem(lines, index, context, 'bullet') ??
      this.#heading(lines, index, context) ??
      this.#table(lines, index, context) ??
      (code === Char.pipe ? this.#lineBlock(lines, index, context) : undefined) ??
      (code === Char.greater ? this.#quote(lines, index, context) : undefined) ??
      this.#rule(lines, index, context) ??
      this.#listItem(lines, index, context, 'ordered') ??
      this.#term(lines, index, context) ??
      this.#paragraph(lines, index, context)
    );
  }

  /** Notes a block that goes from one line to another. */
  emit(kind: Leaf['kind'], lines: Lines, from: number, to: number, context: Context, pieces: readonly Piece[]): void {
    this.#leaf(kind, { start: lines.start[from]!, end: lines.next[to - 1]! }, context, pieces);
  }

  #leaf(kind: Leaf['kind'], span: Span, { inQuote, inNote, divisions }: Context, pieces: readonly Piece[]): void {
    const start = Math.max(span.start, this.#covered);
    if (start > this.#covered && kind !== 'blank') {
      this.coverTo(start, { inQuote, inNote, divisions, inList: false, depth: 0 });
    }
    // Two blocks on one line, as in `- # Head`, share it: the first has it.
    if (span.end > start) {
      this.leaves.push({ kind, start: kind === 'blank' ? this.#covered : start, end: span.end, inQuote, inNote, inRefs: divisions.includes(true), pieces });
      this.#covered = span.end;
    }
  }

  /** The text of lines, for inlines: one stretch, unless the marks of a quote stand between them. */
  pieceOf(lines: Lines, from: number, to: number, context: Context): Piece {
    const whole = { start: lines.at[from]!, end: lines.end[to - 1]! };
    if (!context.inQuote || to - from === 1) {
      return whole;
    }
    const parts: Span[] = [];
    for (let i = from; i < to; i += 1) {
      parts.push({ start: lines.at[i]!, end: lines.end[i]! });
    }
    return parts;
  }

  /** The offset of a mark, if there is one from there on. */
  find(mark: string, from: number): number {
    const gone = this.#gone.get(mark);
    const isGone = gone !== undefined && from >= gone;
    const last = this.#lastFound.get(mark);
    const isKnown = isGone || (last !== undefined && last.start <= from && from <= last.end);
    const found = isGone ? -1 : isKnown ? last!.end : this.text.indexOf(mark, from);
    this.effort += isKnown ? 0 : (found < 0 ? this.text.length : found) - from;
    if (found < 0) {
      this.#gone.set(mark, Math.min(from, gone ?? from));
    } else if (!isKnown) {
      this.#lastFound.set(mark, { start: from, end: found });
    }
    this.searched = Math.max(this.searched, found < 0 ? this.text.length + 1 : found + mark.length);
    return found;
  }

  lineText(lines: Lines, index: number): string {
    return this.text.slice(lines.at[index]!, lines.end[index]!);
  }

  // --- What is not prose

  #indentedCode(lines: Lines, index: number, context: Context): number {
    let end = index + 1;
    for (let next = end; lines.has(next) && (lines.isBlank(next) || lines.indent[next]! >= 4); next += 1) {
      if (!lines.isBlank(next)) {
        end = next + 1;
      } else if (next - end > 64) {
        break;
      }
    }
    this.emit('code', lines, index, end, context, []);
    return end;
  }

  #fencedCode(lines: Lines, index: number, context: Context): number | undefined {
    const close = this.fenceEnd(lines, index);
    if (close === undefined) {
      return undefined;
    }
    const start = lines.start[index]!;
    if (lines instanceof SourceLines) {
      this.#leaf('code', { start, end: close }, context, []);
      return lines.seek(close, index);
    }
    let end = index + 1;
    while (lines.has(end) && lines.start[end]! < close) {
      end += 1;
    }
    this.emit('code', lines, index, end, context, []);
    return end;
  }

  /** The offset behind the line that closes the fence that opens at a line. */
  fenceEnd(lines: Lines, index: number): number | undefined {
    const at = lines.at[index]!;
    const mark = this.text[at]!;
    const size = runLength(this.text, at);
    if (size < 3 || lines.indent[index]! >= 4 || !isFenceInfo(this.text, at + size, lines.end[index]!)) {
      return undefined;
    }
    if (lines instanceof SourceLines) {
      return this.#closingFence(lines.next[index]!, mark, size);
    }
    for (let next = index + 1; lines.has(next); next += 1) {
      if (this.text[lines.at[next]!] === mark && lines.indent[next]! < 4 && isFence(this.text, lines.at[next]!, lines.end[next]!, size)) {
        return lines.next[next]!;
      }
    }
    return undefined;
  }

  #closingFence(from: number, mark: string, size: number): number | undefined {
    const fence = mark.repeat(3);
    const memo = `${fence}${size}`;
    if ((this.#gone.get(memo) ?? Infinity) <= from) {
      this.searched = this.text.length + 1;
      return undefined;
    }
    for (let at = this.find(fence, from); at >= 0; at = this.find(fence, at)) {
      // Looking for the end of the line at every fence would take for ever where a line has thousands.
      const lineEnd = this.#mayCloseAt(at) ? this.text.indexOf('\n', at) : undefined;
      const end = lineEnd === -1 ? this.text.length : lineEnd;
      if (end !== undefined && isFence(this.text, at, end, size)) {
        this.searched = Math.max(this.searched, end + 1);
        return Math.min(this.text.length, end + 1);
      }
      at += runLength(this.text, at);
    }
    this.#gone.set(memo, from);
    return undefined;
  }

  /** Whether nothing but white space, and no more than a fence may have, stands in front of it in its line. */
  #mayCloseAt(at: number): boolean {
    const start = Math.max(0, at - deepestFence);
    const near = this.text.slice(start, at);
    const lineStart = start + near.lastIndexOf('\n') + 1;
    const before = behindSpace(this.text, lineStart, at, 0);
    return (lineStart === 0 || lineStart > start) && before.at === at && before.column < 4;
  }

  #html(lines: Lines, index: number, context: Context): number | undefined {
    const at = lines.at[index]!;
    if (lines.indent[index]! > 0) {
      return undefined;
    }
    const isComment = this.text.startsWith('<!--', at);
    const end = isComment ? commentEnd(this, at) : startsVerbatim(this.text, at) ? verbatimEnd(this, at) : undefined;
    if (end !== undefined && end <= this.#limitOf(lines)) {
      return this.#rest(lines, index, end, isComment ? 'comment' : 'raw HTML', context);
    }
    if (isBlockTagAt(this.text, at) && onlyTags.test(this.lineText(lines, index))) {
      this.emit('raw HTML', lines, index, index + 1, context, []);
      return index + 1;
    }
    return undefined;
  }

  #limitOf(lines: Lines): number {
    return lines instanceof SourceLines ? this.text.length : lines.next[lines.count - 1]!;
  }

  /** A block that ends somewhere in a line; what stands behind it there begins a paragraph. */
  #rest(lines: Lines, index: number, end: number, kind: 'comment' | 'raw HTML' | 'raw TeX', context: Context): number {
    let last = index;
    while (lines.next[last]! < end && lines.has(last + 1)) {
      last += 1;
    }
    const rest = behindSpace(this.text, end, lines.end[last]!, 0).at;
    if (rest >= lines.end[last]!) {
      this.emit(kind, lines, index, last + 1, context, []);
      return last + 1;
    }
    this.#leaf(kind, { start: lines.start[index]!, end }, context, []);
    const after = this.#paragraphEnd(lines, last, context);
    const first: Span = { start: rest, end: lines.end[last]! };
    const others: Piece[] = after > last + 1 ? [this.pieceOf(lines, last + 1, after, context)] : [];
    const joined = !context.inQuote && others.length > 0 ? [{ start: rest, end: (others[0] as Span).end }] : [first, ...others];
    this.emit('paragraph', lines, last, after, context, joined);
    return after;
  }

  #tex(lines: Lines, index: number, context: Context): number | undefined {
    const end = this.#environmentEnd(lines.at[index]!);
    return end === undefined || end > this.#limitOf(lines) ? undefined : this.#rest(lines, index, end, 'raw TeX', context);
  }

  /** After the TeX environment that begins at an offset, whose end may be far away. */
  #environmentEnd(at: number): number | undefined {
    if (!this.text.startsWith('\\begin', at)) {
      return undefined;
    }
    const end = this.#environments.endOf(at);
    this.searched = Math.max(this.searched, end ?? this.text.length + 1);
    return end;
  }

  #metadata(lines: Lines, index: number, context: Context): number | undefined {
    if (lines.indent[index]! > 0 || this.lineText(lines, index).trimEnd() !== '---' || !lines.has(index + 1) || lines.isBlank(index + 1)) {
      return undefined;
    }
    let isMapping = false;
    let isEmpty = true;
    for (let next = index + 1; lines.has(next) && next < index + longestMetadata; next += 1) {
      const line = lines.indent[next] === 0 ? this.lineText(lines, next).trimEnd() : ' ';
      if (line === '---' || line === '...') {
        if (!isMapping && !isEmpty) {
          return undefined;
        }
        this.isMetadata = lines instanceof SourceLines;
        this.emit('front matter', lines, index, next + 1, context, lines instanceof SourceLines ? [] : [this.#yamlLines(lines, index + 1, next)]);
        return next + 1;
      }
      isMapping ||= mapping.test(line);
      isEmpty &&= line.trim() === '' || line.startsWith('#');
    }
    return undefined;
  }

  /** The lines of metadata in a container, freed of its marks: for Pandoc they count as any other metadata do. */
  #yamlLines(lines: Lines, from: number, to: number): Piece {
    const parts: Span[] = [];
    for (let i = from; i < to; i += 1) {
      parts.push({ start: Math.max(lines.start[i]!, lines.at[i]! - lines.indent[i]!), end: lines.end[i]! });
    }
    return parts;
  }

  #titleBlock(lines: Lines, index: number, context: Context): number {
    let next = index;
    const pieces: Span[] = [];
    const isMarked = (at: number): boolean => this.text[lines.at[at]!] === '%';
    while (next < index + 8 && lines.has(next) && (isMarked(next) || (!lines.isBlank(next) && lines.indent[next]! > 0))) {
      const end = lines.end[next]!;
      // A line that is indented goes on with the field before it.
      pieces.push(isMarked(next) ? { start: lines.at[next]! + 1, end } : { start: pieces.pop()!.start, end });
      next += 1;
    }
    this.emit('front matter', lines, index, next, context, pieces);
    return next;
  }

  #definition(lines: Lines, index: number, context: Context): number | undefined {
    const line = this.lineText(lines, index);
    const labelEnd = definedLabelEnd(line);
    if (labelEnd === undefined) {
      return undefined;
    }
    const label = line.slice(1, labelEnd - 1);
    let target = line.slice(labelEnd + 1).trim();
    let end = index + 1;
    if (target === '' && lines.has(end) && !lines.isBlank(end)) {
      target = this.lineText(lines, end).trim();
      end += 1;
    }
    if (target.startsWith('[') || !isTarget(target)) {
      return undefined;
    }
    if (lines.has(end) && title.test(this.lineText(lines, end))) {
      end += 1;
    }
    this.definitions.push(foldLabel(label));
    this.emit('definition', lines, index, end, context, []);
    return end;
  }

  #rule(lines: Lines, index: number, context: Context): number | undefined {
    if (!isRule(this.text, lines.at[index]!, lines.end[index]!)) {
      return undefined;
    }
    this.emit('blank', lines, index, index + 1, context, []);
    return index + 1;
  }

  /** The divisions that are open behind a `:::` line; `undefined` where it is none. */
  #division(lines: Lines, index: number, context: Context): readonly boolean[] | undefined {
    const at = lines.at[index]!;
    const end = lines.end[index]!;
    let next = at;
    while (next < end && this.text.charCodeAt(next) === Char.colon) {
      next += 1;
    }
    const rest = this.text.slice(next, end).trim();
    if (rest === '') {
      return context.divisions.length > 0 ? context.divisions.slice(0, -1) : undefined;
    }
    const isOpening = rest.startsWith('{') ? divisionAttributes(rest) : /^[^\s{}]+(?:\s+:*)?$/.test(rest);
    return isOpening && context.divisions.length < deepest ? [...context.divisions, /#refs\b/.test(rest)] : undefined;
  }

  // --- Prose

  #heading(lines: Lines, index: number, context: Context): number | undefined {
    const underlined = this.#underlined(lines, index, context);
    if (underlined !== undefined) {
      return underlined;
    }
    const at = lines.at[index]!;
    if (this.text.charCodeAt(at) !== Char.hash || lines.indent[index]! > 0) {
      return undefined;
    }
    let start = at;
    while (this.text.charCodeAt(start) === Char.hash) {
      start += 1;
    }
    if (start < lines.end[index]! && !isSpace(this.text.charCodeAt(start))) {
      return undefined;
    }
    this.emit('heading', lines, index, index + 1, context, [{ start, end: headingEnd(this.text, start, lines.end[index]!) }]);
    return index + 1;
  }

  /** A heading with a line of `=` or `-` below it. */
  #underlined(lines: Lines, index: number, context: Context): number | undefined {
    const mark = lines.has(index + 1) && lines.indent[index + 1] === 0 ? this.text.charCodeAt(lines.at[index + 1]!) : 0;
    if ((mark !== Char.equals && mark !== Char.dash) || !setext.test(this.lineText(lines, index + 1))) {
      return undefined;
    }
    this.emit('heading', lines, index, index + 2, context, [{ start: lines.at[index]!, end: headingEnd(this.text, lines.at[index]!, lines.end[index]!) }]);
    return index + 2;
  }

  #table(lines: Lines, index: number, context: Context): number | undefined {
    const table = tableAt(this.text, lines, index);
    if (!table) {
      return undefined;
    }
    const pieces = table.cells ?? table.blocks!.flatMap(cell => this.#piecesOf(cell, context));
    this.emit('table', lines, index, table.end, context, pieces);
    return table.end;
  }

  /** The prose of a cell that holds blocks of its own. */
  #piecesOf(cell: Lines, context: Context): readonly Piece[] {
    const reader = new BlockReader(this.text, cell.start[0] ?? 0, this);
    // The lines of a cell stand between those of others: none is one stretch with the next.
    reader.#all(cell, { ...context, inQuote: true, inList: false, depth: context.depth + 1 });
    this.examples.push(...reader.examples);
    this.definitions.push(...reader.definitions);
    return reader.leaves.flatMap(leaf => leaf.pieces);
  }

  #lineBlock(lines: Lines, index: number, context: Context): number | undefined {
    const isLine = (at: number): boolean =>
      lines.has(at) &&
      lines.indent[at] === 0 &&
      this.text.charCodeAt(lines.at[at]!) === Char.pipe &&
      (lines.at[at]! + 1 >= lines.end[at]! || this.text.charCodeAt(lines.at[at]! + 1) === Char.space);
    const pieces: Piece[] = [];
    let end = index;
    while (isLine(end) && lines.start[end]! - lines.start[index]! <= longestContainer) {
      const start = lines.at[end]! + 1;
      end += 1;
      const first = end - 1;
      while (lines.has(end) && !lines.isBlank(end) && lines.indent[end]! > 0) {
        end += 1;
      }
      pieces.push(
        context.inQuote && end > first + 1
          ? [{ start, end: lines.end[first]! }, ...([this.pieceOf(lines, first + 1, end, context)].flat() as Span[])]
          : { start, end: lines.end[end - 1]! },
      );
    }
    if (end === index) {
      return undefined;
    }
    this.emit('paragraph', lines, index, end, context, pieces);
    return end;
  }

  #paragraph(lines: Lines, index: number, context: Context): number {
    const end = this.#paragraphEnd(lines, index, context);
    this.emit('paragraph', lines, index, end, context, [this.pieceOf(lines, index, end, context)]);
    return end;
  }

  /** The line behind a paragraph: blank, or one that Pandoc lets interrupt it. */
  #paragraphEnd(lines: Lines, index: number, context: Context): number {
    let end = index + 1;
    let open = this.#openAt(lines, index);
    while (lines.has(end) && (lines.start[end]! < open || !this.#interrupts(lines, end, context) || this.#isInCode(lines, index, end, context))) {
      open = lines.start[end]! < open ? open : this.#openAt(lines, end);
      end += 1;
      if (lines.start[end - 1]! - lines.start[index]! > longestContainer) {
        break;
      }
    }
    return end;
  }

  /** Whether a line that would end a paragraph is code of it, which began before: ```` ```python title="one" ````. */
  #isInCode(lines: Lines, first: number, index: number, context: Context): boolean {
    if (lines.isBlank(index) || (context.inList && this.#startsItem(lines, index))) {
      return false;
    }
    const isCode = this.#codeSpans.covers(lines, first, index);
    this.searched = Math.max(this.searched, this.#codeSpans.searched);
    return isCode;
  }

  /** Up to which offset something goes that begins in a line and does not end there: blank lines in it do not end a paragraph. */
  #openAt(lines: Lines, index: number): number {
    return Math.max(this.#openComment(lines, index), this.#openEnvironment(lines, index));
  }

  /** Up to where a TeX environment goes that begins in a line, unless it begins in code or the like. */
  #openEnvironment(lines: Lines, index: number): number {
    const start = lines.at[index]!;
    const line = this.lineText(lines, index);
    let at = line.indexOf('\\');
    if (at < 0 || !line.includes('\\begin', at)) {
      return 0;
    }
    const opaques = new Opaques(line);
    for (at = 0; at < line.length; ) {
      const end = line.startsWith('\\begin', at) ? this.#environmentEnd(start + at) : undefined;
      if (end !== undefined && end > lines.end[index]!) {
        return end <= this.#limitOf(lines) ? end : 0;
      }
      at = opaques.at(at)?.end ?? at + (line.charCodeAt(at) === Char.backslash ? 2 : 1);
    }
    return 0;
  }

  /** Up to which offset a comment goes that begins in a line and does not end there. */
  #openComment(lines: Lines, index: number): number {
    const end = lines.end[index]!;
    const text = this.text;
    if (this.#comments.first(lines.at[index]!) >= end) {
      return 0;
    }
    const open = text.lastIndexOf('<!--', end - 1);
    if (open < lines.at[index]! || text.slice(open, end).includes('-->')) {
      return 0;
    }
    return commentEnd(this, open) ?? 0;
  }

  /** Whether a paragraph ends in front of the line. */
  #interrupts(lines: Lines, index: number, context: Context): boolean {
    if (lines.isBlank(index)) {
      return true;
    }
    const at = lines.at[index]!;
    const code = this.text.charCodeAt(at);
    if (context.inList && this.#startsItem(lines, index)) {
      return true;
    }
    return (
      (code === Char.backtick && this.fenceEnd(lines, index) !== undefined) ||
      (code === Char.less && isBlockTagAt(this.text, at)) ||
      this.#closesDivision(lines, index, context)
    );
  }

  #closesDivision(lines: Lines, index: number, context: Context): boolean {
    return context.divisions.length > 0 && lines.indent[index] === 0 && closingDivision.test(this.lineText(lines, index));
  }

  // --- Containers

  #quote(lines: Lines, index: number, context: Context): number | undefined {
    if (context.depth >= deepest) {
      return undefined;
    }
    const inside = new Lines();
    let end = index;
    for (; lines.has(end); end += 1) {
      const at = lines.at[end]!;
      const isMarked = this.text.charCodeAt(at) === Char.greater && lines.indent[end]! < 4 && !lines.isBlank(end);
      if (isMarked) {
        inside.addBehind(lines, end, this.text, at + 1, 1);
      } else if (end > index && !this.#interrupts(lines, end, context)) {
        inside.addStripped(lines, end, 0);
      } else {
        break;
      }
      if (lines.next[end]! - lines.start[index]! > longestContainer) {
        end += 1;
        break;
      }
    }
    this.#all(inside, { ...context, inQuote: true, divisions: this.#inner(context), depth: context.depth + 1 });
    return end;
  }

  /** Divisions of a container end with it; being inside the one for the references does not. */
  #inner({ divisions }: Context): readonly boolean[] {
    return divisions.includes(true) ? [true] : [];
  }

  #startsItem(lines: Lines, index: number): boolean {
    return lines.indent[index]! < 4 && listMarkAt(this.text, lines.at[index]!, lines.end[index]!) !== undefined;
  }

  #listItem(lines: Lines, index: number, context: Context, kind: 'bullet' | 'ordered'): number | undefined {
    const mark = listMarkAt(this.text, lines.at[index]!, lines.end[index]!);
    if (!mark || mark.kind !== kind || context.depth >= deepest) {
      return undefined;
    }
    if (mark.label !== undefined) {
      this.examples.push(mark.label);
    }
    const width = lines.indent[index]! + mark.end - lines.at[index]!;
    const behind = behindSpace(this.text, mark.end, lines.end[index]!, lines.column[index]! + mark.end - lines.at[index]!);
    const gap = behind.column - (lines.column[index]! + mark.end - lines.at[index]!);
    const strip = mark.label === undefined ? width + (behind.at === lines.end[index] ? Math.min(gap, 4) : gap > 4 ? 1 : gap) : 4;
    const inside = new Lines();
    inside.addBehind(lines, index, this.text, mark.end, gap > 4 ? 1 : gap);
    const end = this.#gatherItem(lines, index, strip, inside, context);
    this.#all(inside, { ...context, inList: true, divisions: this.#inner(context), depth: context.depth + 1 });
    return end;
  }

  #gatherItem(lines: Lines, index: number, strip: number, inside: Lines, context: Context): number {
    const limit = lines.start[index]! + longestContainer;
    const goesOn = (at: number): boolean => lines.has(at) && !lines.isBlank(at) && !this.#closesDivision(lines, at, context) && lines.start[at]! < limit;
    let next = index + 1;
    // First the lines of its first paragraph, which need no indentation.
    while (goesOn(next) && !this.#startsItem(lines, next) && !this.#startsNested(lines, next, strip) && this.fenceEndAt(lines, next) === undefined) {
      inside.addStripped(lines, next, strip);
      next += 1;
    }
    for (;;) {
      while (lines.has(next) && lines.isBlank(next) && lines.start[next]! < limit) {
        inside.addStripped(lines, next, 0);
        next += 1;
      }
      if (!goesOn(next) || lines.indent[next]! < strip) {
        return next;
      }
      // Then whatever is indented, with the lazy lines behind it.
      while (goesOn(next) && (lines.indent[next]! >= strip || !this.#startsItem(lines, next))) {
        inside.addStripped(lines, next, strip);
        next += 1;
      }
    }
  }

  fenceEndAt(lines: Lines, index: number): unknown {
    const code = this.text.charCodeAt(lines.at[index]!);
    return code === Char.backtick || code === Char.tilde ? this.fenceEnd(lines, index) : undefined;
  }

  #startsNested(lines: Lines, index: number, strip: number): boolean {
    return lines.indent[index]! >= strip && listMarkAt(this.text, lines.at[index]!, lines.end[index]!) !== undefined;
  }

  /** `[^1]: text`, with the indented paragraphs behind it. */
  #note(lines: Lines, index: number, context: Context): number | undefined {
    noteStart.lastIndex = lines.at[index]!;
    const mark = noteStart.exec(this.text);
    if (!mark || context.depth >= deepest || mark.index + mark[0].length > lines.end[index]!) {
      return undefined;
    }
    const inside = new Lines();
    const at = mark.index + mark[0].length;
    const rest = behindSpace(this.text, at, lines.end[index]!, 0);
    const strip = rest.column >= 4 ? 4 : 0;
    inside.addBehind(lines, index, this.text, at, strip);
    let next = index + 1;
    const isNote = (line: number): boolean => {
      noteMark.lastIndex = lines.at[line]!;
      return lines.indent[line]! < 4 && noteMark.test(this.text);
    };
    const limit = lines.start[index]! + longestContainer;
    for (;;) {
      while (lines.has(next) && !lines.isBlank(next) && !isNote(next) && lines.start[next]! < limit) {
        inside.addStripped(lines, next, 4);
        next += 1;
      }
      let paragraph = next;
      while (lines.has(paragraph) && lines.isBlank(paragraph) && lines.start[paragraph]! < limit) {
        paragraph += 1;
      }
      if (paragraph === next || !lines.has(paragraph) || lines.indent[paragraph]! < 4 || lines.start[paragraph]! >= limit) {
        break;
      }
      for (; next <= paragraph; next += 1) {
        inside.addStripped(lines, next, 4);
      }
    }
    this.#all(inside, { ...context, inNote: true, inList: false, divisions: this.#inner(context), depth: context.depth + 1 });
    return next;
  }

  /** A term and its definitions: a line, and `:` or `~` below it. */
  #term(lines: Lines, index: number, context: Context): number | undefined {
    let next = index + 1;
    if (context.depth >= deepest || !lines.has(next)) {
      return undefined;
    }
    if (lines.isBlank(next)) {
      next += 1;
      if (!lines.has(next) || !this.#isDefinitionMark(lines, next) || this.#isCaption(lines, next)) {
        return undefined;
      }
    } else if (!this.#isDefinitionMark(lines, next)) {
      return undefined;
    }
    this.emit('paragraph', lines, index, index + 1, context, [{ start: lines.at[index]!, end: lines.end[index]! }]);
    const limit = lines.start[index]! + longestContainer;
    while (lines.has(next) && this.#isDefinitionMark(lines, next) && lines.start[next]! < limit) {
      next = this.#termDefinition(lines, next, context);
      if (lines.has(next) && lines.isBlank(next) && lines.has(next + 1) && this.#isDefinitionMark(lines, next + 1)) {
        next += 1;
      }
    }
    return next;
  }

  #isDefinitionMark(lines: Lines, index: number): boolean {
    const at = lines.at[index]!;
    const code = this.text.charCodeAt(at);
    return (
      (code === Char.colon || code === Char.tilde) &&
      lines.indent[index]! < 3 &&
      at + 1 < lines.end[index]! &&
      isSpace(this.text.charCodeAt(at + 1))
    );
  }

  /** `: caption`, in front of a table. */
  #isCaption(lines: Lines, index: number): boolean {
    let next = index;
    while (lines.has(next) && !lines.isBlank(next)) {
      next += 1;
    }
    while (lines.has(next) && lines.isBlank(next)) {
      next += 1;
    }
    return lines.has(next) && tableAt(this.text, lines, next) !== undefined;
  }

  #termDefinition(lines: Lines, index: number, context: Context): number {
    const inside = new Lines();
    inside.addBehind(lines, index, this.text, lines.at[index]! + 1, 3 - lines.indent[index]!);
    const limit = lines.start[index]! + longestContainer;
    const goesOn = (at: number): boolean =>
      lines.has(at) && !lines.isBlank(at) && !this.#closesDivision(lines, at, context) && lines.start[at]! < limit;
    let next = index + 1;
    for (;;) {
      while (goesOn(next) && (lines.indent[next]! >= 4 || !this.#isDefinitionMark(lines, next))) {
        inside.addStripped(lines, next, 4);
        next += 1;
      }
      let paragraph = next;
      while (lines.has(paragraph) && lines.isBlank(paragraph) && lines.start[paragraph]! < limit) {
        paragraph += 1;
      }
      if (paragraph === next || !goesOn(paragraph) || lines.indent[paragraph]! < 4) {
        break;
      }
      for (; next <= paragraph; next += 1) {
        inside.addStripped(lines, next, 4);
      }
    }
    this.#all(inside, { ...context, inList: false, divisions: this.#inner(context), depth: context.depth + 1 });
    return next;
  }
}

// A fence may stand three columns in; carriage returns count for nothing.
const deepestFence = 16;
const longestMetadata = 20_000;
const mapping = /^(?:[^\s#:][^:]*:(?:\s|$)|["'{]|\?(?:\s|$))/;
const setext = /^(?:=+|-+)[ \t\r]*$/;
const closingDivision = /^:::+[ \t\r]*$/;
const title = /^(?:"[^"]*"|'[^']*'|\([^)]*\))[ \t]*$/;
// Brackets with a cite in them are a citation, whatever stands behind them.
const cites = /(?:^|[^\p{L}\p{N}\\])@[\p{L}\p{N}_*{]/u;
const longestLabel = 1000;
const noteStart = /\[\^[^\s\]]+\]:/y;
const noteMark = /\[\^[^\s\]]+\]/y;
const onlyTags = /^(?:<\/?[A-Za-z][^<>]*>\s*)+$/;

function runLength(text: string, at: number): number {
  const code = text.charCodeAt(at);
  let end = at;
  while (text.charCodeAt(end) === code) {
    end += 1;
  }
  return end - at;
}

/** After the brackets of `[label]:`, with which a line begins. Brackets in the label come in pairs: `[[note]]: …` defines one too. */
function definedLabelEnd(line: string): number | undefined {
  if (!line.includes(']:') || line.startsWith('[^')) {
    return undefined;
  }
  let depth = 0;
  let outside = '';
  for (let at = 0; at < Math.min(line.length, longestLabel); at += 1) {
    const code = line.charCodeAt(at);
    if (code === Char.backslash) {
      at += 1;
    } else if (code === Char.openBracket) {
      depth += 1;
    } else if (code === Char.closeBracket) {
      depth -= 1;
    }
    if (depth === 0) {
      return line[at + 1] === ':' && !cites.test(outside) ? at + 1 : undefined;
    }
    outside += depth === 1 && at > 0 ? line[at]! : '';
  }
  return undefined;
}

/** Whether an address, which may have spaces, and then perhaps a title or attributes are all that follows a label. */
function isTarget(target: string): boolean {
  const inAngles = /^<[^>]*>\s*/.exec(target)?.[0].length;
  let at = inAngles ?? 0;
  while (inAngles === undefined && at < target.length && !beginsOther(target, at)) {
    word.lastIndex = at;
    at += word.exec(target)![0].length;
  }
  titleInLine.lastIndex = at;
  at += titleInLine.exec(target)?.[0].length ?? 0;
  return (attributesEnd(target, at) ?? at) === target.length;
}

function beginsOther(target: string, at: number): boolean {
  titleInLine.lastIndex = at;
  bracketed.lastIndex = at;
  return titleInLine.test(target) || bracketed.test(target) || attributesEnd(target, at) !== undefined;
}

const word = /\S+\s*/y;
const titleInLine = /(?:"(?!\s)[^"]*"(?![\p{L}\p{N}])|'(?!\s)[^']*'(?![\p{L}\p{N}])|\([^()]*\))\s*/uy;
const bracketed = /\[(?!\^)[^\]]*\]/y;

/** A line of nothing but at least as many marks. */
function isFence(text: string, at: number, end: number, size: number): boolean {
  const length = runLength(text, at);
  return length >= size && behindSpace(text, at + length, end, 0).at >= end;
}

/**
 * Nothing, a language, attributes, or both; or the head of a chunk of R Markdown, which knitr takes out before Pandoc reads the
 * text. `js {1,3}` are no attributes, and so it is no fence.
 */
function isFenceInfo(text: string, at: number, end: number): boolean {
  const info = text.slice(at, Math.min(end, at + 1000)).trim();
  const language = languageBefore.exec(info)?.[0].length ?? 0;
  const attributes = attributesEnd(info, language);
  return attributes === info.length || (attributes === undefined && oneWord.test(info)) || chunkHead.test(info) || rawFormat.test(info);
}

const oneWord = /^[^\s`]*$/;
const chunkHead = /^\{[ \t]*[A-Za-z][^`]*\}$/;
const rawFormat = /^\{[ \t]*=[\p{L}\p{N}_-]+[ \t]*\}$/u;
const languageBefore = /^[^\s`{}]+[ \t]*(?=\{)/;

function divisionAttributes(rest: string): boolean {
  const end = attributesEnd(rest, 0);
  return end !== undefined && /^\s*:*\s*$/.test(rest.slice(end));
}

/** In front of the closing `##` and the attributes. */
function headingEnd(text: string, start: number, end: number): number {
  let to = end;
  while (to > start && isSpace(text.charCodeAt(to - 1))) {
    to -= 1;
  }
  if (text.charCodeAt(to - 1) === Char.closeBrace) {
    const open = start + text.slice(start, to).lastIndexOf('{');
    if (open > start && attributesEnd(text, open) === to) {
      to = open;
    }
  }
  return to;
}
