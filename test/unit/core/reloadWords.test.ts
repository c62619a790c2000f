import assert from 'node:assert/strict';
import { reloadWords } from '../../../src/core/reloadWords.ts';

describe('reloadWords', () => {
  for (const [entries, problems, before, expected] of [
    [1204, 0, 1201, 'refs.bib was read again: 1,204 entries, 3 more than before'],
    [1, 2, 3, 'refs.bib was read again: 1 entry, 2 problems, 2 fewer than before'],
    [5, 0, 5, 'refs.bib was read again: 5 entries, as many as before'],
  ] as const) {
    it(expected, () => assert.equal(reloadWords({ name: 'refs.bib', entries, problems, before }), expected));
  }
});
