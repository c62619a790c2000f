import assert from 'node:assert/strict';
import fc from 'fast-check';
import { convertBibtex } from '../../../../src/core/bibliography/bibtex/convert.ts';
import { BibtexScanner } from '../../../../src/core/bibliography/bibtex/scanner.ts';
import type { Scan } from '../../../../src/core/bibliography/scan.ts';

// Whatever opens, closes or separates something in BibTeX, and characters that are no text.
const pieces = [
  ...['@ article{d,', '@\n book(e,', '% ', '%x}\n', '\n%@misc{f,\n', '@preamble{"\\newcommand{\\n}[1]{}"}', '\\n{', '\\noopsort{', '\\citep[', '\\enquote*{', "\\~\\^", '{\\_}', 'k=1,'],
  ...['@article{a,', '@book(b,', '@string{', '@comment{', '@preamble{', '@', '@x', '\n@misc{c,\n', '\n@', '{', '}', '(', ')', '"', ',', '=', '#', '\\', '\\{', '\\}', '%', '$', '~', '\n', '\r\n', ' ', '\t'],
  ...['title = {A}', 'author = "B, C and D"', 'year = 2020,', 'month = jan # "x"', 'crossref = {a}', 'xdata = {a, b}', 'ids = {x, y}', 'date = {2020/}', 'keywords = {a, b}', 'a', '1', 'and', 'title', '__proto__ = {x},', 'constructor = {y},', '@misc{__proto__, title={z}}'],
  ...["\\'e", '\\"{o}', '\\textit{', '\\alpha', '$x^{2', '\\frac', '\\(', '\\)', '``', "''", '--', '\\v', '\\verb|', '{\\em ', '\\url{', '\\href{'],
  ...['\u0000', '\ud800', '\udc00', 'é', 'e\u0301', '😀', '\u200f', '\ufeff', '\u00a0', '\u2028'],
];
const piece = fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) });
const anyText = fc.array(piece, { maxLength: 40 }).map(each => each.join(''));
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 });

function drained<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) {
      return value as T;
    }
  }
}

function scan(...chunks: readonly string[]): Scan {
  const scanner = new BibtexScanner();
  chunks.forEach(chunk => drained(scanner.push(chunk)));
  return drained(scanner.end());
}

function cutAt(text: string, places: readonly number[]): string[] {
  const offsets = places.map(place => Math.floor(place * text.length)).sort((a, b) => a - b);
  return [...offsets, text.length].map((end, i) => text.slice(i === 0 ? 0 : offsets[i - 1]!, end));
}

function assertWhole(text: string, { entries, problems, context }: Scan): void {
  let last = 0;
  for (const { key, start, end } of entries) {
    assert.ok(last <= start && start < end && end <= text.length);
    assert.equal(text[start], '@');
    assert.ok(text.slice(start, end).includes(key) && key !== '');
    last = end;
  }
  problems.forEach(({ start, end, message }) => {
    assert.ok(0 <= start && start <= end && end <= text.length, message);
    assert.match(message, /\.$/);
  });
  assert.deepEqual(JSON.parse(JSON.stringify(context)), context);
}

const body = fc.constantFrom('title = {A {B} c}', 'author = "X, Y and {Z}"', 'year = 2000', 'note = {a\nb}', 'month = jan # "~1"', 'keywords = {}');
const goodEntry = fc.record({ type: fc.constantFrom('article', 'Book', 'misc'), fields: fc.array(body, { maxLength: 4 }), isOneLine: fc.boolean() });
const edits = fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), removed: fc.nat(5), added: fc.oneof(piece, fc.constant('')) }), { minLength: 1, maxLength: 4 });

describe('the BibTeX reader, given any text', function () {
  this.timeout(60_000);

  it('never throws, and its spans lie in the text in ascending order', () => {
    fc.assert(
      fc.property(anyText, text => {
        const found = scan(text);
        assertWhole(text, found);
        for (const { start, end } of found.entries) {
          convertBibtex(text.slice(start, end), { context: found.context, textOf: key => { const other = found.entries.find(each => each.key === key); return other && text.slice(other.start, other.end); } });
        }
      }),
      { numRuns: 10_000 },
    );
  });

  it('makes something of anything as an entry, and of any value', () => {
    fc.assert(
      fc.property(anyText, text => {
        const help = { context: {}, textOf: () => text };
        assert.equal(typeof convertBibtex(text, help).title, 'string');
        for (const field of ['title', 'author', 'date', 'year', 'options', 'series', 'pages']) {
          assert.equal(typeof convertBibtex(`@article{k, ${field} = {${text}}}`, help).title, 'string');
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('finds the same wherever the text is cut into chunks', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 3 }), cuts, fc.boolean(), (texts, places, isLong) => {
        const text = texts.join(isLong ? ' '.repeat(20_000) : '\n');
        assert.deepEqual(scan(...cutAt(text, places)), scan(text));
      }),
      { numRuns: 5000 },
    );
  });

  it('loses only the entry that is damaged', () => {
    fc.assert(
      fc.property(fc.array(goodEntry, { minLength: 2, maxLength: 6 }), fc.nat(), edits, (entries, which, changes) => {
        const texts = entries.map(({ type, fields, isOneLine }, i) => `@${type}{good${i},${isOneLine ? ' ' : '\n  '}${fields.join(isOneLine ? ', ' : ',\n  ')}${isOneLine ? '' : '\n'}}`);
        const broken = which % texts.length;
        texts[broken] = changes.reduce((text, { at, removed, added }) => {
          const from = Math.floor(at * text.length);
          return text.slice(0, from) + added + text.slice(from + removed);
        }, texts[broken]!);
        const keys = scan(texts.join('\n\n')).entries.map(each => each.key);
        texts.forEach((_, i) => i !== broken && assert.ok(keys.includes(`good${i}`), `good${i} of\n${texts.join('\n\n')}`));
      }),
      { numRuns: 10_000 },
    );
  });

  const hostile: Readonly<Record<string, string>> = {
    'a million opening braces': `@article{a, title = ${'{'.repeat(1_000_000)}`,
    'a million heads': '@article{'.repeat(1_000_000),
    'a million heads on lines of their own': '@article{\n'.repeat(1_000_000),
    'a million heads with keys': '@article{a,\n'.repeat(500_000),
    'ten megabytes in one field': `@article{a, title = {${'word '.repeat(2_000_000)}}}\n@misc{b, title = {x}}`,
    'ten megabytes in quotation marks that are never closed': `@article{a, title = "${'word '.repeat(2_000_000)}}\n`,
    'a million fields': `@article{a, ${'a=1,'.repeat(1_000_000)}}`,
    'a million parts': `@article{a, title = ${'{a} # '.repeat(1_000_000)} {b}}`,
    'a million at signs': '@'.repeat(1_000_000),
    'blanks behind at signs': `@a${' '.repeat(300)}`.repeat(10_000),
    'dollars and accents': `@misc{a, title = {${"$\\'\\(".repeat(200_000)}}}`,
    'deep groups': `@misc{a, title = ${'{'.repeat(200_000)}${'}'.repeat(200_000)}}`,
    'comments that never end': `@misc{a, ${'% { " '.repeat(200_000)}`,
    'percent signs': `@misc{a, ${'%'.repeat(300_000)}\n${'a%'.repeat(300_000)}}`,
    'preambles': '@preamble{"\\newcommand{\\noopsort}[1]{} \\def\\a#1{}"}'.repeat(20_000),
    'a preamble of spaces': `@preamble{"\\newcommand\\a[1]${' '.repeat(15_000)}"}`.repeat(50),
    'commands that print nothing': `@misc{a, title = {${'\\noopsort{'.repeat(50_000)}${'}'.repeat(50_000)}}}`,
    'citations': `@misc{a, title = {${'\\cites[('.repeat(20_000)}}}`,
    'accents over accents': `@misc{a, title = {${"\\'\\u{".repeat(20_000)}${'}'.repeat(20_000)}}}`,
    'many commas in names': `@misc{a, author = {${'A, B and '.repeat(100_000)}}}`,
  };
  for (const [name, text] of Object.entries(hostile)) {
    it(`comes to an end, and lets others run meanwhile: ${name}`, () => {
      const scanner = new BibtexScanner();
      let pauses = 0;
      const counted = <T>(steps: Generator<undefined, T>): T => {
        for (;;) {
          const { done, value } = steps.next();
          if (done) {
            return value as T;
          }
          pauses += 1;
        }
      };
      counted(scanner.push(text));
      const { entries } = counted(scanner.end());
      entries.slice(0, 3).forEach(each => convertBibtex(text.slice(each.start, each.end), { context: {}, textOf: () => undefined }));
      // Quadratic work would run into the test's timeout.
      assert.ok(pauses >= text.length / (1 << 16), `${pauses} pauses`);
    });
  }

  it('comes to an end when a field of a megabyte comes in chunks of ten', () => {
    const text = `@article{a, title = {${'word '.repeat(200_000)}}}`;
    const chunks = text.match(/[^]{1,10}/g)!;
    assert.equal(scan(...chunks).entries.length, 1);
  });
});
