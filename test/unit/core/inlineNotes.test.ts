import assert from 'node:assert/strict';
import { isInlineNote } from '../../../src/core/inlineNotes.ts';

const isNote = (text: string): boolean => isInlineNote(text, text.lastIndexOf('['));

describe('brackets after a caret', () => {
  for (const text of ['x^[a]', '^[a]', 'm^2^ and^[a]', 'x^a^^[b]', '\\^x^[a]', '2^^[a]', '10^2^ m^[a]']) {
    it(`are a note: ${text}`, () => assert.equal(isNote(text), true));
  }
  for (const text of ['m^2^[a]', 'x^\\*^[a]', '^a^[b]', 'x^-1^[a]', 'x^1^y^2^[a]', 'x [a]', '[a]']) {
    it(`are none: ${text}`, () => assert.equal(isNote(text), false));
  }
});
