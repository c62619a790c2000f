import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkNocite } from '../../../src/core/checks/checks.ts';
import { insideFences, readFrontMatter } from '../../../src/core/frontMatter.ts';
import type { CslItem } from '../../../src/core/study.ts';
import { readManuscript, type Reading } from '../../../src/core/reading.ts';
import { finished } from '../../../src/core/steps.ts';
import { wordsAround, worksCited, type Around, type Citable, type Work, type WorksCited } from '../../../src/core/worksCited.ts';
import { studies, study } from '../../support/dataset.ts';

const byKey = new Map(studies.map(each => [each.id, each]));
const own: CslItem = { type: 'book', title: 'A title', author: [{ family: 'Author 17' }] };
const known: Citable = {
  study: key => byKey.get(key),
  has: key => byKey.has(key) || key === 'author17',
  keys: [...byKey.keys(), 'author17'],
  isComplete: true,
  declared: [{ key: 'author17', csl: own }],
};

const all = (readings: readonly Reading[], of: Citable = known): WorksCited => finished(worksCited(readings, of));
const cited = (...texts: readonly string[]): readonly Work[] => all(texts.map(readManuscript)).works;
const one = (text: string): Work => cited(text)[0]!;
const around = (text: string): readonly Around[] =>
  cited(text).flatMap(({ occurrences }) => occurrences.map(each => wordsAround(readManuscript(text), each)));

describe('worksCited', function () {
  this.timeout(30_000);
  it('lists works in the order in which they are first cited, with every occurrence', () => {
    const works = cited('First @dore2019.\n\nThen [@feder2021; @dore2019, p. 3].\n');
    assert.deepEqual(works.map(({ key, occurrences }) => [key, occurrences.map(({ line }) => line)]), [['dore2019', [1, 3]], ['feder2021', [3]]]);
  });
  it('counts a group once', () => assert.equal(all([readManuscript('[@feder2021; @dore2019] and @feder2021')]).citations, 2));
  it('tells what is known of a key', () => {
    assert.deepEqual(cited('@feder2021 @author17 @nobody1900').map(({ key, kind, csl }) => [key, kind, csl]), [
      ['feder2021', 'study', study('feder2021').csl],
      ['author17', 'declared', own],
      ['nobody1900', 'unknown', undefined],
    ]);
    const { works } = all([readManuscript('@nobody1900')], { ...known, isComplete: false });
    assert.equal(works[0]?.kind, 'unread');
  });
  it('takes no cross-reference for a work, and no “all” of the metadata', () => {
    const { works, citations } = all([readManuscript('See @fig-one, @tbl-two and [@sec-three].')]);
    assert.deepEqual([works, citations], [[], 0]);
  });
  describe('with nocite', () => {
    const text = "---\nnocite: '@dore2019, @author17, @nobody1900, @feder2021, @*'\n---\n\n@feder2021\n";
    const metadata = readFrontMatter(text, insideFences(text, readManuscript(text).frontMatter!));
    const listed = async (part: number | undefined): Promise<WorksCited> =>
      all([readManuscript(text)], { ...known, nocite: { citations: (await metadata).nocite!, part } });
    it('lists works behind those that are cited, and counts no citation', async () => {
      const { works, citations, listsAll } = await listed(0);
      assert.deepEqual(
        works.map(({ key, kind, isListedOnly = false, occurrences }) => [key, kind, isListedOnly, occurrences.map(({ line }) => line)]),
        [
          ['feder2021', 'study', false, [5]],
          ['dore2019', 'study', true, [2]],
          ['author17', 'declared', true, [2]],
          ['nobody1900', 'unknown', true, [2]],
        ],
      );
      assert.deepEqual([citations, listsAll], [1, true]);
    });
    it('tells no place where the metadata stands in none of the texts', async () =>
      assert.deepEqual((await listed(undefined)).works.map(({ occurrences }) => occurrences.length), [1, 0, 0, 0]));
    it('lists what project files list behind it, each work once', () => {
      const inherited = ['feder2021', 'dore2019', 'author17', 'dore2019', 'fig-one', '*'];
      const { works, listsAll } = all([readManuscript('@feder2021')], { ...known, inherited });
      const told = works.map(({ key, isListedOnly = false, occurrences }) => [key, isListedOnly, occurrences.length]);
      assert.deepEqual(told, [['feder2021', false, 1], ['dore2019', true, 0], ['author17', true, 0]]);
      assert.ok(listsAll);
    });
    it('has its unknown keys told at their place', async () => {
      const problems = checkNocite(text, (await metadata).nocite!, known);
      assert.deepEqual(problems.map(({ code, start, end }) => [code, text.slice(start, end)]), [['unknown-key', '@nobody1900']]);
    });
  });
  const locators: readonly (readonly [string, string])[] = [
    ['@feder2021', ''],
    ['[@feder2021, p. 3]', 'p. 3'],
    ['[@feder2021, pp. 3-4]', 'pp. 3-4'],
    ['[@feder2021, p. 3] [@feder2021, p. 12] [@feder2021, p. 3]', 'pp. 3, 12'],
    ['[@feder2021, p. 4] [@feder2021, chap. 2]', 'p. 4; chap. 2'],
    ['@feder2021 [p. 3]', 'p. 3'],
  ];
  for (const [text, expected] of locators) {
    it(`gathers the locators of ${text}`, () => assert.equal(one(text).locators, expected));
  }
  it('tells the words around, on one line', () => {
    const [words] = around('> It was shown in a trial\n> of veterans [see @feder2021,\n> p. 3] and\n> elsewhere.');
    assert.deepEqual(words, { before: '… in a trial of veterans [', text: 'see @feder2021, p. 3', after: '] and elsewhere.' });
  });
  it('leaves the marks of a list and a heading out of the words before', () =>
    assert.deepEqual(around('- As @feder2021\n\n## On @dore2019\n').map(({ before }) => before), ['As ', 'On ']));
  it('does not cross the paragraph', () =>
    assert.deepEqual(around('Before.\r\n\r\n@feder2021\r\n\r\nAfter.'), [{ before: '', text: '@feder2021', after: '' }]));
  it('takes the texts of a notebook together', () => {
    const works = cited('One @feder2021', 'Two @dore2019 and @feder2021');
    assert.deepEqual(works.map(({ key, occurrences }) => [key, occurrences.map(({ part }) => part)]), [['feder2021', [0, 1]], ['dore2019', [1]]]);
  });

  const quote = study('feder2021').quotes[0]!;
  it('tells the quotes of cited studies that are not used', () => {
    assert.deepEqual(one('@feder2021').unusedQuotes, study('feder2021').quotes);
    assert.deepEqual(one(`> ${quote.text} [@feder2021, Abstract]`).unusedQuotes, []);
    assert.deepEqual(cited('@feder2021', `“${quote.text}”`)[0]!.unusedQuotes, [], 'in another cell');
  });
  it('knows a quote again across lines, in other marks, and with its first letter changed', () => {
    const wrapped = quote.text.replace(/(.{30,60}) /g, '$1\n> ').replaceAll('’', "'");
    assert.deepEqual(one(`@feder2021\n\n> ${wrapped.replace(/^P/, 'p')}`).unusedQuotes, []);
  });
  it('takes a quote that is cut short, or stands in code, for not used', () => {
    assert.deepEqual(one(`@feder2021\n\n> ${quote.text.slice(0, -20)}`).unusedQuotes, [quote]);
    assert.deepEqual(one(`@feder2021\n\n\`\`\`\n${quote.text}\n\`\`\`\n`).unusedQuotes, [quote]);
  });
  it('finds every quote of the dataset where it stands', () => {
    for (const { id, quotes } of studies) {
      for (const { text } of quotes) {
        assert.deepEqual(one(`@${id}\n\n${text}\n`).unusedQuotes.filter(each => each.text === text), [], id);
      }
    }
  });

  it('sums up, and gives each occurrence the span of its cite, whatever the text', () => {
    const piece = fc.constantFrom('@feder2021', '[@dore2019, p. 3]', '[see @a; -@feder2021]', '@{author17}', ' word', '\n\n', '\r\n', '> ', '`@b`', '@fig-1', '[', ']', '; ', '\u0000', '\ud800', '- ', '# ');
    const text = fc.array(piece, { maxLength: 40 }).map(each => each.join(''));
    fc.assert(
      fc.property(text, text, (a, b) => {
        const readings = [readManuscript(a), readManuscript(b)];
        const { works, citations } = all(readings);
        const cites = readings.flatMap(({ citations: found }, part) =>
          found.flatMap(each => each.cites.map(cite => ({ part, ...cite }))).filter(({ key }) => key !== 'fig-1'),
        );
        const occurrences = works.flatMap(work => work.occurrences.map(each => ({ key: work.key, ...each })));
        assert.equal(occurrences.length, cites.length);
        assert.ok(citations <= cites.length);
        assert.equal(new Set(works.map(({ key }) => key)).size, works.length);
        for (const { key, part, start, end, line } of occurrences) {
          assert.ok(cites.some(cite => cite.part === part && cite.key === key && cite.start === start && cite.end === end));
          const markStart = cites.find(cite => cite.part === part && cite.start === start && cite.key === key)!.mark.start;
          assert.equal(line, readings[part]!.text.slice(0, markStart).split(/\r\n|\r|\n/).length);
        }
      }),
      { numRuns: 300 },
    );
  });
});
