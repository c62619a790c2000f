import assert from 'node:assert/strict';
import { convertNbib, NbibScanner } from '../../../../src/core/bibliography/nbib.ts';
import { ours, scanned } from '../../../support/bibliographyOracle.ts';

const text = `
PMID- 123
OWN - NLM
TI  - A title that goes on in
      a second line.
LID - 10.1234/AB [doi]
LID - S0000 [pii]
AB  - Words.
FAU - Author 1, Anna B
AU  - Author 1 AB
FAU - Author, Carl, Jr
AU  - Author C Jr
CN  - Study Group
LA  - eng
PT  - Journal Article
DP  - 2021 Mar-Apr
TA  - J Things
JT  - Journal of things
VI  - 3
IP  - 4
PG  - 586-93
IS  - 1234-5678 (Print)
PMC - PMC12
MH  - *Ketamine/therapeutic use
OT  - word

PMID- 124
AU  - Author AB
TI  - Other
DP  - 2020 Jan 5
PT  - Preprint
`;

describe('nbib', () => {
  it('has PubMed’s numbers as keys, and its fields as CSL’s', () => {
    const [first, second] = ours(new NbibScanner(), convertNbib, text);
    assert.deepEqual(first, {
      id: 'PMID123', type: 'article-journal', title: 'A title that goes on in a second line',
      author: [{ family: 'Author 1', given: 'Anna B' }, { family: 'Author', given: 'Carl', suffix: 'Jr' }, { literal: 'Study Group' }],
      issued: { 'date-parts': [[2021, 3], [2021, 4]] }, 'container-title': 'Journal of things', 'container-title-short': 'J Things', volume: '3', issue: '4',
      page: '586-93', language: 'en', DOI: '10.1234/AB', PMID: '123', PMCID: 'PMC12', ISSN: '1234-5678', abstract: 'Words.', keyword: 'Ketamine; word',
    });
    assert.deepEqual(second, { id: 'PMID124', type: 'article', genre: 'Preprint', title: 'Other', author: [{ family: 'Author', given: 'A. B.' }], issued: { 'date-parts': [[2020, 1, 5]] }, PMID: '124' });
  });

  it('needs no blank line between entries, and takes any line end', () => {
    const joined = text.replace(/\n\nPMID/, '\nPMID').replaceAll('\n', '\r\n');
    assert.deepEqual(scanned(new NbibScanner(), joined).entries.map(({ key }) => key), ['PMID123', 'PMID124']);
  });

  it('says what has no number', () => {
    const { entries, problems } = scanned(new NbibScanner(), 'TI  - One\n\nPMID- 5\nTI  - Two\n');
    assert.deepEqual(entries.map(({ key }) => key), ['PMID5']);
    assert.deepEqual(problems.map(({ start, end, isLoss }) => [start, end, isLoss]), [[0, 9, true]]);
  });
});
