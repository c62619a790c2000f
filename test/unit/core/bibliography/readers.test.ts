import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatOf, readerOf } from '../../../../src/core/bibliography/readers.ts';
import type { BibliographyFormat } from '../../../../src/core/declarations.ts';
import { scanned } from '../../../support/bibliographyOracle.ts';

type Ours = Exclude<BibliographyFormat, 'BibTeX'>;

/** An entry with the key in each format, and whatever means something there. */
const formats: Readonly<Record<Ours, { entry(key: string): string; readonly pieces: readonly string[]; file(entries: string): string; readonly between: string }>> = {
  'CSL-JSON': {
    entry: key => `{"id":"${key}","title":"T","author":[{"family":"Author 1"}]}`,
    pieces: ['{', '}', '[', ']', '"', '\\', ',', ':', '\n', '{"id":"x"', '"title":', '"family":"y"', '1', 'null', '},{', '\\u12', '[{', '"items":['],
    file: entries => `[\n${entries}\n]`,
    between: ',\n',
  },
  'CSL-YAML': {
    entry: key => `- id: ${key}\n  title: T`,
    pieces: ['- ', 'id: ', 'x', '\n', '\n  ', ': ', '[', ']', '{', '}', '"', "'", '&a ', '*a', '|\n', '>\n', '---\n', '...\n', '#', '? ', '!t ', '\t', '<<: ', '%'],
    file: entries => `references:\n${entries}\n`,
    between: '\n',
  },
  RIS: {
    entry: key => `TY  - JOUR\nID  - ${key}\nTI  - T\nER  - `,
    pieces: ['TY  - JOUR', '\n', 'ID  - x', 'ER  - ', 'AU  - a, b, c', 'PY  - ', '2020', 'TI', '  - ', '\r', ' ', '-', ',', 'DA  - 2020/', 'ty  - BOOK'],
    file: entries => `${entries}\n`,
    between: '\n',
  },
  PubMed: {
    entry: key => `PMID- ${key}\nTI  - T`,
    pieces: ['PMID- 1', '\n', '\n\n', 'TI  - ', 'FAU - a, b', '      ', 'DP  - 2020 Mar', 'AU  - A BC', '-', '\r\n', 'LID - x [doi]'],
    file: entries => `${entries}\n`,
    between: '\n\n',
  },
  'EndNote XML': {
    entry: key => `<record><rec-number>${key}</rec-number><titles><title>T</title></titles></record>`,
    pieces: ['<record>', '</record>', '<', '>', '/', '<rec-number>1', '</rec-number>', '<!--', '-->', '<![CDATA[', ']]>', '&', '&amp;', '&x;', '&#0;', '"', "='", '<?', '?>', '<titles>', '<title>', '<!DOCTYPE'],
    file: entries => `<xml><records>${entries}</records></xml>`,
    between: '',
  },
};

describe('readers', function () {
  this.timeout(120_000);

  for (const [name, { entry, pieces, file, between }] of Object.entries(formats)) {
    const { scanner, convert } = readerOf(name as Ours);
    const piece = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...pieces) },
      { weight: 1, arbitrary: fc.constantFrom(entry('7'), between) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) },
    );
    const junk = fc.array(piece, { maxLength: 30 }).map(each => each.join(''));

    it(`reads any text as ${name}, however it is cut`, () =>
      fc.assert(
        fc.property(junk, fc.integer({ min: 1, max: 40 }), (text, chunk) => {
          const whole = scanned(scanner(), text);
          assert.deepEqual(scanned(scanner(), text, chunk), whole);
          for (const { start, end } of [...whole.entries, ...whole.problems]) {
            assert.ok(0 <= start && start <= end && end <= text.length, `${start}–${end} of ${text.length}`);
          }
          for (const { start, end } of whole.entries) {
            convert(text.slice(start, end), { context: whole.context, textOf: () => undefined });
          }
          convert(text, { context: {}, textOf: () => undefined });
        }),
        { numRuns: 1500 },
      ));

    it(`keeps the entries of ${name} beside one that is damaged`, () =>
      fc.assert(
        fc.property(fc.nat(200), fc.nat(200), (from, length) => {
          const whole = entry('55');
          const damaged = whole.slice(0, from % whole.length) + whole.slice((from % whole.length) + 1 + (length % 20));
          const { entries } = scanned(scanner(), file([entry('11'), entry('22'), damaged, entry('33'), entry('44')].join(between)));
          const keys = entries.map(({ key }) => key.replace('PMID', ''));
          // Where the damage takes away what parts two entries, they are one.
          for (const key of ['11', '22', '44']) {
            assert.ok(keys.includes(key), `${key} of ${keys.join()}: ${damaged}`);
          }
        }),
        { numRuns: 500 },
      ));
  }

  const hostile: readonly (readonly [Ours, string, string])[] = [
    ['CSL-JSON', 'brackets', '['.repeat(1e6)],
    ['CSL-JSON', 'objects', '{"id":['.repeat(3e5)],
    ['CSL-JSON', 'one text', `[{"id":"${'x'.repeat(1e7)}`],
    ['CSL-JSON', 'open entries', '{"id":"a","author":[1,'.repeat(2e5)],
    ['CSL-YAML', 'brackets', `- id: ${'['.repeat(1e5)}`],
    ['CSL-YAML', 'one text', `- id: ${'x'.repeat(1e7)}`],
    ['CSL-YAML', 'dashes', '- '.repeat(1e5)],
    ['RIS', 'one line', `TY  - ${'x'.repeat(1e7)}`],
    ['RIS', 'entries', 'TY  - JOUR\n'.repeat(1e5)],
    ['PubMed', 'one line', `PMID- ${'1'.repeat(1e7)}`],
    ['EndNote XML', 'records', '<record>'.repeat(2e5)],
    ['EndNote XML', 'one text', `<record>${'x'.repeat(1e7)}`],
    ['EndNote XML', 'elements', `<record>${'<a>'.repeat(3e5)}</record>`],
    ['EndNote XML', 'comments', `<record><!--`.repeat(1e5)],
  ];
  for (const [format, name, text] of hostile) {
    // What takes time in the square of the length runs into mocha's limit.
    it(`comes to an end of ${format} of nothing but ${name}, in steps`, () => {
      const scanner = readerOf(format).scanner();
      const steps = [...scanner.push(text), ...scanner.end()].length;
      assert.ok(steps > 10, String(steps));
    });
  }

  it('knows a format by the ending, else by the beginning', () => {
    const cases = { 'a.bib': 'BibTeX', 'a.JSON': 'CSL-JSON', 'a.yml': 'CSL-YAML', 'b/a.ris': 'RIS', 'a.nbib': 'PubMed', 'a.xml': 'EndNote XML', 'a.md': undefined };
    for (const [path, format] of Object.entries(cases)) {
      assert.equal(formatOf(path), format);
    }
    assert.equal(formatOf('a.txt', '\nPMID- 1\n'), 'PubMed');
    assert.equal(formatOf('a.txt', 'TY  - JOUR\n'), 'RIS');
    assert.equal(formatOf('a.enw', '<?xml version="1.0"?><xml><records>'), 'EndNote XML');
    assert.equal(formatOf('a.txt', '[{"id": 1}]'), 'CSL-JSON');
    assert.equal(formatOf('a', '@article{a,'), 'BibTeX');
    assert.equal(formatOf('a', 'references:\n- id: a'), 'CSL-YAML');
    assert.equal(formatOf('a', 'words'), undefined);
  });
});
