import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { QualifierCompletion } from '../../../../src/core/search/complete.ts';
import { completeOpenValue, completeQualifier } from '../../../../src/core/search/complete.ts';
import { matchesFilter } from '../../../../src/core/search/filter.ts';
import { qualifiers } from '../../../../src/core/search/pieces.ts';
import { parseQuery } from '../../../../src/core/search/query.ts';
import { studies, vocabulary } from '../../../support/dataset.ts';

const offered = (query: string): QualifierCompletion[] => completeQualifier(query, vocabulary, studies);
const queries = (query: string): string[] => offered(query).map(each => each.query);

describe('completeOpenValue', () => {
  const values = (query: string): string[] => completeOpenValue(query, vocabulary, studies).map(({ detail }) => detail);
  it('offers values after a qualifier, and none elsewhere', () => {
    assert.ok(values('ptsd comparator:').includes('comparator:ect'));
    assert.ok(values('ptsd comparator:pla').includes('comparator:placebo'));
    assert.deepEqual(['ptsd', 'com', 'comparator', 'ptsd '].flatMap(values), []);
  });
  it('offers none once the value is whole, for Enter then cites', () =>
    assert.deepEqual(['comparator:placebo', 'comparator:saline', 'n:5', 'n:>50', 'condition:trd,ptsd', 'cited:no'].flatMap(values), []));
  it('offers years while one is typed', () => assert.ok(values('year:20').includes('year:2021')));
});

describe('completeQualifier', () => {
  const completed: readonly (readonly [string, string])[] = [
    ['de', 'design:'],
    ['ketamine -cond', 'ketamine -condition:'],
    ['condition:pt', 'condition:ptsd '],
    ['ketamine condition:pt', 'ketamine condition:ptsd '],
    ['-condition:pt', '-condition:ptsd '],
    ['condition:ptsd,chr', 'condition:ptsd,pain '],
    ['topic:ketamine-a', 'topic:kap '],
    ['has:q', 'has:quote '],
    ['comparator:sal', 'comparator:placebo '],
    ['comparator:usual', 'comparator:usual-care '],
    ['result:null', 'result:none '],
    ['result:"not', 'result:not-comparative '],
    ['route:intran', 'route:nasal '],
    ['randomized:y', 'randomized:yes '],
    ['ketamine follow-up:>18', 'ketamine follow-up:>180d '],
    ['follow-', 'follow-up:'],
    ['author:gonzález-p', 'author:gonzález-pardo '],
    ['journal:"lancet psy', 'journal:"lancet psychiatry" '],
  ];
  for (const [query, expected] of completed) {
    it(`makes ${expected.trim()} of ${query}`, () => assert.deepEqual(queries(query), [expected]));
  }

  it('offers all qualifiers at the beginning of a word, and none for a word that begins none', () => {
    assert.deepEqual(offered('ketamine ').map(({ label }) => label), qualifiers.map(name => `${name}:`));
    assert.deepEqual(offered('ketamine'), []);
  });

  it('offers the conditions in their order, with how many studies would be left', () => {
    const [first] = offered('condition:');
    const count = studies.filter(study => study.conditions.includes('treatment-resistant-depression')).length;
    const [label, detail] = ['Treatment-resistant depression', 'condition:trd'];
    assert.deepEqual(first, { label, detail, count, query: `${detail} ` });
  });

  it('offers nothing chosen before it, and nothing that would leave no study', () => {
    assert.ok(!queries('condition:ptsd,').includes('condition:ptsd,ptsd '));
    assert.ok(offered('condition:ptsd design:').every(({ count }) => count !== undefined && count > 0));
  });

  it('offers what is understood, and counts what it leaves', () => {
    const names = [...qualifiers.map(name => `${name}:`), '-condition:'];
    for (const { query, count } of names.flatMap(offered)) {
      const { filter, problems } = parseQuery(query, vocabulary);
      assert.deepEqual([query, problems], [query, []]);
      assert.equal(studies.filter(study => matchesFilter(study, filter)).length, count);
    }
  });

  it('counts what two ranges of one qualifier find together, for they are alternatives', () => {
    for (const { query, count } of ['n:>50 n:', 'condition:ptsd condition:', 'n:<10 condition:ptsd n:'].flatMap(offered)) {
      const { filter } = parseQuery(query, vocabulary);
      assert.equal(studies.filter(study => matchesFilter(study, filter)).length, count, query);
    }
  });

  it('counts what is cited', () => {
    const counts = completeQualifier('cited:', vocabulary, studies, new Set(['feder2014', 'feder2021'])).map(({ detail, count }) => [detail, count]);
    assert.deepEqual(counts, [['cited:yes', 2], ['cited:no', studies.length - 2]]);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), fc.constantFrom('', 'condition:', 'author:"', 'year:'), (text, qualifier) => {
      offered(qualifier + text);
    }));
  });
});
