import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readInSteps, readManuscript, reread, type Block, type Citation, type Reading, type Span } from '../../../src/core/reading.ts';

// Whatever opens or closes something in Markdown, in any order, and characters that are no text.
const pieces = [
  ...['@a', '@b1', '-@c', '[@a]', '[see @a, p. 3; -@b]', '@a [p. 3]', '[', ']', '(', ')', '{', '}', '*', '**', '_', '`', '``', '$', '$$', '<', '>', '<!--', '-->', '<b>', '^[', '^', '~', '~~', '"', "'", '\\'],
  ...['\n', '\n\n', '\r\n', '\r', '\t', '    ', '> ', '- ', '1. ', '(@good) ', '@good', '# ', '===\n', '---\n', '...\n', '```\n', '<div>\n', '</div>\n', '| a | b |\n|---|---|\n', '+---+\n| x |\n+---+\n', '--- ---\n'],
  ...['[^1]', '[^1]: ', '[foo]: http://x\n', '[foo]', '\\begin{x}\n', '\\end{x}\n', '\\cite{@a}', ':::\n', '::: {#refs}\n', ': ', 'Table: ', '%', 'word', 'a: b\n', ';', ',', 'p. 3', '-', '.', '!', '![', '](x)', '][', '{.c}', '&amp;'],
  ...['x \\begin{x}\n\n', '\\begin{y z}', '\\end{y z}', '%\\end{x}\n', 'm^2^[@a]', '      a    b\n------- ----\n   @a   @b\n', '    @a\n---\n', '```js {1,3}\n', '```js {.x}\n', '> ---\n> note: "@a"\n> ---\n', '- ---\n  x: |\n    [@a;\n    @b]\n  ---\n', '[[x]]: '],
  ...['\u0000', '\ud800', '\udc00', 'אב', 'é', 'e\u0301', '😀', '\u200f', '\ufeff'],
];
const piece = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: fc.string({ unit: 'binary' }) });
const anyText = fc.array(piece, { maxLength: 40 }).map(each => each.join(''));
const manyBlocks = fc.array(anyText, { maxLength: 5 }).map(each => each.join('\n\n'));
const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), removed: fc.nat(6), added: fc.oneof(piece, fc.constant('')) });

function spansOf({ citations, opaque, brackets }: Block): Span[] {
  const ofCitation = (citation: Citation): Span[] => [
    citation,
    ...(citation.brackets ? [citation.brackets] : []),
    ...citation.cites.flatMap(cite => [cite, cite.keySpan, cite.mark, cite.prefix, cite.suffix, ...(cite.locator ? [cite.locator, cite.locator.value, cite.locator.labelSpan] : [])]),
  ];
  return [...citations.flatMap(ofCitation), ...opaque, ...brackets];
}

function assertInside(inner: Span, outer: Span): void {
  assert.ok(outer.start <= inner.start && inner.start <= inner.end && inner.end <= outer.end, `${JSON.stringify(inner)} in ${JSON.stringify(outer)}`);
}

function assertWhole(reading: Reading): void {
  let text = '';
  reading.blocks.forEach((block, i) => {
    assert.equal(reading.starts[i], text.length);
    spansOf(block).forEach(span => assertInside(span, { start: 0, end: block.length }));
    text += reading.text.slice(text.length, text.length + block.length);
  });
  assert.equal(text, reading.text);
  for (const citation of reading.citations) {
    for (const cite of citation.cites) {
      assertInside(cite, citation);
      [cite.mark, cite.prefix, cite.suffix].filter(span => span.start < span.end).forEach(span => assertInside(span, citation));
      assertInside(cite.keySpan, cite.mark);
      if (cite.locator) {
        assertInside(cite.locator, cite.suffix);
      }
    }
  }
}

function finish(steps: Generator<undefined, Reading>): Reading {
  for (;;) {
    const { done, value } = steps.next();
    if (done) {
      return value;
    }
  }
}

const plain = ({ blocks, starts, metadata }: Reading): unknown => ({ blocks, starts, metadata });

/** The citation put together again of what it was taken apart into. */
function reprinted({ text }: Reading, { start, end, cites }: Citation): string {
  const part = ({ start: from, end: to }: Span): string => text.slice(from, to);
  let out = '';
  let at = start;
  for (const { prefix, mark, keySpan, key } of cites) {
    const before = prefix.start < prefix.end ? text.slice(at, prefix.start) + part(prefix) + text.slice(prefix.end, mark.start) : text.slice(at, mark.start);
    out += before + text.slice(mark.start, keySpan.start) + key + text.slice(keySpan.end, mark.end);
    at = mark.end;
  }
  return out + text.slice(at, end);
}

describe('reading any text', function () {
  this.timeout(120_000);
  it('never throws, covers the text with blocks and keeps all spans inside them', () => {
    fc.assert(
      fc.property(anyText, text => assertWhole(readManuscript(text))),
      { numRuns: 1500 },
    );
  });
  it('prints every untouched citation as it was', () => {
    // In a quote the key may be broken by its marks; elsewhere it is the text between them.
    const isWhole = ({ text }: Reading, citation: Citation): boolean => !text.slice(citation.start, citation.end).includes('\n');
    fc.assert(
      fc.property(anyText, text => {
        const reading = readManuscript(text);
        reading.citations
          .filter(each => isWhole(reading, each))
          .forEach(each => assert.equal(reprinted(reading, each), text.slice(each.start, each.end)));
      }),
      { numRuns: 500 },
    );
  });
  it('reads in steps what it reads at once', () => {
    fc.assert(
      fc.property(manyBlocks, text => assert.deepEqual(plain(finish(readInSteps(text))), plain(readManuscript(text)))),
      { numRuns: 100 },
    );
  });
  it('reads an edited text again as if for the first time', () => {
    fc.assert(
      fc.property(manyBlocks, fc.array(edit, { maxLength: 6 }), (text, edits) => {
        let reading = readManuscript(text);
        for (const { at, removed, added } of edits) {
          const start = Math.floor(at * reading.text.length);
          const oldEnd = Math.min(reading.text.length, start + removed);
          const next = reading.text.slice(0, start) + added + reading.text.slice(oldEnd);
          reading = finish(reread(reading, next, [{ start, oldEnd, newEnd: start + added.length }]));
          assert.deepEqual(plain(reading), plain(readManuscript(next)));
        }
      }),
      { numRuns: 1000 },
    );
  });
  it('keeps the blocks that an edit did not touch', () => {
    const text = Array.from({ length: 100 }, (_, i) => `Text ${i} [@author${i}].\n\n`).join('');
    const before = readManuscript(text);
    const at = text.indexOf('Text 50');
    const after = finish(reread(before, `${text.slice(0, at)}New ${text.slice(at)}`, [{ start: at, oldEnd: at, newEnd: at + 4 }]));
    const kept = after.blocks.filter(block => before.blocks.includes(block)).length;
    assert.equal(kept, before.blocks.length - 1);
  });
  it('reads anew what an edit beside it has taken the meaning from', () => {
    const text = '(@good) | a | b |\n|---|---|\n(@good) ';
    const start = text.lastIndexOf('(');
    const next = `${text.slice(0, start)}@a${text.slice(start)}`;
    const reading = finish(reread(readManuscript(text), next, [{ start, oldEnd: start, newEnd: start + 2 }]));
    assert.deepEqual(plain(reading), plain(readManuscript(next)));
  });
  it('reads anew what a label defined elsewhere means', () => {
    const text = '@good and @a [x]\n\ntext\n\n(@good) an example\n\n[x]: https://example.org\n';
    const keys = (reading: Reading): string[] => reading.citations.map(each => `${each.cites[0]!.key}${each.brackets ? '[]' : ''}`);
    let reading = readManuscript(text);
    assert.deepEqual(keys(reading), ['a']);
    for (const [from, to] of [['(@good)', '(@bad)'], ['[x]:', '[y]:']] as const) {
      const start = reading.text.indexOf(from);
      const next = reading.text.replace(from, to);
      reading = finish(reread(reading, next, [{ start, oldEnd: start + from.length, newEnd: start + to.length }]));
    }
    assert.deepEqual(keys(reading), ['good', 'a[]']);
  });
});
