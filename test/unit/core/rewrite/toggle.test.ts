import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readManuscript } from '../../../../src/core/reading.ts';
import { edited } from '../../../../src/core/rewrite/rewriting.ts';
import { toggle, toggleAuthor } from '../../../../src/core/rewrite/toggle.ts';
import { rewrite } from '../../../support/rewrite.ts';

const toggled = (marked: string): string => rewrite(marked, (reading, { citation }) => toggle(reading, citation));
const withAuthor = (marked: string): string =>
  rewrite(marked, (reading, { citation, cite }) => toggleAuthor(reading, citation, cite));

describe('toggle', () => {
  const pairs: readonly (readonly [group: string, inText: string])[] = [
    ['As [@a|] says', 'As @a says'],
    ['[@a|]', '@a'],
    ['[@a|, p. 3]', '@a [p. 3]'],
    ['[@a|, p. 3; @b]', '@a [p. 3; @b]'],
    ['[@a|; @b]', '@a [@b]'],
    ['[@a|; see @b, p. 4; -@c]', '@a [see @b, p. 4; -@c]'],
    ['[@a|, p. 3, and *passim*]', '@a [p. 3, and *passim*]'],
    ['[@a| p. 3]', '@a [ p. 3]'],
    ['[@a|,p. 3]', '@a[p. 3]'],
    ['[@a|;@b]', '@a[@b]'],
    ['[@a|,\n  p. 3] said', '@a\n  [p. 3] said'],
    ['> [@a|,\n> p. 3] said', '> @a\n> [p. 3] said'],
    ['[@a|,\r\np. 3] said', '@a\r\n[p. 3] said'],
    ['[@{a.}|, p. 3]', '@{a.} [p. 3]'],
    ['[@a|, {pp. iv, vi}]', '@a [{pp. iv, vi}]'],
    ['- item [@a|]\n- item', '- item @a\n- item'],
    ['¦ x ¦ [@a|] ¦', '¦ x ¦ @a ¦'],
    ['# On [@a|]', '# On @a'],
    ['x[^1]\n\n[^1]: On [@a|].', 'x[^1]\n\n[^1]: On @a.'],
    ['*[@a|]*, [@b]', '*@a*, [@b]'],
    ['[@a|, §3 [sic]]', '@a [§3 [sic]]'],
    ['x ([@a|])', 'x (@a)'],
    ['-[@a|, p. 3]', '-@a [p. 3]'],
  ];
  for (const [marked, inText] of pairs) {
    const group = marked.replace('|', '').replaceAll('¦', '|');
    it(`${JSON.stringify(marked)} ↔ ${JSON.stringify(inText)}`, () => {
      assert.equal(toggled(marked), inText.replaceAll('¦', '|'));
      const at = marked.indexOf('|') - 1;
      const back = inText.slice(0, at) + '|' + inText.slice(at);
      assert.equal(toggled(back), group);
    });
  }

  const refusals: readonly (readonly [string, RegExp])[] = [
    ['[see @a|, p. 3]', /^unavailable: “see” stands before the citation/],
    ['[-@a|]', /suppresses an author in brackets only/],
    ['[ @a|]', /begin or end with spaces/],
    ['[@a| ]', /begin or end with spaces/],
    ['@a| []', /are empty/],
    ['x[@a|]', /together with the text beside it/],
    ['([@a|])', /together with the text beside it/],
    ['[@a|]s', /together with the text beside it/],
    ['[@a|] [see below]', /together with the text beside it/],
    ['[@a|] [@b]', /together with the text beside it/],
  ];
  for (const [marked, reason] of refusals) {
    it(`leaves ${JSON.stringify(marked)}`, () => assert.match(toggled(marked), reason));
  }

  it('gives the text back when done twice', () => {
    const word = fc.constantFrom('see', 'p. 3', 'pp. 3-4', 'chap. 2', 'and *passim*', '{iv}', 'e.g.,', '[sic]');
    const space = fc.constantFrom('', ' ', '  ', '\n', '\n> ');
    const cite = fc
      .tuple(fc.constantFrom('', 'see ', ' '), fc.constantFrom('@', '-@'), fc.constantFrom('a', 'b1', '{c/d}'), fc.constantFrom('', ',', ' '), space, fc.option(word))
      .map(([prefix, mark, key, comma, gap, suffix]) => prefix + mark + key + (suffix === null ? '' : comma + gap + suffix));
    const inner = fc.tuple(cite, space, fc.array(cite, { maxLength: 2 })).map(([first, gap, more]) => [first, ...more].join(`;${gap}`));
    const citation = fc.oneof(
      inner.map(text => `[${text}]`),
      fc.tuple(fc.constantFrom('@a', '@{c/d}', '-@a'), space, fc.oneof(inner, word)).map(([key, gap, text]) => `${key}${gap}[${text}]`),
    );
    const around = fc.constantFrom('', ' ', 'x', '.', ' [x]', ' [@z]', '\n', '(', ')', '*', "'s");
    let accepted = 0;
    fc.assert(
      fc.property(around, citation, around, (before, middle, after) => {
        const text = before + middle + after;
        const reading = readManuscript(text);
        for (const each of reading.citations) {
          const result = toggle(reading, each);
          if ('edits' in result) {
            accepted += 1;
            const once = readManuscript(edited(text, result.edits));
            const back = toggle(once, once.citations.find(({ start }) => start === each.start)!);
            assert.ok('edits' in back, `${JSON.stringify(text)} → ${JSON.stringify(once.text)} → ${JSON.stringify(back)}`);
            assert.equal(edited(once.text, back.edits), text);
          }
        }
      }),
      { numRuns: 1_000 },
    );
    assert.ok(accepted > 200, `only ${accepted} were accepted`);
  }).timeout(20_000);
});

describe('toggleAuthor', () => {
  for (const [marked, expected] of [
    ['[@a|]', '[-@a]'],
    ['[see -@a|, p. 3]', '[see @a, p. 3]'],
    ['[@a; -@b|, p. 3]', '[@a; @b, p. 3]'],
    ['[@a; @b|]', '[@a; -@b]'],
    ['As @a| says', 'As [-@a] says'],
    ['As @a| [p. 3; @b] says', 'As [-@a, p. 3; @b] says'],
    ['As @a [p. 3; @b|] says', 'As @a [p. 3; -@b] says'],
    ['[@{a.}|]', '[-@{a.}]'],
  ] as const) {
    it(`${marked} → ${expected}`, () => assert.equal(withAuthor(marked), expected));
  }
});
