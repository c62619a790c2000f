import assert from 'node:assert/strict';
import { readManuscript } from '../../../../src/core/reading.ts';
import { rewriteEach } from '../../../../src/core/rewrite/each.ts';
import { merge } from '../../../../src/core/rewrite/merge.ts';
import { edited } from '../../../../src/core/rewrite/rewriting.ts';
import { toggle, toggleAuthor } from '../../../../src/core/rewrite/toggle.ts';

function each(text: string, rewrite: typeof toggle, scope: [number, number] = [0, text.length]): { text: string; done: number; kept: number } {
  const result = rewriteEach(readManuscript(text), [{ start: scope[0], end: scope[1] }], rewrite);
  return { text: edited(text, result.edits), done: result.done, kept: result.kept.length };
}

describe('rewriteEach', () => {
  it('rewrites all that touch the scope, and tells what it leaves', () => {
    assert.deepEqual(each('[@a] and [see @b] and @c [p. 3].', toggle), { text: '@a and [see @b] and [@c, p. 3].', done: 2, kept: 1 });
    assert.deepEqual(each('[@a] and [@b] and [@c]', toggle, [9, 10]), { text: '[@a] and @b and [@c]', done: 1, kept: 0 });
    assert.deepEqual(each('no citation', toggle), { text: 'no citation', done: 0, kept: 0 });
  });
  it('decides each in the text as the later ones have left it', () =>
    assert.deepEqual(each('[@a] [@b]', toggle), { text: '@a @b', done: 2, kept: 0 }));
  it('merges every run', () =>
    assert.equal(each('[@a] [@b] [@c] and [@d]; [@e]', merge).text, '[@a; @b; @c] and [@d; @e]'));
  it('takes several scopes, in whatever order, and each citation once', () => {
    const text = '[@a] and [@b; @c] and [@d]';
    const at = (...offsets: number[]) => offsets.map(offset => ({ start: offset, end: offset }));
    const toggled = rewriteEach(readManuscript(text), at(23, 11, 16), toggle);
    assert.equal(edited(text, toggled.edits), '[@a] and @b [@c] and @d');
    assert.equal(toggled.done, 2);
  });
  it('takes each cite that is meant, by the cite', () => {
    const text = '[@a] and [@b; see @c; @d] and @e [p. 3; @f]';
    const scopes = [11, 20, 31, 41].map(offset => ({ start: offset, end: offset }));
    const changed = rewriteEach(readManuscript(text), scopes, toggleAuthor, 'cite');
    assert.equal(edited(text, changed.edits), '[@a] and [-@b; see -@c; @d] and [-@e, p. 3; -@f]');
    assert.equal(changed.done, 4);
  });
  it('rewrites hundreds', () => {
    const text = Array.from({ length: 300 }, (_, index) => `${index} [@a${index}, p. 3]`).join('\n\n');
    const there = each(text, toggle);
    assert.equal(there.done, 300);
    assert.equal(each(there.text, toggle).text, text);
  }).timeout(20_000);
});
