import assert from 'node:assert/strict';
import { searchEntry, type SearchEntry } from '../../../../src/core/search/entry.ts';
import { Search } from '../../../../src/core/search/search.ts';
import { listed } from '../../../../src/core/search/sources.ts';
import { queriesWithTypo } from '../../../bench/queries.ts';
import { syntheticEntries } from '../../../bench/synthetic.ts';
import { studies, vocabulary } from '../../../support/dataset.ts';

const entries = studies.map(study => searchEntry(study, vocabulary));
const search = new Search(listed(entries));
const queries = queriesWithTypo(60, 11).map(({ typed }) => typed);
const found = (query: string, guesses: boolean): string[] => search.search(query, { guesses }).map(({ key }) => key);

describe('Guesses', () => {
  it('follow what was found, which stays as it was, and fill up to ten', () => {
    for (const query of queries) {
      const [sure, all] = [found(query, false), found(query, true)];
      assert.deepEqual(all.slice(0, sure.length), sure);
      assert.equal(new Set(all).size, all.length);
      assert.ok(all.length <= Math.max(10, sure.length));
    }
    assert.ok(queries.some(query => found(query, true).length > found(query, false).length));
  });

  it('are given where there is a limit, if nothing is said', () => {
    const query = queries.find(each => found(each, true).length > found(each, false).length)!;
    assert.deepEqual(search.search(query).map(({ key }) => key), found(query, true));
    assert.deepEqual(search.search(query, { limit: Infinity }).map(({ key }) => key), found(query, false));
  });

  it('are not given after an exact citekey, for what no entry is like and for no words', () => {
    for (const query of ['feder2021', '@zanos2018', 'ketamine xylophone', '']) {
      assert.deepEqual(found(query, true), found(query, false));
    }
  });

  it('are only what is accepted', () => {
    for (const query of queries.slice(0, 20)) {
      const accepts = (number: number): boolean => Number(/\d+/.exec(entries[number]!.key)?.[0]) % 2 === 0;
      assert.ok(search.search(query, { accepts }).every(({ number }) => accepts(number)));
    }
  });

  it('are the same again, whatever was typed before', () => {
    const fresh = new Search(listed(entries));
    for (const query of queries.slice(0, 20)) {
      Array.from(query, (_, i) => search.search(query.slice(0, i + 1)));
      assert.deepEqual(found(query, true), fresh.search(query).map(({ key }) => key));
    }
  });

  it('find a word that has a blank in it', () => {
    const parts = [{ key: 'cortez2020', author: 'Cortez', year: '2020' }, { key: 'b2020', title: 'The cor tez scale', year: '2020' }];
    const two = new Search(listed(parts.map(entryOf)));
    assert.deepEqual(two.search('cortez 2020').map(({ key }) => key), ['cortez2020', 'b2020']);
  });

  it('are found where nothing else is: two letters wrong in a name, or the wrong year', () => {
    assert.deepEqual(found('witaker 2021', false), []);
    assert.equal(found('witaker 2021', true)[0], 'whittaker2021');
    assert.deepEqual(found('kolp 2008', false), []);
    assert.equal(found('kolp 2008', true)[0], 'kolp2007');
  });

  it('are found among many entries, too', () => {
    const many = new Search(listed([...entries, ...syntheticEntries(2000, 4)]));
    assert.equal(many.search('witaker 2021')[0]?.key, 'whittaker2021');
  });
});

function entryOf(part: Partial<SearchEntry>): SearchEntry {
  return { key: '', author: '', coauthors: '', year: '', title: '', gist: '', labels: '', asides: '', finding: '', journal: '', pico: '', extra: '', ...part };
}
