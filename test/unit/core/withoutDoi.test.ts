import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compile, serialize } from '../../../data/compile.ts';
import { card } from '../../../src/core/card.ts';
import { entryCard } from '../../../src/core/citeHover.ts';
import { readDataset } from '../../../src/core/dataset.ts';
import { foundRow, oneLine, publication, shortAuthors, spokenLabel, studyLabel } from '../../../src/core/describe.ts';
import { rowsOf } from '../../../src/core/evidenceTable/records.ts';
import { toBibtex } from '../../../src/core/export.ts';
import { datasetText } from '../../../src/core/export/dataset.ts';
import { toRis } from '../../../src/core/export/ris.ts';
import { hintsIn } from '../../../src/core/hints.ts';
import { Library } from '../../../src/core/library.ts';
import { linksOf } from '../../../src/core/links.ts';
import { details, groupings, outline } from '../../../src/core/outline.ts';
import { readManuscript } from '../../../src/core/reading.ts';
import type { Entry, Study } from '../../../src/core/study.ts';
import { inDataFolder } from '../../support/recordFaults.ts';
import { formatter } from '../../support/styles.ts';

const issued = { 'date-parts': [[2017]] };

/** One of each kind that may have neither DOI nor author nor journal. */
const works: Readonly<Record<string, object>> = {
  agency2017: { type: 'report', title: 'Report 17', publisher: 'Agency 17', 'publisher-place': 'Place 17', number: '17', issued, URL: 'https://example.org/17' },
  author2017: { type: 'book', title: 'Book 18', editor: [{ family: 'Author 18' }, { family: 'Author 19' }], publisher: 'Publisher 18', ISBN: '978-0-00-000000-2', issued },
  chapter2017: { type: 'chapter', title: 'Chapter 20', author: [{ family: 'Author 20' }], 'container-title': 'Book 20', publisher: 'Publisher 20', page: '1-17', issued },
  law2017: { type: 'legislation', title: 'Law 21', issued },
  site2017: { type: 'webpage', title: 'Page 22', 'container-title': 'Site 22', URL: 'https://example.org/22_(a)', issued },
};

function record([id, csl]: readonly [string, object]): object {
  return {
    id, csl, gist: `gist of ${id}`, conditions: ['other'], topics: [], design: 'guideline',
    evidence: {
      randomized: null, blinding: null, comparators: [], direction: 'not-comparative', basis: 'a synthetic record', routes: [], doses: [],
      sessions: null, followUpDays: null,
    },
    finding: 'A finding.', notices: [], quotes: [], sources: [{ url: 'https://example.org/', confirms: ['title', 'container-title'] }], checked: '2026-11-30',
  };
}

const compiled = inDataFolder(folder => {
  for (const file of ['feder2021', 'dore2019']) {
    rmSync(path.join(folder, 'studies', `${file}.json`));
  }
  for (const work of Object.entries(works)) {
    writeFileSync(path.join(folder, 'studies', `${work[0]}.json`), JSON.stringify(record(work)));
  }
  return compile(folder);
});
const { edition, vocabulary, studies } = compiled;
const library = new Library({ edition, vocabulary, studies });

function study(key: string): Study {
  return studies.find(({ id }) => id === key)!;
}

describe('Works without a DOI', () => {
  it('are taken into the dataset, and read as they were written', () => {
    assert.deepEqual(compiled.problems, []);
    assert.equal(studies.length, Object.keys(works).length);
    assert.deepEqual(readDataset(serialize(compiled)).studies, studies);
  });
  it('are called by their editors, the body that published them, or their title', () => {
    assert.deepEqual(studies.map(studyLabel), ['Agency 17 2017', 'Author 18 2017', 'Author 20 2017', 'Law 21 2017', 'Site 22 2017']);
    assert.deepEqual(studies.map(({ csl }) => shortAuthors(csl)), ['Agency 17', 'Author 18 and Author 19', 'Author 20', 'Law 21', 'Site 22']);
  });
  it('say where they were published', () =>
    assert.deepEqual(studies.map(({ csl }) => publication(csl)), [
      'Agency 17, Place 17 2017', 'Publisher 18 2017', 'Book 20 2017; 1–17', '2017', 'Site 22 2017',
    ]));
  it('have lines and rows that claim nothing', () => {
    const rows = studies.flatMap(each => {
      const { description, detail } = foundRow(each, vocabulary, []);
      return [oneLine(each, vocabulary), spokenLabel(each, vocabulary), description, detail];
    });
    const nodes = groupings.flatMap(groupBy => outline(studies, vocabulary, { groupBy, sortBy: 'author' })).flatMap(({ children }) => children);
    assert.ok(nodes.length >= groupings.length * studies.length);
    const told = [...rows, ...nodes.map(({ label }) => label), ...nodes.flatMap(details).map(({ label, spoken }) => `${label} ${spoken}`)];
    for (const text of told) {
      assert.doesNotMatch(text, /undefined|Unknown|doi/i);
      assert.notEqual(text.trim(), '');
    }
  });
  it('have a card without empty lines, and with what they have for a DOI', () => {
    for (const each of studies) {
      for (const detail of ['full', 'brief'] as const) {
        const text = card(each, library, detail);
        assert.doesNotMatch(text, /undefined|Unknown|doi\.org|\bDOI\b|\n\n {2}\n/, each.id);
      }
    }
    assert.match(card(study('agency2017'), library, 'full'), /^`@agency2017` · \[example\.org\]\(https:\/\/example\.org\/17\)$/m);
    assert.match(card(study('author2017'), library, 'full'), /^Author 18, Author 19 \(editors\) {2}\n\*Publisher 18 2017\*$/m);
    assert.match(card(study('author2017'), library, 'full'), /^`@author2017` · ISBN 978-0-00-000000-2$/m);
    assert.match(card(study('site2017'), library, 'full'), /\(https:\/\/example\.org\/22_%28a%29\)/);
    assert.match(card(study('law2017'), library, 'full'), /confirms title, where it appeared$/m);
  });
  it('have a link to their page only where nothing else leads to them', () => {
    assert.deepEqual(studies.map(({ csl }) => Object.keys(linksOf(csl))), [['page'], [], [], [], ['page']]);
    assert.deepEqual(linksOf({ ...study('agency2017').csl, DOI: '10.1000/17' }), { doi: 'https://doi.org/10.1000/17' });
    assert.deepEqual(linksOf({ ...study('agency2017').csl, URL: 'javascript:x' }), {});
  });
  it('have a card and a hint where the manuscript’s metadata declares them', () => {
    const { csl } = study('agency2017');
    assert.equal(
      entryCard({ key: 'agency2017', csl, start: 0, end: 0 }),
      '### Report 17\n\n*Agency 17, Place 17 2017*\n\n`@agency2017` · [example.org](https://example.org/17)',
    );
    const text = '@agency2017 and @law2017';
    const hints = hintsIn(readManuscript(text), { start: 0, end: text.length }, key => study(key).csl);
    assert.deepEqual(hints.map(hint => hint.text), ['Agency 17 2017', 'Law 21 2017']);
  });
  it('are exported with what they have', () => {
    const items = studies.map(({ id, csl }) => ({ id, ...csl }));
    const bibtex = toBibtex(items);
    for (const part of [
      '@techreport{agency2017', 'institution = {Agency 17}', '@book{author2017', 'editor = {{Author 18} and {Author 19}}', '@incollection{chapter2017',
      'booktitle = {Book 20}', '@misc{law2017', '@misc{site2017', 'url = {https://example.org/17}', 'isbn = {978-0-00-000000-2}',
    ]) {
      assert.ok(bibtex.includes(part), `${part}\n${bibtex}`);
    }
    for (const text of [bibtex, toBibtex(items, 'biblatex'), toRis(items), datasetText(library, 'csv'), datasetText(library, 'csljson')]) {
      assert.doesNotMatch(text, /undefined|\{\}|author = \{\}|AU {2}- $|DO {2}- $/m);
    }
  });
  it('are printed by citation styles', async function () {
    this.timeout(60_000);
    for (const style of ['apa', 'vancouver']) {
      const made = await formatter(style);
      for (const { id, csl } of studies) {
        const item = { id, ...csl };
        const printed = [made.reference(item), made.parenthetical(item), made.inText(item)].map(({ plain }) => plain);
        printed.forEach(text => assert.match(text, /[\p{L}\d]/u, `${style} ${id}`));
        assert.doesNotMatch(printed.join('\n'), /undefined|NO_PRINTED_FORM|doi\.org/, `${style} ${id}`);
      }
    }
  });
  it('are found by the body that published them', () => {
    for (const [query, key] of [['agency 17', 'agency2017'], ['author 18', 'author2017'], ['site 22', 'site2017'], ['author:agency', 'agency2017']] as const) {
      assert.equal(library.find(query).found[0]?.study.id, key, query);
    }
  });
  it('are known in the writer’s own bibliography by their key and title, or by a long title and the year', () => {
    const title = 'A title that is long enough to be one work’s alone';
    const long = { ...study('agency2017'), id: 'agency2017b', csl: { ...study('agency2017').csl, title } };
    const shelf = new Library({ vocabulary, studies: [...studies, long] });
    const origin = { file: 'file:///refs.bib', name: 'refs.bib', start: 0, end: 1, keywords: [] };
    const own = (id: string, csl: Entry['csl']): Entry => ({ id, csl, quotes: [], notices: [], origin });
    const rows = (...entries: readonly Entry[]): readonly (readonly [string, string])[] => {
      const cited = entries.map(({ id }) => id);
      const found = rowsOf(
        { studies: { by: 'cited' }, columns: ['citation'], order: 'cited' },
        { shelf, library: new Library({ vocabulary, studies: shelf.studies, own: entries }), cited },
      );
      return 'rows' in found ? found.rows.map(row => [row.key, row.study.id] as const) : [];
    };
    assert.deepEqual(rows(own('agency2017', study('agency2017').csl), own('mine2017', long.csl)), [['agency2017', 'agency2017'], ['mine2017', 'agency2017b']]);
    assert.deepEqual(rows(own('mine2017', { ...long.csl, DOI: '10.1000/17' })), [['mine2017', 'agency2017b']]);
    assert.deepEqual(rows(own('mine2017', study('agency2017').csl), own('mine2018', { ...long.csl, issued: { 'date-parts': [[2018]] } })), []);
  });
});
