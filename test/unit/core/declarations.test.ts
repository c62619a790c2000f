import assert from 'node:assert/strict';
import { bibliographyFormat, declarationsIn, writtenKey, type BibliographyFormat } from '../../../src/core/declarations.ts';

/** The keys with the text that their spans hold. */
function declared(text: string, format: BibliographyFormat): string[] {
  return declarationsIn(text, format).map(({ key, start, end }) => (text.slice(start, end) === key ? key : `${key} as ${text.slice(start, end)}`));
}

describe('bibliographyFormat', () => {
  for (const [path, format] of [
    ['refs.bib', 'BibTeX'], ['a/b.c/Refs.BIB', 'BibTeX'], ['refs.json', 'CSL-JSON'], ['refs.yaml', 'CSL-YAML'], ['refs.yml', 'CSL-YAML'],
    ['refs.ris', 'RIS'], ['refs.xml', 'EndNote XML'], ['refs.nbib', 'PubMed'], ['refs.txt', undefined], ['refs', undefined],
  ] as const) {
    it(`takes ${path} for ${format ?? 'none of ours'}`, () => assert.equal(bibliographyFormat(path), format));
  }
});

describe('declarationsIn', () => {
  const cases: readonly (readonly [name: string, format: BibliographyFormat, text: string, expected: readonly string[]])[] = [
    ['entries', 'BibTeX', '@article{author17,\n  title = {A}\n}\n@Book {author18 ,\n}', ['author17', 'author18']],
    ['entries in parentheses', 'BibTeX', '@article(author17,\n title = "A")', ['author17']],
    ['entries on one line', 'BibTeX', '@misc{a, note={x}} @misc{b}', ['a', 'b']],
    ['entries with CRLF', 'BibTeX', '@article{\r\n  author17,\r\n}\r\n', ['author17']],
    ['keys with marks', 'BibTeX', '@inproceedings{DBLP:conf/x/Y-17_b,', ['DBLP:conf/x/Y-17_b']],
    ['no comments, strings and preambles', 'BibTeX', '@comment{a,}\n@string{j = "J"}\n@string{k,}\n@preamble{"x",}', []],
    ['nothing inside a field', 'BibTeX', '@misc{a,\n note = {as in @article{b, c}}\n}', ['a']],
    ['items', 'CSL-JSON', '[{"id": "author17", "type": "book"}, {"type":"book","id":"a\\"b"}]', ['author17 as "author17"', 'a"b as "a\\"b"']],
    ['numbers', 'CSL-JSON', '[{"id": 17}]', ['17']],
    ['items of an object', 'CSL-JSON', '{"items": [{"id": "a"}]}', ['a as "a"']],
    ['nothing deeper', 'CSL-JSON', '[{"custom": {"id": "x"}, "title": "\\"id\\": \\"y\\"", "id": "a"}]', ['a as "a"']],
    ['nothing unfinished', 'CSL-JSON', '[{"id": ', []],
    ['a list', 'CSL-YAML', 'references:\n- id: author17\n  title: A\n- title: B\n  id: "author18" # x\n', ['author17', 'author18 as "author18"']],
    ['an indented list', 'CSL-YAML', "---\nreferences:\n  - type: book\n    id: 'it''s'\n    author:\n      - family: F\n        id: no\n...", ["it's as 'it''s'"]],
    ['a list with CRLF and a comment', 'CSL-YAML', 'references:\r\n- id: a # first\r\n- id: b\r\n', ['a', 'b']],
    ['no id of the document', 'CSL-YAML', 'id: x\nreferences:\n- id: a', ['a']],
    ['records', 'RIS', 'TY  - JOUR\nID  - author17\nER  - \r\nTY  - BOOK\r\nID  - author 18 \r\nER  - ', ['author17', 'author 18']],
  ];
  for (const [name, format, text, expected] of cases) {
    it(`finds ${name} of ${format}`, () => assert.deepEqual(declared(text, format), expected));
  }
  it('finds nothing in what is no bibliography', () => {
    for (const format of ['BibTeX', 'CSL-JSON', 'CSL-YAML', 'RIS'] as const) {
      assert.deepEqual(declared('# A heading\n\nWords @a and [@b].\0\ud800', format), []);
    }
  });
  it('stays fast on hostile text', () => {
    for (const piece of ['@', '{', '"', '- id:', ' ', '@a{', '"id":', "id: '", 'ID  - ', '\\"']) {
      for (const format of ['BibTeX', 'CSL-JSON', 'CSL-YAML', 'RIS'] as const) {
        assert.ok(declarationsIn(piece.repeat(20_000), format).length >= 0);
      }
    }
  });
});

describe('writtenKey', () => {
  for (const [format, key, before, expected] of [
    ['BibTeX', 'author18', 'author17', 'author18'],
    ['BibTeX', 'a,b', 'author17', undefined],
    ['CSL-JSON', 'a"b', '"author17"', '"a\\"b"'],
    ['CSL-JSON', 'a', '17', '"a"'],
    ['CSL-YAML', 'author18', 'author17', 'author18'],
    ['CSL-YAML', 'author18', '"author17"', '"author18"'],
    ['CSL-YAML', 'a:b', "'author17'", "'a:b'"],
    ['CSL-YAML', "it's", "'author17'", undefined],
    ['CSL-YAML', 'a--b', 'author17', undefined],
    ['CSL-YAML', 'a<b>', 'author17', undefined],
    ['CSL-YAML', '10.1002/(SICI)1<2::AID>3', 'author17', '"10.1002/(SICI)1<2::AID>3"'],
    ['CSL-YAML', 'a_b', 'author17', 'a_b'],
    ['CSL-YAML', 'a\u0085b', "'author17'", '"a\\u0085b"'],
    ['CSL-JSON', 'a\ud800', '"author17"', undefined],
    ['RIS', 'a\nb', 'author17', undefined],
    ['CSL-YAML', 'yes', 'author17', '"yes"'],
    ['CSL-YAML', '2021', 'author17', '"2021"'],
    ['CSL-YAML', 'a:b', 'author17', '"a:b"'],
    ['RIS', 'author18', 'author17', 'author18'],
  ] as const) {
    it(`writes ${key} for ${before} in ${format}`, () => assert.equal(writtenKey(key, format, before), expected));
  }
});
