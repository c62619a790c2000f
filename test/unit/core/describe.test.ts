import assert from 'node:assert/strict';
import { byline, card, publication, shortAuthors, spokenLabel, studyLabel } from '../../../src/core/describe.ts';
import type { Study } from '../../../src/core/study.ts';
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

describe('card', () => {
  const full = (key: string): string => card(study(key), vocabulary, 'full');

  it('tells everything the record knows', () => {
    const text = full('feder2021');
    for (const part of [
      'Adriana Feder', 'James W. Murrough', '*American Journal of Psychiatry 2021; 178(2): 193–202*', 'Randomized controlled trial',
      'Individuals with chronic PTSD', '| **n** | 30 |', 'ketamine, intravenous; 0.5 mg/kg; six infusions over two weeks',
      'midazolam 0.045 mg/kg', 'CAPS-5, 2 weeks: 11.88 points lower', '**Finding.** Thirty people', '`@feder2021`',
      'https://doi.org/10.1176/appi.ajp.2020.20050596', 'https://pubmed.ncbi.nlm.nih.gov/33397139/',
    ]) {
      assert.ok(text.includes(part), part);
    }
  });
  it('says which fields are not confirmed', () => assert.match(full('feder2021'), /Not yet confirmed in a source:\*\* authors/));
  it('says how the wording of a quote was checked', () => {
    assert.match(full('feder2021'), /Wording differs from print: "Posttraumatic" for "Post-traumatic"/);
    assert.match(full('oliver2022'), /Exact wording, as in print/);
    assert.match(full('siegel2021'), /Wording not found in print yet/);
  });
  it('tells notices with their DOI', () => assert.match(full('rhee2022'), /⚠ \*\*Erratum\.\*\* Error in a figure.*https:\/\/doi\.org\/10\.1001\/jamapsychiatry\.2022\.4135/));
  it('says what is not stated', () => assert.match(full('andrade2017'), /\| \*\*n\*\* \| \*not stated in what was seen\* \|/));
  it('leaves out what is not stated, and the sources, in a hover', () => {
    const text = card(study('andrade2017'), vocabulary, 'brief');
    assert.ok(!text.includes('not stated') && !text.includes('## Sources'));
  });
  it('tells a null result as plainly as any', () => assert.match(full('abdallah2022'), /\*\*Finding\.\*\* Neither ketamine dose did better than placebo/));
  it('can be made of every study', () => {
    for (const each of studies) {
      assert.doesNotMatch(card(each, vocabulary, 'full'), /undefined|\[object|NaN/, each.id);
    }
  });
  it('lets nothing of a record become markup', () => {
    const hostile = '<img src=x onerror=alert(1)> [x](command:evil) | **b**\n# h';
    const record = { ...study('feder2021'), finding: hostile, population: hostile, csl: { ...study('feder2021').csl, title: hostile } } as Study;
    const text = card(record, vocabulary, 'full');
    assert.doesNotMatch(text, /(?<!\\)<img|(?<!\\)\[x\]\(command|^# h/m);
  });
});
