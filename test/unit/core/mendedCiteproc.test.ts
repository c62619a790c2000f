import assert from 'node:assert/strict';
import type { CitableItem } from '../../../src/core/reference.ts';
import type { Name } from '../../../src/core/study.ts';
import { cslStyle, typesetByPandoc, typesetByUs } from '../../support/pandocCiteproc.ts';

const work = (index: number, title: string, author: readonly Name[]): CitableItem => ({ id: `work${index}`, type: 'article-journal', title, author });

/** The references of works in a style, as we and as Pandoc print them. */
async function references(works: readonly CitableItem[], style: string): Promise<readonly [ours: readonly string[], pandocs: readonly string[]]> {
  const text = works.map(({ id }) => `[@${id}]`).join('\n\n');
  const csl = cslStyle(style);
  const printed = [await typesetByUs(text, csl, works), typesetByPandoc(text, csl, works)];
  const [ours = [], pandocs = []] = printed.map(({ references: all }) => works.map(({ id }) => all.get(id) ?? ''));
  return [ours, pandocs];
}

describe('mended citeproc', function () {
  this.timeout(60_000);

  it('keeps the hyphens of initials and completes their points where given names stay whole', async () => {
    const given = ['A.-B.', 'A. B.', 'Anna B', 'Anna-Bea C', 'A B', 'Anna', 'A.B.', 'Anna B.-C.'];
    const works = given.map((each, index) => work(index, 'A title', [{ family: `Author ${index + 17}`, given: each }]));
    const [ours, pandocs] = await references(works, 'modern-language-association');
    assert.deepEqual(ours, pandocs);
    assert.match(ours[0]!, /^Author 17, A\.-B\. <em>/);
    assert.match(ours[2]!, /^Author 19, Anna B\. <em>/);
  });

  it('does so too where the name is needed whole to tell authors apart', async () => {
    const works = ['Anna B', 'Anna C', 'Bea D. E.-F.'].map((given, index) => work(index, `Title ${index}`, [{ family: 'Author 17', given }]));
    const [ours, pandocs] = await references(works, 'modern-language-association');
    assert.deepEqual(ours, pandocs);
    assert.match(ours[0]!, /^Author 17, Anna B\. <em>/);
  });

  it('leaves names as they are in styles that say nothing of initials', async () => {
    const works = ['A.-B.', 'Anna B', 'A B'].map((given, index) => work(index, 'A title', [{ family: `Author ${index + 17}`, given }]));
    const [ours, pandocs] = await references(works, 'chicago-author-date');
    assert.deepEqual(ours, pandocs);
  });

  it('begins no part of a word with a capital in title case', async () => {
    const titles = [
      'Listening to (es)ketamine and (Es)ketamine', 'Effect(s) of the (un)known drug(s)', 'A pre(test) of the [18f]fdg', 'n(eu)rons: (es)ketamine', 'A “(es)ketamine” and a “un”known thing',
      'On <i>(es)ketamine</i>, (<i>es</i>)ketamine and (es)<i>ketamine</i>', 'The S(+)-ketamine and (es)-ketamine trial', 'An <i>N</i>-methyl <sub>x</sub>thing', 'The α(2)agonist x(y)z', 'Its <span class="nocase">(es)ketamine</span> alone',
    ];
    const works = titles.map((title, index) => work(index, title, [{ family: `Author ${index + 17}`, given: 'A.' }]));
    for (const style of ['chicago-author-date', 'modern-language-association', 'apa']) {
      const [ours, pandocs] = await references(works, style);
      assert.deepEqual(ours, pandocs);
    }
    const [[esketamine]] = await references(works, 'chicago-author-date');
    assert.match(esketamine!, /“Listening to \(Es\)ketamine and \(Es\)ketamine\.”/);
  });

  it('leaves only the words small in title case that CSL names: longer prepositions, and given, like and next, begin with a capital', async () => {
    const words = 'about above across after against among at between by down during except from given in into like near next of off onto out over per plus since than through till to under until up upon versus via with within without yet'.split(' ');
    const works = words.map((word, index) => work(index, `effects ${word} it`, [{ family: `Author ${index + 17}`, given: 'A.' }]));
    for (const style of ['chicago-author-date', 'modern-language-association']) {
      const [ours, pandocs] = await references(works, style);
      assert.deepEqual(ours, pandocs);
    }
    const [ours] = await references(works, 'chicago-author-date');
    assert.match(ours[words.indexOf('without')]!, /“Effects Without It\.”/);
    assert.match(ours[words.indexOf('given')]!, /“Effects Given It\.”/);
    assert.match(ours[words.indexOf('with')]!, /“Effects with It\.”/);
  });
});
