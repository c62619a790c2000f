import assert from 'node:assert/strict';
import { registrationsIn } from '../../../src/core/registrations.ts';
import { studies, study } from '../../support/dataset.ts';

const found = (text: string): readonly (readonly [string, string])[] =>
  registrationsIn(text).map(({ start, end, address }) => [text.slice(start, end), address]);

const who = (number: string): string => `https://trialsearch.who.int/Trial2.aspx?TrialID=${number}`;

describe('registrationsIn', () => {
  const ofRecord = (key: string): ReturnType<typeof found> => found(study(key).registration ?? '');

  it('finds several numbers', () =>
    assert.deepEqual(ofRecord('canuso2021'), [
      ['NCT03039192', 'https://clinicaltrials.gov/study/NCT03039192'],
      ['NCT03097133', 'https://clinicaltrials.gov/study/NCT03097133'],
    ]));
  it('searches the European register for the number without the country', () => {
    assert.deepEqual(ofRecord('delage2017'), [['2015-000142-29', 'https://www.clinicaltrialsregister.eu/ctr-search/search?query=2015-000142-29']]);
    assert.deepEqual(ofRecord('ekstrand2022'), [
      ['EUCTR2011-001520-37-SE', 'https://www.clinicaltrialsregister.eu/ctr-search/search?query=2011-001520-37'],
    ]);
  });
  it('knows the Australian register', () =>
    assert.deepEqual(ofRecord('glue2018'), [
      ['ACTRN12615000617561', 'https://www.anzctr.org.au/Trial/Registration/TrialReview.aspx?ACTRN=12615000617561'],
    ]));
  it('knows PROSPERO with its name and without', () => {
    assert.deepEqual(ofRecord('kew2023'), [['CRD42022318120', 'https://www.crd.york.ac.uk/PROSPERO/view/CRD42022318120']]);
    assert.deepEqual(ofRecord('mcgirr2015a'), [['CRD42014009035', 'https://www.crd.york.ac.uk/PROSPERO/view/CRD42014009035']]);
  });
  it('leads to other registers through WHO', () => {
    assert.deepEqual(ofRecord('zhou2024'), [['ChiCTR2000041232', who('ChiCTR2000041232')]]);
    const numbers = ['DRKS00000000', 'IRCT00000000000000N0', 'NTR0000', 'NL0000', 'CTRI/2000/00/000000', 'ChiCTR-TRC-00000000', 'JPRN-UMIN000000000'];
    for (const number of numbers) {
      assert.deepEqual(found(number), [[number, who(number)]]);
    }
    assert.deepEqual(found('UMIN000000000, jRCTs000000000'), [
      ['UMIN000000000', who('JPRN-UMIN000000000')],
      ['jRCTs000000000', who('JPRN-jRCTs000000000')],
    ]);
  });
  it('knows ISRCTN', () => assert.deepEqual(found('ISRCTN00000000'), [['ISRCTN00000000', 'https://www.isrctn.com/ISRCTN00000000']]));
  it('takes no longer or shorter number, and none of another kind', () => {
    for (const text of ['NCT0000000', 'NCT000000000', 'xNCT00000000', '2000-000000-00-00', 'NL00000.000.00', 'CRD4200', 'not registered']) {
      assert.deepEqual(found(text), [], text);
    }
  });
  it('leaves nothing of a registration in the dataset without a link but names and commas', () => {
    const registered = studies.filter(({ registration }) => registration);
    assert.ok(registered.length >= 36);
    for (const { id, registration } of registered) {
      const rest = registrationsIn(registration!).reduceRight((text, { start, end }) => text.slice(0, start) + text.slice(end), registration!);
      assert.match(rest, /^(?:PROSPERO|EudraCT|[ ,])*$/, id);
      assert.ok(registrationsIn(registration!).length > 0, id);
    }
  });
});
