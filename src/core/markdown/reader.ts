import { composed } from '../change.ts';
import type { Change, Reading } from '../reading.ts';
import { Edit } from './edit.ts';
import { Labels } from './labels.ts';
import { inlinesRead } from './inlines.ts';
import { assembled, Manuscript } from './manuscript.ts';
import { Pace } from './pace.ts';
import { UnitReader, type Unit } from './units.ts';
import { finished } from '../steps.ts';

/**
 * The longest text that is read, in code units: 300,000 words. What is counted over the whole of a longer one could be felt at
 * every pause in the writing.
 */
export const longestManuscript = 2_000_000;

/** Reads a whole text at once. For a long one that takes a while; an editor takes it in steps. */
export function readManuscript(text: string): Reading {
  return finished(readInSteps(text));
}

/** Reads a whole text, and yields every few milliseconds. */
export function* readInSteps(text: string): Generator<undefined, Reading> {
  const reader = new UnitReader(text, 0);
  const units: Unit[] = [];
  const pace = new Pace();
  for (let unit = reader.next(); unit; unit = reader.next()) {
    units.push(unit);
    if (pace.isDue(unit.length + reader.effort)) {
      yield;
    }
  }
  const labels = yield* Labels.of(units);
  yield* inlinesRead(text, units, labels);
  return yield* assembled(text, units, labels);
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
