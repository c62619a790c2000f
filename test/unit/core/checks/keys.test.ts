import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KeyIndex } from '../../../../src/core/checks/keyIndex.ts';
import { keySigns } from '../../../../src/core/checks/nearestKeys.ts';
import { finished } from '../../../../src/core/steps.ts';
import { knownOf, problemsOf, synthetic, told } from './support.ts';

const codes = ['unknown-key', 'key-case'] as const;
const keysOf = (...keys: string[]) => knownOf(keys.map(key => synthetic(key, {})));

function keyProblems(text: string, ...keys: string[]): string[] {
  return told(text, problemsOf(text, codes, keys.length > 0 ? keysOf(...keys) : undefined));
}

describe('checks: unknown keys', () => {
  it('names the keys that may be meant, the nearest first', () => {
    assert.deepEqual(keyProblems('See [@feder2012, p. 3].', 'feder2014', 'feder2021', 'dore2019'), [
      '“@feder2012” There is no entry feder2012. Did you mean feder2021 or feder2014?',
      'Replace by feder2021: See [@feder2021, p. 3].',
      'Replace by feder2014: See [@feder2014, p. 3].',
    ]);
    assert.deepEqual(keyProblems('See [@feder2012, p. 3].', 'feder2025', 'feder2014', 'feder2021'), [
      '“@feder2012” There is no entry feder2012. Did you mean feder2021, feder2014 or feder2025?',
      'Replace by feder2021: See [@feder2021, p. 3].',
      'Replace by feder2014: See [@feder2014, p. 3].',
      'Replace by feder2025: See [@feder2025, p. 3].',
    ]);
  });
  it('names a study of the dataset', () => assert.match(keyProblems('See [@feder2012, p. 3].')[0]!, /Did you mean feder2021\b/));
  it('prefers it where it stands alone', () =>
    assert.deepEqual(keyProblems('@oilver2022 says', 'oliver2022', 'feder2021'), [
      '“@oilver2022” There is no entry oilver2022. Did you mean oliver2022?',
      '! Replace by oliver2022: @oliver2022 says',
    ]));
  it('does not prefer another year', () =>
    assert.deepEqual(keyProblems('[-@author2020]', 'author2021'), [
      '“-@author2020” There is no entry author2020. Did you mean author2021?',
      'Replace by author2021: [-@author2021]',
    ]));
  it('keeps braces', () =>
    assert.deepEqual(keyProblems('[@{authro2021}]', 'author2021').at(-1), '! Replace by author2021: [@{author2021}]'));
  it('puts braces around what needs them', () =>
    assert.deepEqual(keyProblems('[@author2021x]', 'author,2021x').at(-1), '! Replace by author,2021x: [@{author,2021x}]'));
  it('proposes no key that can’t be cited', () =>
    assert.deepEqual(keyProblems('[@author2021x]', 'author 2021x'), ['“@author2021x” There is no entry author2021x.']));
  it('says only that there is none, where none is near', () =>
    assert.deepEqual(keyProblems('[@nobody1950]', 'author2021'), ['“@nobody1950” There is no entry nobody1950.']));
  it('sees keys in notes, headings and lists', () =>
    assert.equal(problemsOf('# On @nobody1\n\n- [@nobody2]\n\nA note.[^1]\n\n[^1]: @nobody3', codes).length, 3));
});

describe('checks: keys that differ by case', () => {
  it('takes the entry’s', () =>
    assert.deepEqual(keyProblems('[see @Feder2021]'), [
      '“@Feder2021” The entry is written feder2021, not Feder2021.',
      '! Replace by feder2021: [see @feder2021]',
    ]));
  it('leaves the choice between two', () =>
    assert.deepEqual(keyProblems('@AUTHOR1', 'author1', 'Author1'), [
      '“@AUTHOR1” The entry is written author1 or Author1, not AUTHOR1.',
      'Replace by author1: @author1',
      'Replace by Author1: @Author1',
    ]));
});

describe('checks: keys that are no concern', () => {
  const silent = [
    '[@feder2021; @oliver2022]',
    'See @fig-1, @Fig-one, @tbl-2, @sec-methods, @eq-x, @thm-line and @lst-a.',
    'See @fig:one, @eq:two, @tbl:three, @sec:four, @lst:five and @Fig:six.',
    'See Figure \\@ref(fig:x).',
    'Write to someone@example.org or see https://example.org/@someone.',
    '`@nobody1950` and $@nobody1950$',
    '```\n@nobody1950\n```',
    '<!-- @nobody1950 -->',
    '---\nbibliography: "@nobody1950"\ncsl: "@nobody1950"\nnote_: "@nobody1950"\nreferences:\n- id: x\n  note: "@nobody1950"\n---\n\nText.',
    '\\@nobody1950',
  ];
  for (const text of silent) {
    it(JSON.stringify(text), () => assert.deepEqual(told(text, problemsOf(text, codes)), []));
  }
  it('all, while a bibliography can’t be read', () => {
    const known = { ...keysOf('author2021'), isComplete: false };
    assert.deepEqual(problemsOf('[@nobody1950; @Author2021]', codes, known), []);
  });
});

describe('KeyIndex', () => {
  const near = (key: string, ...keys: string[]): string =>
    KeyIndex.of(keys)
      .nearest(key)
      .map(each => `${each.key}${each.isClear ? '!' : ''}`)
      .join(' ');
  const cases: readonly (readonly [key: string, keys: string, expected: string])[] = [
    ['feder2012', 'feder2021 dore2012', 'feder2021!'],
    ['fedre2021', 'feder2021 dore2012', 'feder2021!'],
    ['feder2020', 'feder2021', 'feder2021'],
    ['zanos2018', 'zanos2018b', 'zanos2018b!'],
    ['zanos2018', 'zanos2018a zanos2018b', 'zanos2018a zanos2018b'],
    ['zanos2018c', 'zanos2018a zanos2018b', 'zanos2018a zanos2018b'],
    ['feder_2021', 'feder2021', 'feder2021!'],
    ['feder201', 'feder2021', 'feder2021!'],
    ['feder20211', 'feder2021', 'feder2021!'],
    ['Féder2021', 'feder2021', 'feder2021!'],
    ['li2021', 'lu2021 xu2021', ''],
    ['wan2021', 'wang2021', 'wang2021'],
    ['wang2021', 'wang2011 wang2012 wang2020 wang2022', 'wang2012 wang2011 wang2020'],
    ['nobody', 'feder2021', ''],
    ['smith', 'smith2020', 'smith2020'],
    ['', 'feder2021', ''],
  ];
  for (const [key, keys, expected] of cases) {
    it(`${key} among ${keys}`, () => assert.equal(near(key, ...keys.split(' ')), expected));
  }
  it('finds those of the index below it, once each', () => {
    const base = KeyIndex.of(['feder2021', 'dore2019']);
    assert.deepEqual(KeyIndex.of(['feder2021', 'Dore2019'], base).nearest('fedr2021'), [{ key: 'feder2021', isClear: true }]);
    assert.deepEqual(KeyIndex.of(['Dore2019'], base).sameButCase('DORE2019'), ['Dore2019', 'dore2019']);
    assert.equal(KeyIndex.of([], base), base);
  });
  it('finds all that differ by case, as looking at each would', () => {
    // Letters that have more than one form, are two in lower case, or are those of another script: the Kelvin sign is a `k`.
    const letters = [...'aAbBéÉßẞkK\u212aİiIıςΣσΩω\u212612_-:😀', 'e\u0301', 'E\u0301', '\u0301', 'ﬀ', '𐐀', '𐐨'];
    const key = fc.string({ unit: fc.constantFrom(...letters), maxLength: 3 });
    const long = fc.tuple(key, fc.constantFrom('', 'author2021', `${'a'.repeat(29)}1`, 'a'.repeat(40))).map(([end, start]) => start + end);
    const inOtherCase = (text: string): string[] => [text.toUpperCase(), text.toLowerCase()];
    fc.assert(
      fc.property(fc.array(long, { maxLength: 40 }), fc.array(long, { maxLength: 5 }), (some, others) => {
        const keys = [...some, ...some.slice(0, 10).flatMap(inOtherCase)];
        const index = KeyIndex.of(keys, KeyIndex.of(others));
        for (const asked of [...others, ...keys]) {
          const same = [...keys, ...others].filter(each => each.toLowerCase() === asked.toLowerCase());
          assert.deepEqual(index.sameButCase(asked), [...new Set(same)], asked);
        }
      }),
    );
  });
  it('knows the signs of thousands of keys, made in steps', () => {
    const keys = Array.from({ length: 2500 }, (_, number) => `${number % 2 === 0 ? 'Author' : 'author'}${number >> 1}`);
    const list = { length: keys.length, keyAt: (number: number) => keys[number]! };
    const steps = keySigns(list);
    assert.deepEqual([steps.next().done, steps.next().done], [false, false]);
    const index = new KeyIndex(list, finished(steps));
    assert.deepEqual(index.sameButCase('AUTHOR1249'), ['Author1249', 'author1249']);
    assert.deepEqual(index.sameButCase('author1249'), ['Author1249', 'author1249']);
  });
  it('finds the one among 100,000, in whichever order', () => {
    const keys = Array.from({ length: 100_000 }, (_, number) => `author${number.toString(36).replace(/\d/g, '')}x${number}`);
    assert.deepEqual(KeyIndex.of([...keys, 'feder2021']).nearest('fedr2021'), [{ key: 'feder2021', isClear: true }]);
  });
});
