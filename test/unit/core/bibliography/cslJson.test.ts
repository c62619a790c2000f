import assert from 'node:assert/strict';
import { convertCslJson, CslJsonScanner } from '../../../../src/core/bibliography/cslJson.ts';
import { toCslJson } from '../../../../src/core/export/cslJson.ts';
import { csljsonByPandoc, disagreements, ours, scanned } from '../../../support/bibliographyOracle.ts';
import { studies } from '../../../support/dataset.ts';

const odd: Readonly<Record<string, object>> = {
  numbers: { type: 'article-journal', volume: 3, issue: '4', page: 12 },
  particles: { type: 'book', author: [{ family: 'van der Author', given: 'A. de' }, { family: 'Author', given: 'B.', suffix: 'Jr.' }] },
  attached: {
    type: 'book',
    author: ["d'Author", 'd’Author', 'al-Author', "van 't Author", "d'Author Two", "d'Author-Two", "d'author", "de l'Author", "D'Author", "d' Author"].map(family => ({ family, given: 'A.' })),
  },
  given: { type: 'book', author: [{ family: 'Author', given: 'A.', 'non-dropping-particle': 'van', 'dropping-particle': 'de' }] },
  literal: { type: 'book', author: [{ literal: 'Study Group' }], editor: [{ family: 'Author 2', given: 'B.' }] },
  comma: { type: 'book', author: [{ family: 'Author', given: 'A.', suffix: 'Jr.', 'comma-suffix': true }] },
  text: { type: 'book', author: ['Plain Author'] },
  parts: { type: 'book', issued: { 'date-parts': [['2020', '1', 3]] } },
  range: { type: 'book', issued: { 'date-parts': [[2020, 1], [2021]] } },
  circa: { type: 'book', issued: { 'date-parts': [[2020]], circa: true } },
  season: { type: 'book', issued: { 'date-parts': [[2020]], season: '2' } },
  raw: { type: 'book', issued: { raw: '2020-01-03' } },
  rawWords: { type: 'book', issued: { raw: 'no day' } },
  literalDate: { type: 'book', issued: { literal: 'in spring' } },
  dateText: { type: 'book', issued: '2019-02' },
  dateRange: { type: 'book', issued: '2019-02/2020-03' },
  open: { type: 'book', issued: '2019/..' },
  unsure: { type: 'book', issued: '2019~' },
  short: { type: 'article-journal', journalAbbreviation: 'J.' },
  shortTitle: { type: 'article-journal', shortTitle: 'S' },
  unknown: { type: 'book', foo: 'bar', custom: { a: 1 } },
  type: { type: 'no-type' },
  noType: { title: 'T' },
  note: { type: 'book', note: 'Words.\nPMID: 123\nPMCID: PMC12' },
  markup: { type: 'book', title: 'A <i>b</i> <sup>c</sup> <span class="nocase">D</span> & e < f' },
  many: { type: 'book', author: Array.from({ length: 1000 }, (_, index) => ({ family: `Author ${index}`, given: 'A.' })) },
  others: { type: 'book', translator: [{ family: 'Author 3' }], 'collection-title': 'S', ISBN: '978-3', keyword: 'a; b', language: 'de' },
};
const oddities = Object.entries(odd).map(([id, fields]) => ({ id, ...fields }));

/** Where we read otherwise than Pandoc, each with its reason. */
const known: Readonly<Record<string, string>> = {
  'literalDate.issued': 'a date in words is printed as it is; Pandoc loses it',
  'rawWords.issued': 'the same',
  'markup.title': 'CSL’s span that keeps a word’s case is kept; Pandoc has no markup for it in CSL-JSON',
  'noType.type': 'citeproc needs a type; Pandoc leaves it empty',
  'type.type': 'a type that CSL does not know is none',
  'note.PMID': 'Zotero keeps in the note what CSL has a field for; citeproc-js reads it so',
  'note.PMCID': 'the same',
  'note.note': 'the same',
  'open.issued': '`..` is an open end too (ISO 8601-2); Pandoc loses the date',
  'season.issued': 'a season is kept; Pandoc reads it only as a number',
  'shortTitle.container-title-short': 'Pandoc takes the title’s short form for the journal’s',
  'shortTitle.title-short': 'the same',
  'text.author': 'one name is a literal one; as a family name a style would look for the given one',
  'unknown.foo': 'no field of CSL',
};

describe('cslJson', function () {
  this.timeout(60_000);

  it('is read as by Pandoc, field by field', async () => {
    const text = JSON.stringify([...studies.slice(0, 60).map(({ id, csl }) => ({ id, ...csl })), ...oddities]);
    const found = disagreements(ours(new CslJsonScanner(), convertCslJson, text), await csljsonByPandoc(text, 'csljson'));
    assert.deepEqual(found.sort(), Object.keys(known).sort());
  });

  it('gives back what our own writer wrote', () => {
    const items = studies.map(({ id, csl }) => ({ id, ...csl }));
    const read = ours(new CslJsonScanner(), convertCslJson, toCslJson(items));
    items.forEach((item, index) => assert.deepEqual({ ...read[index], author: undefined }, { ...item, author: undefined }));
  });

  const keys = (text: string): string[] => scanned(new CslJsonScanner(), text).entries.map(({ key }) => key);
  it('takes a list, an object with a list, one item and items one by one', () => {
    assert.deepEqual(keys('[{"id":"a"},{"id":2}]'), ['a', '2']);
    assert.deepEqual(keys('{"x":{"id":"no"},"items":[{"id":"a"},{"id":"b"}],"y":[{"id":"no"}]}'), ['a', 'b']);
    assert.deepEqual(keys('{"references":[{"id":"a"}]}'), ['a']);
    assert.deepEqual(keys('\ufeff{"id":"a"}'), ['a']);
    assert.deepEqual(keys('{"id":"a"}\n{"id":"b"}'), ['a', 'b']);
  });

  const damages: readonly (readonly [string, string])[] = [
    ['no end of a text', '{"id":"b","title":"x}'],
    ['no end of a text in its line', '{"id":"b",\n"title":"x\n}'],
    ['no brace', '{"id":"b","title":"x"'],
    ['no bracket', '{"id":"b","author":[{"family":"Author 1"}'],
    ['no comma', '{"id":"b" "title":"x"}'],
    ['a comma too many', '{"id":"b",}'],
    ['no value', '{"id":"b","title":}'],
    ['a word', '{"id":"b","title":None}'],
    ['a bracket too many', '{"id":"b"]}'],
    ['no entry', 'null'],
    ['no id', '{"title":"b"}'],
  ];
  for (const [name, damaged] of damages) {
    it(`loses one entry for ${name}`, () => {
      for (const join of [',', ',\n  ', '\n,']) {
        const text = `[${['{"id":"a"}', damaged, '{"id":"c","author":[{"family":"Author 2"}]}', '{"title":"T","id":"d"}'].join(join)}]`;
        assert.deepEqual(keys(text), ['a', 'c', 'd'], text);
        const { problems } = scanned(new CslJsonScanner(), text);
        assert.deepEqual(problems.map(({ isLoss }) => isLoss), [true]);
      }
    });
  }

  it('takes prototypes for what they are: no fields', () => {
    const text = '[{"__proto__":{"title":"bad"},"constructor":{"prototype":{"x":1}},"id":"__proto__","author":[{"__proto__":{"family":"bad"}}]}]';
    const [item] = ours(new CslJsonScanner(), convertCslJson, text);
    assert.deepEqual(item, { id: '__proto__', type: 'document', title: '', author: [] });
    assert.equal(({} as Record<string, unknown>)['title'], undefined);
  });
});
