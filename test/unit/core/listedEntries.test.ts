import assert from 'node:assert/strict';
import { listedEntries, mostListed } from '../../../src/core/listedEntries.ts';
import type { CslItem } from '../../../src/core/study.ts';

const csl: CslItem = { type: 'book', title: '', author: [] };
const entry = (id: string): { id: string; csl: CslItem } => ({ id, csl });

describe('listedEntries', () => {
  it('are those not cited, of two with one key the first', () => {
    const first = entry('author17');
    const { entries, count } = listedEntries([[{ key: 'own', csl }], [first, entry('author18')], [entry('author17')]], new Set(['author18']));
    assert.deepEqual([...entries.keys(), count], ['own', 'author17', 2]);
    assert.equal(entries.get('author17'), first);
  });
  it('are counted all, and held up to a bound', () => {
    const { entries, count } = listedEntries([Array.from({ length: 2500 }, (_, index) => entry(`a${index}`))], new Set());
    assert.deepEqual([entries.size, count], [mostListed, 2500]);
  });
});
