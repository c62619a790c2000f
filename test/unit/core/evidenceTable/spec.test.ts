import assert from 'node:assert/strict';
import fc from 'fast-check';
import { columnIds } from '../../../../src/core/evidenceTable/columns.ts';
import { orderIds } from '../../../../src/core/evidenceTable/order.ts';
import { parseSpec, printSpec, type StudiesChosen, type TableSpec } from '../../../../src/core/evidenceTable/spec.ts';
import { vocabulary } from '../../../support/dataset.ts';

const faultOf = (json: string): string => {
  const parsed = parseSpec(json, vocabulary);
  return 'fault' in parsed ? parsed.fault : '';
};

describe('What the mark of an evidence table keeps', () => {
  it('is readable', () =>
    assert.equal(
      printSpec({ studies: { by: 'filter', query: 'condition:ptsd design:rct year:2019-' }, columns: ['citation', 'n'], order: 'year' }),
      '{"studies":"condition:ptsd design:rct year:2019-","columns":["citation","n"],"order":"year"}',
    ));
  it('can be written by a person, with less', () =>
    assert.deepEqual(parseSpec('{ "studies": ["feder2021", "feder2021"] }', vocabulary), {
      spec: {
        studies: { by: 'keys', keys: ['feder2021'] },
        columns: ['citation', 'design', 'n', 'population', 'intervention', 'comparator', 'outcome', 'notices'],
        order: 'cited',
      },
    }));
  it('comes back as it was, and never ends its comment', () => {
    const chosen = fc.oneof<fc.Arbitrary<StudiesChosen>[]>(
      fc.constant({ by: 'cited' }),
      fc.string({ minLength: 1 }).filter(text => text.trim() === text && text !== 'cited' && !/[:"]/.test(text)).map(query => ({ by: 'filter', query })),
      fc.uniqueArray(fc.oneof(fc.string(), fc.constant('--> --')), { minLength: 1 }).map(keys => ({ by: 'keys', keys })),
    );
    const columns = fc.uniqueArray(fc.constantFrom(...columnIds), { minLength: 1 });
    const specs: fc.Arbitrary<TableSpec> = fc
      .tuple(chosen, columns, fc.constantFrom(...orderIds))
      .map(([studies, columnsOf, order]) => ({ studies, columns: columnsOf, order }));
    fc.assert(
      fc.property(specs, spec => {
        const written = printSpec(spec);
        assert.ok(!/--|>|[\r\n]/.test(written), written);
        assert.deepEqual(parseSpec(written, vocabulary), { spec });
      }),
    );
  });
  for (const [json, message] of [
    ['', /Write it like this: \{"studies":"cited"/],
    ['{"studies":"cited"', /is not understood/],
    ['["feder2021"]', /is not understood/],
    ['{}', /“studies” is "cited", a filter such as/],
    ['{"studies":[]}', /or a list of citekeys/],
    ['{"studies":" "}', /the filter is empty/],
    ['{"studies":"condition:nowhere"}', /There is no condition “nowhere”/],
    ['{"studies":"colour:red"}', /“colour:” is no qualifier/],
    ['{"studies":"cited","colums":[]}', /has no “colums”; it has studies, columns and order/],
    ['{"studies":"cited","columns":["size"]}', /no column “size”; there are citation, year/],
    ['{"studies":"cited","columns":[]}', /list of one or more/],
    ['{"studies":"cited","order":"best"}', /no order “best”; there are cited, year, author, design, n/],
  ] as const) {
    it(`says what is wrong with ${json || 'nothing'}`, () => assert.match(faultOf(json), message));
  }
});
