import assert from 'node:assert/strict';
import { articlePages, parsePages } from '../../../../src/core/checks/pages.ts';
import { knownOf, problemsOf, synthetic, told } from './support.ts';

const known = knownOf([
  synthetic('a17', { page: '193-202' }),
  synthetic('s17', { page: 'S12-S20' }),
  synthetic('two17', { page: '10-15, 40-45' }),
  synthetic('article17', { page: 'e1234' }),
  synthetic('none17', {}),
]);
const locatorsIn = (text: string): string[] => told(text, problemsOf(text, ['locator'], known));

describe('checks: pages outside the article', () => {
  const outside: readonly (readonly [text: string, ...told: string[]])[] = [
    [
      '[@a17, p. 3]',
      '“p. 3” p. 3 lies outside the article\'s pages 193–202; check it, unless you count pages in another way.',
      'Replace by 195: [@a17, p. 195]',
    ],
    ['@a17 [p. 203]', '“p. 203” p. 203 lies outside the article\'s pages 193–202; check it, unless you count pages in another way.'],
    ['[@a17, 203]', '“203” 203 lies outside the article\'s pages 193–202; check it, unless you count pages in another way.'],
    ['[@a17, pp. 200-205]', '“pp. 200-205” pp. 200-205 lies outside the article\'s pages 193–202; check it, unless you count pages in another way.'],
    ['[@s17, p. 21]', '“p. 21” p. 21 lies outside the article\'s pages S12–S20; check it, unless you count pages in another way.'],
    ['[@s17, p. e14]', '“p. e14” p. e14 lies outside the article\'s pages S12–S20; check it, unless you count pages in another way.'],
    ['[@two17, p. 20]', '“p. 20” p. 20 lies outside the article\'s pages 10–15, 40–45; check it, unless you count pages in another way.'],
  ];
  for (const [text, ...expected] of outside) {
    it(text, () => assert.deepEqual(locatorsIn(text), expected));
  }
});

describe('checks: pages behind another locator', () => {
  const pages = 'lies outside the article\'s pages 193–202; check it, unless you count pages in another way.';
  const found = (text: string): string[] => told(text, problemsOf(text, ['locator']));
  const outside: readonly (readonly [text: string, ...told: string[]])[] = [
    ['[@feder2021, chap. 2, p. 999]', `“p. 999” p. 999 ${pages}`],
    ['@feder2021 [fig. 2, pp. 998-999; @oliver2022]', `“pp. 998-999” pp. 998-999 ${pages}`],
    ['[@feder2021, sec. 2, fig. 3, p. 999]', `“p. 999” p. 999 ${pages}`],
    ['[@feder2021, {chap. 2}, p. 999]', `“p. 999” p. 999 ${pages}`],
    ['[@feder2021, p. 195, p. 999]', `“p. 999” p. 999 ${pages}`],
    ['[@feder2021, tab. 1]'],
    ['[@feder2021, chap. 2, p. 195]'],
    ['[@feder2021, chap. 2, 999]'],
    ['[@feder2021, chap. 2, and p. 999 of another work]'],
    ['[@feder2021, vol. 178, fig. 999]'],
    ['[@feder2021, pp.&nbsp;195&ndash;197]'],
    ['[@feder2021, pp.&nbsp;195&ndash;299]', `“pp.&nbsp;195&ndash;299” pp.&nbsp;195&ndash;299 ${pages}`],
  ];
  for (const [text, ...expected] of outside) {
    it(text, () => assert.deepEqual(found(text), expected));
  }
  it('are turned where they run backwards', () =>
    assert.deepEqual(found('[@feder2021, fig. 2, pp. 202-193]').at(-1), '! Replace by 193-202: [@feder2021, fig. 2, pp. 193-202]'));
});

describe('checks: pages that run backwards', () => {
  it('are turned', () =>
    assert.deepEqual(locatorsIn('[@a17, pp. 202-193]'), [
      '“202-193” The pages 202-193 run backwards; write the lower number first.',
      '! Replace by 193-202: [@a17, pp. 193-202]',
    ]));
  it('are told of works whose pages are not known', () =>
    assert.deepEqual(locatorsIn('[@none17, pp. 9-7]'), [
      '“9-7” The pages 9-7 run backwards; write the lower number first.',
      'Replace by 7-9: [@none17, pp. 7-9]',
    ]));
});

describe('checks: locators that say nothing wrong', () => {
  const silent = [
    '[@a17, p. 193]',
    '[@a17, pp. 193-202]',
    '[@a17, pp. 193-9]',
    '[@a17, pp. 195, 198–200]',
    '[@a17, p. 193ff]',
    '[@a17, p. iv]',
    '[@a17, chap. 3]',
    '[@a17, fig. 3]',
    '[@a17, Abstract]',
    '[@s17, p. S14]',
    '[@s17, p. 14]',
    '[@s17, p. s14]',
    '[@two17, pp. 11, 44]',
    '[@article17, p. 3]',
    '[@none17, p. 3]',
    '[@nobody17, p. 3]',
  ];
  for (const text of silent) {
    it(text, () => assert.deepEqual(locatorsIn(text), []));
  }
});

describe('pages', () => {
  const shown = (text: string): string | undefined =>
    parsePages(text)
      ?.map(({ first, last }) => `${first.letters}${first.number}..${last.letters}${last.number}`)
      .join(' ');
  const cases: readonly (readonly [text: string, expected: string | undefined])[] = [
    ['193-202', '193..202'],
    ['193-9', '193..199'],
    ['1193–202', '1193..1202'],
    ['S12-S20', 'S12..S20'],
    ['S12-20', 'S12..S20'],
    ['e1-e10', 'e1..e10'],
    ['3, 5-7', '3..3 5..7'],
    ['iv', undefined],
    ['F1000 Faculty Rev-1801', undefined],
    ['12-e4', undefined],
    ['', undefined],
  ];
  for (const [text, expected] of cases) {
    it(JSON.stringify(text), () => assert.equal(shown(text), expected));
  }
  it('takes a single number for an article’s', () => assert.equal(articlePages('193'), undefined));
  it('leaves a supplement out', () => assert.equal(articlePages('1500-1512.e4')?.[0]?.last.number, 1512));
});
