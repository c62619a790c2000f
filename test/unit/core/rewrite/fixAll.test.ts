import assert from 'node:assert/strict';
import { check } from '../../../../src/core/checks/checks.ts';
import type { Known, Problem } from '../../../../src/core/checks/problem.ts';
import { readManuscript } from '../../../../src/core/reading.ts';
import { fixTogether } from '../../../../src/core/rewrite/fixAll.ts';
import { edited } from '../../../../src/core/rewrite/rewriting.ts';
import { studies } from '../../../support/dataset.ts';

const byKey = new Map(studies.map(study => [study.id, study]));
const known: Known = { study: key => byKey.get(key), has: key => byKey.has(key), keys: [...byKey.keys()], isComplete: true };

const problemsOf = (text: string): readonly Problem[] => check(readManuscript(text), known);

describe('fixTogether', () => {
  it('takes every clear repair', () => {
    const text = '[@fedr2021] and [@Dore2019; @dore2019] and [@nobody1999]';
    const { edits, count } = fixTogether(problemsOf(text));
    assert.equal(edited(text, edits), '[@feder2021] and [@dore2019; @dore2019] and [@nobody1999]');
    assert.equal(count, 2);
  });
  it('takes those of one kind', () => {
    const text = '[@fedr2021] and [@Dore2019]';
    assert.equal(edited(text, fixTogether(problemsOf(text), 'key-case').edits), '[@fedr2021] and [@dore2019]');
  });
  it('takes one of two that touch the same words', () => {
    const at = (start: number, end: number, text: string): Problem => ({
      code: 'unknown-key', start, end, message: '', fixes: [{ title: '', edits: [{ start, end, text }], isPreferred: true }],
    });
    const { edits, count } = fixTogether([at(4, 6, 'c'), at(0, 3, 'a'), at(2, 5, 'b'), at(6, 6, 'd'), at(6, 6, 'e')]);
    assert.deepEqual(edits.map(({ text }) => text), ['a', 'c', 'd']);
    assert.equal(count, 3);
  });
  it('mends hundreds of problems in one pass, until none of the kind is left', () => {
    let text = Array.from({ length: 300 }, (_, index) => `Sentence ${index} [@fedr2021] [@dore2019; @dore2019].`).join('\n\n');
    for (let pass = 0; pass < 3; pass += 1) {
      text = edited(text, fixTogether(problemsOf(text)).edits);
    }
    assert.equal(text, Array.from({ length: 300 }, (_, index) => `Sentence ${index} [@feder2021; @dore2019].`).join('\n\n'));
  }).timeout(20_000);
});
