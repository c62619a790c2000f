import assert from 'node:assert/strict';
import { dateOf } from '../../../../src/core/bibliography/dates.ts';
import { csljsonByPandoc } from '../../../support/bibliographyOracle.ts';

const dates = (...parts: readonly number[][]): object => ({ 'date-parts': parts });

describe('dateOf', function () {
  this.timeout(60_000);

  const raw: readonly (readonly [string, object])[] = [
    ['2024 Feb 21', dates([2024, 2, 21])],
    ['March 2010', dates([2010, 3])],
    ['15 March 2020', dates([2020, 3, 15])],
    ['March 15th, 2020', dates([2020, 3, 15])],
    ['Sept. 2020', dates([2020, 9])],
    ['2010-3-5', dates([2010, 3, 5])],
    ['2020 Mar-Apr', dates([2020, 3], [2020, 4])],
    ['Jan 2020-Feb 2021', dates([2020, 1], [2021, 2])],
    ['2020-2021', dates([2020], [2021])],
    ['2020–2021', dates([2020], [2021])],
    ['1999 to 2003', dates([1999], [2003])],
    ['1998-99', dates([1998], [1999])],
    ['1998-11', dates([1998, 11])],
    ['2010/2012', dates([2010], [2012])],
    ['2010/', dates([2010], [0])],
    ['2010/..', dates([2010], [0])],
    ['2010–', dates([2010], [0])],
    ['Spring 2019', { ...dates([2019]), season: 1 }],
    ['ca. 1850', { ...dates([1850]), circa: true }],
    ['-0044', dates([-45])],
    ['2012-00-00', dates([2012])],
    // Words that say something else stay, and so does what could be two dates.
    ...['in press', 'in press 2020', 'n.d.', '[1850]', '44 BC', '12 mars 2019', 'Author 2010'].map(words => [words, { literal: words }] as const),
  ];
  it('reads a raw date in the forms in which files have it, and keeps words that are none', () => {
    assert.deepEqual(raw.map(([text]) => [text, dateOf({ raw: text })]), raw.map(([text, date]) => [text, date]));
    assert.deepEqual(raw.map(([text]) => dateOf(text)), raw.map(([, date]) => date));
  });
  it('reads a literal date only where it is one of ISO 8601, a range or an open one too', () => {
    assert.deepEqual(
      ['2010/2012', '2010-03/2010-05', '2010/', '2010-03', '2010 to 2012', 'March 2010', 'in spring'].map(literal => dateOf({ literal })),
      [dates([2010], [2012]), dates([2010, 3], [2010, 5]), dates([2010], [0]), dates([2010, 3]), { literal: '2010 to 2012' }, { literal: 'March 2010' }, { literal: 'in spring' }],
    );
  });
  it('keeps the end of a range that is open', () => {
    assert.deepEqual(dateOf({ 'date-parts': [[2010], [0]] }), dates([2010], [0]));
    assert.deepEqual(dateOf({ 'date-parts': [['2010', '3'], ['0']] }), dates([2010, 3], [0]));
    assert.deepEqual(dateOf({ 'date-parts': [[2010], []] }), dates([2010]));
  });
  it('reads what Pandoc reads of raw and literal dates as Pandoc does', async () => {
    const known = ['March 2010', '2010', '2010-03', '2010-03-05', '2010/2012', '2010-03/2010-05', '2020-2021', 'Sept. 2020', 'Jan 2020-Feb 2021', '2010/', '-0044'];
    for (const kind of ['raw', 'literal']) {
      const items = known.map((text, index) => ({ id: `x${index}`, type: 'book', title: 'T', issued: { [kind]: text } }));
      const byPandoc = await csljsonByPandoc(JSON.stringify(items), 'csljson');
      byPandoc.forEach(({ issued }, index) => {
        // Of a literal date in words Pandoc's CSL-JSON keeps nothing.
        if ((issued as { 'date-parts': unknown[] })['date-parts'].length > 0) {
          assert.deepEqual(dateOf({ [kind]: known[index] }), issued, `${kind} ${known[index]}`);
        }
      });
    }
  });
  it('takes a long text for no date at once', () => assert.deepEqual(dateOf({ raw: '2010 '.repeat(20_000) }), { literal: '2010 '.repeat(20_000).trim() }));
});
