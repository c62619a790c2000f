import assert from 'node:assert/strict';
import { orderedSources, sourceKind, sourceKindLabel, sourceKinds, type SourceKind } from '../../../src/core/sourceKinds.ts';
import { studies, study } from '../../support/dataset.ts';

const addresses = new Set(studies.flatMap(({ sources }) => sources.map(({ url }) => url)));

/** Addresses of the records, by the kind they have to be. */
const cases: Readonly<Record<SourceKind, readonly string[]>> = {
  publisher: [
    'https://doi.org/10.4088/JCP.17f11738',
    'https://www.nature.com/articles/s41386-020-0644-9',
    'https://ajp.psychiatryonline.org/doi/full/10.1176/appi.ajp.2020.20050596',
    'https://jamanetwork.com/journals/jama/article-abstract/1889135',
    'http://linkinghub.elsevier.com/retrieve/pii/S0006322314002273',
    'https://gpsych.bmj.com/content/36/3/e101007',
    'https://www2.mdpi.com/2076-3425/12/3/382',
    'https://sajp.org.za/index.php/sajp/article/view/2176',
    'https://public-pages-files-2025.frontiersin.org/journals/pharmacology/articles/10.3389/fphar.2021.740996/xml',
  ],
  pubmed: [
    'https://pubmed.ncbi.nlm.nih.gov/33397139/',
    'http://www.ncbi.nlm.nih.gov/pubmed/24963561',
    'http://ncbi.nlm.nih.gov/pubmed?term=22784486',
    'https://www.pubmed.gov/37414272/',
  ],
  pmc: ['https://pmc.ncbi.nlm.nih.gov/articles/PMC8138742/', 'https://www.ncbi.nlm.nih.gov/pmc/articles/PMC2935847/'],
  registry: ['https://clinicaltrials.gov/study/NCT02397889', 'https://clinicaltrials.gov/ct2/show/study/NCT01944293?view=record'],
  repository: [
    'https://utsouthwestern.elsevierpure.com/en/publications/a-randomized-controlled-trial-of-repeated-ketamine-administration',
    'https://mayoclinic.pure.elsevier.com/en/publications/serial-infusions-of-low-dose-ketamine-for-major-depression',
    'https://scholars.mssm.edu/en/publications/antidepressant-effects-of-ketamine-in-depressed-patients-2',
    'https://uhra.herts.ac.uk/id/eprint/5010',
    'http://discovery.ucl.ac.uk/1452083/',
    'https://hal.umontpellier.fr/U1061/hal-04071899v1',
    'https://www.medrxiv.org/content/10.1101/2023.01.11.23284248v2',
    'https://www.preprints.org/manuscript/202202.0156/v2',
  ],
  other: [
    'https://ouci.dntb.gov.ua/en/works/leXoXQg4',
    'https://www.scribd.com/document/371359454/bartoli2017-pdf',
    'https://doaj.org/article/4336dd68f518444dac827fe5faa791c8',
    'https://www.researchgate.net/publication/359477937_Toward_Synergies_of_Ketamine_and_Psychotherapy',
    // Copies of PubMed and of registers.
    'http://togows.dbcls.jp/entry/ncbi-pubmed/28452409',
    'https://crick.ai/trials/NCT04322968',
    'https://ichgcp.net/clinical-trials-registry/publications/133496-s-ketamine-as-an-adjuvant-in-patient-controlled-intravenous-analgesia-for-preventing-postpartum',
    // Of universities, but no repository: a news page, a library's catalogue, a course.
    'https://medicine.yale.edu/psychiatry/news-article/effects-of-ketamine-in-treatment-refractory-obsessive-compulsive-disorder',
    'https://is.muni.cz/el/fss/jaro2011/PSY265/um/Ketamine-Enhanced_20Psychotherapy.txt?lang=cs&predmet=1630557',
  ],
};

describe('sourceKind', () => {
  for (const kind of sourceKinds) {
    it(`knows pages of the kind ${kind}`, () => {
      for (const url of cases[kind]) {
        assert.equal(sourceKind(url), kind, url);
      }
    });
  }
  it('is tried with addresses that the records have', () => {
    const hosts = new Set([...addresses].map(url => new URL(url).host));
    assert.deepEqual(Object.values(cases).flat().map(url => new URL(url).host).filter(host => !hosts.has(host)), []);
  });
  it('takes no test site or look-alike for a publisher', () => {
    const doubtful = [...addresses].filter(url =>
      /\/\/(?:homsy-staging|core-prod)\.cambridgecore\.|\/\/dev2?\.psychiatrist\.|\.remotlog\.com|psychiatryonline\.altmetric|nl\.go\.kr/.test(url),
    );
    assert.ok(doubtful.length >= 8);
    doubtful.forEach(url => assert.equal(sourceKind(url), 'other', url));
  });
  it('takes a publisher’s own servers for the publisher', () => {
    const own = [...addresses].filter(url => new URL(url).host.endsWith('.aop.cambridge.org'));
    assert.deepEqual(own.map(sourceKind), ['publisher', 'publisher']);
  });
  it('takes no stranger’s copy of a repository for one', () => {
    const copies = [...addresses].filter(url => /\.asia\/handle|\.group\/handle/.test(url));
    assert.deepEqual(copies.map(sourceKind), ['other', 'other']);
  });
  it('knows registers that no record names yet', () => {
    for (const url of [
      'https://www.anzctr.org.au/Trial/Registration/TrialReview.aspx?ACTRN=12615000617561', 'https://www.isrctn.com/ISRCTN00000000',
      'https://www.clinicaltrialsregister.eu/ctr-search/search?query=2015-000142-29', 'https://www.chictr.org.cn/showproj.html?proj=1',
      'https://www.crd.york.ac.uk/PROSPERO/view/CRD42022318120', 'https://trialsearch.who.int/Trial2.aspx?TrialID=ChiCTR2000041232',
    ]) {
      assert.equal(sourceKind(url), 'registry', url);
    }
  });
  it('takes what is no address for another page', () => assert.deepEqual(['', 'nature.com', 'ftp://nature.com/'].map(sourceKind), ['other', 'other', 'other']));
  it('looks at the end of the host, not at its beginning or the path', () => {
    for (const url of ['https://author17.example/doi.org/10.1000/1', 'https://doi.org.author17.example/', 'https://notnature.com/']) {
      assert.equal(sourceKind(url), 'other', url);
    }
  });
  it('has a label for each kind', () => assert.equal(new Set(sourceKinds.map(sourceKindLabel)).size, sourceKinds.length));
});

describe('orderedSources', () => {
  it('puts the publisher, PubMed, PMC, registers and repositories first, the rest in the record’s order', () => {
    const kinds = orderedSources(study('feder2021').sources).map(({ url }) => sourceKind(url));
    assert.deepEqual(kinds, ['publisher', 'pubmed', 'registry', 'repository']);
    const { sources } = study('feder2014');
    assert.deepEqual(orderedSources(sources), sources);
  });
  it('loses no source of any record', () => {
    for (const { id, sources } of studies) {
      const ordered = orderedSources(sources);
      assert.deepEqual(new Set(ordered), new Set(sources), id);
      const ranks = ordered.map(({ url }) => sourceKinds.indexOf(sourceKind(url)));
      assert.deepEqual(ranks, [...ranks].sort((a, b) => a - b), id);
    }
  });
});
