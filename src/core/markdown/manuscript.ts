import { composed } from '../change.ts';
import type { Block, Change, Citation, CiteFound, Placed, Reading, Span } from '../reading.ts';
import { Labels } from './labels.ts';
import { moved } from './moved.ts';
import { KnownBlocks, readInlines, UnitReader, type Unit } from './units.ts';

/** The longest text that is read, in code units. */
export const longestManuscript = 10_000_000;

// So much is read between two steps, which takes a few milliseconds: of lines, and of inlines.
const linesAStep = 1 << 17;
const inlinesAStep = 1 << 15;

/** Reads a whole text at once. For a long one that takes a while; an editor takes it in steps. */
export function readManuscript(text: string): Reading {
  return finished(readInSteps(text));
}

/** Reads a whole text, and yields every few milliseconds. */
export function* readInSteps(text: string): Generator<undefined, Reading> {
  const reader = new UnitReader(text, 0);
  const units: Unit[] = [];
  let done = 0;
  for (let unit = reader.next(); unit; unit = reader.next()) {
    units.push(unit);
    if (reader.at - done > linesAStep) {
      done = reader.at;
      yield;
    }
  }
  const labels = Labels.of(units);
  yield* readAllInlines(text, units, 0, labels);
  return new Manuscript(text, units, labels);
}

function* readAllInlines(text: string, units: readonly Unit[], from: number, labels: Labels, known?: KnownBlocks): Generator<undefined, void> {
  let at = from;
  let work = 0;
  for (const unit of units) {
    if (!unit.blocks) {
      yield* readInlines(text, unit, at, labels, known);
      work += unit.length;
    }
    at += unit.length;
    if (work > inlinesAStep) {
      work = 0;
      yield;
    }
  }
}

/**
 * Reads a text again that was edited: what the changes touched, and what depends on it. The other blocks stay the very
 * same objects. `changes` one after the other, each told in the text that the one before it left.
 */
export function* reread(previous: Reading, text: string, changes: readonly Change[]): Generator<undefined, Reading> {
  const [first, ...others] = changes;
  const change = first && others.reduce(composed, first);
  const fits = change && previous.text.length + change.newEnd - change.oldEnd === text.length;
  if (!(previous instanceof Manuscript) || !fits) {
    return previous.text === text ? previous : yield* readInSteps(text);
  }
  return yield* new Edit(previous, text, change).read();
}

/** One edit of a manuscript: which units stay and which are read anew. */
class Edit {
  readonly #before: Manuscript;
  readonly #text: string;
  readonly #change: Change;
  readonly #units: Unit[] = [];
  readonly #fresh: Unit[] = [];
  readonly #gone: Unit[] = [];
  readonly #known: KnownBlocks;
  /** The first unit of the text before that is not decided on yet. */
  #next = 0;
  /** Whether what is left stands behind the change. */
  #isPast = false;

  constructor(before: Manuscript, text: string, change: Change) {
    this.#before = before;
    this.#text = text;
    this.#change = change;
    this.#known = new KnownBlocks(before.text, text);
  }

  *read(): Generator<undefined, Reading> {
    const { units } = this.#before;
    for (const dirty of this.#before.touchedBy(this.#change)) {
      if (dirty >= this.#next && !this.#isPast) {
        this.#keepTo(dirty);
        yield* this.#readAnew();
      }
    }
    this.#keepTo(units.length);
    const labels = this.#before.labels.changed(this.#gone, this.#fresh);
    const asked = this.#before.labels.differing(labels);
    const all = asked.size === 0 ? this.#units : this.#units.map(unit => withoutBlocks(unit, asked));
    yield* readAllInlines(this.#text, all, 0, labels, this.#known);
    return new Manuscript(this.#text, all, labels);
  }

  #keepTo(index: number): void {
    const { units } = this.#before;
    for (; this.#next < index; this.#next += 1) {
      this.#units.push(units[this.#next]!);
    }
  }

  /** Reads from the next unit on, until what follows is what followed before. */
  *#readAnew(): Generator<undefined, void> {
    const { units, unitStarts } = this.#before;
    const from = this.#next;
    const reader = new UnitReader(this.#text, unitStarts[from] ?? 0, units[from]?.context);
    let done = reader.at;
    let same: number | undefined;
    for (let unit = reader.next(); unit; unit = reader.next()) {
      this.#units.push(unit);
      this.#fresh.push(unit);
      same = this.#sameBehind(reader);
      if (same !== undefined) {
        break;
      }
      if (reader.at - done > linesAStep) {
        done = reader.at;
        yield;
      }
    }
    this.#next = same ?? units.length;
    for (let i = from; i < this.#next; i += 1) {
      this.#gone.push(units[i]!);
      this.#known.add(units[i]!, unitStarts[i]!);
    }
  }

  /** The unit of the text before that stands where the reader is now, if it is read the same from there on. */
  #sameBehind({ at, context }: UnitReader): number | undefined {
    const { start, oldEnd, newEnd } = this.#change;
    if (at > start && at < newEnd) {
      return undefined;
    }
    const old = at >= newEnd ? at - newEnd + oldEnd : at;
    const index = this.#before.unitStartingAt(old);
    // What stands at the very start of a text may mean something else there.
    if (index === undefined || index < this.#next || (index === 0) !== (at === 0)) {
      return undefined;
    }
    const { divisions } = this.#before.units[index]!.context;
    if (divisions.length !== context.divisions.length || divisions.some((each, i) => each !== context.divisions[i])) {
      return undefined;
    }
    this.#isPast = at >= newEnd;
    return index;
  }
}

/** The unit again with its inlines unread, if one of the labels decided how they were read. */
function withoutBlocks(unit: Unit, labels: ReadonlySet<string>): Unit {
  if (!unit.asked || unit.asked.size === 0 || !Array.from(labels).some(label => unit.asked!.has(label))) {
    return unit;
  }
  const { blocks: _blocks, asked: _asked, ...rest } = unit;
  return rest;
}

function finished<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) {
      return value;
    }
  }
}

// Units that look further ahead than this are few, and listed.
const near = 2048;

class Manuscript implements Reading {
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly starts: readonly number[];
  readonly frontMatter?: Span;
  readonly units: readonly Unit[];
  readonly unitStarts: readonly number[];
  readonly labels: Labels;
  readonly #far: readonly number[];
  #citations: readonly Citation[] | undefined;

  constructor(text: string, units: readonly Unit[], labels: Labels) {
    const blocks: Block[] = [];
    const starts: number[] = [];
    const unitStarts: number[] = [];
    const far: number[] = [];
    let at = 0;
    let frontMatter: Span | undefined;
    units.forEach((unit, index) => {
      unitStarts.push(at);
      if (unit.reach > near) {
        far.push(index);
      }
      if (unit.isMetadata) {
        frontMatter ??= { start: at, end: at + unit.length };
      }
      for (const block of unit.blocks!) {
        blocks.push(block);
        starts.push(at);
        at += block.length;
      }
    });
    if (blocks.length === 0) {
      blocks.push(emptyBlock);
      starts.push(0);
    }
    this.text = text;
    this.blocks = blocks;
    this.starts = starts;
    this.units = units;
    this.unitStarts = unitStarts;
    this.labels = labels;
    this.#far = far;
    if (frontMatter) {
      this.frontMatter = frontMatter;
    }
  }

  get citations(): readonly Citation[] {
    this.#citations ??= this.blocks.flatMap((block, i) => block.citations.map(each => moved(each, this.starts[i]!)));
    return this.#citations;
  }

  blockAt(offset: number): Placed {
    const index = Math.max(0, lastAtMost(this.starts, offset));
    return { block: this.blocks[index]!, start: this.starts[index]! };
  }

  citationAt(offset: number): CiteFound | undefined {
    const found = this.#citationIn(this.blockAt(offset), offset);
    // A citation at a block's end also ends where the next one begins.
    return found ?? (offset > 0 ? this.#citationIn(this.blockAt(offset - 1), offset) : undefined);
  }

  #citationIn({ block, start }: Placed, offset: number): CiteFound | undefined {
    const at = offset - start;
    const citation = block.citations.findLast(each => each.start <= at && at <= each.end);
    if (!citation) {
      return undefined;
    }
    const found = moved(citation, start);
    const cite = found.cites.find(each => each.mark.start <= offset && offset <= each.mark.end);
    return { citation: found, ...(cite && { cite }) };
  }

  unitStartingAt(offset: number): number | undefined {
    const index = lastAtMost(this.unitStarts, offset);
    return this.unitStarts[index] === offset ? index : undefined;
  }

  /** The units that a change may have changed, in order: those that hold its start, and those that looked so far ahead. */
  *touchedBy({ start }: Change): Generator<number, void> {
    const nearest = Math.max(0, lastAtMost(this.unitStarts, start - near));
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

/** The index of the last number that is not above the value; `-1` where all are. */
function lastAtMost(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
}
