import assert from 'node:assert/strict';
import { cslStyle } from '../../../support/pandocCiteproc.ts';
import { printed, worksOf } from '../../../support/typeset.ts';

const works = worksOf(`references:
- {id: a, type: book, title: A, author: [{family: Author 1, given: Jane}], issued: 2020}
- {id: b, type: book, title: B, author: [{family: Author 1, given: Jane}], issued: 2021}
- {id: b2, type: book, title: B2, author: [{family: Author 1, given: Jane}], issued: 2021}
- {id: c, type: book, title: C, author: [{family: Author 2, given: Jane}], issued: 2021}
- {id: d, type: book, title: D, author: [{family: Author 3, given: Jane}], issued: 2012}
- {id: e, type: book, title: E, editor: [{family: Author 4, given: Jane}], issued: 2012}
- {id: f, type: book, title: F, editor: [{family: Author 4, given: Jane}], issued: 2013}`);

describe('The years of one author', function () {
  this.timeout(60_000);

  const check = async (style: string, cases: readonly (readonly [string, string])[]): Promise<void> => {
    const { citations } = await printed(cslStyle(style), works, cases.map(([text]) => text).join('\n\n'));
    assert.deepEqual(citations, cases.map(([, expected]) => expected), style);
  };

  it('are joined by a comma where the style names a delimiter only for what comes after them', async () => {
    await check('chicago-author-date', [
      ['[@a; @b; @c]', '(Author 1 2020, 2021a; Author 2 2021)'],
      ['[@c; @a; @b; @b2; @d]', '(Author 2 2021; Author 1 2020, 2021a, 2021b; Author 3 2012)'],
      // With locators a comma could be read as one of them.
      ['[@a, p. 3; @b; @c]', '(Author 1 2020, 3; 2021a; Author 2 2021)'],
      ['[@a; @b, p. 3; @c]', '(Author 1 2020; 2021a, 3; Author 2 2021)'],
      ['@a [@b; @c]', 'Author 1 (2020, 2021a; Author 2 2021)'],
    ]);
    await check('iso690-author-date-de', [['[@a; @b; @c]', '(Author 1 2020, 2021; Author 2 2021)']]);
    await check('focaal-journal-of-global-and-historical-anthropology', [['[@a; @b; @c]', '(Author 1 2020, 2021; Author 2 2021)']]);
    await check('fachhochschule-kiel-fachbereich-medien', [['[@a; @b; @c]', '(Author 1 2020, 2021;Author 2 2021)']]);
  });
  it('are joined as the style says where it says so', async () => {
    await check('quaternary-international', [['[@a; @b; @c]', '(Author 1, 2020; 2021; Author 2, 2021)']]);
    await check('marine-turtle-newsletter', [['[@a; @b; @c]', '(Author 1 2020,2021; Author 2 2021)']]);
    // Letters of one year have a delimiter of their own.
    await check('copeia', [['[@a; @b; @b2; @c]', '(Author 1, 2020, 2021a; b; Author 2, 2021)']]);
    await check('journal-of-refugee-studies', [['[@a; @b; @b2; @c]', '(Author 1 2020, 2021a,b; Author 2 2021)']]);
  });
  it('are together though others are cited between them, where the style does not sort', async () => {
    await check('chicago-author-date', [
      ['[@a; @c; @b]', '(Author 1 2020, 2021; Author 2 2021)'],
      ['[@e; @c; @f]', '(Author 4 2012, 2013; Author 2 2021)'],
      ['@a [@c; @b]', 'Author 1 (2020, 2021; Author 2 2021)'],
      ['[see @a; @c; @b]', '(see Author 1 2020, 2021; Author 2 2021)'],
      // Words between them keep their places.
      ['[@a; see @c; @b]', '(Author 1 2020; see Author 2 2021; Author 1 2021)'],
      ['[@a; @c, and more; @b]', '(Author 1 2020; Author 2 2021, and more; Author 1 2021)'],
      ['[@a; @c; @b, and more; @d]', '(Author 1 2020; Author 2 2021; Author 1 2021, and more; Author 3 2012)'],
    ]);
    await check('college-of-naturopathic-medicine', [['[@a; @c; @b]', '(Author 1, 2020, 2021; Author 2, 2021)']]);
    // This one has no years to collapse.
    await check('ieee', [['[@a; @c; @b]', '[1], [2], [3]']]);
  });
});
