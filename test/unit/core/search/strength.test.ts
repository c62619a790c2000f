import assert from 'node:assert/strict';
import { namesDesign, strengthOf, unknownStrength } from '../../../../src/core/search/strength.ts';
import { study } from '../../../support/dataset.ts';

describe('strengthOf', () => {
  it('takes healthy people beside patients for no control', () => assert.ok(strengthOf(study('siegel2021')) > strengthOf(study('berman2000'))));

  it('goes from randomized trials over controlled and observational studies to case reports, reviews and animals', () => {
    const order = [
      'feder2014', // randomized, n 41
      'feder2021', // randomized, n 30
      'hietamies2023', // compared with published data, n 714
      'berman2000', // a crossover trial that does not say how it was ordered, n 7
      'mathai2024', // a cohort
      'algin2024', // a case report
      'borgogna2024', // a meta-analysis
      'li2010', // rats
      'martinotti2021', // a review
    ];
    assert.deepEqual([...order].sort((a, b) => strengthOf(study(a)) - strengthOf(study(b))), order);
  });

  it('takes a protocol of a randomized trial for no trial', () => {
    const protocol = study('delage2017');
    assert.ok(protocol.evidence.randomized && strengthOf(protocol) > strengthOf(study('algin2024')));
  });

  it('puts a writer’s own entry between observational studies and case reports', () => {
    assert.equal(strengthOf({}), unknownStrength);
    assert.ok(strengthOf(study('mathai2024')) < unknownStrength && unknownStrength < strengthOf(study('algin2024')));
  });
});

describe('namesDesign', () => {
  it('knows designs, animals and reviews', () => {
    for (const query of ['ptsd review', 'open-label ptsd', 'mouse depression', 'ocd case', 'suicide meta-analysis', 'rats']) {
      assert.ok(namesDesign(query), query);
    }
  });
  it('takes other words for none', () => {
    for (const query of ['ketamine ptsd', 'RCT', 'randomized crossover', 'open question', 'feder 2021', 'preview', '']) {
      assert.ok(!namesDesign(query), query);
    }
  });
});
