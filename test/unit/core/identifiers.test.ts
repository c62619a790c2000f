import assert from 'node:assert/strict';
import { identifiersIn, shownAddress, type Identifier } from '../../../src/core/identifiers.ts';
import { readManuscript } from '../../../src/core/reading.ts';
import { finished } from '../../../src/core/steps.ts';

const found = (text: string): readonly Identifier[] => finished(identifiersIn(readManuscript(text)));

/** Each identifier as it stands in the text, and where it leads. */
function links(text: string): string[] {
  return found(text).map(({ start, end, address }) => `${text.slice(start, end)} → ${shownAddress(address)}`);
}

const to = (doi: string): string => `doi.org/${doi}`;

describe('identifiersIn', () => {
  const cases: readonly (readonly [text: string, expected: readonly string[]])[] = [
    ['See doi:10.1000/17.', ['doi:10.1000/17 → doi.org/10.1000/17']],
    ['See DOI: 10.1000/17, and', ['DOI: 10.1000/17 → doi.org/10.1000/17']],
    ['10.1176/appi.ajp.2020.20050596', ['10.1176/appi.ajp.2020.20050596 → doi.org/10.1176/appi.ajp.2020.20050596']],
    ['(10.1000/a(1)b)', [`10.1000/a(1)b → ${to('10.1000/a(1)b')}`]],
    ['(see 10.1000/a(1)).', [`10.1000/a(1) → ${to('10.1000/a(1)')}`]],
    ['**10.1000/17**', [`10.1000/17 → ${to('10.1000/17')}`]],
    ['“10.1000/17”', [`10.1000/17 → ${to('10.1000/17')}`]],
    ['10.1007/978\\_3\\_12', [`10.1007/978\\_3\\_12 → ${to('10.1007/978_3_12')}`]],
    ['10.1007/978-3_12', [`10.1007/978-3_12 → ${to('10.1007/978-3_12')}`]],
    ['10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2.', [`10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2 → ${to('10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2')}`]],
    ['| a | 10.1000/17 |\n|---|---|\n| b | doi:10.1000/18 |', ['10.1000/17 → doi.org/10.1000/17', 'doi:10.1000/18 → doi.org/10.1000/18']],
    ['> doi:10.1000/17\r\n> and 10.1000/18\r\n', ['doi:10.1000/17 → doi.org/10.1000/17', '10.1000/18 → doi.org/10.1000/18']],
    ['[^1]\n\n[^1]: PMID: 33397139', ['PMID: 33397139 → pubmed.ncbi.nlm.nih.gov/33397139']],
    ['PMID 33397139; PMCID: PMC1234567.', ['PMID 33397139 → pubmed.ncbi.nlm.nih.gov/33397139', 'PMCID: PMC1234567 → pmc.ncbi.nlm.nih.gov/articles/PMC1234567']],
    ['# Heading 10.1000/17', [`10.1000/17 → ${to('10.1000/17')}`]],
    ['[see @author17, doi:10.1000/17]', ['doi:10.1000/17 → doi.org/10.1000/17']],
    ['---\nDOI: 10.1000/16\nreferences:\n- id: a\n  DOI: "10.1000/17"\n  PMID: 33397139\n---\n\n10.1000/18', ['10.1000/16 → doi.org/10.1000/16', '10.1000/17 → doi.org/10.1000/17', '33397139 → pubmed.ncbi.nlm.nih.gov/33397139', '10.1000/18 → doi.org/10.1000/18']],
    // VS Code makes these links itself.
    ['https://doi.org/10.1000/17 and <https://doi.org/10.1000/17>', []],
    ['[the paper](https://doi.org/10.1000/17)', []],
    ['[10.1000/17](https://doi.org/10.1000/17)', []],
    ['[a]: https://doi.org/10.1000/17', []],
    ['[a](doi:10.1000/17)', []],
    // No identifiers.
    ['`10.1000/17` and\n\n```\ndoi:10.1000/17\n```\n\n    10.1000/17', []],
    ['<!-- 10.1000/17 --> $10.1000/17$', []],
    ['@10.1000/17', []],
    ['a10.1000/17, 110.1000/17, 10.17/3, 10.1000/, 2010.1000/17', []],
    ['PMID: many, PMID 123456789, aPMID 17', []],
    ['---\ntitle: 10.1000/17\n---', []],
  ];
  for (const [text, expected] of cases) {
    it(`reads ${JSON.stringify(text)}`, () => assert.deepEqual(links(text), expected));
  }
  it('encodes what would break an address', () =>
    assert.deepEqual(found('10.1000/a(1)#b').map(each => each.address), ['https://doi.org/10.1000/a%281%29%23b']));
  it('stays fast on hostile text', () => {
    for (const piece of ['10.1000/', '10.', '(', ')', '10.1000/a<1:', 'doi:', 'PMID:', '\\', '.', '10.1000/a.']) {
      assert.ok(found(`10.1000/a${piece.repeat(20_000)}`).length >= 0);
    }
  });
});
