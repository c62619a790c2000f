import assert from 'node:assert/strict';
import type { CitableItem, StoredXml } from '../../../src/core/reference.ts';
import type { Name } from '../../../src/core/study.ts';
import { cslStyle, typesetByPandoc, typesetByUs } from '../../support/pandocCiteproc.ts';

const work = (id: string, author: readonly Name[], year: number): CitableItem => ({
  id, type: 'article-journal', title: `A title of ${id}`, author, 'container-title': 'Journal 17', issued: { 'date-parts': [[year]] },
});

const listing = (works: readonly CitableItem[]): string => `---\nnocite: |\n  ${works.map(({ id }) => `@${id}`).join(', ')}\n---\n\nWater.\n`;

const citing = (works: readonly CitableItem[]): string => works.map(({ id }) => `[@${id}]`).join('\n\n');

const styles: Readonly<Record<string, StoredXml>> = Object.fromEntries(
  ['apa', 'american-medical-association', 'vancouver', 'nature', 'chicago-author-date', 'modern-language-association', 'harvard-cite-them-right', 'ieee'].map(id => [id, cslStyle(id)]),
);

/** Names as files have them: whole, or in parts. */
const names: Readonly<Record<string, Name>> = {
  apostrophe: { family: "d'Author" },
  curly: { family: 'dell’Aauthor' },
  capital: { family: "D'Bauthor" },
  hyphen: { family: 'al-Cauthor' },
  words: { family: 'aan het Dauthor' },
  shortened: { family: "van 't Eauthor" },
  two: { family: "d'Fauthor Other" },
  double: { family: "d'Gauthor-Other" },
  doubled: { family: 'al-Hauthor-Other' },
  both: { family: "de l'Iauthor" },
  parts: { family: 'Jauthor', 'non-dropping-particle': 'd’' },
  dropping: { family: 'Kauthor', 'dropping-particle': 'von' },
  given: { family: 'Lauthor', given: 'Anna de' },
  small: { family: "o'mauthor" },
};

describe('nameForEngine', function () {
  this.timeout(120_000);

  const works = Object.entries(names).map(([id, name], index) => work(id, [{ given: 'Anna', ...name }, { family: 'Author 17', given: 'Ben' }], 2000 + index));
  for (const [id, style] of Object.entries(styles)) {
    it(`has ${id} print names with particles as Pandoc does`, async () => {
      const ours = await typesetByUs(listing(works), style, works);
      const pandoc = typesetByPandoc(listing(works), style, works);
      const withoutNumber = ([key, text]: readonly [string, string]): string => `${key} ${text.replace(/^\[?\d+[.\]] /, '')}`;
      assert.deepEqual([...ours.references].map(withoutNumber).sort(), [...pandoc.references].map(withoutNumber).sort());
    });
  }

  it('has a name sorted without its apostrophe, as APA wants it', async () => {
    const listed = ['Daauthor', "d'Author", "D'Author Other", 'Dazauthor'].map((family, index) => work(`work${index}`, [{ family, given: 'Anna' }], 2000));
    const { references } = await typesetByUs(listing([...listed].reverse()), styles['apa']!, listed);
    assert.deepEqual([...references.keys()], ['work0', 'work1', 'work2', 'work3']);
  });

  it('has a style that parts names sort them without their particles', async () => {
    const listed = ['Aauthor', "d'Author", 'al-Bauthor', 'aan het Cauthor'].map((family, index) => work(`work${index}`, [{ family, given: 'Anna' }], 2000));
    for (const id of ['chicago-author-date', 'harvard-cite-them-right']) {
      const { references } = await typesetByUs(listing([...listed].reverse()), styles[id]!, listed);
      assert.deepEqual([...references.keys()], ['work0', 'work1', 'work2', 'work3'], id);
    }
  });

  const ways: Readonly<Record<string, readonly Name[]>> = {
    'd’Author': [{ family: "d'Author" }, { family: 'd’Author' }, { family: 'Author', 'non-dropping-particle': "d'" }, { family: 'Author', 'non-dropping-particle': 'd’' }],
    'aan het Author': [{ family: 'aan het Author' }, { family: 'Author', 'non-dropping-particle': 'aan het' }],
    'O’Author': [{ family: "O'Author" }, { family: 'O’Author' }],
  };
  for (const [printed, written] of Object.entries(ways)) {
    it(`takes ${printed} for one author, however files write the name`, async () => {
      const same = written.map((name, index) => work(`work${index}`, [{ ...name, given: 'Anna' }], 2000));
      const { citations } = await typesetByUs(citing(same), styles['apa']!, same);
      assert.deepEqual(citations.map(({ text }) => text), same.map((_, index) => `(${printed}, 2000${'abcd'[index]})`));
      const { references } = await typesetByUs(listing(same), styles['modern-language-association']!, same);
      assert.deepEqual([...references.values()].map(text => text.split(' “')[0]), [`${printed}, Anna.`, ...same.slice(1).map(() => '---.')]);
    });
  }
});
