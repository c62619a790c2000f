import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import type { BibliographyFormat } from '../../../../src/core/declarations.ts';
import { toBibtex } from '../../../../src/core/export.ts';
import { toCslJson } from '../../../../src/core/export/cslJson.ts';
import { toRis } from '../../../../src/core/export/ris.ts';
import { append, entryText } from '../../../../src/core/importing/append.ts';
import { splice } from '../../../../src/core/importing/splice.ts';
import type { CslItem } from '../../../../src/core/study.ts';
import { item } from '../../../support/styles.ts';

const one = item('bahji2021');
const old = [item('feder2021'), item('dore2019')];

/** The text with the entry added. */
async function added(text: string, format: BibliographyFormat, work = one): Promise<string> {
  const result = await append(text, format, work);
  assert.ok('insert' in result, JSON.stringify(result));
  return text.slice(0, result.offset) + result.insert + text.slice(result.offset);
}

const faultOf = async (text: string, format: BibliographyFormat): Promise<string | undefined> => {
  const result = await append(text, format, one);
  return 'fault' in result ? result.fault : undefined;
};

type Read = CslItem & { readonly id: string };
type Convert = (options: object, input: string, files: object) => Promise<{ stdout: string; stderr: string }>;

/** It has no types. */
const wasm: string = 'pandoc-wasm';

/** What Pandoc reads, as CSL-JSON. Debian's cannot read RIS yet; that of the npm package can. */
async function pandoc(text: string, format: BibliographyFormat): Promise<Read[]> {
  if (format === 'RIS') {
    const { convert } = (await import(wasm)) as { convert: Convert };
    const { stdout, stderr } = await convert({ from: 'ris', to: 'csljson' }, text, {});
    assert.ok(stdout, stderr);
    return JSON.parse(stdout) as Read[];
  }
  const from = { BibTeX: 'biblatex', 'CSL-JSON': 'csljson' }[format as string] ?? 'markdown';
  const input = format === 'CSL-YAML' && !text.startsWith('---') ? `---\n${text.replaceAll('\r\n', '\n')}\n---\n` : text;
  return JSON.parse(execFileSync('pandoc', ['-f', from, '-t', 'csljson'], { input, encoding: 'utf8' })) as Read[];
}

const yamlFile = `# mine
references:
- id: old2000  # keep
  type: book
  title: "Old *one*"
  note: |
    two
    lines
  author:
  - family: Old
# the end
`;

const files: readonly (readonly [format: BibliographyFormat, what: string, text: string])[] = [
  ['BibTeX', 'a file with comments', `% mine\n@string{x = {y}}\n\n${toBibtex(old)}\n\n@comment{the end}\n`],
  ['BibTeX', 'tabs and CRLF', toBibtex(old).replace(/^ {2}/gm, '\t').replaceAll('\n', '\r\n')],
  ['BibTeX', 'many blank lines at the end', `${toBibtex(old)}\n\n\n\n`],
  ['CSL-JSON', 'our own layout', `${toCslJson(old)}\n`],
  ['CSL-JSON', 'tabs and CRLF', JSON.stringify(old, undefined, '\t').replaceAll('\n', '\r\n')],
  ['CSL-JSON', 'one line', JSON.stringify(old)],
  ['CSL-JSON', 'an item a line', `[\n  ${old.map(each => JSON.stringify(each)).join(',\n  ')}\n]\n`],
  ['RIS', 'a file', `${toRis(old)}\n\n`],
  ['RIS', 'CRLF without a line end at the end', toRis(old).replaceAll('\n', '\r\n')],
  ['CSL-YAML', 'a list', yamlFile],
  ['CSL-YAML', 'CRLF', yamlFile.replaceAll('\n', '\r\n')],
  ['CSL-YAML', 'an indented list, with fences', '---\ntitle: x\nreferences:\n  - id: old2000\n    type: book\n    title: Old\nother: 1\n---\n'],
  ['CSL-YAML', 'a list in brackets', 'references: [{id: old2000, type: book, title: Old}]\n'],
  ['CSL-YAML', 'a text that keeps its blank lines', 'references:\n- id: old2000\n  type: book\n  title: Old\n  note: |+\n    kept\n\n\n'],
];

describe('append', function () {
  this.timeout(60_000);
  for (const [format, what, text] of files) {
    it(`adds to ${format}: ${what}; Pandoc reads the old entries as before, and the new one`, async () => {
      const result = await added(text, format);
      const [before, after] = [text.trim() ? await pandoc(text, format) : [], await pandoc(result, format)];
      assert.deepEqual(after.slice(0, -1), before);
      const entry = after.at(-1)!;
      assert.equal(entry.DOI, one.DOI);
      assert.equal(entry.title.replace(/<[^>]*>/g, ''), one.title);
      assert.equal(entry.author.length, one.author.length);
      assert.equal(text.includes('\r\n'), /\r\n/.test(result));
      assert.ok(!text.includes('\r\n') || !/[^\r]\n/.test(result));
      assert.equal(/\n$/.test(text), /\n$/.test(result));
    });
  }
  it('adds behind an entry in round brackets, which Pandoc does not read', async () =>
    assert.match(await added('@article(old1999,\n  title = {Old (one)},\n  year = {1999}\n)\n', 'BibTeX'), /^\)\n\n@article\{bahji2021,$/m));
  it('begins a file of each format', async () => {
    for (const format of ['BibTeX', 'RIS', 'CSL-JSON', 'CSL-YAML'] as const) {
      const result = await added('', format);
      assert.deepEqual((await pandoc(result, format)).map(each => each.DOI), [one.DOI], format);
      assert.match(result, /[^\n]\n$/);
      const text = await entryText(one, format);
      assert.ok(format === 'CSL-JSON' ? result.includes('"id": "bahji2021"') : result.startsWith(text), format);
    }
  });
  it('fills empty lists', async () => {
    assert.deepEqual((await pandoc(await added('[]\n', 'CSL-JSON'), 'CSL-JSON')).map(each => each.id), ['bahji2021']);
    assert.deepEqual((await pandoc(await added('[\n]', 'CSL-JSON'), 'CSL-JSON')).map(each => each.id), ['bahji2021']);
    for (const text of ['references: []\n', 'references:\n', 'references:', '# nothing\n', '---\n---\n', 'title: x\n']) {
      assert.deepEqual((await pandoc(await added(text, 'CSL-YAML'), 'CSL-YAML')).map(each => each.id), ['bahji2021'], text);
    }
    assert.match(await added('- id: a\n  type: book\n', 'CSL-YAML'), /^- id: a\n {2}type: book\n- id: bahji2021\n/);
    assert.deepEqual(JSON.parse(await added('{"a": [1], "items": [ {"id": "x"} ]}', 'CSL-JSON')).items.map((each: { id: string }) => each.id), ['x', 'bahji2021']);
  });
  it('keeps markup, quotation marks and signs in YAML', async () => {
    const title = '<i>In vivo</i> x<sup>2 3</sup> "q" it\'s a*b_c $1 #2 @x [y] \\z 1--2 & <span class="nocase">MDMA</span>';
    const [read] = await pandoc(await added('', 'CSL-YAML', { ...one, title }), 'CSL-YAML');
    // Pandoc writes no `nocase` into CSL-JSON, and a blank in a superscript as one that does not break.
    assert.equal(read?.title.replaceAll('\u00a0', ' '), title.replace(/<\/?span[^>]*>/g, '').replace('[y]', '[y]'));
  });
  it('writes what books, chapters, theses and reports have', async () => {
    const base = { id: 'x2020', title: 'A Title', author: [{ family: 'Author 17', given: 'S.' }], issued: { 'date-parts': [[2020]] }, publisher: 'Press & Co', 'publisher-place': 'Bern' };
    const chapter = { ...base, type: 'chapter', 'container-title': 'The Book', editor: [{ family: 'Author 18', given: 'E.' }], ISBN: '978-3-16-148410-0' };
    for (const format of ['BibTeX', 'RIS', 'CSL-JSON', 'CSL-YAML'] as const) {
      const [read] = await pandoc(await added('', format, chapter), format);
      assert.equal(read?.type, 'chapter', format);
      assert.equal(read['container-title'], 'The Book', format);
      assert.equal(read.editor?.[0]?.family, 'Author 18', format);
      assert.equal(read.publisher, 'Press & Co', format);
      for (const type of ['book', 'thesis', 'report']) {
        const [other] = await pandoc(await added('', format, { ...base, type }), format);
        assert.equal(other?.type, type, format);
        assert.equal(other.publisher, 'Press & Co', `${format} ${type}`);
      }
    }
  });
  it('adds nothing to a file that can’t be read to its end', async () => {
    for (const [text, format] of [
      ['@article{a,\n title = {Open,\n', 'BibTeX'], ['@article{a,\n title = {x}\n', 'BibTeX'], ['@book(a, title={x)}', 'BibTeX'],
      ['[{"id": "a"}', 'CSL-JSON'], ['{"id": "a"}', 'CSL-JSON'], ['7', 'CSL-JSON'], ['TY  - JOUR\nID  - a\n', 'RIS'],
      ['references: [{', 'CSL-YAML'], ['a: b: c\n', 'CSL-YAML'], ['just text', 'CSL-YAML'], ['references: text\n', 'CSL-YAML'],
      ['references:\n- id: a\n---\nreferences:\n- id: b\n', 'CSL-YAML'],
    ] as const) {
      assert.equal(await faultOf(text, format), 'damaged', text);
    }
    assert.equal(await faultOf('', 'PubMed'), 'not written');
  });
  it('takes any text without throwing, and changes nothing of it', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.nat(3000),
        fc.constantFrom('', '\n', '\r\n', ' ', '}', '{', ']', '"', '# c\n', '%', '@x{', '  \n'),
        async ([format, , text], at, noise) => {
          const changed = text.slice(0, at) + noise + (at % 3 === 0 ? '' : text.slice(at));
          const result = await append(changed, format, one);
          assert.ok('fault' in result || (result.offset >= 0 && result.offset <= changed.length && result.insert.includes('bahji2021')));
        },
      ),
      { numRuns: 1500 },
    ));
});

describe('splice', () => {
  const text = 'Ä\r\n@book{a, title={Ö €}}\r\n';
  const byOne = async (all: string) => ({ offset: all.length, insert: 'ü\r\n' });
  const utf8 = new TextEncoder().encode(text);
  const wide = (isLittle: boolean) => Buffer.from(`\ufeff${text}`, 'utf16le')[isLittle ? 'subarray' : 'swap16'](0) as Buffer;
  const cases: readonly (readonly [string, Uint8Array, string])[] = [
    ['UTF-8', utf8, 'utf-8'],
    ['UTF-8 with a byte order mark', Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8), 'utf-8'],
    ['UTF-16, small end first', wide(true), 'utf-16le'],
    ['UTF-16, big end first', wide(false), 'utf-16be'],
  ];
  for (const [name, bytes, encoding] of cases) {
    it(`keeps every byte of ${name}`, async () => {
      const result = await splice(bytes, byOne);
      assert.ok('bytes' in result);
      assert.deepEqual(Buffer.from(result.bytes.subarray(0, bytes.length)), Buffer.from(bytes));
      assert.equal(new TextDecoder(encoding).decode(result.bytes), `${text}ü\r\n`);
      assert.equal(result.text, `${text}ü\r\n`);
    });
  }
  it('adds only ASCII in other encodings', async () => {
    const latin = Buffer.from('Ä b', 'latin1');
    assert.deepEqual(await splice(latin, byOne), { fault: 'encoding' });
    const result = await splice(latin, async () => ({ offset: 1, insert: 'x' }));
    assert.deepEqual('bytes' in result && Buffer.from(result.bytes).toString('latin1'), 'Äx b');
  });
  it('keeps the bytes around whatever is inserted wherever', () =>
    fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.nat(), fc.string({ unit: 'grapheme' }), async (all, at, insert) => {
        const points = Array.from(all);
        const offset = points.slice(0, at % (points.length + 1)).join('').length;
        const result = await splice(new TextEncoder().encode(all), async () => ({ offset, insert }));
        assert.ok('bytes' in result);
        assert.equal(new TextDecoder('utf-8', { ignoreBOM: true }).decode(result.bytes), all.slice(0, offset) + insert + all.slice(offset));
      }),
    ));
});
