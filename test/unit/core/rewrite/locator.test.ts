import assert from 'node:assert/strict';
import { locatorFor, placeText, removeLocator, setLocator } from '../../../../src/core/rewrite/locator.ts';
import { readManuscript } from '../../../../src/core/reading.ts';
import { atCursor } from '../../../support/cursor.ts';
import { rewrite } from '../../../support/rewrite.ts';

function typed(text: string): string {
  const result = locatorFor(text);
  return 'locator' in result ? result.locator : `unavailable: ${result.unavailable}`;
}

describe('locatorFor', () => {
  for (const [text, expected] of [
    ['12', 'p. 12'],
    [' 12 ', 'p. 12'],
    ['12-14', 'pp. 12-14'],
    ['12 – 14', 'pp. 12–14'],
    ['12, 14', 'pp. 12, 14'],
    ['193-7', 'pp. 193-7'],
    ['S14', 'p. S14'],
    ['iv', 'p. iv'],
    ['p. 12', 'p. 12'],
    ['p 12', 'p. 12'],
    ['p.12', 'p. 12'],
    ['pp. 12', 'p. 12'],
    ['p. 12-14', 'pp. 12-14'],
    ['chap. 3', 'chap. 3'],
    ['sec. 2', 'sec. 2'],
    ['chap. Three', '{chap. Three}'],
    ['Table 2', 'Table 2'],
    ['Abstract', 'Abstract'],
    ['', 'unavailable: Type a page such as 12 or 12-14, or another place such as chap. 3 or Table 2.'],
    ['14-12', 'unavailable: The range 14-12 runs backwards.'],
    ['12; 14', 'unavailable: A semicolon would begin another citation; use a comma.'],
    ['?!', 'unavailable: This names no place; type a page such as 12 or a place such as Table 2.'],
  ] as const) {
    it(`${JSON.stringify(text)} → ${expected}`, () => assert.equal(typed(text), expected));
  }
  for (const text of ['[12]', '@a', 'a`b', '{12}', '1\\2', '^1']) {
    it(`refuses ${text}`, () => assert.match(typed(text), /^unavailable: Brackets, braces/));
  }
});

describe('setLocator', () => {
  const set = (marked: string): string =>
    rewrite(marked, (reading, { citation, cite }) => setLocator(reading, citation, cite, 'p. 12'));
  for (const [marked, expected] of [
    ['[@a|]', '[@a, p. 12]'],
    ['[see @a|; @b]', '[see @a, p. 12; @b]'],
    ['[@a; @b|]', '[@a; @b, p. 12]'],
    ['[@a|, p. 3]', '[@a, p. 12]'],
    ['[@a|, {p. 3}]', '[@a, p. 12]'],
    ['[@a|, chap. 3, and *passim*]', '[@a, p. 12, and *passim*]'],
    ['[@a|, emphasis added]', '[@a, p. 12, emphasis added]'],
    ['[@a|, Table 2, emphasis added]', '[@a, p. 12, emphasis added]'],
    ['[@a|, Abstract, Introduction]', '[@a, p. 12]'],
    ['As @a| says', 'As @a [p. 12] says'],
    ['As @a| [p. 3] says', 'As @a [p. 12] says'],
    ['As @a| [@b] says', 'As @a [p. 12; @b] says'],
    ['As @a| [emphasis added] says', 'As @a [p. 12, emphasis added] says'],
    ['As @a| [p. 3; @b] says', 'As @a [p. 12; @b] says'],
    ['As @a [p. 3; @b|] says', 'As @a [p. 3; @b, p. 12] says'],
    ['@a|[^1]\n\n[^1]: x', 'unavailable: Pandoc would not read the locator here: what stands behind the citation gets in its way.'],
  ] as const) {
    it(`${marked} → ${expected}`, () => assert.equal(set(marked), expected));
  }
});

describe('removeLocator', () => {
  const removed = (marked: string): string =>
    rewrite(marked, (reading, { citation, cite }) => removeLocator(reading, citation, cite));
  for (const [marked, expected] of [
    ['[@a|, p. 3]', '[@a]'],
    ['[@a|, p. 3, and *passim*]', '[@a, and *passim*]'],
    ['[@a|, p. 3; @b]', '[@a; @b]'],
    ['As @a| [p. 3] says', 'As @a says'],
    ['As @a| [p. 3; @b] says', 'As @a [@b] says'],
    ['As @a| [p. 3, and *passim*] says', 'As @a [and *passim*] says'],
    ['[@a|]', 'unavailable: This citation has no locator.'],
  ] as const) {
    it(`${marked} → ${expected}`, () => assert.equal(removed(marked), expected));
  }
});

describe('placeText', () => {
  for (const [marked, expected] of [
    ['[@a|, p. 3]', 'p. 3'],
    ['[@a|, {pp. iv, vi}]', 'pp. iv, vi'],
    ['[@a|, Table 2, emphasis added]', 'Table 2'],
    ['@a| [Abstract, Methods]', 'Abstract, Methods'],
    ['[@a|, emphasis added]', ''],
    ['[@a|]', ''],
  ] as const) {
    it(`${marked}: ${expected}`, () => {
      const { text, caret } = atCursor(marked);
      assert.equal(placeText(text, readManuscript(text).citationAt(caret)!.cite!), expected);
    });
  }
});
