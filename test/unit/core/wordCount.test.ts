import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { readManuscript, reread, type Reading } from '../../../src/core/reading.ts';
import { finished } from '../../../src/core/steps.ts';
import { wordCount, type WordCount } from '../../../src/core/wordCount.ts';
import { readByPandoc, type PandocNode } from '../../support/pandoc.ts';

const counted = (reading: Reading): WordCount => finished(wordCount(reading));
const words = (text: string): number => counted(readManuscript(text)).prose;

/** The words that Pandoc reads in a text, without what it takes for a citation, code, math or markup. */
function wordsByPandoc(text: string): number {
  const told: string[] = [];
  const tell = (node: unknown): void => {
    if (Array.isArray(node)) {
      node.forEach(tell);
      return;
    }
    const { t, c } = (node ?? {}) as Partial<PandocNode>;
    const parts = c as unknown[];
    switch (t) {
      case 'Str':
        told.push(c as string);
        break;
      case 'Space':
      case 'SoftBreak':
      case 'LineBreak':
        told.push(' ');
        break;
      case 'Cite':
      case 'Code':
      case 'CodeBlock':
      case 'Math':
      case 'RawInline':
      case 'RawBlock':
        break;
      case 'Link':
      case 'Image':
        tell(parts[1]);
        break;
      case 'Header':
        told.push(' ');
        tell(parts[2]);
        told.push(' ');
        break;
      case 'Para':
      case 'Plain':
        told.push(' ');
        tell(c);
        told.push(' ');
        break;
      default:
        tell(c ?? (Array.isArray(node) ? node : []));
    }
  };
  tell(readByPandoc(text, 'markdown'));
  return told.join('').split(/\s+/).filter(word => /[\p{L}\p{N}]/u.test(word)).length;
}

describe('wordCount', function () {
  this.timeout(30_000);
  const table: readonly (readonly [string, number, string])[] = [
    ['', 0, 'nothing'],
    ['One two three.', 3, 'a sentence'],
    ['A well-known drug – ketamine – *works* **fast**.', 6, 'hyphens join, dashes and emphasis do not count'],
    ['# Methods {#sec-methods}\n\nText', 2, 'a heading without its attributes'],
    ['---\ntitle: Not counted here\n---\n\nOne two', 2, 'no metadata'],
    ['One\n\n```\nlet code = 1;\n```\n\ntwo', 2, 'no code block'],
    ['Use `some code` here', 2, 'no code span'],
    ['One <!-- a remark --> two', 2, 'no comment'],
    ['See https://example.org/a/page now', 2, 'no address'],
    ['See [the page](https://example.org/a-page) now', 4, 'the text of a link, not its target'],
    ['As shown [@feder2021].', 2, 'no key'],
    ['As @feder2021 shows [see @dore2019, pp. 3-4, for more].', 5, 'what the writer says in a citation, without key and locator'],
    ['As @feder2021 [p. 3] shows', 2, 'nothing of an in-text citation with its locator'],
    ['1. One\n2. Two\n', 2, 'no numbers of a list'],
    ['> One two\n> three\n', 3, 'a block quote'],
    ['| a | b |\n|---|---|\n| c d | e |\n', 5, 'the cells of a table'],
    ['Text[^1] here.\n\n[^1]: A note of six words, here.\n', 8, 'a note’s words, without its marks'],
    ['::: {.note}\nOne two\n:::\n', 2, 'no marks of a division'],
    ['One&nbsp;two R&amp;D', 3, 'characters written by their names'],
    ['Ein Größenvergleich für Ärzte', 4, 'words of any language'],
  ];
  for (const [text, count, why] of table) {
    it(`counts ${why}`, () => assert.equal(words(text), count));
  }
  it('leaves a reference list out, and tells its words apart', () => {
    const text = 'One two\n\n# References\n\nAuthor 17. A title.\n\n## More\n\nthree\n\n# Appendix\n\nfour five\n';
    assert.deepEqual(counted(readManuscript(text)), { prose: 5, references: 7 });
    assert.deepEqual(counted(readManuscript('One\n\nBibliography\n------------\n\nA title\n\n# Next\n\ntwo')), { prose: 3, references: 3 });
  });
  it('counts as many words as Pandoc sees', () => {
    const file = (name: string): string => readFileSync(path.join(__dirname, '../../fixtures', name), 'utf8');
    for (const text of [file('sample/manuscript.md'), file('workspace/manuscript.md'), ...table.map(([each]) => each).filter(each => !/https:|&|::|\[\^|see @|References/.test(each))]) {
      const { prose, references } = counted(readManuscript(text));
      assert.equal(prose + references, wordsByPandoc(text), text);
    }
  });
  it('counts the same after an edit as it does anew', () => {
    const part = fc.constantFrom('word ', '[@feder2021, p. 3] ', '`code` ', '\n\n', '# ', '- ', '> ', '| a | b |\n', 'two words\n', '```\n', '<!-- ', ' -->', '@a ');
    const parts = fc.array(part, { maxLength: 25 }).map(each => each.join(''));
    fc.assert(
      fc.property(parts, parts, fc.nat(), fc.nat(), (before, put, at, length) => {
        const start = Math.min(at, before.length);
        const oldEnd = Math.min(start + (length % 10), before.length);
        const text = before.slice(0, start) + put + before.slice(oldEnd);
        const first = readManuscript(before);
        counted(first);
        const steps = reread(first, text, [{ start, oldEnd, newEnd: start + put.length }]);
        let step = steps.next();
        while (!step.done) {
          step = steps.next();
        }
        assert.deepEqual(counted(step.value), counted(readManuscript(text)));
      }),
      { numRuns: 300 },
    );
  });
});
