import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changed, movedBy, undoing, type TextChange } from '../../../src/core/lateChoice.ts';

const changeOf = (text: string): fc.Arbitrary<TextChange> =>
  fc.tuple(fc.nat(text.length), fc.nat(4), fc.string({ maxLength: 4 })).map(([start, length, put]) => ({ start, length: Math.min(length, text.length - start), text: put }));

/** Several changes, each of the text that the one before left. */
const story = fc.string({ maxLength: 20 }).chain(text => fc.tuple(fc.constant(text), fc.array(fc.nat(), { minLength: 1, maxLength: 5 }))).chain(([text, seeds]) =>
  fc.tuple(...seeds.map(() => fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(4), fc.string({ maxLength: 4 })))).map(rolls => {
    const changes: TextChange[] = [];
    for (const [where, length, put] of rolls) {
      const now = changed(text, changes);
      const start = Math.floor(where * now.length);
      changes.push({ start, length: Math.min(length, now.length - start), text: put });
    }
    return { text, changes };
  }));

describe('A choice from a list that is older than what was typed', () => {
  it('is found again behind and before what was typed since', () => {
    assert.deepEqual(movedBy({ start: 3, end: 6 }, [{ start: 6, length: 0, text: ' and' }]), { start: 3, end: 6 });
    assert.deepEqual(movedBy({ start: 3, end: 6 }, [{ start: 3, length: 0, text: 'ab' }, { start: 0, length: 1, text: '' }]), { start: 4, end: 7 });
  });
  it('is not found once something in it was changed', () => {
    assert.equal(movedBy({ start: 3, end: 6 }, [{ start: 4, length: 0, text: 'x' }]), undefined);
    assert.equal(movedBy({ start: 3, end: 6 }, [{ start: 5, length: 2, text: '' }]), undefined);
    assert.equal(movedBy({ start: 3, end: 6 }, [{ start: 0, length: 9, text: '' }]), undefined);
  });
  it('is the same text wherever it is found', () => {
    fc.assert(fc.property(story, fc.nat(20), fc.nat(5), ({ text, changes }, from, length) => {
      const span = { start: Math.min(from, text.length), end: Math.min(from + length, text.length) };
      const moved = movedBy(span, changes);
      if (moved) {
        assert.equal(changed(text, changes).slice(moved.start, moved.end), text.slice(span.start, span.end));
      }
    }));
  });
  it('is put back to the letter', () => {
    fc.assert(fc.property(fc.string({ maxLength: 20 }).chain(text => fc.tuple(fc.constant(text), changeOf(text), changeOf(text))), ([text, one, other]) => {
      const changes = [one, { ...other, start: Math.min(other.start, changed(text, [one]).length), length: 0 }];
      const back = undoing(text, changes);
      if (back) {
        const edits = [...back].sort((a, b) => b.start - a.start || b.end - a.end);
        assert.equal(edits.reduce((now, { start, end, text: put }) => now.slice(0, start) + put + now.slice(end), changed(text, changes)), text);
      }
    }));
  });
});
