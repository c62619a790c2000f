import assert from 'node:assert/strict';
import { byline, designLabel, doseText, foundRow, oneLine, publication, shortAuthors, spokenLabel, studyLabel } from '../../../src/core/describe.ts';
import { Library } from '../../../src/core/library.ts';
import type { Entry } from '../../../src/core/study.ts';
import { studies, study, vocabulary } from '../../support/dataset.ts';

describe('lines about a study', () => {
  it('have a calm label', () => assert.equal(studyLabel(study('feder2021')), 'Feder 2021'));
  it('tell works of a year apart', () => assert.equal(studyLabel(study('zanos2018b')), 'Zanos 2018b'));
  it('have a byline', () => assert.equal(byline(study('feder2021'), vocabulary), 'RCT · n 30'));
  it('mark notices', () => assert.match(byline(study('rhee2022'), vocabulary), /^⚠ .* · erratum$/));
  it('say nothing of an n that is not stated', () => assert.ok(!byline(study('andrade2017'), vocabulary).includes('n ')));
  it('shorten the authors', () => assert.equal(shortAuthors(study('feder2021').csl), 'Feder et al.'));
  it('name two authors', () => {
    const two = studies.find(({ csl }) => csl.author.length === 2)!;
    assert.equal(shortAuthors(two.csl), `${two.csl.author[0]!.family} and ${two.csl.author[1]!.family}`);
  });
  it('know that there are more authors than a file names', () => {
    assert.equal(shortAuthors({ ...own.csl, author: [{ family: 'Author 17' }, { literal: 'others' }] }), 'Author 17 et al.');
    assert.equal(shortAuthors({ ...own.csl, author: [{ family: 'Author 17' }, { literal: 'et al.' }] }), 'Author 17 et al.');
  });
  it('name a writer’s own authors with their particles', () => {
    const author = [{ family: 'Author 17', 'non-dropping-particle': 'van der' }, { family: 'Author', given: 'A.', 'non-dropping-particle': 'd’' }];
    assert.equal(shortAuthors({ ...own.csl, author }), 'van der Author 17 and d’Author');
    assert.equal(studyLabel({ ...own, csl: { ...own.csl, author: author.slice(1) } }), 'd’Author 2001');
  });
  it('tell the publication', () =>
    assert.equal(publication(study('feder2021').csl), 'American Journal of Psychiatry 2021; 178(2): 193–202'));
  it('are said whole to a screen reader', () =>
    assert.equal(
      spokenLabel(study('feder2021'), vocabulary),
      'Feder et al., 2021; six infusions versus midazolam in chronic PTSD; Randomized controlled trial; 30 participants; 1 quote',
    ));
  it('say of a writer’s own entry its title and its file', () =>
    assert.equal(spokenLabel(own, vocabulary), 'Author 17, 2001; A title; Book from refs.bib'));
  it('fit into one line', () =>
    assert.equal(oneLine(study('feder2021'), vocabulary), 'RCT · n 30 · six infusions v midazolam in chronic PTSD'));
  it('names a correction after the gist, which a narrow row shows instead, and a retraction before it', () => {
    const corrected = study('dames2022');
    assert.equal(oneLine(corrected, vocabulary), `⚠ Cohort · n 94 · ${corrected.gist} · corrigendum`);
    const retracted = { ...study('feder2021'), notices: [{ type: 'retraction', note: 'Retracted.' }, { type: 'erratum', note: 'Page 2.' }] };
    assert.equal(oneLine(retracted, vocabulary), '⚠ RCT · n 30 · retracted · six infusions v midazolam in chronic PTSD · erratum');
  });
  it('say of a crossover trial whether it was randomized', () => {
    assert.equal(designLabel(study('feder2014'), vocabulary), 'Randomized crossover trial');
    assert.equal(byline(study('feder2014'), vocabulary), 'Crossover RCT · n 41');
  });
  it('write doses and ranges of doses', () =>
    assert.deepEqual(study('loo2023').evidence.doses.map(doseText), ['0.5 mg/kg', '0.5–0.9 mg/kg']));
});

const own: Entry = {
  id: 'author17',
  csl: { type: 'book', title: 'A title', author: [{ literal: 'Author 17' }], issued: { 'date-parts': [[2001]] } },
  quotes: [],
  notices: [],
  origin: { file: 'file:///refs.bib', name: 'refs.bib', start: 0, end: 1, keywords: [] },
};

describe('a row of what was found', () => {
  const library = new Library({ studies, vocabulary });
  const rowOf = (query: string, key: string) => {
    const found = library.find(query, { limit: Infinity }).found.find(each => each.study.id === key)!;
    return foundRow(found.study, vocabulary, found.matched());
  };
  const { title } = study('feder2021').csl;

  it('tells a study in one line, and its title below', () =>
    assert.deepEqual(foundRow(study('feder2021'), vocabulary, []), {
      description: 'RCT · n 30 · six infusions v midazolam in chronic PTSD',
      detail: title,
    }));
  it('names author and year of a writer’s own entry, whose citekey may say neither', () =>
    assert.deepEqual(foundRow(own, vocabulary, []), { description: 'Author 17 2001 · Book · refs.bib', detail: 'A title' }));
  it('says where a word was found before the title, which may be cut off', () => {
    const { detail } = rowOf('charney', 'feder2021');
    assert.match(detail, /^author: “… .*Charney”/);
    assert.ok(detail.endsWith(` · ${title}`));
  });
  it('says nothing of words that the row shows', () => assert.equal(rowOf('ptsd', 'feder2021').detail, title));
  it('has room for the whole first line of nearly every study', () => {
    // About 90 letters are shown at the list's usual width.
    const long = studies.filter(each => `${each.id}  ${foundRow(each, vocabulary, []).description}`.length > 90);
    assert.ok(long.length < studies.length / 10, long.map(({ id }) => id).join(', '));
  });
});
