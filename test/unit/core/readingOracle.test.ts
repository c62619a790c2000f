import assert from 'node:assert/strict';
import fc from 'fast-check';
import { disagreements } from './oracle/compare.ts';
import { snippets } from './oracle/snippets.ts';

/** Where we read something else than pandoc, and why. */
const differing: ReadonlyMap<string, string> = new Map([
  ['@good [p. 3]\n\n(@good) x', 'a label of an example is never a citekey to us; pandoc takes it for one where brackets follow and the list comes later'],
  ['[@a;\n\n@b]', 'pandoc 2.17 loses the text behind a blank line in brackets'],
  ['``` {r setup, include=FALSE}\n@a\n\n@b\n```', 'a chunk of R Markdown is code: knitr takes it out before pandoc reads the text'],
]);

/**
 * Pieces of a citation, put together at random: what pandoc makes of them is the measure. Brackets come in pairs: of those
 * that are left open pandoc makes things that depend on how far its search went back.
 */
const key = fc.constantFrom('@a', '@b', '-@a', '@c1', '@d:e', '@{f g}', '@{h}');
const word = fc.constantFrom('see', 'and', 'p. 3', 'x', '*y*', '“z”', '"w; v"', '`u`', '$t$', '(s)', '[r]', '\\;', '\\]', '[q](q)', '<b>', '12', ',', '.', '-', "'", '*', '_', ';');
const space = fc.constantFrom(' ', ' ', ' ', '', '\n', ', ');
const part = fc.array(fc.tuple(fc.oneof({ weight: 2, arbitrary: key }, { weight: 3, arbitrary: word }), space), { minLength: 1, maxLength: 5 });
const group = part.map(each => `[${each.flat().join('')}]`);
const sentence = fc
  .array(fc.tuple(fc.oneof(group, key, word), space), { minLength: 1, maxLength: 6 })
  .map(each => `Text ${each.flat().join('')} end.`);

describe('reading as pandoc does', function () {
  this.timeout(60_000);
  const cases = Object.entries(snippets).flatMap(([rule, texts]) => texts.map(text => ({ rule, text })));
  const listed = Array.from(differing.keys());
  let found: (string | undefined)[] = [];
  before(() => {
    found = disagreements([...cases.map(each => each.text), ...listed]);
  });
  it('has at least 300 texts', () => assert.ok(cases.length >= 300));
  cases.forEach(({ rule, text }, i) => {
    it(`${rule}: ${JSON.stringify(text)}`, () => assert.equal(found[i], undefined));
  });
  listed.forEach((text, i) => {
    it(`differs, because ${differing.get(text)}: ${JSON.stringify(text)}`, () => assert.notEqual(found[cases.length + i], undefined));
  });
  it('agrees on citations put together at random', () => {
    const texts = fc.sample(sentence, { numRuns: 300, seed: 17 });
    const wrong = disagreements(texts).flatMap((each, i) => (each === undefined ? [] : [`${JSON.stringify(texts[i])}\n${each}`]));
    assert.deepEqual(wrong, []);
  });
});
