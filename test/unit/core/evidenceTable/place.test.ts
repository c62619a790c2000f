import assert from 'node:assert/strict';
import fc from 'fast-check';
import { placeTable } from '../../../../src/core/evidenceTable/place.ts';
import { readManuscript } from '../../../../src/core/reading.ts';
import { edited } from '../../../../src/core/rewrite/rewriting.ts';
import { readByPandoc } from '../../../support/pandoc.ts';

const table = '<!-- evidence-table: {"studies":["a"]} -->\n\n| a |\n| - |\n| b |\n\n<!-- evidence-table:end -->';

function placed(marked: string): { readonly text: string; readonly isElsewhere: boolean } {
  const caret = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { edit, isElsewhere } = placeTable(readManuscript(text), caret, table);
  return { text: edited(text, [edit]), isElsewhere };
}

describe('An evidence table goes', () => {
  for (const [marked, expected] of [
    ['|', '%\n'],
    ['A\n\n|', 'A\n\n%\n'],
    ['A\n\n|\n\nB\n', 'A\n\n%\n\n\nB\n'],
    ['A\n|\nB\n', 'A\n\n%\n\nB\n'],
  ] as const) {
    it(`where the caret is: ${JSON.stringify(marked)}`, () => assert.deepEqual(placed(marked), { text: expected.replace('%', table), isElsewhere: false }));
  }
  for (const [marked, expected] of [
    ['A|B', 'AB\n\n%\n'],
    ['One|\ntwo\n\nB\n', 'One\ntwo\n\n%\n\nB\n'],
    ['---\nti|tle: x\n---\n\nA\n', '---\ntitle: x\n---\n\n%\n\nA\n'],
    ['```\na|\n\nb\n```\n\nB\n', '```\na\n\nb\n```\n\n%\n\nB\n'],
    ['> a\n>|\n> b\n\nB\n', '> a\n>\n> b\n\n%\n\nB\n'],
    ['- a|\n\n  more\n\n- b\n\nB\n', '- a\n\n  more\n\n- b\n\n%\n\nB\n'],
    ['[^1]: a|\n\n    more\n\nB\n', '[^1]: a\n\n    more\n\n%\n\nB\n'],
    ['| a |\n| - ||\n| b |\n\nB\n', '| a |\n| - |\n| b |\n\n%\n\nB\n', '| a |\n| - |'],
    ['# H|\n\nB', '# H\n\n%\n\nB'],
  ] as const) {
    it(`behind what the caret is in: ${JSON.stringify(marked)}`, () => {
      // The bar of the caret, not of a table.
      const caret = marked.startsWith('| a') ? marked.indexOf('||') + 1 : marked.indexOf('|');
      const text = marked.slice(0, caret) + marked.slice(caret + 1);
      const { edit, isElsewhere } = placeTable(readManuscript(text), caret, table);
      assert.equal(edited(text, [edit]), expected.replace('%', table));
      assert.equal(isElsewhere, true);
    });
  }
  it('behind another evidence table', () => {
    const text = `${table}\n\nB\n`;
    const { edit } = placeTable(readManuscript(text), text.indexOf('\n\n|') + 1, table);
    assert.equal(edited(text, [edit]), `${table}\n\n${table}\n\nB\n`);
  });
  it('in, in CRLF where the text has it', () => assert.equal(placed('A|\r\n\r\nB').text, `A\n\n${table}\n\nB`.replaceAll('\n', '\r\n')));

  const pieces = ['Text [@feder2021]\ngoes on.', '- a\n- b', '- a\n\n  more\n\n- b', '1. a\n\n2. b', '> quote\n>\n> more', '```\ncode\n\ncode\n```', '    code', '# H', 'See[^1].\n\n[^1]: note\n\n    more', '| a |\n| - |\n| b |', '$$\na\n$$', '---\nx: 1\n---', '\n', '::: {#refs}\n:::', '<!-- x\n\ny -->'];
  it('in without changing how Pandoc reads anything else', function () {
    this.timeout(120_000);
    const blocks = (text: string): readonly string[] => readByPandoc(text, 'markdown').map(each => JSON.stringify(each));
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 5 }), fc.nat(), (parts, at) => {
        const text = `${parts.join('\n\n')}\n`;
        const { edit } = placeTable(readManuscript(text), at % (text.length + 1), '| evidence |\n| - |\n| b |');
        const after = blocks(edited(text, [edit]));
        const ours = after.filter(each => each.includes('"evidence"'));
        assert.equal(ours.length, 1, edited(text, [edit]));
        assert.deepEqual(after.filter(each => !each.includes('"evidence"')), blocks(text), edited(text, [edit]));
      }),
      { numRuns: 60 },
    );
  });
});
