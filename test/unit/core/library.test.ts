import assert from 'node:assert/strict';
import { designsOf } from '../../../src/core/evidence.ts';
import { Library } from '../../../src/core/library.ts';
import { studies, vocabulary } from '../../support/dataset.ts';

const library = new Library({ studies, vocabulary });
const first = (query: string): string | undefined => library.find(query).found[0]?.study.id;
const keys = (query: string): string[] => library.find(query, { limit: 300 }).found.map(({ study }) => study.id);

describe('Library', () => {
  it('knows a study by its key', () => assert.equal(library.get('feder2021')?.id, 'feder2021'));
  it('knows nothing of other keys', () => assert.equal(library.has('constructor'), false));
  for (const [query, key] of [
    ['feder2021', 'feder2021'],
    ['feder 2021', 'feder2021'],
    ['fedr ptsd', 'feder2014'],
    ['ptsd feder', 'feder2014'],
    ['kap dore', 'dore2019'],
    ['drozdz', 'drozdz2022'],
    ['author:feder year:2014', 'feder2014'],
    ['has:quote condition:suicidal-ideation', 'oliver2022'],
  ] as const) {
    it(`finds ${key} first for ${query}`, () => assert.equal(first(query), key));
  }
  it('finds what qualifiers ask for, and nothing else', () => {
    const wanted = studies.filter(study => study.conditions.includes('ptsd') && designsOf(study).includes('randomized-controlled-trial'));
    assert.deepEqual(keys('condition:ptsd design:rct').sort(), wanted.map(({ id }) => id).sort());
  });
  it('understands every alias of the vocabulary', () => {
    for (const [qualifier, terms] of [
      ['condition', vocabulary.conditions], ['design', vocabulary.designs], ['topic', vocabulary.topics],
      ['comparator', vocabulary.comparators], ['result', vocabulary.results], ['route', vocabulary.routes],
    ] as const) {
      for (const { aliases = [] } of terms) {
        aliases.forEach(alias => assert.deepEqual(library.find(`${qualifier}:${alias}`).problems, [], alias));
      }
    }
  });
  it('tells what it does not understand', () => assert.match(library.find('condition:gout').problems.join(), /gout/));
  it('completes a qualifier’s value', () => assert.ok(library.find('condition:pt').completions.some(({ query }) => query.trim() === 'condition:ptsd')));
  it('puts what is cited already first among equals', () => {
    const [, second] = keys('condition:ptsd');
    assert.equal(library.find('condition:ptsd', { cited: new Set([second!]) }).found[0]?.study.id, second);
  });
  for (const query of ['ketmine ptsd', 'ketmine psychotherpy', 'kteamine', 'esketmaine', 'fedr ptsd', 'neurimaging', 'depresion ect']) {
    it(`never runs empty while ${query} is typed`, () => {
      for (let typed = 0; typed <= query.length; typed += 1) {
        assert.ok(library.findWhileTyped(query.slice(0, typed)).length > 0, query.slice(0, typed));
      }
    });
  }
  it('runs empty once a word is long enough to be another', () => assert.deepEqual(library.findWhileTyped('xqzvw'), []));
});

describe('What is cited', () => {
  it('is a bundled study, too, where the writer cites it by an entry of their own', () => {
    const { csl } = studies.find(({ id }) => id === 'feder2021')!;
    const origin = { file: 'file:///refs.bib', name: 'refs.bib', start: 0, end: 1, keywords: [] };
    const own = new Library({ studies, vocabulary, own: [{ id: 'author17', csl, quotes: [], notices: [], origin }] });
    const cited = new Set(['author17', 'dore2019']);
    assert.deepEqual([...own.knownAs(cited)].sort(), ['author17', 'dore2019', 'feder2021']);
    const found = own.find('cited:yes', { cited, limit: 10 }).found.map(({ study }) => study.id);
    assert.deepEqual(found.sort(), ['author17', 'dore2019', 'feder2021']);
    assert.ok(!own.find('ptsd cited:no', { cited }).found.some(({ study }) => study.id === 'feder2021'));
    assert.deepEqual(own.openValues('cited:', cited).map(({ detail, count }) => [detail, count]), [['cited:yes', 3], ['cited:no', studies.length - 2]]);
  });
});
