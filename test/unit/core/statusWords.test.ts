import assert from 'node:assert/strict';
import { checkCodes, type Known, type Problem } from '../../../src/core/checks/problem.ts';
import { readManuscript } from '../../../src/core/reading.ts';
import { problemsByKind, readWords, tally } from '../../../src/core/statusWords.ts';
import { finished } from '../../../src/core/steps.ts';

const known: Known = { study: () => undefined, has: key => key.startsWith('author'), keys: ['author17'], isComplete: true };

describe('tally', () => {
  const of = (text: string, more: Partial<Known> = {}) => finished(tally([readManuscript(text)], { ...known, ...more }));
  it('counts each work once, and tells unknown keys apart', () =>
    assert.deepEqual(of('@author17 [@author17; @author18] @nobody1900 @nobody1900'), { cited: 2, unknown: ['nobody1900'] }));
  it('calls no key unknown while a bibliography is not read', () =>
    assert.deepEqual(of('@author17 @nobody1900', { isComplete: false }), { cited: 2, unknown: [] }));
  it('leaves cross-references out', () => assert.deepEqual(of('@fig-one and [@sec-two]'), { cited: 0, unknown: [] }));
  it('takes the cells of a notebook together', () =>
    assert.deepEqual(finished(tally(['@author17', '@author17 @author18'].map(readManuscript), known)), { cited: 2, unknown: [] }));
});

describe('problemsByKind', () => {
  const problem = (code: Problem['code']): Problem => ({ code, message: '', fixes: [], start: 0, end: 0 });
  it('counts each kind', () =>
    assert.deepEqual(problemsByKind([problem('notice'), problem('unknown-key'), problem('unknown-key')]), ['2 unknown keys', '1 study with a notice']));
  it('has words for every check', () => {
    for (const code of checkCodes) {
      assert.match(problemsByKind([problem(code)]).join(), /^1 \w+/, code);
    }
  });
  it('says nothing of nothing', () => assert.deepEqual(problemsByKind([]), []));
});

describe('readWords', () => {
  it('says what was left out', () => assert.deepEqual([readWords(278, 0), readWords(1, 2)], ['278 studies read', '1 study read, 2 left out']));
  it('says which state of the dataset was read', () =>
    assert.equal(readWords(278, 0, { version: '2.0.0', date: '2026-11-30' }), '278 studies read · Dataset 2.0.0 of 2026-11-30'));
});
