import assert from 'node:assert/strict';
import { searchEntry } from '../../../../src/core/search/entry.ts';
import { Search } from '../../../../src/core/search/search.ts';
import { listed } from '../../../../src/core/search/sources.ts';
import { studies, vocabulary } from '../../../support/dataset.ts';
import { intents, shareAmong } from '../../../support/intents.ts';

describe('What a writer means', () => {
  const search = new Search(listed(studies.map(study => searchEntry(study, vocabulary))));
  const found = (query: string): string[] => search.search(query, { limit: 3 }).map(({ key }) => key);

  it('is listed for at least 300 different queries, a third of them misspelt, and is works of the dataset', () => {
    const keys = new Set(studies.map(({ id }) => id));
    assert.ok(intents.length >= 300);
    assert.equal(new Set(intents.map(({ query }) => query)).size, intents.length);
    assert.ok(intents.filter(({ isMisspelt }) => isMisspelt).length >= intents.length / 3);
    assert.deepEqual(intents.flatMap(({ meant }) => meant).filter(key => !keys.has(key)), []);
  });

  it('comes first for at least 95 % of the queries, misspelt ones too, and among the first three for 99 %', () => {
    const shares = [shareAmong(1, found), shareAmong(1, found, intents.filter(({ isMisspelt }) => isMisspelt)), shareAmong(3, found)];
    assert.ok(shares[0]! >= 0.95 && shares[1]! >= 0.95 && shares[2]! >= 0.99, shares.join(', '));
  });
});
