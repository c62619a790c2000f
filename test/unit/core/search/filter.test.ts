import assert from 'node:assert/strict';
import type { Filter } from '../../../../src/core/search/filter.ts';
import { describeFilter, isEmptyFilter, matchesFilter } from '../../../../src/core/search/filter.ts';
import { isRandomizedTrial } from '../../../../src/core/evidence.ts';
import { parseQuery } from '../../../../src/core/search/query.ts';
import type { Study } from '../../../../src/core/study.ts';
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

  it('takes a randomized crossover trial for a randomized controlled trial, too', () => {
    const trials = studies.filter(isRandomizedTrial).map(({ id }) => id);
    assert.deepEqual(shown('design:rct'), trials);
    const crossover = studies.filter(({ design }) => design === 'crossover-trial').map(({ id }) => id);
    assert.deepEqual(shown('design:crossover'), crossover);
    assert.ok(trials.includes('feder2014') && crossover.includes('feder2014'));
    // Titled "randomized", each of them.
    const titled = studies.filter(({ csl, design }) => design === 'crossover-trial' && /randomi[sz]ed/i.test(csl.title)).map(({ id }) => id);
    assert.deepEqual(titled.filter(id => !trials.includes(id)), []);
  });

  it('takes what is not stated for neither yes nor no', () => {
    const [yes, no] = [shown('randomized:yes'), shown('randomized:no')];
    const unstated = studies.filter(({ evidence }) => evidence.randomized === null).length;
    assert.ok(unstated > 0);
    assert.equal(yes.length + no.length + unstated, studies.length);
    assert.equal(shown('-randomized:yes').length, studies.length - yes.length);
  });

  const asked: readonly (readonly [string, (each: Study) => boolean])[] = [
    ['comparator:ect', ({ evidence }) => evidence.comparators.includes('ect')],
    ['comparator:midazolam', ({ comparator }) => /\bmidazolam/i.test(comparator ?? '')],
    ['result:none', ({ evidence }) => evidence.direction === 'no-difference'],
    ['result:against', ({ evidence }) => evidence.direction === 'against'],
    ['route:sc', ({ evidence }) => evidence.routes.includes('subcutaneous')],
    ['n:>50', ({ n }) => (n ?? 0) > 50],
    ['sessions:6', ({ evidence }) => evidence.sessions === 6],
    ['follow-up:>28d', ({ evidence }) => (evidence.followUpDays ?? 0) > 28],
    ['follow-up:6m', ({ evidence }) => evidence.followUpDays === 180],
  ];
  for (const [query, holds] of asked) {
    it(`finds what ${query} asks for, and nothing else`, () => {
      const expected = studies.filter(holds).map(({ id }) => id);
      assert.ok(expected.length > 0);
      assert.deepEqual(shown(query), expected);
    });
  }

  it('knows what the manuscript cites', () => {
    const cited = new Set(['feder2014', 'dore2019']);
    const fits = (query: string): string[] => studies.filter(each => matchesFilter(each, parsed(query), cited)).map(({ id }) => id);
    assert.deepEqual(fits('cited:yes'), ['dore2019', 'feder2014']);
    assert.equal(fits('cited:no').length, studies.length - 2);
    assert.deepEqual(fits('-cited:no condition:ptsd design:rct'), ['feder2014']);
  });

  it('finds nothing of a writer’s own by what only the records state', () => {
    const { id, csl } = study('feder2021');
    for (const query of ['randomized:yes', 'randomized:no', 'comparator:active', 'result:favours', 'route:iv', 'n:>1', 'sessions:>1', 'follow-up:>1d']) {
      assert.ok(!matchesFilter({ id, csl }, parsed(query)), query);
    }
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
    ['design:rct comparator:ect,midazolam result:none n:>50 follow-up:<29', 'RCT · v ECT or midazolam · No difference · n > 50 · follow-up < 29 days'],
    ['randomized:no route:iv sessions:2-6 cited:no', 'not randomized · IV · sessions 2–6 · not cited'],
    ['-randomized:no -cited:no', 'not stated as not randomized · cited'],
    ['-condition:ptsd author:feder,dore year:2021', 'by feder or dore · not PTSD · 2021'],
  ];
  for (const [query, expected] of described) {
    it(`says “${expected}”`, () => assert.equal(describeFilter(parsed(query), vocabulary), expected));
  }
});
