import type { Block, Change, Citation, CiteFound, Placed, Reading, Span } from '../reading.ts';
import type { Labels } from './labels.ts';
import { inForce } from './metadata.ts';
import { moved } from './moved.ts';
import type { Unit } from './units.ts';

// Units that look further ahead than this are few, and listed.
const near = 2048;

interface Parts {
  readonly text: string;
  readonly units: readonly Unit[];
  readonly labels: Labels;
  readonly blocks: Block[];
  readonly starts: number[];
  readonly unitStarts: number[];
  /** The units that look far ahead, by index. */
  readonly far: number[];
  readonly metadata: Span[];
  /** Which of the blocks these are. */
  readonly metadataIndexes: number[];
  /** How many blocks there are so far. */
  count: number;
}

/** Units put together between two pauses. */
const atOnce = 20_000;

/** Puts together what was read of all units. */
export function* assembled(text: string, units: readonly Unit[], labels: Labels): Generator<undefined, Manuscript> {
  const count = yield* countedBlocks(units);
  // As long as they get from the start: it takes long to make room for a million one by one.
  const [blocks, starts] = [new Array<Block>(count), new Array<number>(count)];
  const parts: Parts = { text, units, labels, blocks, starts, unitStarts: new Array<number>(units.length), far: [], metadata: [], metadataIndexes: [], count: 0 };
  let at = 0;
  for (let index = 0; index < units.length; index += 1) {
    at = add(parts, units[index]!, index, at);
    if (index % atOnce === atOnce - 1) {
      yield;
    }
  }
  inForce(text, parts.metadataIndexes.map(index => ({ block: blocks[index]!, start: starts[index]! }))).forEach((block, index) => {
    blocks[parts.metadataIndexes[index]!] = block;
  });
  if (parts.blocks.length === 0) {
    parts.blocks.push(emptyBlock);
    parts.starts.push(0);
  }
  return new Manuscript(parts);
}

function* countedBlocks(units: readonly Unit[]): Generator<undefined, number> {
  let count = 0;
  for (let index = 0; index < units.length; index += 1) {
    count += units[index]!.blocks!.length;
    if (index % atOnce === atOnce - 1) {
      yield;
    }
  }
  return count;
}

/** Adds what is read at an offset; answers where the next begins. */
function add(parts: Parts, unit: Unit, index: number, start: number): number {
  let at = start;
  parts.unitStarts[index] = at;
  if (unit.reach > near) {
    parts.far.push(index);
  }
  if (unit.isMetadata) {
    parts.metadata.push({ start: at, end: at + unit.length });
    parts.metadataIndexes.push(parts.count);
  }
  for (const block of unit.blocks!) {
    parts.blocks[parts.count] = block;
    parts.starts[parts.count] = at;
    parts.count += 1;
    at += block.length;
  }
  return at;
}

/** A text and the units it was read in. */
export class Manuscript implements Reading {
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly starts: readonly number[];
  readonly frontMatter?: Span;
  readonly metadata: readonly Span[];
  readonly units: readonly Unit[];
  readonly unitStarts: readonly number[];
  readonly labels: Labels;
  readonly #far: readonly number[];
  #citations: readonly Citation[] | undefined;

  constructor(parts: Parts) {
    this.text = parts.text;
    this.units = parts.units;
    this.labels = parts.labels;
    this.blocks = parts.blocks;
    this.starts = parts.starts;
    this.unitStarts = parts.unitStarts;
    this.#far = parts.far;
    this.metadata = parts.metadata;
    const [first] = parts.metadata;
    if (first) {
      this.frontMatter = first;
    }
  }

  get citations(): readonly Citation[] {
    this.#citations ??= this.#placed();
    return this.#citations;
  }

  /** In a plain loop: most blocks cite nothing, and need no array of their own. */
  #placed(): Citation[] {
    const all: Citation[] = [];
    this.blocks.forEach(({ citations }, i) => {
      for (const each of citations) {
        all.push(moved(each, this.starts[i]!));
      }
    });
    return all;
  }

  blockAt(offset: number): Placed {
    const index = Math.max(0, lastAtMost(this.starts, offset, itself));
    return { block: this.blocks[index]!, start: this.starts[index]! };
  }

  citationAt(offset: number): CiteFound | undefined {
    const found = this.#citationIn(this.blockAt(offset), offset);
    // A citation at a block's end also ends where the next one begins.
    return found ?? (offset > 0 ? this.#citationIn(this.blockAt(offset - 1), offset) : undefined);
  }

  #citationIn({ block, start }: Placed, offset: number): CiteFound | undefined {
    const at = offset - start;
    let index = lastAtMost(block.citations, at, each => each.start);
    // One that others stand in may begin long before them.
    while (index >= 0 && block.citations[index]!.end < at) {
      index -= 1;
    }
    const citation = block.citations[index];
    if (!citation) {
      return undefined;
    }
    const found = moved(citation, start);
    const cite = found.cites.find(each => each.mark.start <= offset && offset <= each.mark.end);
    return { citation: found, ...(cite && { cite }) };
  }

  unitStartingAt(offset: number): number | undefined {
    const index = lastAtMost(this.unitStarts, offset, itself);
    return this.unitStarts[index] === offset ? index : undefined;
  }

  /** The units that a change may have changed, in order: those that hold its start, and those that looked so far ahead. */
  *touchedBy({ start }: Change): Generator<number, void> {
    const nearest = Math.max(0, lastAtMost(this.unitStarts, start - near, itself));
    for (const index of this.#far) {
      if (index < nearest && this.#reachOf(index) > start) {
        yield index;
      }
    }
    for (let index = nearest; index < this.units.length && this.unitStarts[index]! <= start; index += 1) {
      if (this.#reachOf(index) > start || this.#endOf(index) >= start) {
        yield index;
      }
    }
    if (this.units.length === 0) {
      yield 0;
    }
  }

  #endOf(index: number): number {
    return this.unitStarts[index]! + this.units[index]!.length;
  }

  #reachOf(index: number): number {
    return this.#endOf(index) + this.units[index]!.reach;
  }
}

const emptyBlock: Block = { kind: 'blank', length: 0, inQuote: false, inNote: false, inRefs: false, citations: [], opaque: [], brackets: [] };

/** The index of the last whose number is not above the value; `-1` where all are. */
function lastAtMost<T>(sorted: readonly T[], value: number, numberOf: (each: T) => number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numberOf(sorted[middle]!) <= value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
}

function itself(number: number): number {
  return number;
}
