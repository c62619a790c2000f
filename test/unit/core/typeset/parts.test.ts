import assert from 'node:assert/strict';
import type { CitableItem } from '../../../../src/core/cslEngine.ts';
import { cslStyle, typesetByUs } from '../../../support/pandocCiteproc.ts';
import { printed } from '../../../support/typeset.ts';

const book = (id: string, family: string, year: number): CitableItem => ({ id, type: 'book', title: `Title ${id}`, author: [{ family, given: 'A.' }], issued: { 'date-parts': [[year]] } });
const works = [book('a', 'Author 17', 2015), book('d', 'Date', 2021), book('c', 'Conference', 2003), book('p', 'Pages', 2020), book('q', 'Pages', 2021), book('r', 'Pages', 2022), book('w', 'Web', 2019)];

const citations = async (style: string, ...texts: readonly string[]): Promise<readonly string[]> => (await printed(cslStyle(style), works, texts.join('\n\n'))).citations;

// All values are what Pandoc 3.10 prints.
describe('A citation with words of the writer’s', function () {
  this.timeout(60_000);

  it('keeps the order to which its words lead, in a style that sorts', async () => {
    assert.deepEqual(await citations('apa', '[see @w; @a]', '[@w; also @a]', '[@w, and more; @a]', '[see @w, p. 3, and more; also @a]'), [
      '(see Web, 2019; Author 17, 2015)',
      '(Web, 2019; also Author 17, 2015)',
      '(Web, 2019, and more; Author 17, 2015)',
      '(see Web, 2019, p. 3, and more; also Author 17, 2015)',
    ]);
  });

  it('is sorted where it has none, also between two that have them', async () => {
    assert.deepEqual(await citations('apa', '[@w; @a]', '[@w, p. 3; @a]', '[see @w; @d; @a; also @q; @p; @c]', '[@w; @d, so; @c; @a]'), [
      '(Author 17, 2015; Web, 2019)',
      '(Author 17, 2015; Web, 2019, p. 3)',
      '(see Web, 2019; Author 17, 2015; Date, 2021; also Pages, 2021; Conference, 2003; Pages, 2020)',
      '(Web, 2019; Date, 2021, so; Author 17, 2015; Conference, 2003)',
    ]);
  });

  it('names an author again after words', async () => {
    assert.deepEqual(await citations('apa', '[@p; also @q]', '[see @p; @q]', '[@p; @q, so; @r; @a]'), [
      '(Pages, 2020; also Pages, 2021)',
      '(see Pages, 2020, 2021)',
      '(Pages, 2020; Pages, 2021, so; Author 17, 2015; Pages, 2022)',
    ]);
    assert.deepEqual(await citations('chicago-author-date', '[@p; also @q]', '[@p, and more; @q]', '[see @p; @q]'), [
      '(Pages 2020; also Pages 2021)',
      '(Pages 2020, and more; Pages 2021)',
      '(see Pages 2020, 2021)',
    ]);
  });

  it('keeps its order in a style of numbers that sorts by them', async () => {
    assert.deepEqual(await citations('bmj', '[@a] [@d] [@c]', '[@c; also @a]', '[@c; @a]'), ['[1]', '[2]', '[3]', '[3,also 1]', '[1,3]']);
  });
});

describe('Names in a sentence', function () {
  this.timeout(60_000);

  it('are as few as in brackets where the work was cited before, in a style that prints fewer then', async () => {
    const three: CitableItem = { ...book('t', 'Gamma', 1999), author: ['Gamma', 'Delta', 'Epsilon'].map(family => ({ family, given: 'A.' })) };
    const text = '@t says. @t says.\n\n[@t] As @t says.';
    const cited = async (style: string): Promise<readonly string[]> => (await printed(cslStyle(style), [three], text)).citations;
    assert.deepEqual(await cited('american-sociological-association'), ['Gamma, Delta, and Epsilon (1999)', 'Gamma et al. (1999)', '(Gamma et al. 1999)', 'Gamma et al. (1999)']);
    assert.deepEqual(await cited('apa'), ['Gamma et al. (1999)', 'Gamma et al. (1999)', '(Gamma et al., 1999)', 'Gamma et al. (1999)']);
  });

  it('are so too where the citation before is in brackets', async () => {
    const three: CitableItem = { ...book('t', 'Gamma', 1999), author: ['Gamma', 'Delta', 'Epsilon'].map(family => ({ family, given: 'A.' })) };
    assert.deepEqual((await printed(cslStyle('american-sociological-association'), [three], '[@t] As @t says.')).citations, ['(Gamma, Delta, and Epsilon 1999)', 'Gamma et al. (1999)']);
  });
});

describe('Between the cites of a citation', function () {
  this.timeout(60_000);

  it('a style that tells works by labels has its own delimiter', async () => {
    assert.deepEqual(await citations('din-1505-2-alphanumeric', '[@c; @w]', '[@p; @q; @w]'), ['[Conf03; Web19]', '[Page20; Page21; Web19]']);
  });

  it('a style of numbers has it after a locator too', async () => {
    assert.deepEqual(await citations('iso690-numeric-fr', '[@a] [@d] [@c]', '[@a, p. 3; @c]'), ['(1)', '(2)', '(3)', '(1, p.\u00a03, 3)']);
  });
});

describe('A year', function () {
  this.timeout(60_000);

  it('before or early in our era has a space before BC and AD, in every language', async () => {
    const old: CitableItem[] = [book('b', 'Plato', -380), book('e', 'Virgil', 19), book('f', 'Later', 500)];
    const cited = async (style: string): Promise<readonly string[]> => (await printed(cslStyle(style), old, '[@b] [@e] [@f]')).citations;
    assert.deepEqual(await cited('chicago-author-date'), ['(Plato 380 BC)', '(Virgil 19 AD)', '(Later 500)']);
    assert.deepEqual(await cited('apa'), ['(Plato, 380 B.C.E.)', '(Virgil, 19 C.E.)', '(Later, 500)']);
    assert.deepEqual(await cited('deutsche-gesellschaft-fur-psychologie'), ['(Plato, 380\u00a0v.\u00a0Chr.)', '(Virgil, 19\u00a0n.\u00a0Chr.)', '(Later, 500)']);
  });
});

describe('A work without an author', function () {
  this.timeout(60_000);

  it('has the style’s word for one once, in a sentence that names it', async () => {
    const nobodys: CitableItem[] = [{ id: 'n', type: 'book', title: 'Nobody’s title', author: [] }];
    const cited = async (style: string): Promise<readonly string[]> => (await printed(cslStyle(style), nobodys, '@n says [-@n] and [@n]; @n [p. 3].')).citations;
    assert.deepEqual(await cited('american-sociological-association'), ['Anon (n.d.)', '(n.d.)', '(Anon n.d.)', 'Anon (n.d.:3)']);
    assert.deepEqual(await cited('apa'), ['Nobody’s Title (n.d.)', '(n.d.)', '(Nobody’s Title, n.d.)', 'Nobody’s Title (n.d., p. 3)']);
  });
});

describe('A sentence that names a work, in a style of notes', function () {
  this.timeout(60_000);
  const issued = { 'date-parts': [[2001]] };
  const three: CitableItem[] = [
    { id: 'j', type: 'article-journal', title: 'Alpha', 'container-title': 'Journal', volume: '2', page: '10-15', author: [{ family: 'Author 17', given: 'A.' }], issued },
    { id: 'q', type: 'article-journal', title: 'Quoted', 'container-title': 'Journal', volume: '2', page: '10-15', author: [], issued },
    { id: 'n', type: 'book', title: 'Nobody’s', author: [], issued },
  ];
  const typeset = async (style: string, text: string): Promise<readonly string[]> =>
    (await typesetByUs(text, cslStyle(style), three)).citations.map(({ text: words, note }) => (note === undefined ? words : `${words} | ${note}`));

  it('has no label of the pages that its note names, and a title as the note has it', async () => {
    assert.deepEqual(await typeset('modern-humanities-research-association', '@j says; @q says; @n says. @j says [p. 12].'), [
      'A. Author 17 | ‘Alpha’, <em>Journal</em>, 2 (2001), pp. 10–15.',
      '‘Quoted’ | <em>Journal</em>, 2 (2001), pp. 10–15.',
      '<em>Nobody’s</em> | 2001.',
      'Author 17 | ‘Alpha’.',
    ]);
    assert.deepEqual(await typeset('oscola', '@q says; @n says.'), ['‘Quoted’ | (2001) 2 Journal 10.', '<em>Nobody’s</em> | (2001).']);
  });

  // Pandoc drops the point of the abbreviation too.
  it('has ibid. in small letters within the writer’s notes, with a point where the style has one', async () => {
    assert.deepEqual(await typeset('chicago-fullnote-bibliography-with-ibid', 'Note^[See @j. So @j says, and [@j].]'), ['A. Author 17, “Alpha,” <em>Journal</em> 2 (2001): 10–15', 'Author 17, ibid.', '(ibid.)']);
    assert.deepEqual(await typeset('oscola', 'Note^[See @j. So @j says, and [@j].]'), ['A Author 17, ‘Alpha’ (2001) 2 Journal 10', 'Author 17, ibid', '(ibid)']);
    assert.deepEqual(await typeset('infoclio-de', 'Note^[See @j. So @j says, and [@j].]'), ['Author 17, A., Alpha, in: Journal 2, 2001, S.\u00a010–15', 'Author 17, ebd.', '(ebd.)']);
  });

  it('has no brackets there around a title that is all of the citation', async () => {
    assert.deepEqual(await typeset('chicago-fullnote-bibliography-with-ibid', '[@q] and^[As @j says; @q says.] and^[@q says.]'), [
      ' | “Quoted,” <em>Journal</em> 2 (2001): 10–15.',
      'A. Author 17, “Alpha,” <em>Journal</em> 2 (2001): 10–15',
      '“Quoted”',
      '“Quoted”',
    ]);
  });
});
