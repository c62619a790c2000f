import assert from 'node:assert/strict';
import { knownOf, notice, problemsOf, synthetic, told } from './support.ts';

const known = knownOf([
  synthetic('plain17', {}),
  synthetic('erratum17', { notices: [{ ...notice('erratum'), DOI: '10.1000/17' }] }),
  synthetic('concern17', { notices: [notice('expression-of-concern')] }),
  synthetic('retracted17', { notices: [notice('correction'), notice('retraction')] }),
  synthetic('preprint17', { notices: [notice('published-version')] }),
]);

function noticesIn(text: string, ...dismissed: string[]): string[] {
  return problemsOf(text, ['notice'], known, { dismissed: new Set(dismissed) }).map(
    ({ start, end, weight, key }) => `${start} ${text.slice(start, end)} ${weight} ${key}`,
  );
}

describe('checks: notices', () => {
  it('are told at the first cite of the work', () =>
    assert.deepEqual(noticesIn('See @plain17.\n\nSee [@plain17; -@erratum17, p. 3] and @erratum17.\n\nAlso @erratum17.'), [
      '30 -@erratum17 plain erratum17',
    ]));
  it('say what takes the work’s trust away', () =>
    assert.deepEqual(noticesIn('@retracted17, @concern17'), ['0 @retracted17 grave retracted17', '14 @concern17 grave concern17']));
  it('are left out once dismissed', () =>
    assert.deepEqual(noticesIn('@retracted17, @concern17', 'retracted17'), ['14 @concern17 grave concern17']));
  it('are told of a cite within another’s words', () =>
    assert.deepEqual(noticesIn('[@plain17, which follows @erratum17]'), ['25 @erratum17 plain erratum17']));
  it('are told in the record’s words, with a cure', () => {
    const text = '@erratum17 @retracted17 @preprint17';
    assert.deepEqual(told(text, problemsOf(text, ['notice'], known)), [
      '“@erratum17” Oliver 2022. Erratum: A note. https://doi.org/10.1000/17 Read it before you rely on the figures.',
      '“@retracted17” Oliver 2022. Correction: A note. Retracted: A note. Rest no claim on it; cite it only to write about its retraction.',
      '“@preprint17” Oliver 2022. Published version: A note. Cite the published version unless you mean this one.',
    ]);
  });
  it('are told of the dataset’s own', () => {
    const text = 'As [@rhee2022] found.';
    assert.deepEqual(told(text, problemsOf(text, ['notice'])), [
      '“@rhee2022” Rhee 2022. Erratum: Error in a figure. JAMA Psychiatry. 2022;79(12):1241. PMID 36477141. https://doi.org/10.1001/jamapsychiatry.2022.4135 Read it before you rely on the figures.',
    ]);
  });
});
