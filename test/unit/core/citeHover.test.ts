import assert from 'node:assert/strict';
import { behindCitation, entryCard, groupList, toldAt, unreadWork, type Work } from '../../../src/core/citeHover.ts';
import { insideFences, readFrontMatter } from '../../../src/core/frontMatter.ts';
import { readManuscript } from '../../../src/core/reading.ts';
import type { CslItem } from '../../../src/core/study.ts';
import { studies, study, vocabulary } from '../../support/dataset.ts';
import { atCursor } from '../../support/cursor.ts';

/** What is told at the bar: the stretch of text, and the keys. */
function told(marked: string): string | undefined {
  const { text, caret } = atCursor(marked);
  const found = toldAt(readManuscript(text), caret);
  return found && `${text.slice(found.start, found.end)}: ${found.cites.map(({ key }) => key).join(', ')}`;
}

describe('toldAt', () => {
  for (const [marked, expected] of [
    ['As @fed|er2021 says', '@feder2021: feder2021'],
    ['As |@feder2021 says', '@feder2021: feder2021'],
    ['As @feder2021| says', '@feder2021: feder2021'],
    ['As| @feder2021 says', undefined],
    ['As @feder2021 s|ays', undefined],
    ['[see -@fed|er2021, p. 3; @dore2019]', '-@feder2021: feder2021'],
    ['[s|ee -@feder2021, p. 3; @dore2019]', '[see -@feder2021, p. 3; @dore2019]: feder2021, dore2019'],
    ['[see @feder2021, p. |3; @dore2019]', '[see @feder2021, p. 3; @dore2019]: feder2021, dore2019'],
    ['|[@feder2021; @dore2019]', '[@feder2021; @dore2019]: feder2021, dore2019'],
    ['[see @feder2021, p. |3]', '[see @feder2021, p. 3]: feder2021'],
    ['As @feder2021 [p. |3] says', '[p. 3]: feder2021'],
    ['As @feder2021 [p. 3; @do|re2019] says', '@dore2019: dore2019'],
    ['> [@{fede|r2021}]', '@{feder2021}: feder2021'],
    ['a¦b\r\n-¦-\r\n@feder|2021¦x\r\n', '@feder2021: feder2021'],
    ['In @fig-tri|al', undefined],
    ['[@fig-trial; |@feder2021]', '@feder2021: feder2021'],
    ['`@fede|r2021`', undefined],
    ['```\n@fede|r2021\n```', undefined],
    ['---\ntitle: "@fede|r2021"\n---', '@feder2021: feder2021'],
    ['---\ncsl: "@fede|r2021"\n---', undefined],
  ] as const) {
    it(`tells at ${JSON.stringify(marked)}: ${expected ?? 'nothing'}`, () => assert.equal(told(marked), expected));
  }
  it('tells what the metadata lists by nocite, but for “all”', async () => {
    const text = "---\nnocite: '@*, @feder2021'\n---\n";
    const { nocite } = await readFrontMatter(text, insideFences(text, { start: 0, end: text.length }));
    const at = (offset: number): readonly (string | number)[] => {
      const found = toldAt(readManuscript(text), offset, nocite);
      return found ? [found.start, found.end, ...found.cites.map(({ key }) => key)] : [];
    };
    const start = text.indexOf('@feder2021');
    assert.deepEqual(at(start + 3), [start, start + 10, 'feder2021']);
    assert.deepEqual([at(text.indexOf('@*') + 1), at(5)], [[], []]);
  });
});

const { cites } = readManuscript(`[${studies.slice(0, 15).map(({ id }) => `@${id}`).join('; ')}]`).citations[0]!;
const link = (label: string, key: string): string => `[${label}](${key})`;
const listOf = (text: string, workOf: (key: string) => Work): string =>
  groupList(readManuscript(text).citations[0]!.cites, workOf, vocabulary, link);

describe('groupList', () => {
  const csl: CslItem = { type: 'book', title: 'A <title>', author: [{ literal: 'Author 17' }], issued: { 'date-parts': [[2020]] } };
  it('tells a study in one line', () =>
    assert.equal(
      listOf('[@feder2021]', key => ({ kind: 'study', study: study(key) })),
      '- [**Feder 2021**](feder2021) · RCT · n 30 · six infusions v midazolam in chronic PTSD',
    ));
  it('tells an entry of a bibliography by its title', () => {
    const origin = { file: 'file:///refs.bib', name: 'refs.bib', start: 0, end: 1, keywords: [] };
    const listed = listOf('[@author17]', id => ({ kind: 'study', study: { id, csl, quotes: [], notices: [], origin } }));
    assert.equal(listed, '- [**Author 17 2020**](author17) · Book · refs.bib · A \\<title>');
  });
  it('puts notices in front', () =>
    assert.match(listOf('[@rhee2022]', key => ({ kind: 'study', study: study(key) })), /^- \[\*\*Rhee 2022\*\*\]\(rhee2022\) · ⚠ .* · erratum/));
  it('tells the writer’s own entries and unknown keys plainly', () =>
    assert.equal(
      listOf('[@author17; @author18; @author19; @author20]', key => ({
        author17: { kind: 'declared', entry: { key: 'author17', start: 0, end: 0, csl } } as const,
        author18: { kind: 'in a file', file: 'refs.bib' } as const,
        author19: { kind: 'unknown', isComplete: true } as const,
        author20: { kind: 'unknown', isComplete: false } as const,
      })[key]!),
      [
        '- **Author 17 2020** · A \\<title>',
        '- `author18` stands in refs.bib, which is not read as a whole.',
        '- `author19` is unknown: neither a bundled study nor in a bibliography of this manuscript.',
        '- `author20` is not known; a bibliography of this manuscript is not read yet, or can’t be.',
      ].join('\n'),
    ));
  it('is cut where a group has very many', () => {
    const lines = groupList(cites, key => ({ kind: 'study', study: study(key) }), vocabulary, link).split('\n');
    assert.equal(lines.filter(line => line.startsWith('- ')).length, 13);
    assert.equal(lines.at(-1), '- and 3 more');
  });
  it('lets nothing of a record become markup', () => {
    const gist = '<img src=x> [x](command:evil)\n# h';
    assert.doesNotMatch(listOf('[@feder2021]', key => ({ kind: 'study', study: { ...study(key), gist } })), /(?<!\\)<img|(?<!\\)\[x\]|^#/m);
  });
});

describe('entryCard', () => {
  it('tells what is declared and nothing else', () =>
    assert.equal(
      entryCard({ key: 'author17', start: 0, end: 0, csl: { type: 'book', title: 'A *title*', author: [{ literal: 'Author 17' }], issued: { 'date-parts': [[2020]] }, 'container-title': 'Journal 3', DOI: '10.1000/17' } }),
      '### A \\*title\\*\n\nAuthor 17  \n*Journal 3 2020*\n\n`@author17` · [DOI 10.1000/17](https://doi.org/10.1000/17)',
    ));
  it('does without a title, authors and all', () =>
    assert.equal(entryCard({ key: 'a`b', start: 0, end: 0, csl: { type: 'book', title: '', author: [] } }), '### `` a`b ``\n\n`` @a`b ``'));
});

describe('unreadWork', () => {
  it('keeps a key from becoming markup', () => assert.match(unreadWork('a`b', { kind: 'unknown', isComplete: true }), /^`` a`b `` is unknown/));
});

describe('behindCitation', () => {
  for (const marked of ['As shown [@feder2021].| More', 'As [@feder2021]| shows', '(as [@feder2021]).”| More', 'As @feder2021 [p. 3],| and', '[@feder2021]|', '[@feder2021]|\r\n. x']) {
    it(`keeps the sentence’s marks: ${JSON.stringify(marked)}`, () => {
      const { text, caret } = atCursor(marked);
      assert.equal(behindCitation(text, readManuscript(text).citations[0]!), caret);
    });
  }
});
