import assert from 'node:assert/strict';
import { DeclaredLibrary, entryOfMetadata } from '../../../src/core/declaredLibrary.ts';
import { Library } from '../../../src/core/library.ts';
import { parseQuery } from '../../../src/core/search/query.ts';
import { finished } from '../../../src/core/steps.ts';
import { studies, study, vocabulary } from '../../support/dataset.ts';

const base = new Library({ studies, vocabulary });
const declared = (key: string, title: string) =>
  entryOfMetadata({ key, csl: { type: 'book', title, author: [{ family: 'Author' }] }, start: 3, end: 9 }, 'file:///a.md', 'a.md');

describe('DeclaredLibrary', () => {
  const library = new DeclaredLibrary([declared('author17', 'Ketamine and quartz'), declared('feder2021', 'Another work')], base);
  const keys = (query: string): string[] => library.find(query).found.map(({ study: { id } }) => id);

  it('finds what is declared first, then the others', () => {
    assert.equal(keys('quartz')[0], 'author17');
    const all = { limit: Infinity } as const;
    const others = base.find('ketamine', all).found.map(({ study: { id } }) => id);
    assert.ok(others.length > 50 && others.includes('feder2021'));
    // What is declared as feder2021 is another work, without ketamine.
    const expected = ['author17', ...others.filter(id => id !== 'feder2021')];
    assert.deepEqual(library.find('ketamine', all).found.map(({ study: { id } }) => id), expected);
    assert.deepEqual(keys('ketamine'), expected.slice(0, 50));
  });
  it('means by a declared key what is declared, and shows no other of that key', () => {
    assert.equal(library.get('feder2021')?.csl.title, 'Another work');
    assert.equal(keys('another work')[0], 'feder2021');
    assert.ok(!keys('ptsd feder 2021').includes('feder2021'));
  });
  it('lets through a filter what is declared, and the others', () => {
    const passing = (query: string): string[] => finished(library.through(parseQuery(query, vocabulary).filter)).map(({ id }) => id);
    for (const query of ['quartz', 'another work', 'feder 2021 ptsd', 'year:2021']) {
      const found = library.find(query, { limit: Infinity, guesses: false }).found.map(({ study: { id } }) => id);
      assert.deepEqual(passing(query).sort(), found.sort(), query);
    }
    assert.equal(passing('quartz')[0], 'author17');
    assert.equal(passing('').length, studies.length + 1);
  });
  it('knows the writer’s quotes of what is declared', () => {
    const quote = { text: 'Rivulets of quartz were seen', location: 'p. 3', match: 'exact', source: '', own: true } as const;
    const quoted = new DeclaredLibrary([declared('author17', 'A title')], new Library({ studies, vocabulary, quotes: new Map([['author17', [quote]]]) }));
    assert.deepEqual(quoted.get('author17')?.quotes, [quote]);
    assert.deepEqual(quoted.find('rivulets of quartz').found.map(({ study: { id } }) => id).slice(0, 1), ['author17']);
  });
  it('offers the values of qualifiers as the base does', () => {
    assert.ok(base.openValues('comparator:').length > 3);
    assert.deepEqual(library.openValues('comparator:'), base.openValues('comparator:'));
  });
  it('knows all keys', () => {
    assert.ok(library.has('author17') && library.has('dore2019') && !library.has('author71'));
    assert.deepEqual(library.keyIndex.nearest('author71').map(({ key }) => key), ['author17']);
    assert.deepEqual(library.keyIndex.nearest('doer2019').map(({ key }) => key), ['dore2019']);
  });
  it('leaves the studies as they are', () => {
    assert.equal(library.studies, base.studies);
    assert.ok(library.filtered().includes(study('feder2021')));
    assert.equal([...library.entries].length, [...base.entries].length + 1);
  });
});
