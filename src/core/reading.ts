/**
 * A text as Pandoc reads it, as far as citing is concerned: its blocks, and in each the citations, the stretches that are
 * not prose, and the square brackets. Offsets are UTF-16 code units; lines end in `\n` or `\r\n`.
 * Source: the Pandoc User's Guide, "Citation syntax"; the tests compare every rule with pandoc itself.
 */

/** `[start, end)` */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Pandoc's citation modes: `[@a]`, `[-@a]`, `@a`. In the text, `-@a` is a dash and an in-text cite. */
export type CiteMode = 'parenthetical' | 'suppress-author' | 'in-text';

/** Where in the work: `pp. 3-4`, `chap. 2`, `{p. iv}`. Its own span holds label, value and braces. */
export interface Locator extends Span {
  /** The CSL locator term: `page`, `chapter`, `section` …; `page` where only a number stands. */
  readonly label: string;
  /** The label's own text, `pp.`; empty where it is left out. */
  readonly labelSpan: Span;
  /** `3-4`, as it is written. */
  readonly value: Span;
  /** `{p. iv}`: the braces say that it is a locator. */
  readonly isForced: boolean;
}

/**
 * One cite: `see -@feder2021, p. 3`. Its own span is the whole of it, trimmed: in a group what stands between `[`, `;` and
 * `]`, in the text the mark and the brackets behind it.
 */
export interface Cite extends Span {
  /** The citekey, without `@` and braces. */
  readonly key: string;
  readonly keySpan: Span;
  /** From `@`, or the `-` before it, to behind the key, or behind the `}` of `@{key}`. */
  readonly mark: Span;
  readonly mode: CiteMode;
  /** What stands before the mark, trimmed; empty where nothing does. */
  readonly prefix: Span;
  /**
   * All that stands behind the mark, locator included, trimmed; empty where nothing does. For `@a [p. 3]` it is `p. 3`.
   * In a group it begins with its comma, `, p. 3`.
   */
  readonly suffix: Span;
  readonly locator?: Locator;
}

/** `[see @a, p. 3; -@b]`, or `@a` in the text, with the brackets behind it: `@a [p. 3; @b]`. */
export interface Citation extends Span {
  readonly kind: 'group' | 'in-text';
  readonly cites: readonly Cite[];
  /** From `[` to behind `]`: the group itself, or what stands behind an in-text citation. */
  readonly brackets?: Span;
  /** Set where it goes over several lines of a table's cell, so that its span holds text of other cells: not to be replaced. */
  readonly isBroken?: true;
}

/** A stretch of a block in which Pandoc reads no citation. */
export interface OpaqueSpan extends Span {
  readonly kind: 'code' | 'math' | 'address' | 'comment' | 'raw HTML' | 'link target' | 'raw TeX' | 'attributes';
}

/** A pair of square brackets; `end` is the block's end where it is not closed. */
export interface Bracket extends Span {
  readonly closed: boolean;
}

export type ProseKind = 'paragraph' | 'heading' | 'table';
export type OpaqueKind = 'front matter' | 'code' | 'comment' | 'raw HTML' | 'raw TeX' | 'math' | 'definition' | 'blank';

/**
 * A paragraph, a heading, a table, a block of code …, position-independent: every offset in it counts from the block's own
 * start, and an edit elsewhere leaves it the same object, so that what was concluded from it can be kept.
 */
export interface Block {
  readonly kind: ProseKind | OpaqueKind;
  readonly length: number;
  /** Whether it stands in a block quote; a footnote's text; a `::: {#refs}` division. */
  readonly inQuote: boolean;
  readonly inNote: boolean;
  readonly inRefs: boolean;
  /**
   * In the order in which they stand; those inside another's prefix or suffix follow it. Front matter has those of its texts,
   * which Pandoc reads as Markdown: an abstract, a title. A citation over the border of two pieces of a paragraph longer than
   * 16,384 code units is not found.
   */
  readonly citations: readonly Citation[];
  readonly opaque: readonly OpaqueSpan[];
  readonly brackets: readonly Bracket[];
}

/** A block and the offset at which it begins. */
export interface Placed {
  readonly block: Block;
  readonly start: number;
}

/** `[start, oldEnd)` of the text before became `[start, newEnd)` of the text now. */
export interface Change {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** A citation, or a cite in it, with absolute offsets. */
export interface CiteFound {
  readonly citation: Citation;
  readonly cite?: Cite;
}

export interface Reading {
  readonly text: string;
  /** All blocks, which cover the text without a gap, in order. */
  readonly blocks: readonly Block[];
  /** Where each block begins. */
  readonly starts: readonly number[];
  /** All citations, with absolute offsets, in order. Made at first use and kept. */
  readonly citations: readonly Citation[];
  /** The first block of YAML metadata, fences included. */
  readonly frontMatter?: Span;
  /** All of them: Pandoc reads those at any place behind a blank line. */
  readonly metadata: readonly Span[];
  /** The block at an offset; the last one at the text's end. Binary search. */
  blockAt(offset: number): Placed;
  /** The citation that holds the offset or ends there, and the cite whose mark does. Absolute offsets. */
  citationAt(offset: number): CiteFound | undefined;
}

export { longestManuscript, readInSteps, readManuscript, reread } from './markdown/reader.ts';
export { moved } from './markdown/moved.ts';
