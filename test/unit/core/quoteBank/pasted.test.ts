import assert from 'node:assert/strict';
import fc from 'fast-check';
import { citedBehind, plainOfMarkdown } from '../../../../src/core/quoteBank/behind.ts';
import { joined, readPasted } from '../../../../src/core/quoteBank/pasted.ts';
import { escapeMarkdown } from '../../../../src/core/quotes.ts';
import { readManuscript } from '../../../../src/core/reading.ts';

function simply(raw: string): string {
  const { text, locator } = readPasted(raw);
  return locator === undefined ? text : `${text} | ${locator}`;
}

describe('readPasted', () => {
  for (const [raw, read] of [
    ['Some words', 'Some words'],
    ['Some\nwords  of\r\n  a page', 'Some words of a page'],
    ['Some\u00a0words\n\nof two paragraphs', 'Some words of two paragraphs'],
    ['soft\u00ad\nened treat\u00adment', 'softened treatment'],
    ['the ﬁrst eﬀect', 'the first effect'],
    ['“Some words” (Feder et al., 2021, p. 3)', 'Some words | p. 3'],
    ['“Some words” (Feder et al., 2021, p. 3).', 'Some words | p. 3'],
    ['"Some words" (p. 3)', 'Some words | p. 3'],
    ['Some words (p. 3)', 'Some words | p. 3'],
    ['Some words [pp. 3-4]', 'Some words | pp. 3-4'],
    ['“Some words” [@feder2021, p. 3]', 'Some words | p. 3'],
    ['“Some words” (Feder et al. (2021), p. 3)', 'Some words | p. 3'],
    ['Some words (see below)', 'Some words (see below)'],
    ['Some words (3)', 'Some words (3)'],
    ['Some words (n = 30)', 'Some words (n = 30)'],
    ['Some words (Dore et al., 2019, p. 3)', 'Some words (Dore et al., 2019, p. 3)'],
    ['“Some words”', 'Some words'],
    ['‘Some author’s words’', 'Some author’s words'],
    ['‘Some authors’ words’', '‘Some authors’ words’'],
    ['„Einige Worte“', 'Einige Worte'],
    ['“Some” and “words”', '“Some” and “words”'],
    ['"Some" and "words"', '"Some" and "words"'],
    ['Some “words”', 'Some “words”'],
    ['', ''],
  ] as const) {
    it(`makes “${read}” of ${JSON.stringify(raw)}`, () => assert.equal(simply(raw), read));
  }
  it('keeps a hyphen at a line’s end, tells what it divides, and whether the word stands there undivided', () => {
    const pasted = readPasted('“The treat-\nment, a follow-\nup of treatment” (p. 3)');
    assert.equal(pasted.text, 'The treat-ment, a follow-up of treatment');
    assert.deepEqual(pasted.divisions, [
      { written: 'treat-ment', joined: 'treatment', at: 9, isLikely: true },
      { written: 'follow-up', joined: 'followup', at: 24, isLikely: false },
    ]);
    assert.equal(joined(pasted.text, pasted.divisions.filter(({ isLikely }) => isLikely)), 'The treatment, a follow-up of treatment');
    assert.equal(joined(pasted.text, pasted.divisions), 'The treatment, a followup of treatment');
  });
  it('takes a dash and a number at a line’s end for what they are', () =>
    assert.equal(readPasted('words –\nmore 3-\n4').text, 'words – more 3- 4'));
  it('never changes, adds or loses a letter', () => {
    const letters = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');
    const char = fc.constantFrom(...'ab1 -\n\r“”"()[]\u00ad.,é');
    fc.assert(
      fc.property(fc.string({ unit: char, maxLength: 40 }), raw => {
        const { text, citation, locator } = readPasted(raw);
        assert.equal(letters(text + (citation ?? locator ?? '')), letters(raw));
      }),
    );
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), raw => void readPasted(raw)));
  });
});

describe('citedBehind', () => {
  for (const [marked, found] of [
    ['He says “‹some words›” [@feder2021, p. 3].', 'feder2021, p. 3'],
    ['He says ‹“some words” [@feder2021, p. 3]›.', 'feder2021, p. 3'],
    ['He says “‹some words›.” [see @feder2021, Abstract, Objective; @dore2019]', 'feder2021, Abstract, Objective'],
    ['> ‹Some\n> words›\n> [@feder2021]', 'feder2021, '],
    ['“‹Some words›” [@feder2021, {p. iv}]', 'feder2021, p. iv'],
    ['“‹Some words›” and others [@feder2021]', undefined],
    ['“‹Some words›”. @feder2021 says more.', undefined],
    ['‹Some words›\n\n[@feder2021]', undefined],
    ['[@feder2021] ‹Some words›', undefined],
  ] as const) {
    it(`finds ${found} behind ${JSON.stringify(marked)}`, () => {
      const start = marked.indexOf('‹');
      const text = marked.replace(/[‹›]/g, '');
      const cited = citedBehind(readManuscript(text), { start, end: marked.indexOf('›') - 1 });
      assert.equal(cited && `${cited.key}, ${cited.locator}`, found);
    });
  }
});

describe('plainOfMarkdown', () => {
  it('takes the marks of block quotes away', () => assert.equal(plainOfMarkdown('> Some\n> words\n>> more'), 'Some\nwords\nmore'));
  it('undoes what an inserted quote has escaped', () => {
    const text = 'A *b* [c] $5 <d> 2 ^n^ @e_f | `g` \\ _h_';
    assert.equal(plainOfMarkdown(escapeMarkdown(text)), text);
  });
});
