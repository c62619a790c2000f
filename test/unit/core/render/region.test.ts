import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { readManuscript } from '../../../../src/core/reading.ts';
import { insertRegion, regionOf, updateRegion } from '../../../../src/core/render/region.ts';
import { edited } from '../../../../src/core/rewrite/rewriting.ts';

const [start, end] = ['<!-- bibliography:start -->', '<!-- bibliography:end -->'];
const list = ['Author 1. *A*.', 'Author 2. B.'];
const region = `${start}\n\nAuthor 1. *A*.\n\nAuthor 2. B.\n\n${end}`;

function updated(text: string, references: readonly string[] = list): string {
  const reading = readManuscript(text);
  const found = regionOf(reading);
  assert.ok(found && 'whole' in found);
  const edit = updateRegion(reading, found, references);
  return edit ? edited(text, [edit]) : text;
}

/** `|` is the caret. */
function inserted(text: string): string {
  const caret = text.indexOf('|');
  const bare = text.replace('|', '');
  const after = edited(bare, [insertRegion(readManuscript(bare), caret, list, 'References')]);
  return after.replace(region, 'REGION').replace(region.replaceAll('\n', '\r\n'), 'REGION');
}

describe('The region of a bibliography', () => {
  it('is replaced between its marks only', () => {
    assert.equal(updated(`a\n\n${start}\nold\n${end}\n\nb\n`), `a\n\n${region}\n\nb\n`);
    assert.equal(updated(`${start}\r\n${end}`), `${start}\r\n\r\nAuthor 1. *A*.\r\n\r\nAuthor 2. B.\r\n\r\n${end}`);
    assert.equal(updated(region, []), `${start}\n${end}`);
  });
  it('is not written again when it is current', () => assert.equal(updated(`x\n\n${region}\n`), `x\n\n${region}\n`));
  it('is left alone in code, quotes and lists', () => {
    for (const text of [`\`\`\`\n${start}\n${end}\n\`\`\`\n`, `> ${start}\n> ${end}\n`, `- a\n\n  ${start}\n  ${end}\n`, `a ${start} ${end}\n`]) {
      assert.equal(regionOf(readManuscript(text)), undefined, text);
    }
  });
  for (const [text, fault, line] of [
    [`a\n\n${start}\n`, 'unclosed', 2],
    [`a\n\n${end}\n`, 'unopened', 2],
    [`${end}\n${start}\n`, 'unopened', 0],
    [`${start}\n\n${start}\n\n${end}\n`, 'doubled', 2],
    [`${start}\n${end}\n\n${start}\n${end}\n`, 'doubled', 3],
  ] as const) {
    it(`tells what is wrong with ${JSON.stringify(text)}`, () => {
      const found = regionOf(readManuscript(text));
      assert.ok(found && 'fault' in found);
      assert.deepEqual([found.fault, text.slice(0, found.offset).split('\n').length - 1], [fault, line]);
    });
  }
  for (const [text, expected] of [
    ['a\n\n|\n\nb\n', 'a\n\nREGION\n\nb\n'],
    ['a\n|\n', 'a\n\nREGION\n'],
    ['|', 'REGION\n'],
    ['a|b\n', 'ab\n\n# References\n\nREGION\n'],
    ['# T\n\n## A\n\na|b', '# T\n\n## A\n\nab\n\n## References\n\nREGION\n'],
    ['a|b\n\n## References\n', 'ab\n\n## References\n\nREGION\n'],
    ['a|b\n\n# **Bibliography** {-}\n\nmine\n\n# Appendix\n', 'ab\n\n# **Bibliography** {-}\n\nREGION\n\nmine\n\n# Appendix\n'],
    ['Literatur\n---\n|x\n', 'Literatur\n---\n\nREGION\n\nx\n'],
    ['# References\n\n    code|\n', '# References\n\nREGION\n\n    code\n'],
    ['> a|b\n', '> ab\n\n# References\n\nREGION\n'],
    ['- a\n|\n- b\n', '- a\n\n- b\n\n# References\n\nREGION\n'],
    ['- a\n|\n  b\n', '- a\n\n  b\n\n# References\n\nREGION\n'],
    ['a\r\n\r\n|\r\n', 'a\r\n\r\nREGION\r\n'],
    ['```\n|\n```\n', '```\n\n```\n\n# References\n\nREGION\n'],
  ] as const) {
    it(`is inserted into ${JSON.stringify(text)}`, () => assert.equal(inserted(text), expected));
  }
  it('is found again wherever it was inserted, and everything else is there still', () => {
    const piece = fc.constantFrom('Water ', '\n', '\n\n', '> ', '- ', '# References\n', '## A\n', '```\n', '    x\n', '\r\n', '1. ', '| a |\n', '[^1]: b\n');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 15 }), fc.nat(60), (pieces, at) => {
        const text = pieces.join('');
        const edit = insertRegion(readManuscript(text), Math.min(at, text.length), list, 'References');
        const after = edited(text, [edit]);
        assert.equal(text.slice(edit.start, edit.end).trim(), '');
        // In a block of code that has no end there is no place for it.
        if ((text.match(/^(?:>\s|-\s|1\.\s|\[\^1\]:\s)*```/gm) ?? []).length === 0) {
          const found = regionOf(readManuscript(after));
          assert.ok(found && 'whole' in found, after);
        }
      }),
      { numRuns: 2000 },
    );
  });
  it('has marks that Pandoc’s readers don’t see', () => {
    const out = execFileSync('pandoc', ['-f', 'markdown', '-t', 'plain'], { input: `a\n\n${region}\n`, encoding: 'utf8' });
    assert.equal(out, 'a\n\nAuthor 1. A.\n\nAuthor 2. B.\n');
  });
});
