import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compile, serialize } from '../../../data/compile.ts';
import { readDataset } from '../../../src/core/dataset.ts';
import type { Study } from '../../../src/core/study.ts';
import { faultsAfter, inDataFolder, type Loose } from '../../support/recordFaults.ts';

const data = path.join(__dirname, '../../../data');

describe('the dataset', () => {
  const compiled = compile(data);

  it('has no faults', () => assert.deepEqual(compiled.problems, []));
  it('holds every record', () => assert.equal(compiled.studies.length, readdirSync(path.join(data, 'studies')).length));
  it('comes out of its compiled form as it went in', () => {
    const { edition, vocabulary, studies } = compiled;
    assert.deepEqual(readDataset(serialize(compiled)), { edition, vocabulary, studies, problems: [] });
  });
  it('carries the seven seed quotes letter for letter', () => {
    const seeds = ['basso2020', 'drozdz2022', 'feder2021', 'oliver2022', 'siegel2021', 'thompson2020', 'yermus2023'];
    const read = readDataset(serialize(compiled)).studies.filter(study => study.quotes.length > 0);
    assert.deepEqual(read.map(study => study.id), seeds);
    for (const study of read) {
      const record = JSON.parse(readFileSync(path.join(data, 'studies', `${study.id}.json`), 'utf8')) as Study;
      assert.deepEqual(study.quotes, record.quotes);
    }
  });
});

describe('compile', () => {
  it('takes a record as it is', () => assert.equal(faultsAfter(() => {}), ''));

  const cases: readonly (readonly [string, (record: Loose) => void, RegExp])[] = [
    ['a missing title', record => delete record.csl.title, /^data\/studies\/feder2021\.json: csl\.title: is missing\. Add it\.$/],
    ['a number for a volume', record => (record.csl.volume = 178), /feder2021\.json: csl\.volume: is 178, but must be string\. Correct it\.$/],
    ['a field it does not know', record => (record.csl.pages = '1-2'), /csl: has a field "pages" that study\.schema\.json does not know\. Remove it/],
    ['a condition the vocabulary lacks', record => (record.conditions = ['gout']), /feder2021\.json: conditions: "gout" is not in data\/vocabulary\.json\. Use one of .*ptsd.*, or add it there first\.$/],
    ['a topic the vocabulary lacks', record => (record.topics = ['gout']), /feder2021\.json: topics: "gout"/],
    ['a design the vocabulary lacks', record => (record.design = 'guess'), /feder2021\.json: design: "guess"/],
    ['a DOI that is none', record => (record.csl.DOI = 'doi.org/10.1/x'), /feder2021\.json: csl\.DOI: is "doi\.org\/10\.1\/x"\. Write it without an address: 10\./],
    ['a day that is none', record => (record.csl.issued = { 'date-parts': [[2021, 2, 30]] }), /csl\.issued: 2021-2-30 is not a day of the calendar\. Correct it/],
    ['a quote without a source', record => delete record.quotes[0].source, /feder2021\.json: quotes\.0\.source: is missing/],
    ['a variant that does not say how print differs', record => delete record.quotes[0].asPrinted, /feder2021\.json: quotes\.0\.asPrinted: is missing/],
    ['an unknown wording check', record => (record.quotes[0].match = 'maybe'), /quotes\.0\.match: is "maybe"\. Use one of exact, variant, unverified\./],
    ['a record without sources', record => (record.sources = []), /feder2021\.json: sources/],
    ['an unverified field that is not there', record => (record.unverified = ['publisher']), /unverified: "publisher"/],
    ['a date of the check that is none', record => (record.checked = 'yesterday'), /feder2021\.json: checked: is "yesterday"\. Write a day as 20/],
    ['spaces around a text', record => (record.finding = ' So it is.'), /feder2021\.json: finding: is " So it is\."\. Remove the spaces around it\./],
  ];
  for (const [what, change, fault] of cases) {
    it(`refuses ${what}`, () => assert.match(faultsAfter(change), fault));
  }

  it('refuses a file that is not named after its id', () =>
    assert.match(faultsAfter(() => {}, 'feder2022.json'), /data\/studies\/feder2022\.json: id: is "feder2021", but the file is named feder2022\.json/));
  it('refuses a DOI that another record has, whatever its case', () => {
    const { DOI = '' } = (JSON.parse(readFileSync(path.join(data, 'studies/dore2019.json'), 'utf8')) as Study).csl;
    assert.match(faultsAfter(record => (record.csl.DOI = DOI.toUpperCase())), /feder2021\.json: csl\.DOI: .* is in data\/studies\/dore2019\.json too/);
  });
  it('refuses what is not JSON, and checks the rest', () =>
    inDataFolder(folder => {
      writeFileSync(path.join(folder, 'studies', 'feder2021.json'), '{');
      const { problems, studies } = compile(folder);
      assert.match(problems.join(), /^data\/studies\/feder2021\.json: is not valid JSON/);
      assert.deepEqual(studies.map(study => study.id), ['dore2019']);
    }));
});
