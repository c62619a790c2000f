import type { Block, Span } from '../reading.ts';
import { BlockReader, outermost, type Context } from './blocks.ts';
import type { Facts } from './inline.ts';
import { blockOf, type Leaf, type Piece } from './leaf.ts';
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
const noLabels: ReadonlySet<string> = new Set();

/** Reads units one after the other from an offset at which a line begins. */
export class UnitReader {
  readonly #reader: BlockReader;
  readonly #lines: SourceLines;
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

  next(): Unit | undefined {
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

/** Reads the inlines of a unit that stands at an offset; blocks that were read before and are the same are taken over. */
export function* readInlines(text: string, unit: Unit, start: number, facts: Facts, known?: KnownBlocks): Generator<undefined, void> {
  const noting = new NotingFacts(facts);
  const by = start - unit.base;
  const blocks: Block[] = [];
  for (const leaf of unit.leaves) {
    blocks.push(known?.take(leaf, by, noting) ?? (yield* blockOf(text, by === 0 ? leaf : movedLeaf(leaf, by), noting)));
  }
  unit.blocks = blocks;
  unit.asked = noting.asked ?? noLabels;
}

/** Notes which labels were asked for. */
class NotingFacts implements Facts {
  readonly #facts: Facts;
  asked: Set<string> | undefined;

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  isExample(label: string): boolean {
    this.note(`@${label}`);
    return this.#facts.isExample(label);
  }

  isDefined(label: string): boolean {
    this.note(`[${label}`);
    return this.#facts.isDefined(label);
  }

  note(label: string): void {
    this.asked ??= new Set();
    this.asked.add(label);
  }
}

function movedLeaf(leaf: Leaf, by: number): Leaf {
  const move = (span: Span): Span => ({ start: span.start + by, end: span.end + by });
  return { ...leaf, ...move(leaf), pieces: leaf.pieces.map(piece => ('start' in piece ? move(piece) : piece.map(move))) };
}

/** The blocks of units that an edit touched, to take over those which come out the same. */
export class KnownBlocks {
  readonly #before: string;
  readonly #now: string;
  readonly #known: { readonly leaf: Leaf; readonly by: number; readonly block: Block; readonly asked: ReadonlySet<string> }[] = [];
  #next = 0;

  constructor(before: string, now: string) {
    this.#before = before;
    this.#now = now;
  }

  add(unit: Unit, start: number): void {
    unit.leaves.forEach((leaf, i) => {
      this.#known.push({ leaf, by: start - unit.base, block: unit.blocks![i]!, asked: unit.asked! });
    });
  }

  /** Blocks come in the order in which they stood, so each is looked for behind the last one found, not far. */
  take(leaf: Leaf, by: number, noting: NotingFacts): Block | undefined {
    const end = Math.min(this.#known.length, this.#next + 8);
    for (let i = this.#next; i < end; i += 1) {
      const known = this.#known[i]!;
      if (isSameLeaf(leaf, known.leaf) && this.#textOf(leaf, by) === this.#before.slice(known.leaf.start + known.by, known.leaf.end + known.by)) {
        this.#next = i + 1;
        known.asked.forEach(label => noting.note(label));
        return known.block;
      }
    }
    return undefined;
  }

  #textOf(leaf: Leaf, by: number): string {
    return this.#now.slice(leaf.start + by, leaf.end + by);
  }
}

function isSameLeaf(a: Leaf, b: Leaf): boolean {
  return (
    a.kind === b.kind &&
    a.end - a.start === b.end - b.start &&
    a.inQuote === b.inQuote &&
    a.inNote === b.inNote &&
    a.inRefs === b.inRefs &&
    a.pieces.length === b.pieces.length &&
    a.pieces.every((piece, i) => isSamePiece(piece, b.pieces[i]!, b.start - a.start))
  );
}

function isSamePiece(a: Piece, b: Piece, by: number): boolean {
  if ('start' in a) {
    return 'start' in b && a.start + by === b.start && a.end + by === b.end;
  }
  return !('start' in b) && a.length === b.length && a.every((span, i) => isSamePiece(span, b[i]!, by));
}
