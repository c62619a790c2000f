import assert from 'node:assert/strict';
import type { Bibliography } from '../../../src/core/bibliography/bibliography.ts';
import { EntryTable } from '../../../src/core/bibliography/entryTable.ts';
import { bibliographyOf, readParts } from '../../../src/core/bibliography/read.ts';
import { readerOf } from '../../../src/core/bibliography/readers.ts';
import { Library, type Holdings } from '../../../src/core/library.ts';
import { libraryIndexParts } from '../../../src/core/libraryIndex.ts';
import { emptyFilter } from '../../../src/core/search/filter.ts';
import { parseQuery } from '../../../src/core/search/query.ts';
import type { SourceParts } from '../../../src/core/search/sources.ts';
import { finished } from '../../../src/core/steps.ts';
import type { Entry, Quote } from '../../../src/core/study.ts';
import { queriesWithTypo } from '../../bench/queries.ts';
import { syntheticBibtex, syntheticEntries, syntheticQueries } from '../../bench/synthetic.ts';
import { studies, study, vocabulary } from '../../support/dataset.ts';

const { scanner, convert } = readerOf('BibTeX');

/** A `.bib` file, read; each entry whose item is made goes to `converted`. */
function fileOf(name: string, text: string, converted: string[] = []): Bibliography {
  const bytes = new TextEncoder().encode(text);
  const info = { file: `file:///${name}`, name, format: 'BibTeX' } as const;
  const parts = finished(readParts(bytes, scanner));
  return bibliographyOf(bytes, info, (entry, help) => {
    converted.push(entry);
    return convert(entry, help);
  }, parts);
}

const entryOf = (key: string, title: string, more = ''): string =>
  `@article{${key}, author = {Author, Seventeen}, title = {${title}}, year = {2019}${more}}\n`;

const ownQuote = (text: string): Quote => ({ text, location: 'p. 3', match: 'exact', source: '', own: true });

function libraryOf(files: readonly Bibliography[], quotes: Readonly<Record<string, readonly Quote[]>> = {}): Library {
  return new Library({ studies, vocabulary, bibliographies: files, quotes: new Map(Object.entries(quotes)) });
}

const titleOf = (entry: Entry | undefined): string | undefined => entry && `${entry.origin?.name}: ${entry.summary?.title}`;
const keysOf = (library: Library, query: string): string[] =>
  library.find(query, { limit: Infinity, guesses: false }).found.map(({ study: { id } }) => id);

describe('A library of several files', () => {
  const first = fileOf('first.bib', [entryOf('author17', 'One'), entryOf('author18', 'Two'), entryOf('author17', 'Three')].join(''));
  const second = fileOf('second.bib', [entryOf('author17', 'Four'), entryOf('author19', 'Five'), entryOf('feder2021', 'Six')].join(''));
  const library = libraryOf([first, second]);
  const found = (query: string): (string | undefined)[] => library.find(query).found.map(({ study: each }) => titleOf(each));

  it('takes of a key the last of the first file that has it', () => {
    assert.deepEqual(
      ['author17', 'author18', 'author19'].map(key => titleOf(library.get(key))),
      ['first.bib: Three', 'first.bib: Two', 'second.bib: Five'],
    );
    assert.equal(titleOf(libraryOf([second, first]).get('author17')), 'second.bib: Four');
    assert.ok(!library.has('author20') && library.get('author20') === undefined);
  });
  it('finds by words what it gives for the key', () => {
    assert.deepEqual(['author17', 'three', 'four', 'one'].map(word => found(`${word} 2019`).filter(title => /author17|: (One|Three|Four)/.test(title!))), [
      ['first.bib: Three'], ['first.bib: Three'], [], [],
    ]);
    assert.equal(library.find('author17').found[0]?.study, library.get('author17'));
  });
  it('takes a file’s before a study', () => {
    assert.equal(titleOf(library.get('feder2021')), 'second.bib: Six');
    assert.deepEqual(library.find('feder2021').found.filter(each => each.study.id === 'feder2021').map(each => titleOf(each.study)), ['second.bib: Six']);
    assert.equal(library.get('dore2019')?.csl, study('dore2019').csl);
  });
  it('tells what does not count, in its order', () => {
    assert.deepEqual(library.shadowed('author17').map(titleOf), ['second.bib: Four']);
    assert.deepEqual(library.shadowed('feder2021').map(({ id, csl }) => [id, csl]), [['feder2021', study('feder2021').csl]]);
    assert.deepEqual(['author18', 'dore2019', 'author20', '__proto__'].flatMap(library.shadowed.bind(library)), []);
  });
  it('has each key once, those of the files at the front', () => {
    const all = Array.from(library.entries, ({ id }) => id);
    assert.deepEqual(all.slice(0, 4), ['author18', 'author17', 'author19', 'feder2021']);
    assert.deepEqual(all.slice(4), studies.map(({ id }) => id).filter(id => id !== 'feder2021'));
    assert.equal([...library.entries].length, all.length);
  });
  it('has more works of the writer’s behind the files, and of two with one key the first', () => {
    const list = fileOf('list.bib', [entryOf('author17', 'Xylophone 0'), entryOf('author20', 'Xylophone 1'), entryOf('author20', 'Xylophone 2')].join(''));
    const own = Array.from(list.entries);
    const both = new Library({ studies, vocabulary, bibliographies: [first], own });
    assert.deepEqual(['author17', 'author20'].map(key => titleOf(both.get(key))), ['first.bib: Three', 'list.bib: Xylophone 1']);
    assert.deepEqual(['author17', 'author20'].map(key => both.shadowed(key).map(titleOf)), [['list.bib: Xylophone 0'], ['list.bib: Xylophone 2']]);
    assert.deepEqual(both.find('xylophone', { guesses: false }).found.map(each => titleOf(each.study)), ['list.bib: Xylophone 1']);
  });
});

describe('Other keys in the files of a library', () => {
  const first = fileOf('first.bib', entryOf('author17', 'One', ', ids = {old, author18}') + entryOf('author20', 'Two'));
  const second = fileOf('second.bib', entryOf('author18', 'Three', ', ids = {old, older, feder2021}'));
  const library = libraryOf([first, second]);

  it('mean the work that bears them in the first file, unless they are the key of a work', () =>
    assert.deepEqual(
      ['old', 'older', 'author18', 'feder2021'].map(key => library.get(key)?.summary?.title ?? key),
      ['One', 'Three', 'Three', 'feder2021'],
    ));
  it('can be cited and are no works of their own', () => {
    assert.ok(library.has('old') && library.has('older') && !library.has('oldest'));
    const all = Array.from(library.entries, ({ id }) => id);
    assert.ok(!all.includes('old') && !all.includes('older'));
    assert.deepEqual(library.shadowed('old'), []);
  });
  it('are offered where they are nearly what was written', () => {
    assert.deepEqual(library.keyIndex.sameButCase('OLDER'), ['older']);
    assert.deepEqual(library.keyIndex.sameButCase('Author20'), ['author20']);
    assert.deepEqual(library.keyIndex.nearest('fedr2021').map(({ key }) => key), ['feder2021']);
  });
});

describe('Quotes of the writer’s own in a library of files', () => {
  const file = fileOf('first.bib', entryOf('author17', 'One') + entryOf('author18', 'Two') + entryOf('author17', 'Three'));
  const other = fileOf('second.bib', entryOf('author17', 'Four'));
  const kept = ownQuote('Rivulets of quartz were seen');
  const library = libraryOf([file, other], { author17: [kept], dore2019: [kept], nobody1900: [kept] });

  it('are shown with the work that counts, and with a study', () => {
    assert.deepEqual(library.get('author17')?.quotes, [kept]);
    assert.equal(titleOf(library.get('author17')), 'first.bib: Three');
    assert.deepEqual(library.get('author18')?.quotes, []);
    assert.deepEqual(library.get('dore2019')?.quotes, [...study('dore2019').quotes, kept]);
    assert.deepEqual(library.studies.find(({ id }) => id === 'dore2019')?.quotes.at(-1), kept);
    assert.equal(library.get('nobody1900'), undefined);
  });
  it('are found by their words, and asked for', () => {
    assert.deepEqual(keysOf(library, 'rivulets quartz').sort(), ['author17', 'dore2019']);
    assert.deepEqual(library.find('rivulets quartz').found.map(({ study: { quotes } }) => quotes.at(-1)), [kept, kept]);
    assert.deepEqual(keysOf(library, 'has:quote author:author'), ['author17']);
    assert.deepEqual(keysOf(library, 'author:author').sort(), ['author17', 'author18']);
  });
  it('are among the entries', () => {
    const all = Array.from(library.entries);
    assert.deepEqual(all.filter(({ quotes }) => quotes.includes(kept)).map(({ id }) => id).sort(), ['author17', 'dore2019']);
  });
  it('make no item before it is asked for, and then once', () => {
    const converted: string[] = [];
    const fresh = libraryOf([fileOf('first.bib', entryOf('author17', 'One') + entryOf('author18', 'Two'), converted)], { author17: [kept] });
    for (const query of ['author:author rivulets', 'rivulets author:author', 'year:2019 has:quote', 'one', 'author1']) {
      assert.ok(fresh.find(query).found.some(({ study: { id } }) => id === 'author17'), query);
    }
    fresh.find('year:20');
    assert.deepEqual(Array.from(fresh.entries).slice(0, 2).map(titleOf), ['first.bib: One', 'first.bib: Two']);
    assert.deepEqual(converted, []);
    assert.equal(fresh.get('author17')?.csl.title, 'One');
    assert.equal(fresh.find('rivulets').found[0]?.study.csl, fresh.get('author17')?.csl);
    assert.deepEqual(converted, [entryOf('author17', 'One').trim()]);
  });
});

describe('Qualifiers in a library of files', () => {
  const file = fileOf('first.bib', [
    '@article{a1, author = {Quartz, A. and Granite, B.}, title = {One}, journal = {Journal of Tests}, year = {1999}}',
    '@article{a2, author = {Granite, B.}, title = {Two}, year = {2003}}',
    '@article{a3, author = {Quartzite, C.}, title = {Three}, year = {2003}}',
    '@article{a4, author = {Author, D.}, title = {Quartz}}',
  ].join('\n'));
  const library = libraryOf([file]);
  for (const [query, keys] of [
    ['author:quartz', ['a1', 'a3']],
    ['author:granite', ['a1', 'a2']],
    ['author:granite year:2000-', ['a2']],
    ['author:quartz -author:granite', ['a3']],
    ['journal:"journal of tests"', ['a1']],
    ['quartz author:author', ['a4']],
    ['author:quartz has:quote', []],
  ] as const) {
    it(`${query} finds ${keys.join(', ') || 'nothing'}`, () => assert.deepEqual(keysOf(library, query).sort(), keys));
  }
  it('year:2003 finds studies and entries', () => {
    const wanted = studies.filter(({ csl }) => csl.issued?.['date-parts']?.[0]?.[0] === 2003).map(({ id }) => id);
    assert.deepEqual(keysOf(library, 'year:2003').sort(), ['a2', 'a3', ...wanted].sort());
  });
});

describe('An index of a library that was made of copies, and copied', () => {
  const made = syntheticEntries(2000, 4);
  const whole = [...syntheticBibtex(made)];
  const bibliographies = [
    fileOf('first.bib', whole.slice(0, 1500).join('')),
    // Works that the first file has too, and some that it has not.
    fileOf('second.bib', [...whole.slice(1400), ...whole.slice(1990)].join('')),
    fileOf('empty.bib', ''),
  ];
  const keys = Array.from(bibliographies[1]!.entries, ({ id }) => id);
  const quotes = new Map([keys[0]!, keys.at(-1)!, 'dore2019'].map(key => [key, [ownQuote('Rivulets of quartz were seen')]]));
  const holdings: Holdings = { studies, vocabulary, bibliographies, quotes };
  const itself = new Library(holdings);
  const other = new Library(holdings);
  before(() => other.take(structuredClone(finished(libraryIndexParts(other.sources.map(copied))))));

  function copied(source: SourceParts): SourceParts {
    return 'list' in source
      ? structuredClone(source)
      : { table: new EntryTable(structuredClone(source.table.parts)), quotes: structuredClone(source.quotes) };
  }

  it('is all that is needed', () => {
    assert.deepEqual([...other.prepare()], []);
    assert.ok([...new Library(holdings).prepare()].length > 10);
  });
  it('has the same works in the same order', () => {
    const all = Array.from(other.entries, ({ id, origin, quotes: { length } }) => [id, origin?.file, origin?.start, length]);
    assert.deepEqual(all, Array.from(itself.entries, ({ id, origin, quotes: { length } }) => [id, origin?.file, origin?.start, length]));
    assert.equal(all.length, 2000 + studies.length);
  });
  it('answers every query the same', () => {
    const typed = [
      ...syntheticQueries(made, 60, 5),
      ...queriesWithTypo(30, 11).map(each => each.typed),
      ...keys.slice(0, 20).flatMap(key => [key, `@${key}`, key.slice(0, 4), key.toUpperCase()]),
      ...made.slice(0, 10).flatMap(({ author, year }) => [`author:${author}`, `author:${author} year:${year}`, `year:-1980 ${author}`]),
      '', 'rivulets', 'rivuletz quart', 'has:quote', 'has:quote year:2019', 'condition:ptsd', 'condition:gout', 'condition:pt', 'zzzzqqq',
    ];
    const told = (library: Library, query: string): unknown => {
      const { found, problems, completions } = library.find(query, { cited: new Set(keys.slice(3, 9)) });
      return { found: found.map(({ study: { id, origin }, matched }) => [id, origin?.file, origin?.start, matched()]), problems, completions };
    };
    typed.forEach(query => assert.deepEqual(told(other, query), told(itself, query), query));
    assert.ok(typed.filter(query => itself.find(query).found.length > 0).length > typed.length / 2);
  }).timeout(60_000);
  it('lets through a filter what it finds, all of it, in steps', () => {
    const { author, year } = made[3]!;
    const typed = [...syntheticQueries(made, 30, 7), '', 'rivuletz', `author:${author}`, `year:-${year}`, 'has:quote', 'condition:ptsd', '-has:quote year:2003', 'zzzzqqq'];
    for (const query of typed) {
      const { filter } = parseQuery(query, vocabulary);
      assert.deepEqual(finished(other.through(filter)).map(({ id }) => id).sort(), keysOf(itself, query).sort(), query);
    }
    assert.ok([...other.through(emptyFilter)].length > 5);
  });
  it('finds the same keys', () => {
    for (const key of ['DORE2019', 'fedr2021', keys[7]!.toUpperCase(), `${keys[7]}x`, keys[9]!.slice(1)]) {
      assert.deepEqual(other.keyIndex.nearest(key), itself.keyIndex.nearest(key), key);
      assert.deepEqual(other.keyIndex.sameButCase(key), itself.keyIndex.sameButCase(key), key);
    }
    assert.ok(other.keyIndex.sameButCase(keys[7]!.toUpperCase()).includes(keys[7]!));
  });
});
