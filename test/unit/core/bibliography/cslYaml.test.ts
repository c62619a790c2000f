import assert from 'node:assert/strict';
import { stringify } from 'yaml';
import { convertCslYaml, CslYamlScanner } from '../../../../src/core/bibliography/cslYaml.ts';
import { csljsonByPandoc, disagreements, ours, scanned } from '../../../support/bibliographyOracle.ts';
import { studies } from '../../../support/dataset.ts';

const odd = `- id: emphasis
  type: book
  title: A *b* **c** _d_ H~2~O ^13^C e_f_g
- id: spans
  type: book
  title: "[Sm]{.smallcaps}"
- id: nocase
  type: book
  title: "An [iPS]{.nocase} cell"
- id: escapes
  type: book
  title: 'A \\*b\\* a -- b --- c'
- id: numbers
  type: article-journal
  volume: 12
  issue: 3
  page: 1-3
- id: decimals
  type: article-journal
  volume: 1.10
- id: names
  type: book
  author:
  - family: van Author
    given: A.
  - literal: Study Group
  - Plain
  editor: One Name
- id: iso
  type: book
  issued: 2021-03-04
- id: fields
  type: book
  issued:
    year: 2020
    month: 2
- id: list
  type: book
  issued:
  - year: 2019
    month: 5
    day: 2
  - year: 2020
- id: season
  type: book
  issued:
  - year: 2019
    season: 1
- id: parts
  type: book
  issued: {date-parts: [[2001, 2], [2002]]}
- id: soon
  type: book
  issued: {literal: soon}
- id: block
  type: book
  abstract: >
    Folded
    words.
- id: lower
  type: article-journal
  doi: 10.1/a_b_c
  url: https://example.org/a_b
# A remark
- id: plain
  type: book
  title: A title without marks
- type: book
  title: Its id comes last
  id: last
`;
const ofStudies = stringify(studies.slice(0, 60).map(({ id, csl }) => ({ id, ...csl, title: csl.title.replaceAll('*', '') })), { lineWidth: 0 });
const text = odd + ofStudies;

/** Where we read otherwise than Pandoc, each with its reason. */
const known: Readonly<Record<string, string>> = {
  'decimals.volume': 'a volume is text, 1.10; Pandoc makes a number of it',
  'nocase.title': 'CSL’s span that keeps a word’s case is kept; Pandoc has no markup for it in CSL-JSON',
  'soon.issued': 'the same date in words, without an empty list beside it',
};

describe('cslYaml', function () {
  this.timeout(60_000);

  it('is read as by Pandoc, field by field', async () => {
    const found = disagreements(ours(new CslYamlScanner(), convertCslYaml, text), await csljsonByPandoc(`---\nreferences:\n${text}...\n`, 'markdown'));
    assert.deepEqual(found.sort(), Object.keys(known).sort());
  });

  const keys = (file: string): string[] => scanned(new CslYamlScanner(), file).entries.map(({ key }) => key);
  it('takes a list under references, with and without fences, a bare one and one in brackets', () => {
    assert.deepEqual(keys('---\ntitle: x\nreferences:\n- id: a\n- id: b\nnocite: "@*"\n...\n'), ['a', 'b']);
    assert.deepEqual(keys('references:\n\n  # remark\n  - id: a\n    title: |\n      x\n\n      y\n  -\n    id: b\n'), ['a', 'b']);
    assert.deepEqual(keys('\ufeff- id: a\r\n- id: b\r\n'), ['a', 'b']);
    assert.deepEqual(keys('references: [{id: a, title: x}, {id: b}]\n'), ['a', 'b']);
    assert.deepEqual(keys('[{"id": "a"},\n {"id": "b"}]'), ['a', 'b']);
  });

  it('makes an item of its own text alone', () => {
    const file = 'references:\n  -   id: a\n      title: One\n  - {id: b, title: Two}\n';
    assert.deepEqual(ours(new CslYamlScanner(), convertCslYaml, file).map(({ title }) => title), ['One', 'Two']);
    for (const lineEnd of ['\n', '\r\n', '\r']) {
      const flow = 'references: [{id: a, title: One},\n{id: b,\ntitle: Two}\n]\n'.replaceAll('\n', lineEnd);
      assert.deepEqual(ours(new CslYamlScanner(), convertCslYaml, flow).map(({ title }) => title), ['One', 'Two']);
    }
  });

  it('loses one item for a fault', () => {
    for (const damaged of ['- id: b\n  title: [x', '- id: "b', '- id: b\n title: x: y', '- title: b', '- word', '- id: b\n  title: *nothing']) {
      const file = `references:\n- id: a\n${damaged}\n- id: c\n  title: T\n`;
      assert.deepEqual(keys(file).filter(key => key !== 'b'), ['a', 'c'], damaged);
      assert.ok(scanned(new CslYamlScanner(), file).problems.length > 0, damaged);
    }
  });

  it('follows anchors from one item to another', () => {
    const file = '- &one\n  id: a\n  author: &who\n  - family: Author 1\n- id: b\n  author: *who\n- <<: *one\n  id: c\n';
    assert.deepEqual(ours(new CslYamlScanner(), convertCslYaml, file).map(({ id, author }) => [id, author]), ['a', 'b', 'c'].map(id => [id, [{ family: 'Author 1' }]]));
  });

  it('is not blown up by aliases', () => {
    const doubled = Array.from({ length: 30 }, (_, index) => `- id: k${index}\n  keyword: &a${index} [${Array(10).fill(index === 0 ? 'x' : `*a${index - 1}`).join(', ')}]\n`);
    // Blown up, they would run into the test's timeout, or out of memory.
    scanned(new CslYamlScanner(), doubled.join(''));
    scanned(new CslYamlScanner(), `- id: k\n${doubled.map(each => each.replace(/- id.*\n {2}keyword/, '  $&').replace(/ {2}- id: k(\d+)\n {2}keyword/, '  x$1')).join('')}`);
  });
});
