import type { Change, Reading } from '../reading.ts';
import { outermost } from './blocks.ts';
import { inlinesRead, KnownBlocks, sharesOne } from './inlines.ts';
import { assembled, type Manuscript } from './manuscript.ts';
import { Pace } from './pace.ts';
import { UnitReader, type Unit } from './units.ts';

/** One edit of a manuscript: which units stay and which are read anew. */
export class Edit {
  readonly #before: Manuscript;
  readonly #text: string;
  readonly #change: Change;
  readonly #units: Unit[] = [];
  readonly #fresh: Unit[] = [];
  readonly #gone: Unit[] = [];
  readonly #known: KnownBlocks;
  /** One for all that is read anew: a thousand units may search the whole rest of the text for the same mark, in vain. */
  readonly #reader: UnitReader;
  readonly #pace = new Pace();
  /** The first unit of the text before that is not decided on yet. */
  #next = 0;
  /** Whether what is left stands behind the change. */
  #isPast = false;

  constructor(before: Manuscript, text: string, change: Change) {
    this.#before = before;
    this.#text = text;
    this.#change = change;
    this.#known = new KnownBlocks(before.text, text);
    this.#reader = new UnitReader(text, 0);
  }

  *read(): Generator<undefined, Reading> {
    const { units } = this.#before;
    for (const dirty of this.#before.touchedBy(this.#change)) {
      if (dirty >= this.#next && !this.#isPast) {
        yield* this.#keepTo(dirty);
        yield* this.#readAnew();
      }
    }
    yield* this.#keepTo(units.length);
    const labels = yield* this.#before.labels.changed(this.#gone, this.#fresh);
    const asked = yield* this.#before.labels.differing(labels, [...this.#gone, ...this.#fresh]);
    this.#known.forget(asked);
    const all = asked.size === 0 ? this.#units : this.#units.map(unit => withoutBlocks(unit, asked));
    yield* inlinesRead(this.#text, all, labels, this.#known);
    return yield* assembled(this.#text, all, labels);
  }

  *#keepTo(index: number): Generator<undefined, void> {
    const { units } = this.#before;
    for (; this.#next < index; this.#next += 1) {
      this.#units.push(units[this.#next]!);
      if (this.#pace.isDue(0)) {
        yield;
      }
    }
  }

  /** Reads from the next unit on, until what follows is what followed before. */
  *#readAnew(): Generator<undefined, void> {
    const { units, unitStarts } = this.#before;
    const from = this.#next;
    const reader = this.#reader;
    reader.moveTo(unitStarts[from] ?? 0, units[from]?.context ?? outermost);
    let same: number | undefined;
    for (let unit = reader.next(); unit; unit = reader.next()) {
      this.#units.push(unit);
      this.#fresh.push(unit);
      if (this.#pace.isDue(unit.length + reader.effort)) {
        yield;
      }
      same = this.#sameBehind(reader);
      if (same !== undefined) {
        break;
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
  if (!unit.asked || !sharesOne(unit.asked, labels)) {
    return unit;
  }
  const { blocks: _blocks, asked: _asked, ...rest } = unit;
  return rest;
}
