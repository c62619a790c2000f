import assert from 'node:assert/strict';
import { BibtexScanner } from '../../../../src/core/bibliography/bibtex/scanner.ts';
import { convertBibtex } from '../../../../src/core/bibliography/bibtex/convert.ts';
import { nameFromText } from '../../../../src/core/bibliography/names.ts';
import type { CitableItem } from '../../../../src/core/cslEngine.ts';
import { toBibtex } from '../../../../src/core/export.ts';
import { ours } from '../../../support/bibliographyOracle.ts';
import { cslStyle } from '../../../support/pandocCiteproc.ts';
import { printed } from '../../../support/typeset.ts';

const bib = `@article{two, title={Two and more}, author={Author 1, Max and Author 2, John and others}, journal={J}, year={2018}}
@book{one, title={One and more}, author={Author 3, John and others}, year={2020}}
@book{edited, title={Edited}, editor={Author 4, John and others}, year={2021}}
@book{many, title={Many}, author={${Array.from({ length: 24 }, (_, index) => `Name${index}, A.`).join(' and ')} and others}, year={2022}}
@book{sole, title={Of one}, author={others}, year={2023}}
@book{alike1, title={Alike}, author={Author 5, A. and Author 6, B. and Author 7, C. and others}, year={2019}}
@book{alike2, title={Alike too}, author={Author 5, A. and Author 8, B. and Author 7, C. and others}, year={2019}}`;
const works = ours(new BibtexScanner(), convertBibtex, bib) as unknown as readonly CitableItem[];

describe('And others', function () {
  this.timeout(60_000);

  const lines = async (style: string, keys: string, items = works, language?: string): Promise<string> => {
    const { citations, references } = await printed(cslStyle(style), items, keys, language);
    return [...citations, ...references].join('\n').replace(/\u00a0/g, ' ');
  };

  it('is et al. in every style, in citations and in the list', async () => {
    const both = '[@two; @one]';
    assert.equal(await lines('apa', both), '(Author 1 et al., 2018; Author 3 et al., 2020)\nAuthor 1, M., Author 2, J., et al. (2018). Two and more. J.\nAuthor 3, J. et al. (2020). One and more.');
    assert.equal(await lines('chicago-author-date', both), '(Author 1, Author 2, et al. 2018; Author 3 et al. 2020)\nAuthor 1, Max, John Author 2, et al. 2018. “Two and More.” J.\nAuthor 3, John et al. 2020. One and More.');
    assert.match(await lines('vancouver', both), /^\(1,2\)\n1\. Author 1 M, Author 2 J, et al\. Two .*\n2\. Author 3 J et al\. One /);
    assert.match(await lines('modern-language-association', both), /^\(Author 1 et al\.; Author 3 et al\.\)\nAuthor 1, Max, et al\. .*\nAuthor 3, John, et al\. /);
    for (const style of ['ieee', 'nature', 'american-medical-association', 'the-lancet', 'bmj', 'harvard-cite-them-right', 'iso690-author-date-de', 'chicago-fullnote-bibliography-with-ibid']) {
      const text = await lines(style, '[@two; @one] @one @two', works, 'en-US');
      assert.doesNotMatch(text, /others/i, style);
      assert.match(text, /et al/, style);
    }
  });
  it('is so in the words of the language', async () =>
    assert.match(await lines('chicago-author-date', '[@one]', works, 'de-DE'), /^\(Author 3 u\. a\. 2020\)/));
  it('is so of editors, with their label in the plural', async () =>
    assert.match(await lines('apa', '[@edited]'), /^\(Author 4 et al\., 2021\)\nAuthor 4, J\. et al\. \(Eds\.\)\. \(2021\)/));
  it('leaves no last name behind an ellipsis', async () => {
    const text = await lines('apa', '[@many]');
    assert.match(text, /Name18, A\.,? et al\. \(2022\)/);
    assert.doesNotMatch(text, /others|Name20|…/);
  });
  it('stays a name where there is no other', async () => assert.match(await lines('apa', '[@sole]'), /^\(others, 2023\)/i));
  it('counts when works are told apart by their names', async () => {
    const text = await lines('apa', '[@alike1] [@alike2]');
    assert.match(text, /^\(Author 5, Author 6, et al\., 2019\)\n\(Author 5, Author 8, et al\., 2019\)/);
  });
  it('is and others again in BibTeX that we write', () => {
    const text = toBibtex(works.slice(0, 1));
    assert.match(text, /author = \{Author 1, Max and Author 2, John and others\}/);
    assert.deepEqual(ours(new BibtexScanner(), convertBibtex, text)[0]!['author'], works[0]!.author);
  });
  it('is written et al. in other files', async () => {
    assert.deepEqual(['et al.', 'et al', 'Et al.', 'others'].map(nameFromText), Array(4).fill({ literal: 'others' }));
    for (const last of [{ literal: 'et al.' }, { family: 'et al' }, { literal: 'others' }, { family: 'others' }]) {
      const work = { ...works[1]!, author: [{ family: 'Author 3', given: 'John' }, last] };
      assert.match(await lines('apa', '[@one]', [work]), /^\(Author 3 et al\., 2020\)\nAuthor 3, J\. et al\. \(2020\)/);
    }
  });
});
