import assert from 'node:assert/strict';
import {
  filterCaption,
  filteredFiles,
  filterRemark,
  isStillTrue,
  libraryCaption,
  libraryChildren,
  libraryOutline,
  type EntryNode,
  type LibraryGroupBy,
  type LibraryNode,
  type LibrarySortBy,
  type ShelfFile,
} from '../../../src/core/libraryOutline.ts';
import { mostRows } from '../../../src/core/pages.ts';
import { emptyFilter } from '../../../src/core/search/filter.ts';
import { parseQuery } from '../../../src/core/search/query.ts';
import { finished } from '../../../src/core/steps.ts';
import type { CslItem, Entry, Summary } from '../../../src/core/study.ts';
import { study, vocabulary } from '../../support/dataset.ts';

/** An entry whose conversion fails the test: the tree must do without. */
function entry(id: string, summary: Partial<Summary> = {}, name = 'refs.bib'): Entry {
  const whole: Summary = {
    type: 'article-journal', author: '', coauthors: '', year: '', title: '', journal: '', doi: '', pmid: '', keywords: [], ...summary,
  };
  return {
    id,
    get csl(): CslItem {
      throw new Error('was converted');
    },
    quotes: [],
    notices: [],
    summary: whole,
    origin: { file: `file:///w/${name}`, name, start: 0, end: 1, keywords: whole.keywords },
  };
}

const file = (entries: readonly Entry[] | undefined, rest: Partial<ShelfFile> = {}): ShelfFile => ({
  uri: 'file:///w/refs.bib', name: 'refs.bib', folder: 'w', state: 'read', entries, ...rest,
});
const roots = (files: readonly ShelfFile[], groupBy: LibraryGroupBy = 'file'): readonly LibraryNode[] => finished(libraryOutline(files, groupBy));
const under = (node: LibraryNode, sortBy: LibrarySortBy = 'author', groupBy: LibraryGroupBy = 'file', get: (key: string) => Entry | undefined = () => undefined) =>
  finished(libraryChildren(node, { groupBy, sortBy, get }));
const labels = (nodes: readonly LibraryNode[]): string[] => nodes.map(({ label }) => label);
const rows = (nodes: readonly LibraryNode[]): string[] => nodes.map(({ label, description }) => `${label} (${description})`);

/** All nodes below some, and how many stand under one at most. */
function all(nodes: readonly LibraryNode[], sortBy: LibrarySortBy, groupBy: LibraryGroupBy): { nodes: LibraryNode[]; most: number } {
  const found: LibraryNode[] = [];
  let most = nodes.length;
  const open = (list: readonly LibraryNode[]): void => {
    most = Math.max(most, list.length);
    list.forEach(node => {
      found.push(node);
      open(under(node, sortBy, groupBy));
    });
  };
  open(nodes);
  return { nodes: found, most };
}

/** As real names are spread: many of few letters, some the same, some with none. */
function many(count: number): Entry[] {
  const names = ['Smith', 'Wang', 'Ødegaard', 'de la Cruz', '3M', '', 'Åberg', '李', 'Novak', 'Svensson'];
  return Array.from({ length: count }, (_, index) =>
    entry(`key${index}`, {
      author: index % 10 === 5 ? '' : `${names[index % 10]}${index % 3 === 0 ? '' : String.fromCharCode(97 + (index % 26), 97 + ((index >> 4) % 26), 97 + ((index >> 8) % 26))}`,
      year: index % 97 === 0 ? '' : String(1950 + (index % 75)),
      title: `A title of number ${index}`,
      keywords: index % 4 === 0 ? [] : [`Word ${index % 1700}`, `word ${index % 1700}`, 'Ketamine'],
      type: index % 5 === 0 ? 'book' : 'article-journal',
    }),
  );
}

describe('libraryOutline', () => {
  const feder = entry('feder2021', { author: 'Feder', year: '2021', title: 'On stress', keywords: ['PTSD', 'ketamine'] });
  const aabye = entry('aabye2021b', { author: 'Åbye', year: '2021', title: 'A book', type: 'book', keywords: ['Ketamine'] });
  const untold = entry('untold', { title: 'Untold things of a long kind that go on and on, over the edge' });
  const shelf = [file([feder, aabye, untold])];

  it('has a file with its count, and its entries by author', () => {
    assert.deepEqual(rows(roots(shelf)), ['refs.bib (3)']);
    assert.deepEqual(rows(under(roots(shelf)[0]!)), [
      'Åbye 2021b (A book)',
      'Feder 2021 (On stress)',
      'Untold things of a long kind that go on… n.d. ()',
    ]);
  });
  it('sorts by year, newest first, those without one last', () => {
    const older = entry('older', { author: 'Aaa', year: '1999' });
    assert.deepEqual(labels(under(roots([file([untold, older, feder])])[0]!, 'year')).map(label => label.slice(0, 6)), ['Feder ', 'Aaa 19', 'Untold']);
  });
  it('groups by keyword without regard to case, and keeps those without one in sight', () => {
    assert.deepEqual(rows(roots(shelf, 'keyword')), ['ketamine (2)', 'PTSD (1)', 'Without a keyword (1)']);
  });
  it('groups by type and by year', () => {
    assert.deepEqual(rows(roots(shelf, 'type')), ['Article (2)', 'Book (1)']);
    assert.deepEqual(rows(roots([...shelf, file([entry('x', { year: '1999' })], { uri: 'file:///w/b.bib' })], 'year')), ['2021 (2)', '1999 (1)', 'Without a year (1)']);
  });
  it('names the file of an entry where it does not stand under it', () =>
    assert.equal(under(roots(shelf, 'year')[0]!, 'author', 'year')[0]!.description, 'A book · refs.bib'));
  it('tells files of one name apart', () =>
    assert.deepEqual(rows(roots([...shelf, file([], { uri: 'file:///w/b/refs.bib', folder: 'b' })])), ['refs.bib (w · 3)', 'refs.bib (b · 0)']));
  it('says how far the reading of a file is, whatever it groups by', () => {
    const reading = file(undefined, { state: 'reading', name: 'a.bib', uri: 'file:///w/a.bib' });
    const failed = file(undefined, { state: 'failed', name: 'b.bib', uri: 'file:///w/b.bib', failure: 'there is no such file.' });
    const again = file([feder], { state: 'failed', failure: 'no permission.' });
    assert.deepEqual(rows(roots([reading, failed, again])), ['a.bib (reading…)', 'b.bib (there is no such file.)', 'refs.bib (1 · can’t be read anew)']);
    assert.deepEqual(rows(roots([reading, failed, again], 'type')), ['a.bib (reading…)', 'b.bib (there is no such file.)', 'Article (1)']);
  });
  it('marks an entry whose key stands for another', () => {
    const other = entry('feder2021', { author: 'Another' }, 'first.bib');
    const [row] = under(roots([file([feder])])[0]!, 'author', 'file', () => other);
    assert.equal(row!.description, '⚠ key taken · On stress');
    assert.equal(row!.study, feder);
    assert.match(row!.spoken, /its key stands for the one in first\.bib/);
  });
  it('takes the library’s own, which knows the writer’s quotes', () => {
    const { id, summary, origin } = feder;
    const quoted = { id, summary, origin, quotes: [{ text: 'x', location: '', match: 'exact', source: '' }], notices: [] } as unknown as Entry;
    assert.equal(under(roots([file([feder])])[0]!, 'author', 'file', () => quoted)[0]!.study, quoted);
  });
  it('tells how much there is', () => {
    assert.equal(libraryCaption([file(many(1204)), file([], { uri: 'file:///w/b.bib' })]), '1,204 entries in 2 files');
    assert.equal(libraryCaption([file([feder]), file(undefined, { state: 'failed' })]), '1 entry in 1 file');
  });
});

describe('A library of many entries', () => {
  const entries = many(6000);
  for (const groupBy of ['file', 'keyword', 'type', 'year'] as const) {
    for (const sortBy of ['author', 'year'] as const) {
      it(`is split into pages by ${groupBy}, sorted by ${sortBy}: each entry is there, no id twice, no page too long`, () => {
        const { nodes, most } = all(roots([file(entries)], groupBy), sortBy, groupBy);
        assert.ok(most <= mostRows, `${most} rows`);
        assert.equal(new Set(nodes.map(({ id }) => id)).size, nodes.length);
        assert.equal(new Set(nodes.flatMap(({ study }) => study ?? [])).size, entries.length);
      });
    }
  }
  it('names pages by letters, as many side by side as fit', () => {
    const [top] = roots([file(entries)]);
    const pages = under(top!);
    assert.deepEqual(labels(pages).slice(0, 2), ['#', 'A']);
    const inPage = under(pages.find(({ label }) => label === 'S')!);
    assert.ok(inPage.length > 1);
    assert.ok(inPage.every(({ label }) => /^S[a-z]+(?:–S[a-z]+)?$/.test(label)), labels(inPage).join(', '));
  });
  it('names pages by years when sorted so', () => {
    const pages = under(roots([file(entries)])[0]!, 'year');
    assert.ok(labels(pages).every(label => /^(?:\d{4}(?:–\d{4})?|n\.d\.)$/.test(label)), labels(pages).join(', '));
    assert.equal(pages.at(-1)!.label, 'n.d.');
  });
  it('is numbered where names tell nothing apart', () => {
    const same = Array.from({ length: 1200 }, (_, index) => entry(`k${index}`, { author: 'Smith', year: '2020' }));
    assert.deepEqual(rows(under(roots([file(same)])[0]!)), ['1–500 (500)', '501–1,000 (500)', '1,001–1,200 (200)']);
  });
  it('keeps the ids of pages when an entry comes', () => {
    const ids = (list: readonly Entry[]) => under(roots([file(list)])[0]!).map(({ id }) => id);
    assert.deepEqual(ids([...entries, entry('new', { author: 'Novak' })]), ids(entries));
  });
  it('comes in steps, of which none reads more than some thousand summaries', function () {
    this.timeout(20_000);
    let reads = 0;
    let most = 0;
    const counting = many(20_000).map(({ id, summary, origin, quotes, notices }) => ({
      id,
      quotes,
      notices,
      origin,
      get summary() {
        reads += 1;
        return summary;
      },
    })) as unknown as Entry[];
    const counted = <T>(steps: Generator<undefined, T>): T => {
      for (;;) {
        reads = 0;
        const step = steps.next();
        most = Math.max(most, reads);
        if (step.done) {
          return step.value;
        }
      }
    };
    for (const groupBy of ['file', 'keyword', 'type', 'year'] as const) {
      const top = counted(libraryOutline([file(counting)], groupBy));
      for (const sortBy of ['author', 'year'] as const) {
        counted(libraryChildren(top[0]!, { groupBy, sortBy, get: () => undefined }));
      }
    }
    assert.ok(most > 0 && most < 25_000, `${most} at once`);
  });
});

describe('isStillTrue', () => {
  const [own, other] = [entry('author17', { author: 'Author' }), entry('author17', { author: 'Author' }, 'other.bib')];
  // Not by a copy, which would convert it.
  const quoted = Object.create(own, { quotes: { value: [{ text: 'Rivulets', location: 'p. 3', match: 'exact', source: '', own: true }] } }) as Entry;
  const rowOf = (get: (key: string) => Entry | undefined): EntryNode => under(roots([file([own])])[0]!, 'author', 'file', get)[0] as EntryNode;
  const cases: readonly (readonly [name: string, before: Entry | undefined, now: Entry | undefined, expected: boolean])[] = [
    ['the same entry', own, own, true],
    ['an entry of its file that nothing was known of', undefined, own, true],
    ['another file’s', own, other, false],
    ['another file’s no longer', other, own, false],
    ['another file’s still', other, other, true],
    ['the same with a quote', own, quoted, false],
    ['the same without its quote', quoted, own, false],
  ];
  for (const [name, before, now, expected] of cases) {
    it(`${expected ? 'is' : 'is not'} where the key stands for ${name}`, () => {
      assert.equal(isStillTrue(rowOf(() => before), () => now), expected);
    });
  }
});

describe('Tree of the writer’s own entries under a filter', () => {
  const water = entry('water1', { author: 'Author', year: '2019', title: 'Of water' });
  const quartz = entry('quartz1', { author: 'Author', year: '2001', title: 'Of quartz' });
  const other = entry('other1', { author: 'Zander', year: '2019', title: 'Of water' }, 'other.bib');
  const files = [
    file([water, quartz]),
    file([other], { uri: 'file:///w/other.bib', name: 'other.bib' }),
    file(undefined, { uri: 'file:///w/gone.bib', name: 'gone.bib', state: 'failed', failure: 'there is no such file' }),
  ];
  const { filter } = parseQuery('water year:2019-', vocabulary);
  const given = (passing: readonly Entry[]): readonly ShelfFile[] =>
    finished(filteredFiles(files, {
      *through(wanted) {
        assert.equal(wanted, filter);
        return passing;
      },
    }, filter));

  it('has what it lets through, by file, and no studies', () => {
    const found = given([other, study('feder2021'), water]);
    assert.deepEqual(rows(roots(found)), ['refs.bib (1)', 'other.bib (1)', 'gone.bib (there is no such file)']);
    assert.deepEqual(labels(under(roots(found)[0]!)), ['Author 2019']);
    assert.deepEqual(rows(roots(found, 'year')), ['gone.bib (there is no such file)', '2019 (2)']);
  });
  it('leaves out files that are read and hold nothing of it', () => assert.deepEqual(rows(roots(given([quartz]))), ['refs.bib (1)', 'gone.bib (there is no such file)']));
  it('says what it is and how many it leaves', () => {
    assert.equal(filterCaption(filter, vocabulary, 2, 1204), 'Filter: from 2019 · “water” (2 of 1,204 entries)');
    assert.equal(filterCaption(filter, vocabulary, 0, 1), 'Filter: from 2019 · “water” (0 of 1 entry)');
    assert.equal(filterCaption(emptyFilter, vocabulary, 3, 3), undefined);
  });
  it('tells what is not understood, and what only studies have', () => {
    const remark = (query: string): string | undefined => filterRemark(parseQuery(query, vocabulary));
    assert.deepEqual(['water year:2019- author:zander -has:quote', ''].map(remark), [undefined, undefined]);
    assert.match(remark('year:soon')!, /“soon” is no year/);
    assert.match(remark('design:rct')!, /known of the bundled studies only/);
  });
});
