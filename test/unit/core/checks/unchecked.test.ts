import assert from 'node:assert/strict';
import { longestBlock, mostInBlock } from '../../../../src/core/checks/unchecked.ts';
import { problemsOf } from './support.ts';

const of = (text: string): readonly string[] => problemsOf(text).map(({ code, start, end, message }) => `${code} ${start}–${end}: ${message}`);

describe('a block that is not checked', () => {
  it('is told where it is too long, and what stands beside it is checked', () => {
    const text = `Before.\n\n${'word '.repeat(longestBlock / 5 + 1)}\n\n[@nobody1900]`;
    const [first, second, ...others] = of(text);
    assert.equal(first, 'unchecked-block 9–49: This paragraph is longer than 500,000 characters and is not checked. Divide it, with a blank line between the parts.');
    assert.match(second ?? '', /^unknown-key /);
    assert.deepEqual(others, []);
  });
  it('is told where it has too many citations and brackets', () =>
    assert.deepEqual(of('[a] '.repeat(mostInBlock + 1)), [
      'unchecked-block 0–40: This paragraph has more than 20,000 citations and brackets and is not checked. Divide it, with a blank line between the parts.',
    ]));
  it('is none that is just short enough', () => {
    assert.deepEqual(of('[a] '.repeat(mostInBlock)), []);
    assert.deepEqual(of('a'.repeat(longestBlock)), []);
  });
  it('is none that is no prose', () => assert.deepEqual(of(`\`\`\`\n${'a\n'.repeat(longestBlock / 2)}\`\`\`\n`), []));
});
