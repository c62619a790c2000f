import assert from 'node:assert/strict';
import { withoutStrayMarks, type CitableItem } from '../../../src/core/reference.ts';
import { cslStyle, typesetByPandoc, typesetByUs } from '../../support/pandocCiteproc.ts';

const works: readonly CitableItem[] = [
  { id: 'film', type: 'motion_picture', title: 'A film', author: [], publisher: 'Publisher One', issued: { 'date-parts': [[1968]] } },
  { id: 'exclaim', type: 'book', title: 'Stop!', author: [{ family: 'Author 17', given: 'A.' }], publisher: 'Publisher One', 'publisher-place': 'Place', issued: { 'date-parts': [[2012]] } },
  { id: 'undated', type: 'book', title: 'Undated', author: [{ family: 'Author 18', given: 'A.' }], publisher: 'Publisher One', 'publisher-place': 'Place' },
  { id: 'nothing', type: 'document', title: 'Title only', author: [] },
  { id: 'news', type: 'article-newspaper', title: 'News without author', author: [], 'container-title': 'The Daily Example', issued: { 'date-parts': [[2016]] } },
  { id: 'point', type: 'book', title: 'A title that ends in a point.', author: [{ family: 'Author 19', given: 'A.' }], publisher: 'Publisher One', edition: 'revised', issued: { 'date-parts': [[2004]] } },
];
const text = works.map(({ id }) => `[@${id}]`).join('\n\n');

describe('The marks that a style sets after a field', function () {
  this.timeout(60_000);

  for (const style of ['iso690-numeric-fr', 'bmj', 'the-lancet', 'university-of-york-harvard-environment', 'vancouver-imperial-college-london', 'epilepsia', 'infoclio-fr-smallcaps']) {
    it(`are not left alone where a work has none, in ${style}`, async () => {
      const csl = cslStyle(style);
      const [ours, pandocs] = [await typesetByUs(text, csl, works), typesetByPandoc(text, csl, works)];
      // The newer French of CSL has brackets.
      const byKey = (references: ReadonlyMap<string, string>): readonly string[] => works.map(({ id }) => references.get(id)!.replace('[sans date]', 'sans date'));
      assert.deepEqual(byKey(ours.references), byKey(pandocs.references));
    });
  }

  it('are taken away within markup, and points that belong to a text stay', () => {
    const expected: Readonly<Record<string, string>> = {
      '<i>A film</i>. . Studio': '<i>A film</i>. Studio',
      'Place .': 'Place.',
      'Place: Publisher One .</div>': 'Place: Publisher One.</div>',
      '<i>Stop!</i>. . Place': '<i>Stop!</i> Place',
      '<i>Journal</i>,, p. 1': '<i>Journal</i>, p. 1',
      'Title, [online], , (2020)': 'Title, [online], (2020)',
      'One;.': 'One;',
      '<i>Title</i>.. 2nd ed.': '<i>Title</i>. 2nd ed.',
      'Wait . . . and see ... now. Journal': 'Wait . . . and see ... now. Journal',
      'A .NET program et al. 2001': 'A .NET program et al. 2001',
      '&#60;https://example.org/post&#62;.': '&#60;https://example.org/post&#62;.',
      'https://example.org/a..b and doi:.5': 'https://example.org/a..b and doi:.5',
    };
    assert.deepEqual(Object.keys(expected).map(withoutStrayMarks), Object.values(expected));
  });
});
