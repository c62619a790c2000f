import assert from 'node:assert/strict';
import { placeAt, type Silence } from '../../../src/core/caret.ts';
import { citationQueryAt } from '../../../src/core/citations.ts';
import { readManuscript, type Reading } from '../../../src/core/reading.ts';
import { atCursor } from '../../support/cursor.ts';
import { hostileTexts } from '../../support/hostileTexts.ts';
import { snippets } from './oracle/snippets.ts';

/** Of each offset what the reading says that it is in; nothing for prose. At both ends of a stretch one is outside of it. */
function silences({ text, blocks, starts }: Reading): (string | undefined)[] {
  const all: (string | undefined)[] = new Array(text.length + 1).fill(undefined);
  blocks.forEach(({ kind, length, opaque }, index) => {
    const start = starts[index]!;
    if (kind === 'paragraph' || kind === 'heading' || kind === 'table') {
      opaque.forEach(span => all.fill(span.kind, start + span.start + 1, start + span.end));
    } else if (kind !== 'blank') {
      // The text ends with the block: what is typed there goes on with it.
      all.fill(kind, start + 1, start + length + (start + length === text.length && !text.endsWith('\n') ? 1 : 0));
    }
  });
  return all;
}

/** What makes a place silent that the reading takes for prose: it was begun before the caret and is not closed. */
const begun: Readonly<Partial<Record<Silence, RegExp>>> = {
  code: /`|~~~/,
  math: /\$\$/,
  comment: /<!--/,
  'front matter': /^---/,
  address: /(?:https?|ftp|file|mailto|doi):|www\./i,
  attributes: /:::/,
};

function wrongPlaces(text: string): string[] {
  const reading = readManuscript(text);
  const expected = silences(reading);
  return expected.flatMap((says, offset) => {
    const { silent } = placeAt(reading, offset);
    const isRight = says === undefined ? silent === undefined || begun[silent]?.test(text.slice(0, offset)) : silent === says;
    return isRight ? [] : [`${silent}, not ${says}: ${JSON.stringify(text.slice(0, offset))}|${JSON.stringify(text.slice(offset))}`];
  });
}

describe('placeAt', function () {
  this.timeout(60_000);
  it('is silent exactly where the reading says so, in every text of the oracle', () =>
    assert.deepEqual(Object.values(snippets).flat().flatMap(wrongPlaces), []));
  for (const { name, make } of hostileTexts) {
    it(`is silent exactly where the reading says so, in ${name}`, () => assert.deepEqual(wrongPlaces(make(600)).slice(0, 3), []));
  }

  const nothingOffered: readonly (readonly [string, string])[] = [
    ['metadata behind a paragraph', 'Text.\n\n---\nabstract: see @fed|\n---\n'],
    ['a TeX environment', '\\begin{verbatim}\n@fed|\n\\end{verbatim}'],
    ['code in a list', '- a\n\n        @fed|'],
    ['the attributes of a heading', '# H {#id key="@fed|"}'],
    ['the attributes of an underlined heading', 'H {#id key="@fed|"}\n==='],
    ['the attributes of a division', '::: {key="@fed|"}\nx\n:::'],
    ['the argument of a TeX command', 'a \\cite{@fed|} b'],
    ['the definition of a link', '[x]: http://example.org "@fed|"'],
    ['a backtick that is not closed', 'a `@fed|\nb'],
    ['math that is not closed', 'a $$x\n@fed|'],
    ['a comment that is not closed', 'a <!-- x\n@fed|'],
    ['a fence that is not closed', '```r\nx\n\n@fed|'],
    ['metadata that is not closed', '---\ntitle: x\nabstract: @fed|'],
    ['the line of a fence', '``` @fed|\nx\n```'],
    ['a bare address', 'see https://example.org/?a=@fed|'],
  ];
  for (const [name, marked] of nothingOffered) {
    it(`offers nothing in ${name}`, () => {
      const { text, caret } = atCursor(marked);
      assert.equal(citationQueryAt(readManuscript(text), caret, () => false), undefined);
    });
  }
  const offered: readonly (readonly [string, string])[] = [
    ['behind code', '`a` @fed|'],
    ['in the line behind a block of code', '```\na\n```\n@fed|'],
    ['behind a rule', '---\n\n@fed|'],
    ['behind money', 'for $5 and @fed|'],
    ['in the second line of an item', '- a\n  @fed|'],
    ['in a cell', '¦ a ¦ b ¦\n¦---¦---¦\n¦ @fed| ¦ c ¦\n'],
    ['in a caption', 'Table: x @fed|\n\n¦ a ¦ b ¦\n¦---¦---¦\n¦ c ¦ d ¦\n'],
    ['in a footnote', '[^1]: x\n\n    y @fed|'],
    ['behind an escaped backtick', 'a \\` @fed|'],
    ['in a callout', '> [!NOTE]\n> @fed|'],
  ];
  for (const [name, marked] of offered) {
    it(`offers studies ${name}`, () => {
      const { text, caret } = atCursor(marked);
      assert.equal(citationQueryAt(readManuscript(text), caret, () => false)?.text, 'fed');
    });
  }
});
