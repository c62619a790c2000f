import type { Block } from '../reading.ts';
import { BlockReader, outermost, type Context } from './blocks.ts';
import type { Leaf } from './leaf.ts';
import { SourceLines } from './lines.ts';

/**
 * What is read at one go and kept as long as no edit touches it: a paragraph, an item of a list, a block of code. Its
 * offsets count from where it was read, `base`; it may stand somewhere else by now.
 */
export interface Unit {
  readonly base: number;
  readonly length: number;
  /** What stands around it. */
  readonly context: Context;
  /** How far behind its end the text was looked at to read it. */
  readonly reach: number;
  readonly leaves: readonly Leaf[];
  readonly examples: readonly string[];
  readonly definitions: readonly string[];
  readonly isMetadata: boolean;
  /** Its leaves with their inlines read, once all units are known. */
  blocks?: readonly Block[];
  /** The labels whose meaning decided how its inlines were read: `@key` and `[label`. */
  asked?: ReadonlySet<string>;
}

const none: readonly string[] = [];

/** The lines of units read before are forgotten when there are more: a text may have a million, and long lists are slow to grow. */
const mostLines = 10_000;

/** Searching so many code units takes as long as reading one. */
const searchedAtOnce = 16;

/** Reads units one after the other from an offset at which a line begins. */
export class UnitReader {
  readonly #reader: BlockReader;
  #lines: SourceLines;
  #index = 0;
  /** Where the next unit begins, and what stands around it. */
  at: number;
  context: Context;

  constructor(text: string, at: number, context: Context = outermost) {
    this.#reader = new BlockReader(text, at);
    this.#lines = new SourceLines(text, at);
    this.at = at;
    this.context = context;
  }

  /** What it took to read the last unit besides its own text, as so many code units that are read. */
  get effort(): number {
    return Math.floor(this.#reader.effort / searchedAtOnce);
  }

  /** Goes on at another line further on; what was searched in vain stays known. */
  moveTo(at: number, context: Context): void {
    this.#lines = new SourceLines(this.#reader.text, at);
    this.#index = 0;
    this.at = at;
    this.context = context;
  }

  next(): Unit | undefined {
    if (this.#index > mostLines) {
      this.moveTo(this.at, this.context);
    }
    const lines = this.#lines;
    if (!lines.has(this.#index)) {
      return undefined;
    }
    const base = this.at;
    const reader = this.#reader;
    const { context } = this;
    reader.reset(base);
    lines.furthest = this.#index;
    const behind = reader.block(lines, this.#index, context);
    const end = lines.has(behind.index) ? lines.start[behind.index]! : reader.text.length;
    reader.coverTo(end, behind.context);
    this.#index = behind.index;
    this.at = end;
    this.context = behind.context;
    const reach = Math.max(lines.reach, reader.searched);
    return {
      base,
      length: end - base,
      context,
      reach: reach > reader.text.length ? Infinity : Math.max(0, reach - end),
      leaves: reader.leaves.slice(),
      examples: reader.examples.length === 0 ? none : reader.examples.slice(),
      definitions: reader.definitions.length === 0 ? none : reader.definitions.slice(),
      isMetadata: reader.isMetadata,
    };
  }
}
