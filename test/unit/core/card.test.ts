import assert from 'node:assert/strict';
import { card } from '../../../src/core/card.ts';
import type { Study } from '../../../src/core/study.ts';
import { studies, study, vocabulary } from '../../support/dataset.ts';

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
