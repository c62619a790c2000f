import { Checker } from '../../src/core/checks/checks.ts';
import type { Known } from '../../src/core/checks/problem.ts';
import { Library } from '../../src/core/library.ts';
import { readManuscript, reread, type Reading } from '../../src/core/reading.ts';
import { studies, vocabulary } from '../support/dataset.ts';
import { Chance } from './chance.ts';
import { syntheticManuscript } from './manuscriptText.ts';
import { p95, timed, type Part } from './report.ts';
import { finished } from '../../src/core/steps.ts';

const edits = 200;
/** Reading and checking the whole text takes long enough that a few times tell. */
const wholes = 10;
const typed = ['a', ' ', '\n', '.', '[', ']', '@feder2021', '[@fedr2021]', '', '> ', '- '];

/** From an edit in a manuscript of 1 MB with 5,000 citations to its problems. */
export const edit: Part = async report => {
  const library = new Library({ studies, vocabulary });
  const keys = studies.map(({ id }) => id);
  const known: Known = { study: library.get, has: library.has, keys, isComplete: true };
  const checker = new Checker(known);
  const chance = new Chance(7);
  let reading = readManuscript(syntheticManuscript(1_000_000, 5000, keys, 5));
  checker.check(reading, { dismissed: new Set() });
  const times: number[] = [];
  for (let count = 0; count < edits; count += 1) {
    const start = chance.below(reading.text.length);
    const oldEnd = Math.min(reading.text.length, start + chance.below(3));
    const added = chance.one(typed);
    const text = `${reading.text.slice(0, start)}${added}${reading.text.slice(oldEnd)}`;
    // Flattened, as an editor's text is; else the first to look at it would pay for the joining.
    text.indexOf('\0');
    let now: Reading = reading;
    times.push(
      timed(() => {
        now = finished(reread(reading, text, [{ start, oldEnd, newEnd: start + added.length }]));
        checker.check(now, { dismissed: new Set() });
      }),
    );
    reading = now;
  }
  const { text } = reading;
  const whole = (): void => {
    new Checker(known).check(readManuscript(text), { dismissed: new Set() });
  };
  report({
    name: 'edit.1MB.p95',
    value: p95(times),
    unit: 'ms',
    baseline: { name: 'reading and checking the whole text', value: p95(Array.from({ length: wholes }, () => timed(whole))) },
  });
};
