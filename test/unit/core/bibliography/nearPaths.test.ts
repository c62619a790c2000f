import assert from 'node:assert/strict';
import { emptyBibliography } from '../../../../src/core/bibliography/empty.ts';
import { nearPaths, relativePath } from '../../../../src/core/bibliography/nearPaths.ts';

const folder = '/papers/';
const near = (missing: string, ...files: readonly string[]): readonly string[] =>
  nearPaths(`${folder}${missing}`, files.map(file => `${folder}${file}`), file => relativePath(folder, file)).map(
    ({ path, isClear }) => (isClear ? `${path}!` : path),
  );

describe('nearPaths', () => {
  const cases: readonly (readonly [what: string, missing: string, files: readonly string[], found: readonly string[]])[] = [
    ['another case', 'Refs.bib', ['refs.bib', 'other.bib'], ['refs.bib!']],
    ['a typo', 'refernces.bib', ['references.bib', 'notes.bib'], ['references.bib!']],
    ['two letters swapped', 'refernecs.bib', ['references.bib'], ['references.bib']],
    ['another folder', 'refs.bib', ['lib/refs.bib', 'lib/notes.bib'], ['lib/refs.bib!']],
    ['the same name in two folders', 'refs.bib', ['b/refs.bib', 'a/refs.bib'], ['a/refs.bib', 'b/refs.bib']],
    ['another ending', 'refs.bib', ['refs.json'], ['refs.json!']],
    ['a short name’s neighbour, which may be another', 'a.bib', ['b.bib'], ['b.bib']],
    ['nothing like it', 'refs.bib', ['trials.bib'], []],
    ['at most three', 'refs.bib', ['a/refs.bib', 'b/refs.bib', 'c/refs.bib', 'd/refs.bib'], ['a/refs.bib', 'b/refs.bib', 'c/refs.bib']],
  ];
  for (const [what, missing, files, found] of cases) {
    it(`finds ${what}`, () => assert.deepEqual(near(missing, ...files), found));
  }
  it('looks at long names without a fault', () => assert.deepEqual(near(`${'a'.repeat(300)}.bib`, `${'a'.repeat(301)}.bib`), []));
});

describe('relativePath', () => {
  for (const [from, file, path] of [
    ['/a/', '/a/b.bib', 'b.bib'],
    ['/a/b/', '/a/c.bib', '../c.bib'],
    ['/a/b/', '/a/c/d.bib', '../c/d.bib'],
    ['/', '/c.bib', 'c.bib'],
  ] as const) {
    it(`is ${path} from ${from} to ${file}`, () => assert.equal(relativePath(from, file), path));
  }
});

describe('emptyBibliography', () => {
  it('has what its format needs', () => {
    assert.deepEqual(['a.bib', 'a.JSON', 'a.yaml', 'a.md', 'bib'].map(emptyBibliography), ['', '[]\n', 'references: []\n', undefined, undefined]);
    assert.match(emptyBibliography('a.xml')!, /<records>/);
  });
});
