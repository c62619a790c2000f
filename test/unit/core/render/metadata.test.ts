import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { readManuscript } from '../../../../src/core/reading.ts';
import { inMetadata } from '../../../../src/core/render/metadata.ts';

describe('words in metadata', () => {
  for (const [yaml, words, expected] of [
    ['a: "x @k y"', 'say "it" \\ so', 'a: "x say \\"it\\" \\\\ so y"'],
    ["a: 'x @k y'", "it's: so", "a: 'x it''s: so y'"],
    ['a: |\n  x @k y', 'it\'s: "so" # x', 'a: |\n  x it\'s: "so" # x y'],
    ['a: x @k y', 'it\'s "so", all', 'a: x it\'s "so", all y'],
    ['a: x @k y', 'one: two', undefined],
    ['a: x @k y', 'one #2', undefined],
    ['a: [x @k y]', 'one (two)', 'a: [x one (two) y]'],
    ['a: [x @k y]', 'one, two', undefined],
  ] as const) {
    it(`are ${expected === undefined ? 'not written' : 'written so that YAML reads them'}: ${JSON.stringify(words)} in ${JSON.stringify(yaml)}`, () => {
      const text = `---\n${yaml}\n---\n`;
      const [citation] = readManuscript(text).citations;
      const written = inMetadata(readManuscript(text), citation!.start, words);
      const after = written === undefined ? undefined : text.slice(4, citation!.start) + written + text.slice(citation!.end, -5);
      assert.equal(after, expected);
      if (after !== undefined) {
        assert.equal(([(parse(after) as { readonly a: unknown }).a].flat()[0] as string).trim(), `x ${words} y`);
      }
    });
  }
  it('are not written in metadata in a block quote or a list, where the citation stays', () => {
    for (const text of ['> ---\n> a: "x @k y"\n> ---\n', '- x\n\n  ---\n  a: "x @k y"\n  ---\n']) {
      assert.equal(inMetadata(readManuscript(text), text.indexOf('@'), 'say "it"'), undefined);
    }
  });
  it('are written as they are in a title block', () => assert.equal(inMetadata(readManuscript('% Title @k\n'), 8, 'say "it"'), 'say "it"'));
});
