import assert from 'node:assert/strict';
import { faultOfKey, faultOfNewName, faultOfOldName, typedKey, withKey, type RenameRules } from '../../../src/core/renaming.ts';
import { studies } from '../../support/dataset.ts';
import { readByPandoc } from '../../support/pandoc.ts';

const rules: RenameRules = {
  isBundled: key => studies.some(({ id }) => id === key),
  declaredIn: key => (key === 'author17' ? 'refs.bib' : undefined),
};

/** The keys that Pandoc cites in a text. */
function citedByPandoc(text: string): string[] {
  return Array.from(JSON.stringify(readByPandoc(text, 'markdown')).matchAll(/"citationId":("(?:[^"\\]|\\.)*")/g), ([, id]) => JSON.parse(id!) as string);
}

describe('renaming a key', () => {
  for (const [mark, key, expected] of [
    ['@old', 'new', '@new'],
    ['-@old', 'new', '-@new'],
    ['@{old}', 'new', '@{new}'],
    ['-@{old}', 'new', '-@{new}'],
    ['@old', 'DOI:10.1000/a_b', '@DOI:10.1000/a_b'],
    ['@old', 'a..b', '@{a..b}'],
    ['-@old', 'https://e.org/', '-@{https://e.org/}'],
    ['@old', 'größe17', '@größe17'],
    ['@old', 'a,b', '@{a,b}'],
  ] as const) {
    it(`writes ${expected} for ${mark}`, () => assert.equal(withKey(mark, key), expected));
    it(`writes ${expected} as Pandoc reads it`, () => assert.deepEqual(citedByPandoc(`[${withKey(mark, key)}, p. 3]`), [key]));
  }
  for (const [typed, expected] of [['new', 'new'], [' @new ', 'new'], ['@{a,b}', 'a,b'], ['{a}', 'a'], ['a b', 'a b']] as const) {
    it(`takes ${JSON.stringify(typed)} for ${expected}`, () => assert.equal(typedKey(typed), expected));
  }
  for (const [key, expected] of [
    ['', 'A citekey has at least one letter or digit.'],
    ['a b', 'a b can’t be a citekey: write it without spaces and braces.'],
    ['a}b', 'a}b can’t be a citekey: write it without spaces and braces.'],
    ['a.b', undefined],
  ] as const) {
    it(`says of ${JSON.stringify(key)}: ${expected ?? 'nothing'}`, () => assert.equal(faultOfKey(key), expected));
  }
  it('leaves a bundled study its name', () =>
    assert.equal(faultOfOldName('feder2021', rules), 'feder2021 is the citekey of a bundled study; its name is fixed.'));
  it('lets an entry of one’s own be renamed that has a bundled study’s key', () =>
    assert.equal(faultOfOldName('feder2021', { ...rules, declaredIn: () => 'refs.bib' }), undefined));
  it('lets unknown keys be renamed', () => assert.equal(faultOfOldName('author99', rules), undefined));
  it('gives no two works one key', () => {
    assert.equal(faultOfNewName('dore2019', rules), 'dore2019 is the citekey of a bundled study already; choose another.');
    assert.equal(faultOfNewName('author17', rules), 'author17 is declared in refs.bib already; choose another.');
    assert.equal(faultOfNewName('author99', rules), undefined);
  });
});
