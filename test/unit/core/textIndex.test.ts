import assert from 'node:assert/strict';
import fc from 'fast-check';
import { finished } from '../../../src/core/steps.ts';
import { TextIndex } from '../../../src/core/textIndex.ts';
import { anyText, manyTexts, withLoneSurrogates } from '../../support/anyTexts.ts';

const indexOf = (texts: readonly string[]): TextIndex => finished(TextIndex.of(texts.length, index => texts[index]!));
const copyOf = (index: TextIndex, texts: readonly string[]): TextIndex =>
  new TextIndex(structuredClone(index.parts), number => texts[number]!);

/** That it answers as a map of the texts would, for these and for others. */
function agrees(index: TextIndex, texts: readonly string[], others: readonly string[] = []): void {
  const numbers = new Map(texts.map((text, number) => [text, number]));
  const asked = [...numbers.keys(), ...others];
  assert.deepEqual(asked.map(text => index.find(text)), asked.map(text => numbers.get(text) ?? -1));
  assert.equal(index.parts.distinct, numbers.size);
}

describe('An index of texts', () => {
  it('finds each, of equal ones the last, and nothing else', () =>
    fc.assert(
      fc.property(fc.array(fc.oneof(withLoneSurrogates, fc.constantFrom('a', 'b', 'c'))), fc.array(anyText), (texts, others) =>
        agrees(indexOf(texts), texts, others)),
    ));
  it('finds each of thousands, as does one of its copy', () =>
    fc.assert(
      fc.property(manyTexts, fc.array(anyText), (texts, others) => {
        const index = indexOf(texts);
        agrees(index, texts, others);
        agrees(copyOf(index, texts), texts, others);
      }),
      { numRuns: 20 },
    ));
  it('has room for all where they differ, so many they be', () => {
    const texts = Array.from({ length: 40 }, (_, number) => `author${number}`);
    texts.forEach((_, count) => agrees(indexOf(texts.slice(0, count)), texts.slice(0, count), texts.slice(count)));
  });
  it('is empty where there are none', () => agrees(indexOf([]), [], ['', 'a', '__proto__']));
  it('is made in steps', () => {
    const steps = (count: number): number => [...TextIndex.of(count, String)].length;
    assert.deepEqual([0, 999, 1000, 3500].map(steps), [0, 0, 1, 3]);
  });
});
