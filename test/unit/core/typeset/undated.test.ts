import assert from 'node:assert/strict';
import type { CitableItem } from '../../../../src/core/cslEngine.ts';
import { cslStyle } from '../../../support/pandocCiteproc.ts';
import { printed } from '../../../support/typeset.ts';

const undated = (id: string, family: string): CitableItem => ({ id, type: 'book', title: `Title ${id}`, author: [{ family, given: 'A.' }] });
const dated = (id: string, family: string): CitableItem => ({ ...undated(id, family), issued: { 'date-parts': [[2001]] } });
const works = [undated('a', 'Author 17'), undated('b', 'Author 17'), dated('c', 'Author 18'), dated('d', 'Author 18'), undated('e', 'Author 19')];
const text = '[@a] [@b] [@a; @b]\n\n[@c; @d] @a says. [@e]';

// All values are what Pandoc 3.10 prints.
describe('Undated works of one author', function () {
  this.timeout(60_000);

  it('have letters in styles that name no place for them', async () => {
    assert.deepEqual(await printed(cslStyle('elsevier-harvard'), works, text), {
      citations: ['(Author 17, n.d.a)', '(Author 17, n.d.b)', '(Author 17, n.d.a, n.d.b)', '(Author 18, 2001a, 2001b)', 'Author 17 (n.d.a)', '(Author 19, n.d.)'],
      references: ['Author 17, A., n.d.a. Title a.', 'Author 17, A., n.d.b. Title b.', 'Author 18, A., 2001a. Title c.', 'Author 18, A., 2001b. Title d.', 'Author 19, A., n.d. Title e.'],
    });
    const { citations } = await printed(cslStyle('american-political-science-association'), works, text);
    assert.deepEqual(citations, ['(Author 17 n.d.a)', '(Author 17 n.d.b)', '(Author 17 n.d.a, n.d.b)', '(Author 18 2001a, 2001b)', 'Author 17 (n.d.a)', '(Author 19 n.d.)']);
    const { citations: apart } = await printed(cslStyle('american-anthropological-association'), works, text);
    assert.deepEqual(apart.slice(0, 3), ['(Author 17 n.d.a)', '(Author 17 n.d.b)', '(Author 17 n.d.a; Author 17 n.d.b)']);
  });

  it('have them where the style names a place, once', async () => {
    assert.deepEqual((await printed(cslStyle('apa'), works, '[@a] [@b] [@c]')).citations, ['(Author 17, n.d.-a)', '(Author 17, n.d.-b)', '(Author 18, 2001)']);
  });

  it('have none in a style without words for them', async () => {
    assert.deepEqual((await printed(cslStyle('springer-basic-author-date'), works, '[@a] [@b] [@c; @d]')).citations, ['(Author 17)', '(Author 17)', '(Author 18 2001a, b)']);
  });

  it('have them within the brackets that the style sets around its words', async () => {
    const own = `<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>Own</title><id>own</id><updated>2020-01-01T00:00:00+00:00</updated></info>
      <citation disambiguate-add-year-suffix="true"><layout delimiter="; "><names variable="author"><name form="short"/></names><choose><if variable="issued"><date variable="issued" prefix=" "><date-part name="year"/></date></if>
      <else><text term="no date" form="short" prefix=" {" suffix="}" font-style="italic"/></else></choose></layout></citation></style>`;
    assert.deepEqual((await printed(own, works, '[@a; @b] [@c; @d] [@e]')).citations, ['Author 17 {n.d.a}; Author 17 {n.d.b}', 'Author 18 2001a; Author 18 2001b', 'Author 19 {n.d.}']);
  });

  it('and works without an author print in a style of labels', async () => {
    const { citations } = await printed(cslStyle('din-1505-2-alphanumeric'), [...works, { id: 'n', type: 'book', title: 'Nobody’s', author: [] }], '[@n] [@c]');
    assert.deepEqual([citations.length, citations[1]], [2, '[Auth01]']);
    assert.match(citations[0]!, /^\[Nobo/);
  });
});
