import assert from 'node:assert/strict';
import { cslStyle } from '../../support/pandocCiteproc.ts';
import { printed, worksOf } from '../../support/typeset.ts';

const dates: readonly string[] = [
  '{raw: 2024 Feb 21}',
  '{raw: March 2010}',
  '{literal: 2010/2012}',
  '"2010/"',
  '"2010/.."',
  '{date-parts: [[2010, 3], [0]]}',
  '{literal: 2010 to 2012}',
  '{date-parts: [[2010]], literal: in press}',
  '"../2010"',
  '2010?',
  '2010~',
  'Spring/Summer 2010',
  '{year: in press}',
];
const works = worksOf(`references:\n${dates.map((date, index) => `- {id: w${index}, type: book, title: Title ${index}, author: [{family: Author ${index}, given: A.}], issued: ${date}}`).join('\n')}`);
const text = works.map(({ id }) => `[@${id}]`).join(' ');

describe('Dates in print', function () {
  this.timeout(60_000);

  it('are raw dates that were read, ranges, and ranges that go on', async () => {
    const years = ['2024', '2010', '2010/2012', '2010–', '2010–', '2010–', '2010 to 2012', 'in press', '2010', '2010', 'ca. 2010', '2010', 'in press'];
    const { citations, references } = await printed(cslStyle('apa'), works, text);
    assert.deepEqual(citations, years.map((year, index) => `(Author ${index}, ${year})`));
    assert.deepEqual(references, years.map((year, index) => `Author ${index}, A. (${year}). Title ${index}.`));
  });
  it('has nothing after the dash in styles that set dates in brackets of their own', async () => {
    for (const style of ['nature', 'chicago-author-date', 'american-medical-association', 'ieee', 'modern-language-association']) {
      const { references } = await printed(cslStyle(style), works, text);
      assert.match(references.find(each => each.includes('Title 3'))!, /2010–[).,]/, style);
      assert.doesNotMatch(references.join('\n'), /\d{7}/, style);
    }
  });
});
