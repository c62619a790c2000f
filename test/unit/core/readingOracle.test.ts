import assert from 'node:assert/strict';
import fc from 'fast-check';
import { disagreements } from './oracle/compare.ts';
import { snippets } from './oracle/snippets.ts';

/** Where we read something else than pandoc, and why. */
const differing: ReadonlyMap<string, string> = new Map([
  ['@good [p. 3]\n\n(@good) x', 'a label of an example is never a citekey to us; pandoc takes it for one where brackets follow and the list comes later'],
  ['[@a;\n\n@b]', 'pandoc 2.17 loses the text behind a blank line in brackets'],
  ['- Text [@a\n  * b]', 'directly behind a key pandoc does not look whether the next line begins an item of a list'],
  ['[u ]@a [x @b (s) [r]@h]', 'we do not try again whether brackets in front of a key end a prefix, once the brackets around them were none'],
  ['[x @a][y]{k="@d"} @b\n\n[y]: z', 'pandoc 2.17 knows no attributes behind a link by its label; 3.10 does'],
  ['![x @a]{k="@d"} @b', 'pandoc 2.17 knows no attributes behind an image without a target; 3.10 does'],
  ['```js {.x}\n@a\n\n@b\n```', 'pandoc 2.17 knows no attributes behind a language; 3.10 does'],
  ['``` {r setup, include=FALSE}\n@a\n\n@b\n```', 'a chunk of R Markdown is code: knitr takes it out before pandoc reads the text'],
]);

/**
 * Pieces of a citation, put together at random: what pandoc makes of them is the measure. Brackets come in pairs: of those
 * that are left open pandoc makes things that depend on how far its search went back.
 */
const key = fc.constantFrom('@a', '@b', '-@a', '@c1', '@d:e', '@{f g}', '@{h}');
const word = fc.constantFrom('see', 'and', 'p. 3', 'x', '*y*', '“z”', '"w; v"', '`u`', '$t$', '(s)', '[r]', '\\;', '\\]', '[q](q)', '[q @e](q){k="@f"}', '![q](q){k="@f; v"}', '<b>', '&nbsp;', '\\foo{u}', '\\foo[u]{v}{w}', '\\LaTeX{}', '\\textbf{u v}', '\\cite{k}', 'x&amp;y', '12', ',', '.', '-', "'", '*', '_', ';');
const space = fc.constantFrom(' ', ' ', ' ', '', '\n', ', ');
const part = fc.array(fc.tuple(fc.oneof({ weight: 2, arbitrary: key }, { weight: 3, arbitrary: word }), space), { minLength: 1, maxLength: 5 });
const group = part.map(each => `[${each.flat().join('')}]`);
const sentence = fc
  .array(fc.tuple(fc.oneof(group, key, word), space), { minLength: 1, maxLength: 6 })
  .map(each => `Text ${each.flat().join('')} end.`);

// Sentences in whatever may hold them, one below the other. No line begins as an item of a list would, and no blank one.
const passage = sentence.map(text => text.replaceAll(/\s*\n\s*/g, '\n').replaceAll(/\n(?=[-*(])/g, ' '));
const lines = (first: string, further: string, text: string): string => first + text.split('\n').join(`\n${further}`);
const block = fc.oneof(
  passage,
  passage.map(text => `# ${text.replaceAll('\n', ' ')}`),
  passage.map(text => lines('> ', '> ', text)),
  passage.map(text => lines('- ', '  ', text)),
  passage.map(text => `- x\n\n${lines('    ', '    ', text)}`),
  passage.map(text => lines('> - ', '>   ', text)),
  passage.map(text => `Text[^1].\n\n${lines('[^1]: ', '    ', text)}`),
  passage.map(text => `Text.^[${text.replaceAll(/[[\]\n]/g, '')}]`),
  passage.map(text => lines('term\n:   ', '    ', text)),
  passage.map(text => `| a | b |\n|---|---|\n| c | ${text.replaceAll(/[\n|]/g, ' ')} |`),
  passage.map(text => `::: {#refs}\n${text}\n:::`),
);
const document = fc.array(block, { minLength: 2, maxLength: 4 }).map(each => each.map((text, i) => text.replaceAll('[^1]', `[^n${i}]`)).join('\n\n'));

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
  const wrongIn = (texts: readonly string[]): string[] =>
    disagreements(texts).flatMap((each, i) => (each === undefined ? [] : [`${JSON.stringify(texts[i])}\n${each}`]));
  it('agrees on citations put together at random', () => assert.deepEqual(wrongIn(fc.sample(sentence, { numRuns: 300, seed: 17 })), []));
  it('agrees on them in blocks put together at random', () =>
    assert.deepEqual(wrongIn(fc.sample(document, { numRuns: 200, seed: 17 })), []));
});
