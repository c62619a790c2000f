import assert from 'node:assert/strict';
import { locatorAtEnd, locatorRemark, pageLocator } from '../../../../src/core/quoteBank/locator.ts';

describe('locatorRemark', () => {
  for (const locator of ['p. 3', 'pp. 3-4', '3', 'chap. 2', '§ 4', 'fig. 1', 'p. iv', 'p. S12', '34(1)', 'pp. 3, 5']) {
    it(`has nothing to say of ${locator}`, () => assert.equal(locatorRemark(locator), undefined));
  }
  for (const locator of ['', 'Abstract, Objective', 'p. 3 in print', 'S. 3']) {
    it(`tells of “${locator}”, and lets it pass`, () => assert.equal(locatorRemark(locator)?.isHindrance, false));
  }
  for (const locator of ['p. 3; @dore2019', 'p. 3]', '[3']) {
    it(`does not take ${locator}`, () => assert.equal(locatorRemark(locator)?.isHindrance, true));
  }
});

describe('locatorAtEnd', () => {
  for (const [citation, locator] of [
    ['Feder et al., 2021, p. 3', 'p. 3'],
    ['Feder et al. (2021), pp. 3-4', 'pp. 3-4'],
    ['Feder et al., 2021: p. 3', 'p. 3'],
    ['Feder et al., 2021, pp. 3, 5', 'pp. 3, 5'],
    ['p. 3', 'p. 3'],
    ['Feder et al., 2021', undefined],
    ['Feder et al., 2021, 3', undefined],
    ['', undefined],
  ] as const) {
    it(`finds ${locator} in ${citation}`, () => assert.equal(locatorAtEnd(citation), locator));
  }
});

describe('pageLocator', () => {
  for (const [label, locator] of [['3', 'p. 3'], ['3-4', 'pp. 3-4'], ['iv', 'p. iv'], [' S12 ', 'p. S12'], ['', '']] as const) {
    it(`makes “${locator}” of “${label}”`, () => assert.equal(pageLocator(label), locator));
  }
});
