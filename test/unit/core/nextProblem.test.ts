import assert from 'node:assert/strict';
import { nextAfter } from '../../../src/core/nextProblem.ts';

const places = [
  { text: 2, start: 3 },
  { text: 0, start: 9 },
  { text: 2, start: 0 },
];

describe('nextAfter', () => {
  for (const [from, expected] of [
    [{ text: 0, start: 0 }, places[1]],
    [{ text: 0, start: 9 }, places[2]],
    [{ text: 1, start: 50 }, places[2]],
    [{ text: 2, start: 0 }, places[0]],
    [{ text: 2, start: 3 }, places[1]],
    [{ text: -1, start: 0 }, places[1]],
  ] as const) {
    it(`goes on from text ${from.text}, ${from.start}`, () => assert.equal(nextAfter(places, from), expected));
  }
  it('finds nothing where there is nothing', () => assert.equal(nextAfter([], { text: 0, start: 0 }), undefined));
});
