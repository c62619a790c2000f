import assert from 'node:assert/strict';
import type { CitableItem } from '../../../src/core/reference.ts';
import { styles } from '../../../src/core/styles.ts';
import { studies } from '../../support/dataset.ts';
import { formatter, item } from '../../support/styles.ts';

/** Works in no order of their own, some of the same first author, some of the same author and year. */
const cited = ['zanos2018b', 'feder2021', 'dore2019', 'feder2014', 'zanos2018a', 'casarotto2021', 'yermus2023', 'phillips2020', 'andrade2017', 'abdallah2022', 'zarate2006', 'bahji2021']
  .filter(key => studies.some(({ id }) => id === key))
  .map(item);
const author17 = (id: string, title: string): CitableItem => ({
  id,
  type: 'article-journal',
  title,
  author: [{ family: 'Author 17', given: 'A.' }],
  'container-title': 'Journal',
  issued: { 'date-parts': [[2021]] },
});

describe('bibliography', function () {
  this.timeout(120_000);
  const sorted: readonly string[] = ['apa', 'chicago', 'harvard', 'mla'];
  for (const { id: style } of styles) {
    it(`of ${style} has every work once, in the style’s order`, async () => {
      const made = await formatter(style);
      const ids = made.bibliography(cited).map(({ id }) => id);
      assert.deepEqual([...ids].sort(), cited.map(({ id }) => id).sort());
      assert.deepEqual(made.order(cited), ids);
      if (!sorted.includes(style)) {
        assert.deepEqual(ids, cited.map(({ id }) => id));
      } else {
        const families = ids.map(id => item(id).author[0]!.family!);
        assert.deepEqual(families, [...families].sort((a, b) => a.localeCompare(b, 'en')));
      }
    });
  }
  it('prints each work as it stands alone, where its style needs no number and no letter', async () => {
    const made = await formatter('apa');
    for (const { id, text } of made.bibliography(cited)) {
      assert.deepEqual(text, made.reference(item(id)));
    }
  });
  it('numbers the works as the style does', async () => {
    const starts = async (style: string): Promise<readonly string[]> =>
      (await formatter(style)).bibliography(cited.slice(0, 2)).map(({ text }) => text.plain.slice(0, 9));
    assert.deepEqual(await starts('ama'), ['1. Zanos ', '2. Feder ']);
    assert.deepEqual(await starts('ieee'), ['[1] P. Za', '[2] A. Fe']);
    assert.deepEqual(await starts('lancet'), ['1 Zanos P', '2 Feder A']);
  });
  it('tells works of the same author and year apart', async () => {
    const made = await formatter('apa');
    const list = made.bibliography([author17('b', 'Beta'), author17('a', 'Alpha'), item('feder2021')]);
    assert.deepEqual(list.map(({ id }) => id), ['a', 'b', 'feder2021']);
    assert.match(list[0]!.text.plain, /^Author 17, A\. \(2021a\)\. Alpha/);
    assert.match(list[1]!.text.plain, /^Author 17, A\. \(2021b\)\. Beta/);
    assert.match(list[2]!.text.plain, /\(2021\)\. A randomized/);
  });
  it('changes nothing in what is printed alone, before and after', async () => {
    const made = await formatter('apa');
    const before = made.reference(author17('a', 'Alpha')).plain;
    made.bibliography([author17('a', 'Alpha'), author17('b', 'Beta')]);
    assert.equal(made.reference(author17('a', 'Alpha')).plain, before);
    assert.match(before, /\(2021\)/);
  });
  it('is empty for no works', async () => {
    const made = await formatter('apa');
    assert.deepEqual([made.bibliography([]), made.order([])], [[], []]);
  });
  it('keeps the order of first mention where a style sorts nothing, each work once', async () =>
    assert.deepEqual((await formatter('nature')).order([item('feder2021'), item('dore2019'), item('feder2021')]), ['feder2021', 'dore2019']));
  it('keeps the range of pages whose last one has a suffix', async () =>
    assert.match((await formatter('apa')).bibliography([item('casarotto2021')])[0]!.text.plain, /1299–1313\.e19/));
});
