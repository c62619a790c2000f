import assert from 'node:assert/strict';
import { byline, publication, shortAuthors, spokenLabel, studyLabel } from '../../../src/core/describe.ts';
import { studies, study, vocabulary } from '../../support/dataset.ts';

describe('lines about a study', () => {
  it('have a calm label', () => assert.equal(studyLabel(study('feder2021')), 'Feder 2021'));
  it('tell works of a year apart', () => assert.equal(studyLabel(study('zanos2018b')), 'Zanos 2018b'));
  it('have a byline', () => assert.equal(byline(study('feder2021'), vocabulary), 'RCT · n = 30'));
  it('mark notices', () => assert.match(byline(study('rhee2022'), vocabulary), /^⚠ .* · erratum$/));
  it('say nothing of an n that is not stated', () => assert.ok(!byline(study('andrade2017'), vocabulary).includes('n =')));
  it('shorten the authors', () => assert.equal(shortAuthors(study('feder2021').csl), 'Feder et al.'));
  it('name two authors', () => {
    const two = studies.find(({ csl }) => csl.author.length === 2)!;
    assert.equal(shortAuthors(two.csl), `${two.csl.author[0]!.family} and ${two.csl.author[1]!.family}`);
  });
  it('tell the publication', () =>
    assert.equal(publication(study('feder2021').csl), 'American Journal of Psychiatry 2021; 178(2): 193–202'));
  it('are said whole to a screen reader', () =>
    assert.match(
      spokenLabel(study('feder2021'), vocabulary),
      /^Feder et al\., 2021; A randomized .*; Randomized controlled trial; 30 participants; Post-traumatic stress disorder; 1 quote$/,
    ));
});
