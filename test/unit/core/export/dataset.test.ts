import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { label } from '../../../../src/core/describe.ts';
import { datasetColumns, datasetFileName, datasetText, isDatasetFormat } from '../../../../src/core/export/dataset.ts';
import type { Name, Study } from '../../../../src/core/study.ts';
import { edition, studies, study, vocabulary } from '../../../support/dataset.ts';

const shelf = { studies, vocabulary, edition };

/** The records of a CSV file, as RFC 4180 has it. */
function readCsv(text: string): string[][] {
  const records: string[][] = [[]];
  for (const [, quoted, bare = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    records.at(-1)!.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end === '\r\n') {
      records.push([]);
    }
  }
  return records.slice(0, -1);
}

const csv = datasetText(shelf, 'csv');
const [header = [], ...rows] = readCsv(csv.slice(1));
const cellsOf = (row: readonly string[]): Readonly<Record<string, string>> => Object.fromEntries(header.map((name, index) => [name, row[index]!]));

/** The cells of a study, by the names of the columns. */
const rowOf = (key: string): Readonly<Record<string, string>> => cellsOf(rows.find(([id]) => id === key)!);

/** The cells of a study that differs from one of the dataset. */
function rowWith(key: string, change: Partial<Study>): Readonly<Record<string, string>> {
  return cellsOf(readCsv(datasetText({ ...shelf, studies: [{ ...study(key), ...change }] }, 'csv').slice(1))[1]!);
}

describe('All studies as CSV', () => {
  it('has a header and a row a study, all of one length, with a byte order mark and CRLF', () => {
    assert.equal(csv[0], '\ufeff');
    assert.equal(csv.replaceAll('\r\n', '').match(/[\r\n]/), null);
    assert.deepEqual(header, datasetColumns);
    assert.deepEqual(rows.map(([id]) => id), studies.map(({ id }) => id));
    assert.deepEqual(rows.filter(row => row.length !== header.length), []);
  });
  it('has the columns that its readers rely on', () =>
    assert.deepEqual(header, [
      'citekey', 'gist', 'authors', 'year', 'title', 'type', 'journal', 'publisher', 'volume', 'issue', 'pages', 'DOI', 'PMID', 'PMCID', 'URL', 'conditions', 'topics', 'design',
      'randomized', 'blinding', 'comparators', 'result', 'basis', 'routes', 'doses', 'sessions', 'follow-up (days)', 'n', 'population', 'intervention',
      'comparator', 'outcome', 'finding', 'limitations', 'registration', 'notices', 'unverified', 'checked', 'dataset version', 'dataset day',
    ]));
  it('gives back what the records say', () => {
    const words = (text: string): string => text.replace(/\s+/g, ' ');
    const guarded = (text: string): string => (/^\s*[=+\-@]/.test(text) ? `'${text}` : text);
    for (const { id, csl, gist, n, finding, population, limitations, evidence, checked, unverified } of studies) {
      const row = rowOf(id);
      const asIs = { gist, title: csl.title, journal: csl['container-title'], volume: csl.volume, DOI: csl.DOI, PMID: csl.PMID, PMCID: csl.PMCID, URL: csl.URL, population, finding, limitations, basis: evidence.basis, checked };
      for (const [name, value] of Object.entries(asIs)) {
        assert.equal(row[name], guarded(words(value ?? '')), `${id} ${name}`);
      }
      const numbers = { n, year: csl.issued?.['date-parts']?.[0]?.[0], sessions: evidence.sessions, 'follow-up (days)': evidence.followUpDays };
      for (const [name, value] of Object.entries(numbers)) {
        assert.equal(row[name] === '' ? null : Number(row[name]), value ?? null, `${id} ${name}`);
      }
      assert.deepEqual(row['authors']!.split('; ').length, csl.author.length, id);
      assert.deepEqual(row['unverified']!.split('; ').filter(Boolean), unverified ?? [], id);
      assert.deepEqual([row['dataset version'], row['dataset day']], [edition.version, edition.date]);
    }
  });
  it('says codes in the words of the vocabulary', () => {
    const { conditions, design, randomized, comparators, result, routes, doses, sessions } = rowOf('feder2021');
    assert.deepEqual(
      [conditions, design, randomized, comparators, result, routes, doses, sessions],
      [
        label(vocabulary.conditions, 'ptsd'), label(vocabulary.designs, 'randomized-controlled-trial'), 'yes', label(vocabulary.comparators, 'active-placebo'),
        label(vocabulary.results, 'favours'), label(vocabulary.routes, 'intravenous'), '0.5 mg/kg', '6',
      ],
    );
    assert.equal(rowOf('aanhetrot2010')['blinding'], 'Open');
    assert.equal(rowOf('siegel2021')['doses'], '0.15–0.6 mg/kg/h; 0.54 mg/kg/h');
    assert.equal(rowOf('kheirabadi2020')['routes'], 'Intramuscular; Oral');
    assert.match(rowOf('feder2021')['authors']!, /^Feder, Adriana; Costi, Sara; /);
  });
  it('leaves empty what is not stated, and tells no from it', () => {
    const { evidence } = study('feder2021');
    const row = rowWith('feder2021', {
      n: null, population: null, intervention: null, outcome: null, evidence: { ...evidence, randomized: null, blinding: null, comparators: [], routes: [], doses: [], sessions: null, followUpDays: null },
    });
    for (const name of ['n', 'population', 'intervention', 'outcome', 'randomized', 'blinding', 'comparators', 'routes', 'doses', 'sessions', 'follow-up (days)', 'notices', 'limitations']) {
      assert.equal(row[name], '', name);
    }
    assert.equal(rowWith('feder2021', { evidence: { ...evidence, randomized: false } })['randomized'], 'no');
  });
  it('joins lists by semicolons, also several registrations', () => {
    assert.equal(rowWith('feder2021', { registration: 'NCT03039192, NCT03097133' })['registration'], 'NCT03039192; NCT03097133');
    assert.equal(rowWith('feder2021', { notices: [{ type: 'erratum', note: 'One word.' }, { type: 'retraction', note: '' }] })['notices'], 'Erratum: One word.; Retracted.');
  });
  it('writes names of people, of bodies, and those with a suffix', () => {
    const author: readonly Name[] = [{ family: 'Author 17', given: 'A.', suffix: 'Jr' }, { literal: 'Body 18' }, { family: 'Author 19' }];
    assert.equal(rowWith('feder2021', { csl: { ...study('feder2021').csl, author } })['authors'], 'Author 17, A., Jr; Body 18; Author 19');
  });
  it('has no cell that a spreadsheet would take for a formula, or pages that it would take for a day', () => {
    for (const [id, ...cells] of rows) {
      for (const cell of cells) {
        assert.doesNotMatch(cell, /^\s*[=+\-@]/, `${id}: ${cell}`);
        assert.doesNotMatch(cell, /^\d{1,2}[-/]\d{1,2}$/, `${id}: ${cell}`);
      }
    }
    assert.equal(rowWith('feder2021', { finding: '=1+1, "so"\nit says' })['finding'], "'=1+1, \"so\" it says");
    assert.equal(rowOf('feder2021')['pages'], '193–202');
  });
  it('leaves the version and the day empty where the dataset’s file does not say them', () => {
    const text = datasetText({ ...shelf, edition: undefined, studies: [study('feder2021')] }, 'csv');
    assert.deepEqual(readCsv(text.slice(1))[1]!.slice(-2), ['', '']);
  });
});

describe('All studies as CSL-JSON', function () {
  this.timeout(60_000);
  it('is the records’ own items, each with its citekey, and nothing else', () => {
    const items = JSON.parse(datasetText(shelf, 'csljson')) as readonly object[];
    assert.deepEqual(items, studies.map(({ id, csl }) => ({ id, ...csl })));
  });
  it('has no empty list of authors', () => {
    const { csl, ...rest } = study('feder2021');
    const [item] = JSON.parse(datasetText({ ...shelf, studies: [{ ...rest, csl: { ...csl, author: [] } }] }, 'csljson')) as readonly object[];
    assert.ok(!('author' in item!));
  });
  it('is cited from by Pandoc, every study, without a warning', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'dataset-'));
    try {
      const bibliography = path.join(folder, datasetFileName('csljson', edition));
      writeFileSync(bibliography, datasetText(shelf, 'csljson'));
      const manuscript = studies.map(({ id }) => `As [@${id}].\n`).join('\n');
      const { status, stdout, stderr } = spawnSync('pandoc', ['-f', 'markdown', '-t', 'html', '--citeproc', `--bibliography=${bibliography}`], {
        input: manuscript, encoding: 'utf8', maxBuffer: 1 << 28,
      });
      assert.deepEqual([status, stderr], [0, '']);
      assert.deepEqual(Array.from(stdout.matchAll(/id="ref-(\w+)"/g), match => match[1]).sort(), studies.map(({ id }) => id));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('The file of all studies', () => {
  it('is named after the version', () => {
    assert.deepEqual([datasetFileName('csv', { version: '2.0.0', date: '2026-11-30' }), datasetFileName('csljson', undefined)], ['ketamine-studies-2.0.0.csv', 'ketamine-studies.json']);
  });
  it('knows its formats', () => assert.deepEqual(['csv', 'csljson', 'json', 'toString', 1].map(isDatasetFormat), [true, true, false, false, false]));
});
