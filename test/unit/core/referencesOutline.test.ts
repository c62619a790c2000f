import assert from 'node:assert/strict';
import { readManuscript } from '../../../src/core/reading.ts';
import { childrenOf, referencesCaption, referencesOutline, wordsOfList, type ReferenceNode, type WorkNode } from '../../../src/core/referencesOutline.ts';
import { finished } from '../../../src/core/steps.ts';
import { worksCited, type Citable, type WorksCited } from '../../../src/core/worksCited.ts';
import { studies, study } from '../../support/dataset.ts';

const byKey = new Map(studies.map(each => [each.id, each]));
const known: Citable = {
  study: key => byKey.get(key),
  has: key => byKey.has(key) || key.startsWith('author'),
  keys: [...byKey.keys()],
  isComplete: true,
  declared: [
    { key: 'author17', csl: { type: 'book', title: 'A title', author: [{ family: 'Author 17' }], issued: { 'date-parts': [[2001]] } } },
    { key: 'author18', csl: { type: 'book', title: 'Another', author: [] } },
  ],
};
const cited = (text: string, more: Partial<Citable> = {}): WorksCited => finished(worksCited([readManuscript(text)], { ...known, ...more }));
const outline = (works: WorksCited, order?: readonly string[]): readonly WorkNode[] => finished(referencesOutline(works, order));
const rows = (nodes: readonly ReferenceNode[]): readonly string[] => nodes.map(({ label, description }) => `${label} | ${description}`);
const withNotice = studies.find(({ notices }) => notices.length > 0)!;

describe('referencesOutline', () => {
  it('shows each work with its count and pages, and what it is about', () =>
    assert.deepEqual(rows(outline(cited('[@feder2021, p. 3] @feder2021 [@feder2021, p. 12] [@dore2019]'))), [
      `Feder 2021 | 3× · pp. 3, 12 · ${study('feder2021').gist}`,
      `Dore 2019 | 1× · ${study('dore2019').gist}`,
    ]));
  it('puts unknown keys on top', () =>
    assert.deepEqual(rows(outline(cited('@feder2021 @nobody1900 @nobody1900'))), ['nobody1900 | 2× · unknown key', `Feder 2021 | 1× · ${study('feder2021').gist}`]));
  it('accuses no key while a bibliography is not read', () =>
    assert.deepEqual(rows(outline(cited('@feder2021 @nobody1900', { isComplete: false }))), [`Feder 2021 | 1× · ${study('feder2021').gist}`, 'nobody1900 | 1× · not looked up']));
  it('names entries of the writer’s own by author and year, or by their key, and shows their titles', () =>
    assert.deepEqual(rows(outline(cited('@author17 @author18'))), ['Author 17 2001 | 1× · A title', 'author18 | 1× · Another']));
  it('marks a work with a notice', () => assert.match(rows(outline(cited(`@${withNotice.id}`)))[0]!, /\| ⚠ 1× · /));
  it('orders as the style does, unknown keys on top and what the style lacks at the end', () => {
    const { works, ...rest } = cited('@zarate2006 @author18 @nobody1900 @feder2021');
    assert.deepEqual(outline({ works, ...rest }, ['feder2021', 'zarate2006']).map(({ work }) => work.key), ['nobody1900', 'feder2021', 'zarate2006', 'author18']);
  });
  it('keeps the ids of works, whatever else is cited', () =>
    assert.deepEqual([outline(cited('@feder2021'))[0]!.id, outline(cited('@dore2019 @feder2021'))[1]!.id], ['work/feder2021', 'work/feder2021']));
  it('says a row in words', () =>
    assert.equal(outline(cited('[@feder2021, p. 3]'))[0]!.spoken, 'Feder et al., 2021; six infusions versus midazolam in chronic PTSD; cited 1 time; p. 3'));

  const children = (text: string, cells?: readonly number[]): readonly ReferenceNode[] => childrenOf(outline(cited(text))[0]!, [readManuscript(text)], cells);
  it('shows under a work the words around each cite, then the quotes not used', () =>
    assert.deepEqual(rows(children('As shown [@feder2021, p. 3].\n\nLater @feder2021 too.')), ['line 1 | As shown [@feder2021, p. 3].', 'line 3 | Later @feder2021 too.', 'Quotes not used yet | 1']));
  it('shows the quotes as the shelf does', () => {
    const [, unused] = children('@feder2021');
    const [quote] = childrenOf(unused!, []);
    assert.equal(quote?.label, `“${study('feder2021').quotes[0]!.text}”`);
    assert.match(quote.description, /^Abstract, Objective · wording differs from print$/);
    assert.deepEqual([quote.kind, quote.study], ['quote', study('feder2021')]);
  });
  it('leaves the quotes out once they stand in the text', () =>
    assert.deepEqual(children(`@feder2021\n\n> ${study('feder2021').quotes[0]!.text}`).map(({ kind }) => kind), ['occurrence']));
  it('names the cell in a notebook', () => assert.equal(children('@dore2019', [4])[0]!.label, 'cell 4, line 1'));
  it('gives every row an id of its own', () => {
    const text = '@feder2021 @feder2021 @oliver2022 @basso2020';
    const roots = outline(cited(text));
    const under = (nodes: readonly ReferenceNode[]): readonly ReferenceNode[] => nodes.flatMap(each => childrenOf(each, [readManuscript(text)]));
    const all = [...roots, ...under(roots), ...under(under(roots))];
    assert.ok(all.length > 10);
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
  });
});

describe('referencesCaption', () => {
  it('counts works, citations and words', () =>
    assert.equal(referencesCaption(cited('One two [@feder2021; @dore2019] and @feder2021.')), '2 works · 2 citations · 3 words'));
  it('counts several unknown keys', () =>
    assert.match(referencesCaption(cited('@nobody1900 @nobody1901')), /^2 unknown keys · 0 works · /));
  it('counts unknown keys apart', () =>
    assert.equal(referencesCaption(cited('@feder2021 @nobody1900')), '1 unknown key · 1 work · 2 citations · 0 words'));
  it('adds the words of the reference list, or of the one in the text where it is longer', () => {
    assert.match(referencesCaption(cited(`${'word '.repeat(1000)}@dore2019`), 40), / · 1,000 words \(1,040 with references\)$/);
    assert.match(referencesCaption(cited('One @dore2019\n\n# References\n\na b c d e'), 2), / · 1 word \(7 with references\)$/);
  });
  it('counts the words of printed references', () => assert.equal(wordsOfList(['Author 17 (2001). *A title*.', 'Two words']), 7));
});
