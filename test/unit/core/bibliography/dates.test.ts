import assert from 'node:assert/strict';
import { dateFromText, dateOf } from '../../../../src/core/bibliography/dates.ts';
import { convertBibtex } from '../../../../src/core/bibliography/bibtex/convert.ts';
import { BibtexScanner } from '../../../../src/core/bibliography/bibtex/scanner.ts';
import { csljsonByPandoc, ours } from '../../../support/bibliographyOracle.ts';

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
    // The start of a range that isn't known has no words in any style.
    ...['/2001', '../2001', 'open/2001', 'unknown/2001'].map(text => [text, dates([2001])] as const),
    ['2001~', { ...dates([2001]), circa: true }],
    ['2001/2003~', { ...dates([2001], [2003]), circa: true }],
    // That a date is doubted is not that it is about right.
    ['2001?', dates([2001])],
    ['2001%', dates([2001])],
    ['2001-21', dates([2001, 21])],
    ['2001-21/2001-22', dates([2001, 21], [2001, 22])],
    ['199u', dates([1990], [1999])],
    ['19uu', dates([1900], [1999])],
    ['y20010', dates([20010])],
    ['20010', dates([20010])],
    ['44', dates([44])],
    ['20010304', dates([2001, 3, 4])],
    ['2001.03.04', dates([2001, 3, 4])],
    ['3/4/2001', dates([2001, 3, 4])],
    ['13/03/2001', dates([2001, 3, 13])],
    ['03/13/2001', dates([2001, 3, 13])],
    ['01/2001', dates([2001, 1])],
    ['12 2001', dates([2001, 12])],
    ['Jan 3-5, 2001', dates([2001, 1, 3], [2001, 1, 5])],
    ['2001 Mar 28-Apr 3', dates([2001, 3], [2001, 4])],
    ['Spring/Summer 2001', dates([2001, 21], [2001, 22])],
    ['2001 Winter-2002', dates([2001], [2002])],
    // Words that say something else stay, and so does what could be two dates.
    ...['2001, 2003', '2001/2002/2003', '4.3.2001', '200X', '2001-XX', '/', '1990s', 'in press', 'in press 2020', 'n.d.', '[1850]', '44 BC', '12 mars 2019', 'Author 2010'].map(words => [words, { literal: words }] as const),
  ];
  it('reads a raw date in the forms in which files have it, and keeps words that are none', () => {
    assert.deepEqual(raw.map(([text]) => [text, dateOf({ raw: text })]), raw.map(([text, date]) => [text, date]));
    assert.deepEqual(raw.map(([text]) => dateOf(text)), raw.map(([, date]) => date));
  });
  it('keeps a literal date, and knows its year too where it is one of ISO 8601, a range or an open one', () => {
    assert.deepEqual(
      ['2010/2012', '2010-03/2010-05', '2010/', '2010-03', '2010 to 2012', 'March 2010', 'in spring'].map(literal => dateOf({ literal })),
      [
        { ...dates([2010], [2012]), literal: '2010/2012' }, { ...dates([2010, 3], [2010, 5]), literal: '2010-03/2010-05' }, { ...dates([2010], [0]), literal: '2010/' },
        { ...dates([2010, 3]), literal: '2010-03' }, { literal: '2010 to 2012' }, { literal: 'March 2010' }, { literal: 'in spring' },
      ],
    );
  });
  it('reads parts that are texts, in one list, or in fields of their own', () => {
    const given = [
      { 'date-parts': [['2001', '03', '04']] }, { 'date-parts': [['2001', 'March']] }, { 'date-parts': [2001, 3, 4] }, { 'date-parts': [2001, 2003] },
      { 'date-parts': '2001-03-04' }, { 'date-parts': 2001 }, { 'date-parts': [['in press']] }, { 'date-parts': [['c. 2001']] }, { 'date-parts': [['2001-2003']] },
      { year: 2001, month: 'March' }, { year: '2001', season: 2 }, { year: 'in press' }, { year: '2001-03' }, [{ year: 2001 }, { year: 2003 }],
    ];
    assert.deepEqual(given.map(dateOf), [
      dates([2001, 3, 4]), dates([2001, 3]), dates([2001, 3, 4]), dates([2001], [2003]),
      dates([2001, 3, 4]), dates([2001]), { literal: 'in press' }, { ...dates([2001]), circa: true }, dates([2001], [2003]),
      dates([2001, 3]), dates([2001, 22]), { literal: 'in press' }, dates([2001, 3]), dates([2001], [2003]),
    ]);
  });
  it('finds the date of RIS, EndNote and PubMed among other words, and both ends of a range', () => {
    const given: readonly (readonly [string, object])[] = [
      ['2001/03/04/spring', dates([2001, 3, 4])],
      ['2001/03/04/Print', dates([2001, 3, 4])],
      ['2001///', dates([2001])],
      ['2001/03//', dates([2001, 3])],
      ['2001///spring', { ...dates([2001]), season: 1 }],
      ['2001/Spring', { ...dates([2001]), season: 1 }],
      ['2001/Mar', dates([2001, 3])],
      ['2001/00/00', dates([2001])],
      ['2001/13/40', dates([2001])],
      ['2001/03/40', dates([2001, 3])],
      ['20010304', dates([2001, 3, 4])],
      ['200', dates([200])],
      ['[2001]', dates([2001])],
      ['c2001', dates([2001])],
      ['ca. 2001', { ...dates([2001]), circa: true }],
      ['2001-2003', dates([2001], [2003])],
      ['1998-99', dates([1998], [1999])],
      ['2001 Mar-Apr', dates([2001, 3], [2001, 4])],
      ['2001 Dec-2002 Jan', dates([2001, 12], [2002, 1])],
      ['2001 Dec 31-2002 Jan 2', dates([2001, 12, 31], [2002, 1, 2])],
      ['2001 Mar 3-5', dates([2001, 3, 3], [2001, 3, 5])],
      ['2001 Winter-2002', dates([2001], [2002])],
      ['2001 Spring-Summer', dates([2001, 21], [2001, 22])],
      ['2001 1st Quart', dates([2001])],
    ];
    assert.deepEqual(given.map(([text]) => [text, dateFromText(text)]), given.map(([text, date]) => [text, date]));
    assert.equal(dateFromText('in press'), undefined);
  });
  it('reads dates and years of BibLaTeX with the same reader, as Pandoc does', async () => {
    const values = [
      '2001', '2001-03', '2001-03-04', '2001/', '2001/open', '2001/2003', '2001-03/2001-05', '2001-03-04/2001-03-05', '2001~/2003', '2001-03~', '2001?', '-0044-03-15',
      '2001-21', '2001-21/2001-22', '2001-13', '19uu', '199u', 'y20010', '2001-03-04T10:00:00Z',
    ];
    const months = ['{3}', '{03}', 'mar', '{mar}', '{Mar}', '{3--4}', '"2~" # mar', '{mars}', '{}'].map(month => `year = 2001, month = ${month}, day = 4`);
    const fields = [...values.flatMap(value => [`date = {${value}}`, `year = {${value}}`, `origdate = {${value}}`, `urldate = {${value}}`, `eventdate = {${value}}`]), ...months, 'year = {(2001)}'];
    const text = fields.map((field, index) => `@book{x${index}, title = {T}, ${field}}`).join('\n');
    const byPandoc = await csljsonByPandoc(text, 'biblatex');
    const datesIn = (item: Readonly<Record<string, unknown>>): unknown[] => ['issued', 'original-date', 'accessed', 'event-date'].map(field => item[field]);
    assert.deepEqual(ours(new BibtexScanner(), convertBibtex, text).map(datesIn), byPandoc.map(datesIn));
  });
  it('finds no date in nothing, in whatever form it is written', () => {
    const given = ['', '~', 'null', null, [], {}, { raw: '' }, { literal: '' }, { 'date-parts': [] }, { 'date-parts': [[]] }, { 'date-parts': [['']] }, { 'date-parts': [[null]] }, { circa: true }];
    assert.deepEqual(given.map(dateOf), given.map(() => undefined));
  });
  it('keeps the end of a range that is open', () => {
    assert.deepEqual(dateOf({ 'date-parts': [[2010], [0]] }), dates([2010], [0]));
    assert.deepEqual(dateOf({ 'date-parts': [['2010', '3'], ['0']] }), dates([2010, 3], [0]));
    assert.deepEqual(dateOf({ 'date-parts': [[2010], []] }), dates([2010]));
  });
  it('reads what Pandoc reads of raw and literal dates as Pandoc does', async () => {
    const known = ['March 2010', '2010', '2010-03', '2010-03-05', '2010/2012', '2010-03/2010-05', '2020-2021', 'Sept. 2020', 'Jan 2020-Feb 2021', '2010/', '-0044', '2001~', '2001?', '2001%', '2001-21', '199u', 'y20010', '3/4/2001', '01/2001', '03/13/2001', '2001/open', '2001-03~/2001-05'];
    for (const kind of ['raw', 'literal']) {
      const items = known.map((text, index) => ({ id: `x${index}`, type: 'book', title: 'T', issued: { [kind]: text } }));
      const byPandoc = await csljsonByPandoc(JSON.stringify(items), 'csljson');
      byPandoc.forEach(({ issued }, index) => {
        // Of a literal date in words Pandoc's CSL-JSON keeps nothing.
        if ((issued as { 'date-parts': unknown[] })['date-parts'].length > 0) {
          const { literal: _, ...read } = dateOf({ [kind]: known[index] }) ?? {};
          assert.deepEqual(read, issued, `${kind} ${known[index]}`);
        }
      });
    }
  });
  it('takes a long text for no date at once', () => assert.deepEqual(dateOf({ raw: '2010 '.repeat(20_000) }), { literal: '2010 '.repeat(20_000).trim() }));
});
