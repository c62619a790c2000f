import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readManuscript } from '../../../../src/core/reading.ts';
import { withEndnotes } from '../../../../src/core/render/endnotes.ts';
import { headingIn } from '../../../../src/core/render/heading.ts';
import { announced } from '../../../../src/core/render/region.ts';
import { safeHtml } from '../../../../src/core/render/safeHtml.ts';
import { locales } from '../../../../src/core/styles.ts';

describe('safeHtml', () => {
  for (const [html, expected] of [
    ['<p data-line="0" class="code-line" dir="auto">a <em>b</em></p>', '<p>a <em>b</em></p>'],
    ['<a href="https://doi.org/10.1/x?a=1&amp;b" title="x">d</a>', '<a href="https://doi.org/10.1/x?a=1&amp;b">d</a>'],
    ['<td style="text-align:right">1</td><td style="background:url(x)">2</td>', '<td style="text-align:right">1</td><td>2</td>'],
    ['<script>alert(1)</script>a<style>b</style>', 'a'],
    ['<a href="javascript:alert(1)" onclick="alert(2)">a</a>', '<a>a</a>'],
    ['<a href=" java&#115;cript:alert(1)">a</a>', '<a>a</a>'],
    ['<img src=x onerror=alert(1)><img src="https://example.org/a.png" alt="A &quot;b&quot;">', '<img><img src="https://example.org/a.png" alt="A &quot;b&quot;">'],
    ['<svg><script>alert(1)</script></svg><iframe src="https://example.org"></iframe>b', 'b'],
    ['a < b <!-- c --> <c', 'a &lt; b  &lt;c'],
    ['<script>a', ''],
    ['<constructor>x</constructor>', 'x'],
    ["<a href='https://x/\"onclick=\"alert(1)'>a</a>", '<a href="https://x/&quot;onclick=&quot;alert(1)">a</a>'],
  ] as const) {
    it(html, () => assert.equal(safeHtml(html), expected));
  }
  it('leaves nothing but known tags and attributes of any text', () => {
    const piece = fc.constantFrom('<', '>', '"', "'", '=', ' ', '/', 'a', 'href', 'https://x', 'javascript:', 'onload', 'script', '<script', '</script>', '<p ', '<img ', 'src', '<!--', '-->', '<a href="', '&#x6a;', '\n', '<svg', '`');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), pieces => {
        const out = safeHtml(pieces.join(''));
        for (const [tag] of out.matchAll(/<[^>]*>?/g)) {
          assert.match(tag, /^<\/?(?:p|img|a)(?: (?:href="https:\/\/[^"<>]*"|src="https:\/\/[^"<>]*"|alt="[^"<>]*"))*>$/);
        }
      }),
      { numRuns: 5000 },
    );
  });
});

describe('withEndnotes', () => {
  it('makes a list of the footnotes, numbered as they are referred to', () => {
    const text = '---\ntitle: x\n---\n\nA[^b] b[^a] c[^b] `[^a]` d[^c].\n\n[^a]: One\n  more.\n[^b]: *Two*.\n\nEnd\n';
    assert.equal(
      withEndnotes(readManuscript(text)),
      '\nA<sup>1</sup> b<sup>2</sup> c<sup>1</sup> `[^a]` d[^c].\n\n\nEnd\n\n\n---\n\n1. *Two*.\n2. One more.\n',
    );
  });
  it('changes nothing of a text without them', () => assert.equal(withEndnotes(readManuscript('a\n\n- b\n')), 'a\n\n- b\n'));
});

describe('headingIn', () => {
  it('is read as the heading of a reference list in every language', () => {
    for (const { id } of locales) {
      assert.equal(announced(readManuscript(`# ${headingIn(id)}\n`)).length, 1, id);
    }
  });
});
