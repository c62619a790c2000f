import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fold, tokens, words, wordsAndCompounds } from '../../../../src/core/search/fold.ts';

const anyText = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));

describe('fold', () => {
  const folded: readonly (readonly [string, string])[] = [
    ['López-Roca', 'lopez-roca'],
    ['Bönke', 'bonke'],
    ['Groß', 'gross'],
    ['Cubała', 'cubala'],
    ['Søren', 'soren'],
    ['Ærø', 'aero'],
    ['ΔΌΣΙΣ', 'δοσισ'],
    ['İstanbul', 'istanbul'],
  ];
  for (const [text, expected] of folded) {
    it(`makes ${expected} of ${text}`, () => assert.equal(fold(text), expected));
  }

  it('changes nothing when done twice', () => {
    fc.assert(fc.property(anyText, text => assert.equal(fold(fold(text)), fold(text))));
  });
});

describe('words', () => {
  const found: readonly (readonly [string, readonly string[]])[] = [
    ['López-Roca', ['lopez', 'roca']],
    ['ketamine-assisted', ['ketamine', 'assisted']],
    ['feder2021', ['feder', '2021']],
    ['0.5 mg/kg', ['0', '5', 'mg', 'kg']],
    ['TNF-α', ['tnf', 'alpha']],
    ['µ-opioid', ['mu', 'opioid']],
    ['  …  ', []],
  ];
  for (const [text, expected] of found) {
    it(`finds ${expected.join(', ') || 'nothing'} in ${text}`, () => assert.deepEqual(words(text), expected));
  }

  it('are folded letters and digits only, and as many as there are tokens', () => {
    fc.assert(fc.property(anyText, text => {
      assert.deepEqual(words(text), tokens(text).map(token => token.text));
      assert.ok(words(text).every(word => /^[\p{L}\p{N}]+$/u.test(word)));
    }));
  });

  it('know their places in the text', () => {
    const text = 'González-Pardo, Groß';
    assert.deepEqual(tokens(text).map(({ start, end }) => text.slice(start, end)), ['González', 'Pardo', 'Groß']);
  });

  it('are joined by a hyphen into one more', () => {
    assert.deepEqual(wordsAndCompounds('Post-traumatic stress'), ['post', 'traumatic', 'stress', 'posttraumatic']);
  });
});
