import assert from 'node:assert/strict';
import fc from 'fast-check';
import Fuse from 'fuse.js';
import { searchEntry, type SearchEntry } from '../../../../src/core/search/entry.ts';
import { fuseOptions } from '../../../../src/core/search/judge.ts';
import { LooseWord, letterSet } from '../../../../src/core/search/looseWord.ts';
import { Search } from '../../../../src/core/search/search.ts';
import { listed } from '../../../../src/core/search/sources.ts';
import { queriesWithTypo } from '../../../bench/queries.ts';
import { syntheticEntries, syntheticQueries } from '../../../bench/synthetic.ts';
import { studies, vocabulary } from '../../../support/dataset.ts';

const entries = studies.map(study => searchEntry(study, vocabulary));
const search = new Search(listed(entries));
const made = syntheticEntries(2000, 4);
const queries = queriesWithTypo(60, 11).map(({ typed }) => typed);
const found = (query: string, guesses: boolean): string[] => search.search(query, { guesses }).map(({ key }) => key);

describe('Guesses', () => {
  it('follow behind what was found, which stays as it was, and fill up to ten', () => {
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

  it('are not given behind an exact citekey, behind nothing and for no words', () => {
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

  it('are at least 95 % of what Fuse finds beside, among the studies', () => {
    const share = recall(entries, queriesWithTypo(60, 12).map(({ typed }) => typed));
    assert.ok(share >= 0.95, String(share));
  }).timeout(30_000);

  it('are at least 95 % of what Fuse finds beside, among 2,000 made-up entries', () => {
    const share = recall(made, syntheticQueries(made, 60, 5));
    assert.ok(share >= 0.95, String(share));
  }).timeout(60_000);
});

describe('LooseWord', () => {
  it('has as many errors in a text as the plainest reckoning finds, and none are missed by its letters', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', '1'), minLength: 1, maxLength: 9 });
    fc.assert(fc.property(text, text, (word, other) => {
      const letters = Uint16Array.from(other, letter => letter.charCodeAt(0));
      const errors = fewestErrors(word, other);
      assert.equal(new LooseWord(word, 3).errorsIn(letters, 0, letters.length), errors);
      assert.equal(new LooseWord(word, errors).placesIn(Int32Array.of(letterSet(other))).length, 1);
    }));
  });
});

/** Of Fuse's first ten, where we found fewer ourselves, the share that is among our first ten. */
function recall(among: readonly SearchEntry[], typed: readonly string[]): number {
  const ours = new Search(listed(among));
  const fuse = new Fuse(among, fuseOptions);
  let [both, all] = [0, 0];
  for (const query of typed.filter(each => ours.search(each, { guesses: false }).length < 10)) {
    const first = new Set(ours.search(query, { limit: 10 }).map(({ entry }) => entry));
    const theirs = fuse.search(query, { limit: 10 });
    both += theirs.filter(({ item }) => first.has(item)).length;
    all += theirs.length;
  }
  return both / all;
}

function entryOf(part: Partial<SearchEntry>): SearchEntry {
  return { key: '', author: '', coauthors: '', year: '', title: '', gist: '', labels: '', asides: '', finding: '', journal: '', pico: '', extra: '', ...part };
}

function fewestErrors(word: string, text: string): number {
  let row = Array.from({ length: word.length + 1 }, (_, i) => i);
  let fewest = word.length;
  for (const letter of text) {
    const next = [0];
    for (let i = 1; i <= word.length; i++) {
      next.push(Math.min(row[i - 1]! + (word[i - 1] === letter ? 0 : 1), row[i]! + 1, next[i - 1]! + 1));
    }
    row = next;
    fewest = Math.min(fewest, row.at(-1)!);
  }
  return fewest;
}
