import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { citationSpans } from '../../../../src/core/typeset/citationsOf.ts';
import { readManuscript } from '../../../../src/core/reading.ts';
import { composedEdits, scopesAfter } from '../../../../src/core/rewrite/composed.ts';
import { fromPlain, toPlain, withoutPlain } from '../../../../src/core/rewrite/plain.ts';
import { edited } from '../../../../src/core/rewrite/rewriting.ts';

const words = '(Feder et al., 2021, p. 3)';

function plain(text: string): string {
  const reading = readManuscript(text);
  return edited(text, toPlain(reading, citationSpans(reading).map(span => ({ ...span, words }))).edits);
}

const back = (text: string): string => edited(text, fromPlain(readManuscript(text)).edits);

describe('The plain form', () => {
  for (const [text, expected] of [
    ['As [@feder2021, p. 3].\n', `As <span data-citation="[@feder2021, p. 3]">${words}</span>.\n`],
    ['@feder2021 [p. 3] says\n', `<span data-citation="@feder2021 [p. 3]">${words}</span> says\n`],
    ['> [see @feder2021;\n> "and" @li2010]\n', `> <span data-citation="[see @feder2021;&#10;> &#34;and&#34; @li2010]">${words}</span>\n`.replace('&#10;> ', '&#10;&#62; ')],
    ['| a |\n|---|\n| [@feder2021] |\n', `| a |\n|---|\n| <span data-citation="[@feder2021]">${words}</span> |\n`],
    ['`[@feder2021]` <!-- [@feder2021] -->\n', '`[@feder2021]` <!-- [@feder2021] -->\n'],
  ] as const) {
    it(`of ${JSON.stringify(text)}, and back`, () => {
      assert.equal(plain(text), expected);
      assert.equal(back(expected), text);
    });
  }
  it('restores the citation whatever became of the words', () => {
    assert.equal(back(plain('As [@feder2021, p. 3].\n').replace(words, '(Feder and *others*, <span>2021</span>)')), 'As [@feder2021, p. 3].\n');
  });
  it('keeps a form that has no end, or that keeps no citation', () => {
    const open = 'As <span data-citation="[@feder2021]">(Feder\n';
    const none = 'As <span data-citation="water">(Feder)</span>\n';
    assert.deepEqual([back(open), back(none)], [open, none]);
    assert.deepEqual(
      [open, none].flatMap(text => fromPlain(readManuscript(text)).kept.map(({ unavailable }) => unavailable)),
      ['the end of its plain form, </span>, is missing', 'what its plain form keeps is no citation'],
    );
  });
  it('is left alone in code', () => {
    const code = '    <span data-citation="[@feder2021]">x</span>\n\n`<span data-citation="[@feder2021]">x</span>`\n';
    assert.equal(back(code), code);
    assert.equal(withoutPlain(readManuscript(code)).text, code);
  });
  it('shows readers of Pandoc’s output the words only', () => {
    const text = plain('As [@feder2021, p. 3].\n\n@feder2021 ["x" `y` $z$] says\n');
    const out = execFileSync('pandoc', ['-f', 'markdown', '-t', 'plain', '--wrap=none'], { input: text, encoding: 'utf8' }).replaceAll('\u00a0', ' ');
    assert.equal(out, `As ${words}.\n\n${words} says\n`);
  });
  it('goes there and back letter for letter, in any text', () => {
    const piece = fc.constantFrom('[@feder2021]', '[see @feder2021, pp. 3--4; -@li2010]', '@li2010 [p. 3;\n@feder2021]', '[@a;\n> "b" <i>@c</i>, `|` $x$]', '@{a|b}', '\n', '\n\n', '> ', '- ', '| ', 'Water ', '`', '$', '[', ']', '*', '"', '<', '-->', '<!--', '\r\n', '# ', '[^1]: ', '^[');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), pieces => {
        const text = pieces.join('');
        assert.equal(back(plain(text)), text);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('scopesAfter', () => {
  it('lays scopes where what they touched stands then', () => {
    const edits = [{ start: 2, end: 4, text: 'wxyz' }, { start: 6, end: 6, text: '!' }];
    const after = (start: number, end: number): unknown => scopesAfter([{ start, end }], edits)[0];
    assert.deepEqual([after(0, 1), after(3, 3), after(4, 5), after(7, 8), after(0, 9)], [
      { start: 0, end: 1 }, { start: 2, end: 6 }, { start: 2, end: 7 }, { start: 10, end: 11 }, { start: 0, end: 12 },
    ]);
  });
});

describe('composedEdits', () => {
  it('does in one go what both do one after the other', () => {
    const edits = (length: number): fc.Arbitrary<{ start: number; end: number; text: string }[]> =>
      fc.uniqueArray(fc.integer({ min: 0, max: length }), { maxLength: 8 }).chain(at => {
        const sorted = [...at].sort((a, b) => a - b);
        return fc.array(fc.string({ maxLength: 3 }), { minLength: 4, maxLength: 4 }).map(texts =>
          texts.flatMap((text, index) => (sorted[2 * index + 1] === undefined ? [] : [{ start: sorted[2 * index]!, end: sorted[2 * index + 1]!, text }])),
        );
      });
    const text = 'abcdefghijklmnopqrst';
    fc.assert(
      fc.property(edits(text.length).chain(first => edits(edited(text, first).length).map(second => ({ first, second }))), ({ first, second }) => {
        assert.equal(edited(text, composedEdits(text, first, second)), edited(edited(text, first), second));
      }),
      { numRuns: 3000 },
    );
  });
});
