import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addressOf, identify, identifyUnasked, isWork } from '../../../../src/core/importing/identify.ts';
import { requestFor } from '../../../../src/core/importing/registry.ts';
import { studies } from '../../../support/dataset.ts';

const feder = '10.1176/appi.ajp.2020.20050596';
const cases: readonly (readonly [pasted: string, id: string | undefined])[] = [
  [feder, feder],
  [` ${feder}. `, feder],
  [`doi:${feder}`, feder],
  [`DOI: ${feder}`, feder],
  [`doi ${feder}`, feder],
  [`info:doi/${feder}`, feder],
  [`https://doi.org/${feder}`, feder],
  [`http://dx.doi.org/${feder}`, feder],
  [`doi.org/${feder}`, feder],
  [`<https://doi.org/${feder}>`, feder],
  [`https://doi.org/${encodeURIComponent(feder)}`, feder],
  [`https://ajp.psychiatryonline.org/doi/10.1176/appi.ajp.2020.20050596`, feder],
  [`https://ajp.psychiatryonline.org/doi/full/${feder}?journalCode=ajp#sec1`, feder],
  [`https://ajp.psychiatryonline.org/doi/pdf/${feder}`, feder],
  ['https://www.tandfonline.com/doi/full/10.1080/02791072.2023.2192223?needAccess=true', '10.1080/02791072.2023.2192223'],
  ['https://link.springer.com/article/10.1007/s00213-022-06082-8/fulltext.html', '10.1007/s00213-022-06082-8'],
  ['https://link.springer.com/content/pdf/10.1007/s00213-022-06082-8.pdf', '10.1007/s00213-022-06082-8'],
  ['https://www.frontiersin.org/articles/10.3389/fpsyt.2021.610000/full', '10.3389/fpsyt.2021.610000'],
  ['https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0123456', '10.1371/journal.pone.0123456'],
  ['https://journals.plos.org/plosone/article?id=10.1371%2Fjournal.pone.0123456&type=printable', '10.1371/journal.pone.0123456'],
  ['https://www.medrxiv.org/content/10.1101/2023.01.02.23284120v2.full', '10.1101/2023.01.02.23284120'],
  ['10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2', '10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2'],
  ['10.1016/S0140-6736(05)67887-9', '10.1016/s0140-6736(05)67887-9'],
  ['33397139', '33397139'],
  ['PMID: 33397139', '33397139'],
  ['pmid33397139', '33397139'],
  ['https://pubmed.ncbi.nlm.nih.gov/33397139/', '33397139'],
  ['https://pubmed.ncbi.nlm.nih.gov/33397139/?from=search', '33397139'],
  ['pubmed.ncbi.nlm.nih.gov/33397139', '33397139'],
  ['https://www.ncbi.nlm.nih.gov/pubmed/33397139', '33397139'],
  ['https://www.ncbi.nlm.nih.gov/pubmed/?term=33397139', '33397139'],
  ['https://europepmc.org/article/MED/33397139', '33397139'],
  ['PMC7704936', 'PMC7704936'],
  ['pmcid: pmc7704936', 'PMC7704936'],
  ['https://pmc.ncbi.nlm.nih.gov/articles/PMC7704936/', 'PMC7704936'],
  ['https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7704936/pdf/x.pdf', 'PMC7704936'],
  ['', undefined],
  ['ketamine ptsd', undefined],
  ['https://example.org/', undefined],
  ['https://pubmed.ncbi.nlm.nih.gov/?term=ketamine', undefined],
  ['123456789', undefined],
  ['0', undefined],
  ['10.1/x', undefined],
  ['10.1176/', undefined],
  ['x'.repeat(3000), undefined],
];

describe('identify', () => {
  for (const [pasted, id] of cases) {
    it(`reads ${pasted.slice(0, 90) || 'nothing'}`, () => assert.equal(identify(pasted)?.id, id));
  }
  it('knows every study of the dataset by each of its identifiers and addresses', () => {
    for (const { id, csl } of studies) {
      const written = [csl.DOI, csl.PMID, csl.PMCID].filter(each => each !== undefined);
      for (const each of written) {
        const work = identify(each);
        assert.ok(work && isWork(csl, work), `${id}: ${each}`);
        assert.deepEqual(identify(addressOf(work)), work);
      }
    }
  });
  it('offers no lone short number and no sentence unasked', () => {
    assert.equal(identifyUnasked('2021'), undefined);
    assert.equal(identifyUnasked('see 10.1176/x for more'), undefined);
    assert.equal(identifyUnasked('33397139')?.kind, 'PMID');
  });
  it('takes any text without throwing, and nothing but what a registry can be asked for', () =>
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withQueryParameters: true }), fc.string().map(each => `10.1234/${each}`)), text => {
        const work = identify(text);
        const request = work && requestFor(work, { doi: 'https://doi.org', pubmed: 'https://x.org/v1' });
        assert.ok(!work || (request && !/[\s#]/.test(request.url)));
      }),
    ));
});

describe('requestFor', () => {
  const bases = { doi: 'https://doi.org/', pubmed: 'https://pmc.ncbi.nlm.nih.gov/api/ctxp/v1' };
  it('asks doi.org for CSL', () =>
    assert.deepEqual(requestFor(identify('10.1016/S0140-6736(05)67887-9#a')!, bases), {
      url: 'https://doi.org/10.1016/s0140-6736(05)67887-9%23a', accept: 'application/vnd.citationstyles.csl+json', from: 'doi.org',
    }));
  it('asks NCBI', () => {
    assert.equal(requestFor(identify('33397139')!, bases)?.url, 'https://pmc.ncbi.nlm.nih.gov/api/ctxp/v1/pubmed/?format=csl&id=33397139');
    assert.equal(requestFor(identify('PMC7704936')!, bases)?.url, 'https://pmc.ncbi.nlm.nih.gov/api/ctxp/v1/pmc/?format=csl&id=7704936');
  });
  it('asks nobody where the setting is no web address', () => {
    for (const doi of ['', 'doi.org', 'file:///etc', 'javascript:alert(1)', 'https://', 'https://a b', 'https://x.org?y']) {
      assert.equal(requestFor(identify(feder)!, { ...bases, doi }), undefined, doi);
    }
  });
});
