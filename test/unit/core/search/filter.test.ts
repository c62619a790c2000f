import assert from 'node:assert/strict';
import type { Filter } from '../../../../src/core/search/filter.ts';
import { describeFilter, isEmptyFilter, matchesFilter } from '../../../../src/core/search/filter.ts';
import { parseQuery } from '../../../../src/core/search/query.ts';
import { studies, study, vocabulary } from '../../../support/dataset.ts';

const parsed = (query: string): Filter => parseQuery(query, vocabulary).filter;

function shown(query: string): string[] {
  const filter = parsed(query);
  return studies.filter(each => matchesFilter(each, filter)).map(({ id }) => id);
}

describe('matchesFilter', () => {
  it('lets everything through when nothing is asked', () => {
    assert.equal(shown('').length, studies.length);
    assert.ok(isEmptyFilter(parsed('')));
  });

  it('joins different qualifiers by and, values of one by or', () => {
    assert.deepEqual(shown('author:feder condition:ptsd year:2014,'), ['feder2014']);
    const either = new Set([...shown('condition:ptsd'), ...shown('condition:ocd')]);
    assert.deepEqual(new Set(shown('condition:ptsd,ocd')), either);
  });

  it('leaves out what is negated', () => {
    assert.equal(shown('-condition:ptsd').length + shown('condition:ptsd').length, studies.length);
  });

  it('finds authors by the beginning of a word of the name, without accents', () => {
    assert.ok(shown('author:roca').includes('abdallah2022'));
    assert.ok(shown('author:gonzalez year:2023').includes('gonzalezpardo2023'));
  });

  it('knows which studies carry quotes', () => {
    const withQuotes = studies.filter(({ quotes }) => quotes.length > 0).map(({ id }) => id);
    assert.deepEqual(shown('has:quote'), withQuotes);
  });

  it('takes an entry of which little is known', () => {
    const { id, csl } = study('feder2021');
    assert.ok(matchesFilter({ id, csl }, parsed('author:feder year:2021')));
    assert.ok(!matchesFilter({ id, csl }, parsed('condition:ptsd')));
  });
});

describe('describeFilter', () => {
  const described: readonly (readonly [string, string])[] = [
    ['', ''],
    ['condition:ptsd design:rct year:2019-2024 has:quote', 'PTSD · RCT · 2019–2024 · has quotes'],
    ['condition:trd,ocd year:2019- ketamine', 'TRD or OCD · from 2019 · “ketamine”'],
    ['-condition:ptsd author:feder,dore year:2021', 'by feder or dore · not PTSD · 2021'],
  ];
  for (const [query, expected] of described) {
    it(`says “${expected}”`, () => assert.equal(describeFilter(parsed(query), vocabulary), expected));
  }
});
