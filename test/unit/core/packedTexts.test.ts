import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isPacked, PackedTexts, TextPacker, type PackedParts } from '../../../src/core/packedTexts.ts';
import { finished } from '../../../src/core/steps.ts';
import { anyText, manyTexts, withLoneSurrogates } from '../../support/anyTexts.ts';

function packed(texts: readonly string[]): PackedParts {
  const packer = new TextPacker();
  texts.forEach(text => packer.add(text));
  return finished(packer.finish());
}

const unpacked = (parts: PackedParts): PackedTexts => new PackedTexts(parts);
const allOf = (texts: PackedTexts): string[] => Array.from({ length: texts.length }, (_, index) => texts.at(index));
const unitsOf = (text: string): number[] => Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));

describe('Packed texts', () => {
  it('are the same again, whatever they are', () =>
    fc.assert(fc.property(fc.array(anyText), texts => assert.deepEqual(allOf(unpacked(packed(texts))), texts))));
  it('are the same again where there are several blocks, and whichever is asked for first', () =>
    fc.assert(
      fc.property(manyTexts, fc.nat(), (texts, number) => {
        const again = unpacked(packed(texts));
        const first = number % (texts.length + 1);
        assert.equal(again.length, texts.length);
        assert.equal(first < texts.length ? again.at(first) : undefined, texts[first]);
        assert.deepEqual(allOf(again), texts);
      }),
      { numRuns: 20 },
    ));
  for (const count of [1023, 1024, 1025, 2047, 2048, 2049]) {
    it(`are the same again where ${count} are on the border of a block`, () => {
      const texts = Array.from({ length: count }, (_, number) => ['', '\ufeff', '😀', `é${number}`][number % 4]!);
      assert.deepEqual(allOf(unpacked(packed(texts))), texts);
    });
  }
  it('keep their lengths where halves of letters stand alone, of which nothing else is harmed', () =>
    fc.assert(
      fc.property(fc.array(withLoneSurrogates), texts => {
        const again = allOf(unpacked(packed(texts)));
        assert.deepEqual(again.map(({ length }) => length), texts.map(({ length }) => length));
        const units = unitsOf(texts.join(''));
        unitsOf(again.join('')).forEach((unit, at) => {
          const isHalf = units[at]! >= 0xd800 && units[at]! < 0xe000;
          assert.ok(unit === units[at] || (isHalf && unit === 0xfffd), `${unit} for ${units[at]}`);
        });
        const isWhole = (text: string): boolean => !/\p{Surrogate}/u.test(text);
        assert.deepEqual(again.filter((_, index) => isWhole(texts[index]!)), texts.filter(isWhole));
      }),
    ));
  it('are the same in a copy', () =>
    fc.assert(
      fc.property(manyTexts, texts => assert.deepEqual(allOf(unpacked(structuredClone(packed(texts)))), texts)),
      { numRuns: 10 },
    ));
});

describe('isPacked', () => {
  it('takes what was packed, for so many texts and no others', () =>
    fc.assert(
      fc.property(manyTexts, fc.integer({ min: -2000, max: 2000 }), (texts, more) => {
        assert.equal(isPacked(packed(texts), texts.length), true);
        assert.equal(isPacked(packed(texts), texts.length + more), more === 0);
      }),
      { numRuns: 20 },
    ));
  const parts = packed(Array.from({ length: 2500 }, (_, number) => `Title ${number} é`));
  const [first, second, third, last] = parts.starts as unknown as [number, number, number, number];
  const wrong: Readonly<Record<string, Partial<PackedParts>>> = {
    'a block too few': { starts: Uint32Array.of(first, second, last) },
    'a block too many': { starts: Uint32Array.of(first, second, third, third, last) },
    'no blocks': { starts: new Uint32Array(0) },
    'blocks that go back': { starts: Uint32Array.of(first, third, second, last) },
    'a block that goes beyond the bytes': { starts: Uint32Array.of(first, second, last + 1, last) },
    'an end beyond the bytes': { starts: Uint32Array.of(first, second, third, last + 1) },
    'bytes behind the end': { bytes: new Uint8Array(last + 1) },
    'bytes that are cut off': { bytes: parts.bytes.subarray(0, -1) },
    'a text too few': { ends: parts.ends.subarray(1) },
  };
  for (const [what, change] of Object.entries(wrong)) {
    it(`refuses ${what}`, () => assert.equal(isPacked({ ...parts, ...change }, 2500), false));
  }
  it('refuses blocks where there is no text', () => {
    const none = packed([]);
    assert.equal(isPacked(none, 0), true);
    assert.equal(isPacked({ ...none, starts: Uint32Array.of(0, 0) }, 0), false);
    assert.equal(isPacked({ ...none, bytes: Uint8Array.of(97) }, 0), false);
  });
});
