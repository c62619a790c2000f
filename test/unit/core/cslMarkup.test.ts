import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatted } from '../../../src/core/cslMarkup.ts';
import { convertByPandoc, readByPandoc, textOf } from '../../support/pandoc.ts';

const encode = (text: string): string => text.replace(/[<>&]/g, char => `&#${char.charCodeAt(0)};`);

describe('formatted', function () {
  this.timeout(20_000);
  const marks: readonly (readonly [string, string, string])[] = [
    ['italics', 'A <i>b</i> c', 'A *b* c'],
    ['bold', '<b>178</b>(2)', '**178**(2)'],
    ['superscripts and subscripts', 'CO<sub>2</sub>, <sup>13 a</sup>C', 'CO~2~, ^13\\ a^C'],
    ['small capitals', '<span style="font-variant:small-caps;">Doe</span>', '[Doe]{.smallcaps}'],
    ['italics within italics, which stand upright', '<i>A <span style="font-style:normal;">b</span> c</i>', '*A* b *c*'],
    ['blanks outside of their marks', 'a<i> b </i>c', 'a *b* c'],
    ['bold italics', '<b><i>a</i></b> b', '***a*** b'],
    ['no empty marks', 'a <i> </i>b', 'a b'],
    ['no layout', '\n  <div class="csl-entry">\n    <div class="csl-right-inline">a</div>\n  </div>\n', 'a'],
  ];
  for (const [what, html, markdown] of marks) {
    it(`writes ${what}`, () => assert.equal(formatted(html).markdown, markdown));
  }
  it('writes HTML without styles of its own', () =>
    assert.equal(formatted('<i>a</i> &#38; <span style="font-variant:small-caps;">b</span>').html, '<em>a</em> &amp; <span class="smallcaps">b</span>'));

  const addresses: readonly (readonly [string, string])[] = [
    ['https://doi.org/10.1000/a_b_c', 'https://doi.org/10.1000/a_b_c'],
    ['https://doi.org/10.1000/a_b.', 'https://doi.org/10.1000/a_b.'],
    ['https://doi.org/10.1000/_a_.', '<https://doi.org/10.1000/_a_>.'],
    ['https://doi.org/10.1016/S0140-6736(06)*1*', '<https://doi.org/10.1016/S0140-6736(06)*1*>'],
    ['https://example.org/~author/a--b', '<https://example.org/~author/a--b>'],
  ];
  for (const [address, markdown] of addresses) {
    it(`leaves ${address} whole, to Pandoc and to CommonMark`, () => {
      assert.equal(formatted(address).markdown, markdown);
      for (const format of ['markdown', 'commonmark']) {
        assert.equal(convertByPandoc(`See ${markdown}`, format, 'plain'), `See ${address}`);
      }
      assert.ok(convertByPandoc(`See ${markdown}`, 'markdown', 'html').replace(/<[^>]*>/g, '').endsWith(address));
    });
  }

  const hostile = ['*a*', '_a_ b_c', '**a**', '[a](b)', '![a](b)', '[^1]', '<b>a</b>', '<!-- a -->', '`a`', '$a$', '~a~', '^a^', '@author2000', '-@author2000',
    'a@b.org', '\\a', '&amp; &#38; &copy;', '# a', '- a', '+ a', '> a', '1. a', '1) a', '(1) a', '(@) a', 'a. b', 'iv. a', 'A) a', '#. a', '| a | b |', ': a', '{.a}', 'a|b', '===', '~~a~~'];
  for (const text of hostile) {
    it(`keeps Pandoc and CommonMark from reading ${text} as markup`, () => {
      const { markdown, plain } = formatted(encode(text));
      assert.equal(plain, text);
      for (const format of ['markdown', 'commonmark', 'gfm']) {
        const [block, ...more] = readByPandoc(markdown, `${format}-smart`);
        assert.deepEqual([block?.t, textOf(block?.c), more.length], ['Para', text, 0], `${format}: ${markdown}`);
      }
    });
  }
  it('keeps any text readable, letter for letter', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab1 *_[]()<>\\`#@~^$&;!.-+|{}:='), minLength: 1, maxLength: 12 });
    const texts = fc.sample(text, { numRuns: 400, seed: 23 }).map(each => `x${each}y`.replace(/ +/g, ' '));
    const markdown = texts.map(each => formatted(encode(each)).markdown).join('\n\n');
    const read = readByPandoc(markdown, 'markdown-smart-emoji');
    assert.equal(read.length, texts.length);
    texts.forEach((each, index) => assert.equal(textOf(read[index]?.c), each));
  });
});
