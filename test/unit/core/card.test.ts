import assert from 'node:assert/strict';
import { card } from '../../../src/core/card.ts';
import type { Entry, Study } from '../../../src/core/study.ts';
import { edition, studies, study, vocabulary } from '../../support/dataset.ts';

describe('card', () => {
  const full = (key: string): string => card(study(key), { vocabulary, edition }, 'full');

  const brief = (key: string): string => card(study(key), { vocabulary, edition }, 'brief');

  it('tells everything the record knows', () => {
    const text = full('feder2021');
    for (const part of [
      'Adriana Feder', 'James W. Murrough', '*American Journal of Psychiatry 2021; 178(2): 193–202*', 'Randomized controlled trial',
      'Individuals with chronic PTSD', '| **n** | 30 |', 'ketamine, intravenous; 0.5 mg/kg; six infusions over two weeks',
      'midazolam 0.045 mg/kg', 'CAPS-5, 2 weeks: 11.88 points lower', '**Finding.** Thirty people', '`@feder2021`',
      'RCT · n 30 · six infusions v midazolam in chronic PTSD', '| **Course** | 6 sessions; results up to day 14 |',
      '| **Result** | Favours the treatment: CAPS-5 11.88 points lower with ketamine; 67% against 20% responded |',
      'https://doi.org/10.1176/appi.ajp.2020.20050596', 'https://pubmed.ncbi.nlm.nih.gov/33397139/',
    ]) {
      assert.ok(text.includes(part), part);
    }
  });
  it('names authors whole, with their particles', () => {
    assert.match(full('dinicola2025'), /Giacomo d'Andrea/);
    const author = [{ family: 'Author 17', given: 'Anna', 'non-dropping-particle': 'van der', suffix: 'Jr.' }, { family: 'Author', given: 'Ben', 'dropping-particle': 'd’' }];
    const entry: Entry = { id: 'author17', csl: { type: 'book', title: 'A title', author }, quotes: [], notices: [], origin: { file: 'file:///refs.bib', name: 'refs.bib', start: 0, end: 1, keywords: [] } };
    assert.match(card(entry, { vocabulary, edition }, 'brief'), /Anna van der Author 17 Jr\., Ben d’Author/);
  });
  it('says which fields are not confirmed', () => assert.match(full('feder2021'), /Not yet confirmed in a source:\*\* authors/));
  it('says how the wording of a quote was checked', () => {
    assert.match(full('feder2021'), /Wording differs from print: "Posttraumatic" for "Post-traumatic"/);
    assert.match(full('oliver2022'), /Exact wording, as in print/);
    assert.match(full('siegel2021'), /Wording not found in print yet/);
  });
  it('tells notices with their DOI', () => assert.match(full('rhee2022'), /⚠ \*\*Erratum\.\*\* Error in a figure.*https:\/\/doi\.org\/10\.1001\/jamapsychiatry\.2022\.4135/));
  it('names what is not stated in one line, and has no row for it', () => {
    const text = full('andrade2017');
    assert.match(text, /^\*Not stated in what was seen: n, comparator, .*\.\*$/m);
    assert.doesNotMatch(text, /\| \*\*n\*\* \||not stated in what was seen\* \|/);
    assert.match(full('feder2021'), /^\*Not stated in what was seen: blinding, limitations\.\*$/m);
  });
  it('names for every study each fact as a row or as not stated', () => {
    for (const each of studies) {
      const text = card(each, { vocabulary, edition }, 'full');
      const missing = (/^\*Not stated in what was seen: (.*)\.\*$/m.exec(text)?.[1] ?? '').split(', ');
      for (const fact of ['population', 'n', 'intervention', 'comparator', 'outcome', 'limitations', 'registration']) {
        const isRow = new RegExp(`^\\| \\*\\*${fact}\\*\\*`, 'mi').test(text);
        assert.notEqual(isRow, missing.includes(fact), `${each.id} ${fact}`);
      }
    }
  });
  it('keeps a hover short', () => {
    assert.doesNotMatch(brief('andrade2017'), /Not stated|## Sources/);
    assert.match(brief('feder2021'), /^RCT · n 30 · six infusions v midazolam in chronic PTSD$/m);
    assert.doesNotMatch(brief('feder2021'), /\*\*(?:n|Course|Result)\*\*|Dataset/);
  });
  it('says whether a trial was randomized and blinded, each once', () => {
    assert.match(full('feder2014'), /\| \*\*Design\*\* \| Randomized crossover trial \|/);
    assert.match(full('abdallah2022'), /\| \*\*Design\*\* \| Randomized controlled trial, double-blind \|/);
    assert.match(brief('anand2023'), /\| \*\*Design\*\* \| Randomized controlled trial, open \|/);
    assert.match(full('albott2018'), /\| \*\*Design\*\* \| Open-label trial \|/);
  });
  it('says why there is no result on benefit', () =>
    assert.match(full('autry2011'), /\| \*\*Result\*\* \| No result on benefit: preclinical mechanism in mice and cultured neurons \|/));
  it('links each registration, and leaves the words between as they are', () => {
    const row = (key: string): string | undefined => /^\| \*\*Registration\*\* \| (.*) \|$/m.exec(full(key))?.[1];
    assert.equal(
      row('canuso2021'),
      '[NCT03039192](https://clinicaltrials.gov/study/NCT03039192), [NCT03097133](https://clinicaltrials.gov/study/NCT03097133)',
    );
    assert.equal(row('kew2023'), 'PROSPERO [CRD42022318120](https://www.crd.york.ac.uk/PROSPERO/view/CRD42022318120)');
    for (const { id } of studies.filter(({ registration }) => registration)) {
      assert.match(row(id) ?? '', /\]\(https:\/\//, id);
      assert.equal(row(id)?.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1'), study(id).registration, id);
    }
  });
  it('lists the sources by kind, and says what each confirms', () => {
    const kinds = Array.from(full('feder2021').matchAll(/^- \*\*(.*?)\*\* <.*> confirms /gm), ([, kind]) => kind);
    assert.deepEqual(kinds, ['Publisher', 'PubMed', 'Trial registry', 'Repository']);
    assert.match(full('feder2014'), /^- \*\*Other page\*\* <https:\/\/d\.docksci\.com\S+> confirms title, authors, n, /m);
    assert.match(full('feder2021'), /confirms registration \(matched by investigator, arms and n; /);
  });
  it('says which state of the dataset it shows, and when the record was checked', () => {
    assert.match(full('feder2014'), /^Dataset \d+\.\d+\.\d+ of \d{4}-\d\d-\d\d\. Last checked \d{4}-\d\d-\d\d\.$/m);
    assert.match(card(study('feder2014'), { vocabulary }, 'full'), /^Last checked /m);
  });
  it('tells a null result as plainly as any', () => assert.match(full('abdallah2022'), /\*\*Finding\.\*\* Neither ketamine dose did better than placebo/));
  it('can be made of every study', () => {
    for (const each of studies) {
      assert.doesNotMatch(card(each, { vocabulary, edition }, 'full'), /undefined|\[object|NaN/, each.id);
    }
  });
  it('lets nothing of a record become markup', () => {
    const hostile = '<img src=x onerror=alert(1)> [x](command:evil) | **b**\n# h';
    const record = { ...study('feder2021'), finding: hostile, population: hostile, gist: hostile, registration: `NCT00000000 ${hostile}`, csl: { ...study('feder2021').csl, title: hostile } } as Study;
    const text = card(record, { vocabulary, edition }, 'full');
    assert.doesNotMatch(text, /(?<!\\)<img|(?<!\\)\[x\]\(command|^# h/m);
  });
});
