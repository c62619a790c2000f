import assert from 'node:assert/strict';
import type { Bibliography } from '../../../../src/core/bibliography/bibliography.ts';
import { readBibliography } from '../../../../src/core/bibliography/read.ts';
import { readerOf } from '../../../../src/core/bibliography/readers.ts';
import type { BibliographyFormat } from '../../../../src/core/declarations.ts';
import type { Entry } from '../../../../src/core/study.ts';
import { encoded, encodings } from './fuzz/encodings.ts';
import { goodFormats } from './fuzz/goodFiles.ts';

const formats = Object.entries(goodFormats) as [BibliographyFormat, (typeof goodFormats)[BibliographyFormat]][];

interface Reading extends Pick<Bibliography, 'problems'> {
  readonly entries: readonly Entry[];
  readonly pauses: number;
}

function read(bytes: Uint8Array | string, format: BibliographyFormat): Reading {
  const steps = readBibliography(typeof bytes === 'string' ? encoded(bytes, 'UTF-8') : bytes, { file: 'file:///a', name: 'a', format }, readerOf(format));
  for (let pauses = 0; ; pauses += 1) {
    const { done, value } = steps.next();
    if (done) {
      return { entries: [...value.entries], problems: value.problems, pauses };
    }
  }
}

const idsOf = ({ entries }: Reading): string[] => entries.map(({ id }) => id);

/** A file of one entry with the field, between two good ones. */
const withField: Readonly<Record<BibliographyFormat, (value: string) => string>> = {
  BibTeX: value => `@misc{x,\n title = {${value}}\n}`,
  'CSL-JSON': value => `{"id":"x","title":"${value}"}`,
  'CSL-YAML': value => `- id: x\n  title: ${value}`,
  RIS: value => `TY  - JOUR\nID  - x\nTI  - ${value}\nER  - `,
  PubMed: value => `PMID- 99\nTI  - ${value}`,
  'EndNote XML': value => `<record><rec-number>99</rec-number><titles><title>${value}</title></titles></record>`,
};

/** Fields and keys by names that every object has. */
const prototypes: Readonly<Record<BibliographyFormat, string>> = {
  BibTeX: '@misc{__proto__, __proto__ = {x}, constructor = {y}, toString = {z}, title = {T}}\n@string{__proto__ = "x"}\n@misc{constructor, title = __proto__}',
  'CSL-JSON': '[{"id":"__proto__","__proto__":{"polluted":1},"title":"T","author":[{"__proto__":{"family":"x"}}]},{"id":"constructor","constructor":{"prototype":{"polluted":1}}}]',
  'CSL-YAML': '- id: __proto__\n  __proto__:\n    polluted: 1\n  title: T\n- id: constructor\n  constructor: {prototype: {polluted: 1}}\n  author: &__proto__ [{family: x}]\n- id: toString\n  author: *__proto__\n',
  RIS: 'TY  - JOUR\nID  - __proto__\nTI  - T\nER  - \nTY  - __proto__\nID  - constructor\nER  - \n',
  PubMed: 'PMID- 1\nTI  - T\nLA  - __proto__\n\nPMID- 2\nLA  - constructor\n',
  'EndNote XML': '<record><rec-number>__proto__</rec-number><__proto__><polluted>1</polluted></__proto__><titles><title>T</title></titles></record><record><rec-number>constructor</rec-number><constructor constructor="x"/></record>',
};

/** What opens and is never closed. */
const opened: Readonly<Record<BibliographyFormat, string>> = {
  BibTeX: '{',
  'CSL-JSON': '[',
  'CSL-YAML': '[',
  RIS: '(',
  PubMed: '[',
  'EndNote XML': '<a>',
};

describe('bad input to the readers of bibliographies', function () {
  this.timeout(60_000);

  for (const [format, { frames, between, shapes, read: keyOf }] of formats) {
    const [head, tail] = frames[0]!;
    const entry = shapes[0]!;
    const file = (middle: string): string => head + [entry('alpha'), middle, entry('carol')].join(between) + tail;
    const good = [keyOf('alpha'), keyOf('carol')];

    it(`${format}, cut off anywhere, keeps the entries that are whole`, () => {
      const text = file(entry('bravo'));
      const whole = (head + entry('alpha') + between + entry('bravo') + between).length;
      for (let end = 0; end <= text.length; end += 1) {
        const ids = idsOf(read(text.slice(0, end), format));
        assert.ok(end < whole || ids.includes(keyOf('bravo')), `${end} of ${text.length}: ${ids.join()}`);
      }
    });

    it(`${format} is the same in any encoding, with any line ends`, () => {
      const text = file(entry('bravo'));
      const expected = read(text, format).entries.map(({ csl }) => csl);
      assert.equal(expected.length, 3);
      for (const encoding of encodings) {
        for (const lineEnd of ['\n', '\r\n', '\r']) {
          const { entries } = read(encoded(text.replaceAll('\n', lineEnd), encoding), format);
          assert.deepEqual(entries.map(({ csl }) => csl), expected, `${encoding} ${JSON.stringify(lineEnd)}`);
        }
      }
    });

    it(`${format} with one letter damaged keeps the others`, () => {
      const bytes = encoded(file(withField[format]('x?x')), 'UTF-8');
      bytes[bytes.indexOf('?'.charCodeAt(0), encoded(head + entry('alpha'), 'UTF-8').length)] = 0xe9;
      const { entries, problems } = read(bytes, format);
      assert.equal(problems[0]?.start, 0);
      assert.match(problems[0].message, /UTF-8/);
      assert.ok(entries.filter(({ id }) => good.includes(id)).every(({ csl }) => csl.title.includes('é')), entries.map(({ csl }) => csl.title).join('; '));
    });

    it(`${format} with ten megabytes in one field keeps the others, and lets others run`, () => {
      for (const word of ['word ', 'word']) {
        const text = file(withField[format](word.repeat(10_000_000 / word.length)));
        const reading = read(text, format);
        assert.ok(good.every(key => idsOf(reading).includes(key)), idsOf(reading).join());
        assert.ok(reading.pauses >= text.length / (1 << 15), `${reading.pauses} pauses`);
      }
    });

    it(`${format} with a million that open and never close keeps the others, and lets others run`, () => {
      const text = file(withField[format](opened[format].repeat(1_000_000)));
      const reading = read(text, format);
      assert.ok(good.every(key => idsOf(reading).includes(key)), idsOf(reading).join());
      assert.ok(reading.pauses >= text.length / (1 << 15), `${reading.pauses} pauses`);
    });

    it(`${format} is read for what it is where names are those of every object’s own`, () => {
      const before = Object.getOwnPropertyNames(Object.prototype).join();
      const { entries } = read(prototypes[format], format);
      assert.ok(entries.length >= 2);
      assert.equal(entries[0]?.csl.title, 'T');
      for (const { csl } of entries) {
        assert.ok(!('polluted' in csl) && Object.getPrototypeOf(csl) === Object.prototype);
      }
      assert.equal(Object.getOwnPropertyNames(Object.prototype).join(), before);
    });
  }

  it('expands no entities of EndNote XML', () => {
    const levels = Array.from({ length: 30 }, (_, level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`);
    const bomb = `<!DOCTYPE xml [<!ENTITY e0 "word">${levels.join('')}<!ENTITY file SYSTEM "file:///a">]>`;
    const record = '<record><rec-number>1</rec-number><titles><title>&e30;&file;</title></titles></record><record><rec-number>2</rec-number></record>';
    const { entries } = read(`<?xml version="1.0"?>${bomb}<xml><records>${record}</records></xml>`, 'EndNote XML');
    assert.deepEqual(entries.map(({ id }) => id), ['1', '2']);
    assert.ok(entries[0]!.csl.title.length < 20, entries[0]!.csl.title);
  });

  it('follows no aliases of YAML without end', () => {
    const levels = Array.from({ length: 30 }, (_, level) => `  x${level}: &a${level} [${Array<string>(10).fill(level === 0 ? 'word' : `*a${level - 1}`).join(', ')}]\n`);
    const { entries } = read(`- id: bomb\n${levels.join('')}  keyword: *a29\n- id: other\n  keyword: *a29\n- id: last\n`, 'CSL-YAML');
    assert.ok(entries.some(({ id }) => id === 'last'));
    entries.forEach(({ csl }) => assert.ok((csl.keyword ?? '').length < 100_000));
  });

  it('comes to an end with fields that go on for 100,000 lines, and with comments that never do', () => {
    assert.equal(read(`TY  - JOUR\nID  - x\nTI  - a\n${'b\n'.repeat(100_000)}ER  - \n`, 'RIS').entries[0]?.csl.title.length, 200_001);
    assert.equal(read(`PMID- 1\nTI  - a\n${'      b\n'.repeat(100_000)}\n`, 'PubMed').entries[0]?.csl.title.length, 200_001);
    assert.deepEqual(idsOf(read(`<!--${'<record><!--'.repeat(100_000)}\n${withField['EndNote XML']('a')}`, 'EndNote XML')), ['99']);
  });
});
