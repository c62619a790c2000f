import assert from 'node:assert/strict';
import { languageInForce, localeOf } from '../../../src/core/languages.ts';
import { locales } from '../../../src/core/styles.ts';

describe('localeOf', () => {
  const cases: readonly (readonly [tag: string, locale: string | undefined])[] = [
    ['en', 'en-US'], ['en-US', 'en-US'], ['EN-gb', 'en-GB'], ['en-AU', 'en-GB'], ['en-CA', 'en-US'], ['de', 'de-DE'], ['de_DE', 'de-DE'],
    ['de_DE.UTF-8', 'de-DE'], ['de-CH', 'de-CH'], ['de-LU', 'de-DE'], ['pt', 'pt-PT'], ['pt_BR', 'pt-BR'], ['zh', 'zh-CN'], ['zh-Hant', 'zh-TW'],
    ['zh-Hant-HK', 'zh-TW'], ['no', 'nb-NO'], ['nn', 'nn-NO'], ['ja', 'ja-JP'], ['eu', 'eu'], ['ar-EG', 'ar'], [' fr ', 'fr-FR'], ['tlh', undefined],
    ['', undefined], ['__proto__', undefined],
  ];
  for (const [tag, locale] of cases) {
    it(`is ${locale ?? 'none'} for ${JSON.stringify(tag)}`, () => assert.equal(localeOf(tag), locale));
  }
  it('is each locale for itself', () => assert.deepEqual(locales.map(({ id }) => localeOf(id)), locales.map(({ id }) => id)));
});

describe('languageInForce', () => {
  const cases: readonly (readonly [asked: string | undefined, own: string | undefined, locale: string])[] = [
    [undefined, undefined, 'en-US'],
    [undefined, 'fr-FR', 'fr-FR'],
    [undefined, 'de', 'de-DE'],
    [undefined, 'en-GB', 'en-GB'],
    [undefined, 'tlh', 'en-US'],
    ['de-DE', 'fr-FR', 'de-DE'],
    ['en-US', 'en-GB', 'en-GB'],
    ['en-US', 'fr-FR', 'en-US'],
    ['de-AT', 'de', 'de-AT'],
    ['de-AT', undefined, 'de-AT'],
  ];
  for (const [asked, own, locale] of cases) {
    it(`is ${locale} where ${asked ?? 'none'} is asked for and ${own ?? 'none'} is the style’s own`, () => assert.equal(languageInForce(asked, own), locale));
  }
});
