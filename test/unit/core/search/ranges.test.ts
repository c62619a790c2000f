import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Range } from '../../../../src/core/search/filter.ts';
import { parseRange, printRange } from '../../../../src/core/search/ranges.ts';

describe('parseRange', () => {
  const numbers: readonly (readonly [string, Range | undefined])[] = [
    ['>50', { from: 51 }],
    ['>=50', { from: 50 }],
    ['≥ 50', { from: 50 }],
    ['<20', { to: 19 }],
    ['<=20', { to: 20 }],
    ['41', { from: 41, to: 41 }],
    ['=41', { from: 41, to: 41 }],
    ['20-50', { from: 20, to: 50 }],
    ['50–20', { from: 20, to: 50 }],
    ['50-', { from: 50 }],
    ['-20', { to: 20 }],
    ['28d', undefined],
    ['-', undefined],
    ['>', undefined],
    ['many', undefined],
    ['1.5', undefined],
  ];
  for (const [text, expected] of numbers) {
    it(`reads ${text}`, () => assert.deepEqual(parseRange(text), expected));
  }

  const times: readonly (readonly [string, Range | undefined])[] = [
    ['>28', { from: 29 }],
    ['>28d', { from: 29 }],
    ['4w', { from: 28, to: 28 }],
    ['6 months', { from: 180, to: 180 }],
    ['<1y', { to: 364 }],
    ['12m', { from: 365, to: 365 }],
    ['18 months', { from: 545, to: 545 }],
    ['1-4w', { from: 7, to: 28 }],
    ['7d-1m', { from: 7, to: 30 }],
    ['3 fortnights', undefined],
  ];
  for (const [text, expected] of times) {
    it(`reads ${text} as days`, () => assert.deepEqual(parseRange(text, true), expected));
  }

  it('reads what printRange wrote as the same range', () => {
    const bound = fc.option(fc.nat(1000), { nil: undefined });
    fc.assert(fc.property(bound, bound, (from, to) => {
      fc.pre(from !== undefined || to !== undefined);
      const [low, high] = from !== undefined && to !== undefined && from > to ? [to, from] : [from, to];
      const range = { ...(low !== undefined && { from: low }), ...(high !== undefined && { to: high }) };
      assert.deepEqual(parseRange(printRange(range)), range);
    }));
  });
});
