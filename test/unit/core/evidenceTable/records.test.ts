import assert from 'node:assert/strict';
import type { Bibliography } from '../../../../src/core/bibliography/bibliography.ts';
import { readBibliography } from '../../../../src/core/bibliography/read.ts';
import { readerOf } from '../../../../src/core/bibliography/readers.ts';
import { rowsOf, rowsOfStudies, type EvidenceSources } from '../../../../src/core/evidenceTable/records.ts';
import type { Order } from '../../../../src/core/evidenceTable/order.ts';
import { designsOf } from '../../../../src/core/evidence.ts';
import { Library } from '../../../../src/core/library.ts';
import { finished } from '../../../../src/core/steps.ts';
import { studiesOfText, type StudiesChosen } from '../../../../src/core/evidenceTable/spec.ts';
import type { Entry } from '../../../../src/core/study.ts';
import { studies, study, vocabulary } from '../../../support/dataset.ts';
import { shelf, sourcesOf } from './support.ts';

const origin = { file: 'file:///refs.bib', name: 'refs.bib', start: 0, end: 1, keywords: [] };

/** A writer's own entry. */
const own = (id: string, csl: Partial<Entry['csl']>): Entry => ({
  id, csl: { type: 'article-journal', title: '', author: [], ...csl }, quotes: [], notices: [], origin,
});

function fileOf(text: string): Bibliography {
  const info = { file: 'file:///refs.bib', name: 'refs.bib', format: 'BibTeX' } as const;
  return finished(readBibliography(new TextEncoder().encode(text), info, readerOf('BibTeX')));
}

function keysOf(studiesChosen: StudiesChosen, sources: EvidenceSources, order: Order = 'cited'): readonly string[] {
  const found = rowsOf({ studies: studiesChosen, columns: ['citation'], order }, sources);
  assert.ok('rows' in found, 'fault' in found ? found.fault : '');
  return found.rows.map(({ key }) => key);
}

const cited: StudiesChosen = { by: 'cited' };

describe('The rows of an evidence table', () => {
  it('are the studies cited, once each, as they are cited', () =>
    assert.deepEqual(keysOf(cited, sourcesOf('[@oliver2022; @feder2021]\n\n@dore2019 and [@feder2021, p. 3], @fig-1, @nobody1900\n')), ['oliver2022', 'feder2021', 'dore2019']));
  it('are not those that only an evidence table cites', () => {
    const text = 'x [@dore2019]\n\n<!-- evidence-table: {"studies":"cited"} -->\n\n| a |\n| - |\n| [@feder2021] |\n\n<!-- evidence-table:end -->\n\ny [@basso2020]\n';
    assert.deepEqual(keysOf(cited, sourcesOf(text)), ['dore2019', 'basso2020']);
  });
  it('are not those of an evidence table whose choice is not understood, either', () => {
    const text = '<!-- evidence-table: { -->\n\n| a |\n| - |\n| [@feder2021] |\n\n<!-- evidence-table:end -->\n';
    assert.deepEqual(keysOf(cited, sourcesOf(text)), []);
  });
  it('are all that a filter finds, and no near misses', () => {
    const ptsd = studies.filter(each => each.conditions.includes('ptsd') && designsOf(each).includes('randomized-controlled-trial'));
    assert.ok(ptsd.length > 3);
    assert.deepEqual([...keysOf(studiesOfText('condition:ptsd design:rct'), sourcesOf(''), 'author')].sort(), ptsd.map(({ id }) => id).sort());
    assert.deepEqual(keysOf(studiesOfText('zzzzqqq'), sourcesOf('')), []);
  });
  it('are more than a list would show', () => assert.equal(keysOf(studiesOfText('year:1900-'), sourcesOf('')).length, studies.length));
  it('tell of a study that the writer’s own bibliography has, under its key there', () => {
    const { DOI = '', title } = study('feder2021').csl;
    const renamed = sourcesOf('[@federRCT]', [own('federRCT', { DOI: DOI.toUpperCase(), title })]);
    assert.deepEqual(keysOf(cited, renamed), ['federRCT']);
    assert.ok(keysOf(studiesOfText('condition:ptsd design:rct'), renamed).includes('federRCT'));
    assert.ok(!keysOf(studiesOfText('condition:ptsd design:rct'), renamed).includes('feder2021'));
    const copied = sourcesOf('[@feder2021]', [own('feder2021', { title, issued: { 'date-parts': [[2021]] } })]);
    assert.deepEqual(keysOf(cited, copied), ['feder2021']);
  });
  it('tell nothing of another work that has a study’s key', () => {
    const sources = sourcesOf('[@feder2021] [@mine2000]', [own('feder2021', { DOI: '10.1000/other', title: 'Other' }), own('mine2000', { title: 'Mine' })]);
    assert.deepEqual(rowsOf({ studies: cited, columns: ['citation'], order: 'cited' }, sources), { rows: [], left: ['feder2021', 'mine2000'] });
    assert.ok(!keysOf(studiesOfText('condition:ptsd'), sources).includes('feder2021'));
  });
  it('tell of it under that key also where the study’s own key means another work', () => {
    const { DOI = '' } = study('feder2021').csl;
    const other = own('feder2021', { DOI: '10.1000/other', title: 'Other' });
    const both = [own('mine2000', { title: 'Mine' }), other, own('federRCT', { DOI, title: 'Mine too' }), own('federAgain', { DOI, title: 'Again' })];
    const chosen = keysOf(studiesOfText('condition:ptsd design:rct'), sourcesOf('', both));
    assert.ok(chosen.includes('federRCT') && !chosen.includes('feder2021') && !chosen.includes('federAgain'));
    const without = keysOf(studiesOfText('condition:ptsd design:rct'), sourcesOf('', both.slice(0, 2)));
    assert.deepEqual(without, chosen.filter(key => key !== 'federRCT'));
    const citing = keysOf(studiesOfText('condition:ptsd design:rct'), sourcesOf('[@federAgain]', both));
    assert.ok(citing.includes('federAgain') && !citing.includes('federRCT'));
  });
  it('tell of it under the key that a file of the writer’s has for it', () => {
    const { DOI = '' } = study('feder2021').csl;
    const { DOI: second = '' } = study('dore2019').csl;
    const file = fileOf(`@book{feder2021, title={Other}, doi={10.1000/other}}
@article{federRCT, title={Mine}, doi={https://doi.org/${DOI.toUpperCase()}}}
@article{dore2019, doi={10.1000/another}}
@article{bar|, doi={${second}}}
`);
    const sources: EvidenceSources = { shelf, library: new Library({ studies, vocabulary, bibliographies: [file] }), cited: [] };
    const { rows, left } = rowsOfStudies([study('oliver2022'), study('feder2021'), study('dore2019')], sources);
    assert.deepEqual(rows.map(({ key, study: { id } }) => [key, id]), [['oliver2022', 'oliver2022'], ['federRCT', 'feder2021']]);
    // A bar in a key would end the cell of the table.
    assert.equal(sources.library.get('bar|')?.summary?.doi, second.toLowerCase());
    assert.deepEqual(left, ['dore2019']);
  });
  for (const [keys, message] of [
    [['feder2021', 'nobody1900'], 'there is no study with the citekey nobody1900.'],
    [['mine2000'], 'mine2000 is an entry of your own, and of the bundled studies only there is evidence to tell. Take it out of the list.'],
  ] as const) {
    it(`can’t be of ${keys.join(', ')}`, () =>
      assert.deepEqual(
        rowsOf({ studies: { by: 'keys', keys }, columns: ['citation'], order: 'cited' }, sourcesOf('', [own('mine2000', { title: 'Mine' })])),
        { fault: message },
      ));
  }
});

describe('The order of an evidence table', () => {
  const all: StudiesChosen = { by: 'keys', keys: ['oliver2022', 'feder2021', 'abdallah2022', 'andrade2017', 'dore2019'] };
  const sources = sourcesOf('[@dore2019] and [@feder2021]');
  const inOrder = (order: Order) => keysOf(all, sources, order).map(study);

  it('as cited has the others behind, as they were listed', () =>
    assert.deepEqual(inOrder('cited').map(({ id }) => id), ['dore2019', 'feder2021', 'oliver2022', 'abdallah2022', 'andrade2017']));
  it('by author', () =>
    assert.deepEqual(inOrder('author').map(({ id }) => id), ['abdallah2022', 'andrade2017', 'dore2019', 'feder2021', 'oliver2022']));
  it('by year has the newest first', () => {
    const years = inOrder('year').map(({ csl }) => csl.issued!['date-parts']![0]![0]!);
    assert.deepEqual(years, [...years].sort((a, b) => b - a));
  });
  it('by design has the vocabulary’s order', () => {
    const places = inOrder('design').map(({ design }) => vocabulary.designs.findIndex(({ id }) => id === design));
    assert.deepEqual(places, [...places].sort((a, b) => a - b));
  });
  it('by design has randomized crossover trials among the randomized ones', () => {
    const keys = keysOf({ by: 'keys', keys: ['evans2018', 'andrade2017', 'feder2014', 'feder2021'] }, sources, 'design');
    assert.deepEqual(keys.slice(0, 2), ['feder2021', 'feder2014']);
    const all = keysOf(studiesOfText('year:1900-'), sources, 'design').map(study);
    const first = all.findIndex(each => !designsOf(each).includes('randomized-controlled-trial'));
    assert.deepEqual(all.slice(first).filter(each => designsOf(each).includes('randomized-controlled-trial')), []);
  });
  it('by n has the largest first, and what is not stated last', () => {
    const sizes = keysOf(studiesOfText('year:1900-'), sources, 'n').map(key => study(key).n ?? -1);
    assert.deepEqual(sizes, [...sizes].sort((a, b) => b - a));
    assert.equal(sizes.at(-1), -1);
  });
});
