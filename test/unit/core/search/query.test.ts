import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Filter } from '../../../../src/core/search/filter.ts';
import { emptyFilter } from '../../../../src/core/search/filter.ts';
import { parseQuery, printFilter } from '../../../../src/core/search/query.ts';
import { vocabulary } from '../../../support/dataset.ts';

const parsed = (query: string): Filter => parseQuery(query, vocabulary).filter;
const problems = (query: string): string[] => parseQuery(query, vocabulary).problems.map(({ message }) => message);

const piece = fc.oneof(
  fc.constantFrom(
    'condition:ptsd', '-condition:ptsd,ocd', 'design:rct', 'topic:kap', 'year:2019-2024', 'year:-2015', 'year:2019-',
    'author:feder', 'author:"de la"', 'journal:lancet', 'has:quote', '-has:notice', 'ketamine', '"condition:ptsd"',
    'doi:10.1176/x', 'randomized:yes', 'comparator:midazolam,ect', 'result:none', 'route:iv', 'n:>50', 'n:20-50', 'n:>=0', '-sessions:<3',
    'follow-up:>4w', 'cited:no', 'condition:', ':', '"', ',', '-', 'foo:bar', 'foo:"a condition:ptsd"', 'https://doi.org/10.1/x',
  ),
  fc.string(),
);
const anyQuery = fc.array(piece).map(pieces => pieces.join(' '));

describe('parseQuery', () => {
  it('keeps free words and reads qualifiers among them', () => {
    const asked = { conditions: ['ptsd'], designs: ['randomized-controlled-trial'], yearFrom: 2019, yearTo: 2024 };
    const filter = parsed('ketmine condition:ptsd design:rct year:2019-2024 psychotherpy');
    assert.deepEqual(filter, { ...emptyFilter, ...asked, text: 'ketmine psychotherpy' });
  });

  const aliases: readonly (readonly [string, Partial<Filter>])[] = [
    ['design:RCT', { designs: ['randomized-controlled-trial'] }],
    ['condition:trd', { conditions: ['treatment-resistant-depression'] }],
    ['condition:mdd,sud', { conditions: ['major-depressive-disorder', 'substance-use-disorder'] }],
    ['topic:kap', { topics: ['ketamine-assisted-psychotherapy'] }],
    ['condition:"chronic pain"', { conditions: ['chronic-pain'] }],
    ['condition:chronic-pain', { conditions: ['chronic-pain'] }],
    ['condition:alc', { conditions: ['alcohol-use-disorder'] }],
    ['condition:ptsd condition:ocd', { conditions: ['ptsd', 'ocd'] }],
    ['-condition:ptsd', { not: { ...emptyFilter.not, conditions: ['ptsd'] } }],
    ['has:quote,notice', { hasQuote: true, hasNotice: true }],
    ['author:"de la"', { authors: ['de la'] }],
    ['year:2021', { yearFrom: 2021, yearTo: 2021 }],
    ['year:2019-', { yearFrom: 2019 }],
    ['year:-2015', { yearTo: 2015 }],
    ['year:2024-2019', { yearFrom: 2019, yearTo: 2024 }],
    ['doi:10.1176/x', { text: '10.1176/x' }],
    ['randomized:yes', { randomized: ['yes'] }],
    ['randomized:n', { randomized: ['no'] }],
    ['cited:no', { cited: ['no'] }],
    ['comparator:placebo,active', { comparators: ['inert', 'active-placebo'] }],
    ['comparator:saline', { comparators: ['inert'] }],
    ['comparator:ect comparator:dose', { comparators: ['ect', 'dose-or-route'] }],
    ['comparator:midazolam', { comparedWith: ['midazolam'] }],
    ['result:none', { results: ['no-difference'] }],
    ['result:favours,favors,against,mixed,improved', { results: ['favours', 'against', 'mixed', 'improved'] }],
    ['route:iv,nasal', { routes: ['intravenous', 'intranasal'] }],
    ['n:>50', { n: [{ from: 51 }] }],
    ['n:20-50 n:>=100', { n: [{ from: 20, to: 50 }, { from: 100 }] }],
    ['sessions:1', { sessions: [{ from: 1, to: 1 }] }],
    ['follow-up:>28d', { followUp: [{ from: 29 }] }],
    ['follow-up:<=4w', { followUp: [{ to: 28 }] }],
    ['-n:<20', { not: { ...emptyFilter.not, n: [{ to: 19 }] } }],
    ['condition:', {}],
  ];
  for (const [query, expected] of aliases) {
    it(`understands ${query}`, () => {
      assert.deepEqual(parseQuery(query, vocabulary), { filter: { ...emptyFilter, ...expected }, problems: [] });
    });
  }

  it('takes every term that has the word among its names', () => {
    assert.equal(parsed('condition:depression').conditions.length, 4);
  });

  const faults: readonly (readonly [string, RegExp])[] = [
    ['condition:gout', /There is no condition “gout”\./],
    ['form:rct', /“form:” is no qualifier/],
    ['year:202', /“202” is no year/],
    ['year:2019,2021', /One range of years at a time/],
    ['-year:2019', /not left out/],
    ['has:data', /a quote or a notice, not “data”/],
    ['result:good', /There is no result “good”\./],
    ['n:many', /“many” is no number\. Write n:>50/],
    ['follow-up:3x', /“3x” is no number\. Write follow-up:>28d/],
    ['randomized:maybe', /Write randomized:yes or randomized:no, not “maybe”/],
  ];
  for (const [query, expected] of faults) {
    it(`tells what is wrong with ${query}`, () => assert.match(problems(query).join('\n'), expected));
  }

  it('says nothing while a value is still to be typed', () => {
    assert.deepEqual(['condition:', 'year:-', 'has:"', 'author:,', 'n:', 'n:>', 'follow-up:<=', 'comparator:'].flatMap(problems), []);
  });

  it('tells nothing of an address, nor of a word before a colon', () => {
    assert.deepEqual(problems('https://doi.org/10.1176/x ketamine: a review'), []);
  });

  it('reads what printFilter wrote as the same filter, whatever was typed', () => {
    fc.assert(fc.property(anyQuery, query => assert.deepEqual(parsed(printFilter(parsed(query))), parsed(query))));
  });
});
