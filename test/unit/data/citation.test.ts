import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { compile } from '../../../data/compile.ts';
import { edition } from '../../support/dataset.ts';
import { inDataFolder } from '../../support/recordFaults.ts';

/** What the Citation File Format 1.2.0 knows, by its schema. */
const known = [
  'abstract', 'authors', 'cff-version', 'commit', 'contact', 'date-released', 'doi', 'identifiers', 'keywords', 'license', 'license-url', 'message',
  'preferred-citation', 'references', 'repository', 'repository-artifact', 'repository-code', 'title', 'type', 'url', 'version',
];
const knownOfBodies = [
  'address', 'alias', 'city', 'country', 'date-end', 'date-start', 'email', 'fax', 'location', 'name', 'orcid', 'post-code', 'region', 'tel', 'website',
];

describe('CITATION.cff', () => {
  const text = readFileSync(path.join(__dirname, '../../../data/CITATION.cff'), 'utf8');
  const citation = parse(text) as Readonly<Record<string, unknown>>;

  it('has what the Citation File Format asks for, and nothing that it does not know', () => {
    assert.deepEqual(['authors', 'cff-version', 'message', 'title'].filter(key => !(key in citation)), []);
    assert.deepEqual(Object.keys(citation).filter(key => !known.includes(key)), []);
  });
  it('is of the format’s version 1.2.0, a dataset, under a licence of the SPDX list', () =>
    assert.deepEqual([citation['cff-version'], citation['type'], citation['license']], ['1.2.0', 'dataset', 'MIT']));
  it('names bodies as authors by what the format knows of them', () => {
    const authors = citation['authors'] as readonly Readonly<Record<string, unknown>>[];
    assert.ok(authors.length > 0);
    for (const author of authors) {
      assert.equal(typeof author['name'], 'string');
      assert.deepEqual(Object.keys(author).filter(key => !knownOfBodies.includes(key)), []);
    }
  });
  it('has texts, none of them empty, and no keyword twice', () => {
    for (const key of ['abstract', 'message', 'title']) {
      assert.match(String(citation[key]), /\S/, key);
    }
    const keywords = citation['keywords'] as readonly string[];
    assert.deepEqual([...new Set(keywords)], keywords);
  });
  it('says the version and the day that the extension shows', () =>
    assert.deepEqual([citation['version'], citation['date-released']], [edition.version, edition.date]));

  const cases: readonly (readonly [what: string, before: string | RegExp, after: string, is: string])[] = [
    ['a version of two numbers', 'version: 2.0.0', 'version: 2.1', 'version is 2.1 and date-released is'],
    ['a version in words', 'version: 2.0.0', 'version: next', 'version is next and date-released is'],
    ['no version', 'version: 2.0.0\n', '', 'version is undefined and date-released is'],
    ['a day that is none', /date-released: .*/, 'date-released: 2026-02-30', 'date-released is 2026-02-30.'],
    ['a month that is none', /date-released: .*/, 'date-released: 2026-13-01', 'date-released is 2026-13-01.'],
    ['no day', /date-released: .*\n/, '', 'date-released is undefined.'],
  ];
  for (const [what, before, after, is] of cases) {
    it(`is refused with ${what}`, () =>
      inDataFolder(folder => {
        const changed = text.replace(/^version: .*$/m, 'version: 2.0.0').replace(before, after);
        writeFileSync(path.join(folder, 'CITATION.cff'), changed);
        const [fault = '', ...others] = compile(folder).problems;
        assert.deepEqual(others, []);
        assert.ok(fault.startsWith('data/CITATION.cff: ') && fault.includes(is), fault);
        assert.match(fault, /Write a version such as 2\.0\.0 and a day such as 2026-11-30\.$/);
      }));
  }
});
