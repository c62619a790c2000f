import assert from 'node:assert/strict';
import fc from 'fast-check';
import { insideFences, readFrontMatter, readMetadata, type FrontMatter } from '../../../src/core/frontMatter.ts';
import { readManuscript } from '../../../src/core/reading.ts';
import { convertByPandoc } from '../../support/pandoc.ts';
import { readByPandoc, type Node } from './oracle/pandoc.ts';

async function read(text: string): Promise<FrontMatter> {
  return readFrontMatter(text, insideFences(text, { start: 0, end: text.length }));
}

describe('readFrontMatter', () => {
  it('finds the entries under references, and where their keys stand', async () => {
    const text = '---\ntitle: x\nreferences:\n- id: author17\n  title: A title\n  issued: 2021\n- type: book\n  id: "author18"\n---\n';
    const { entries } = await read(text);
    assert.deepEqual(
      entries.map(({ key, start, end }) => [key, text.slice(start, end)]),
      [
        ['author17', 'author17'],
        ['author18', '"author18"'],
      ],
    );
  });
  it('reads what a card shows', async () => {
    const { entries } = await read(
      '---\nreferences:\n- id: a\n  author:\n  - family: Seventeen\n    given: Author\n  - Group Eighteen\n  issued:\n    year: 2021\n  container-title: Journal\n  volume: 3\n---\n',
    );
    assert.deepEqual(entries[0]?.csl, {
      type: 'document',
      title: '',
      author: [{ family: 'Seventeen', given: 'Author' }, { literal: 'Group Eighteen' }],
      'container-title': 'Journal',
      volume: '3',
      issued: { 'date-parts': [[2021]] },
    });
  });
  it('reads all fields, as Pandoc does', async () => {
    const yaml = [
      'references:',
      '- id: author17',
      '  type: chapter',
      '  title: A *title* of H~2~O',
      '  container-title: Of things',
      '  editor: [{family: Author, given: Eighteen}]',
      '  author: [{family: Author, given: Seventeen, non-dropping-particle: van}]',
      '  publisher: A house',
      '  publisher-place: Here',
      '  edition: 2',
      '  volume: "1.10"',
      '  page: 12-34',
      '  ISBN: 0-00-000000-0',
      '  issued: 2001-05',
      '- &book',
      '  id: author18',
      '  type: book',
      '  title: Another',
      '  publisher: A house',
      '  issued: {year: 1999}',
      '- <<: *book',
      '  id: author19',
      '  language: no',
      '',
    ].join('\n');
    const { entries } = await read(`---\n${yaml}---\n`);
    const [chapter, book, merged] = entries.map(({ csl }) => csl);
    const [theirs] = JSON.parse(convertByPandoc(`---\n${yaml.slice(0, yaml.indexOf('- &book'))}---\n\n[@author17]\n`, 'markdown', 'csljson')) as unknown[];
    assert.deepEqual({ id: 'author17', ...chapter }, theirs);
    assert.deepEqual(merged, { ...book, language: 'no' });
    assert.deepEqual(book, { type: 'book', title: 'Another', author: [], publisher: 'A house', issued: { 'date-parts': [[1999]] } });
  });
  for (const [issued, expected] of [
    ['2021', [[2021]]],
    ["'2021-03-04'", [[2021, 3, 4]]],
    ['{ date-parts: [[2021, 3]] }', [[2021, 3]]],
    ['[{ year: 2021 }]', [[2021]]],
    ['spring', undefined],
    ['null', undefined],
  ] as const) {
    it(`reads the date ${issued}`, async () => {
      const { entries } = await read(`---\nreferences:\n- id: a\n  issued: ${issued}\n---\n`);
      assert.deepEqual(entries[0]?.csl.issued?.['date-parts'], expected);
    });
  }
  for (const [yaml, keys] of [
    ["nocite: '@*'", ['*=@*']],
    ['nocite: |\n  @a, @b\n  and [@c; -@d, p. 3]\n', ['a=@a', 'b=@b', 'c=@c', 'd=-@d']],
    ['nocite: >\n  @a\n\n  @b\ntitle: @x', ['a=@a', 'b=@b']],
    ['nocite: "@a, @b"', ['a=@a', 'b=@b']],
    ["nocite:\n- '@a'\n- '@{b-c}'", ['a=@a', 'b-c=@{b-c}']],
    ['nocite: @a, @b', ['a=@a', 'b=@b']],
    ["nocite: 'x@y.org `@z`'", undefined],
    ['nocite: 3', undefined],
  ] as const) {
    it(`finds the keys of ${JSON.stringify(yaml)}`, async () => {
      const text = `---\n${yaml}\n---\n`;
      const { nocite } = await read(text);
      const found = nocite?.flatMap(({ cites }) => cites.map(({ key, mark }) => `${key}=${text.slice(mark.start, mark.end)}`));
      assert.deepEqual(found, keys);
    });
  }
  for (const [yaml, paths] of [
    ['bibliography: refs.bib', ['refs.bib']],
    ['bibliography: [a.bib, "b c.json"]', ['a.bib', 'b c.json']],
    ['bibliography:\n  - a.bib\n  - b.yaml', ['a.bib', 'b.yaml']],
    ['format:\n  pdf:\n    bibliography: p.bib\n  html: default', ['p.bib']],
    ['bibliography:', []],
    ['bibliography: 3', ['3']],
    ['bibliography: null', []],
    ['bibliography: ["null", ~]', ['null']],
    ['bibliography: a.bib\ngeometry: x\ngeometry: y\nbibliography: b.bib', ['b.bib']],
    ['"bibliography": a.bib\nbibliography: [b.bib, c.bib]', ['b.bib', 'c.bib']],
    ['bibliography: a.bib\nbibliography:', []],
    ['refs: &r a.bib\nbibliography: *r', ['a.bib']],
    ['refs: &r [a.bib, b.bib]\nbibliography: *r', ['a.bib', 'b.bib']],
    ['a: &a a.bib\nb: &a b.bib\nbibliography: [*a, c.bib]', ['b.bib', 'c.bib']],
    ['base: &b\n  bibliography: a.bib\n<<: *b', ['a.bib']],
    ['base: &b {bibliography: a.bib}\n<<: *b\nbibliography: b.bib', ['b.bib']],
    ['one: &o {bibliography: a.bib}\ntwo: &t {bibliography: b.bib}\n<<: [*o, *t]', ['a.bib']],
    ['bibliography: |\n  a.bib', ['a.bib']],
    ['{bibliography: [a.bib, "b.bib"], title: x}', ['a.bib', 'b.bib']],
    ['? bibliography\n: a.bib', ['a.bib']],
    ['\'bibliography\': !!str a.bib # comment', ['a.bib']],
    ['bibliography: &b >-\n  a.bib', ['a.bib']],
    ['pdf: &p {bibliography: p.bib}\nformat:\n  pdf: *p', ['p.bib']],
  ] as const) {
    it(`finds the files of ${JSON.stringify(yaml)}`, async () => {
      const text = `---\n${yaml}\n---\n`;
      const { bibliographies } = await read(text);
      assert.deepEqual(bibliographies.map(({ path }) => path), paths);
      assert.ok(bibliographies.every(({ path, start, end }) => text.slice(start, end).includes(path)));
    });
  }
  it('names of doubled, merged and aliased fields the files that Pandoc names', () => {
    const texts = [
      'bibliography: a.bib\nbibliography: b.bib',
      '"bibliography": a.bib\nbibliography: [b.bib, c.bib]',
      'refs: &r [a.bib, b.bib]\nbibliography: *r',
      'a: &a a.bib\nb: &a b.bib\nbibliography: [*a, c.bib]',
      'base: &b\n  bibliography: a.bib\n<<: *b',
      'base: &b {bibliography: a.bib}\n<<: *b\nbibliography: b.bib',
      'one: &o {bibliography: a.bib}\ntwo: &t {bibliography: b.bib}\n<<: [*o, *t]',
      '{bibliography: [a.bib, "b.bib"], title: x}',
      '? bibliography\n: a.bib',
    ].map(yaml => `---\n${yaml}\n---\n`);
    return Promise.all(
      readByPandoc(texts).map(async (document, i) => {
        const { bibliographies } = await read(texts[i]!);
        assert.equal(` | ${bibliographies.map(({ path }) => path).join()} | `, ofPandoc({ bibliography: (document!.meta as { bibliography: unknown }).bibliography }), texts[i]);
      }),
    );
  });
  for (const [yaml, expected] of [
    ['references:\n- id: a\nreferences:\n- id: b', 'b'],
    ['book: &b {id: a, title: x}\nreferences: [*b, {id: c}]', 'a,c'],
    ['references:\n- &b {id: a, title: x}\n- <<: *b\n  id: c\n- <<: *b', 'a,c,a'],
    ['list: &l\n- id: a\nreferences: *l', 'a'],
    ['references:\n- id: a\n  id: b', 'b'],
  ] as const) {
    it(`finds the entries of ${JSON.stringify(yaml)}`, async () => {
      const text = `---\n${yaml}\n---\n`;
      const { entries } = await read(text);
      assert.equal(entries.map(({ key }) => key).join(), expected);
      entries.forEach(({ key, start, end }) => assert.equal(text.slice(start, end), key));
    });
  }
  it('takes of a doubled style, language and list of works the last', async () => {
    const text = '---\ncsl: a.csl\nlang: de\nnocite: "@a"\nstyle: &s b.csl\ncsl: *s\nlang: >-\n  fr\nnocite: ["@b"]\n---\n';
    const { csl, lang, nocite } = await read(text);
    assert.deepEqual([csl?.value, lang?.value, nocite?.flatMap(({ cites }) => cites.map(({ key }) => key))], ['b.csl', 'fr', ['b']]);
  });
  it('names the line of a fault, and keeps what could be read', async () => {
    const { fault, bibliographies } = await read('---\nbibliography: a.bib\ntitle: "open\n---\n');
    assert.match(fault ?? '', /^line \d+: /);
    assert.deepEqual(bibliographies.map(({ path }) => path), ['a.bib']);
  });
  it('reads entries in CRLF', async () => {
    const text = '---\r\nreferences:\r\n- id: author17\r\n---\r\n';
    const [entry] = (await read(text)).entries;
    assert.equal(text.slice(entry!.start, entry!.end), 'author17');
  });
  it('survives aliases that double and double', async () => {
    const lines = Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`);
    const { entries } = await read(`---\na0: &a0 [x]\n${lines.join('\n')}\nreferences:\n- id: b\n  title: *a30\n---\n`);
    assert.deepEqual(entries.map(({ key }) => key), ['b']);
  });
  it('never rejects', function () {
    this.timeout(30_000);
    return fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async text => {
        await read(`---\n${text}\n---\n`);
        await read(`---\nreferences:\n- ${text}\nbibliography: ${text}\n---\n`);
      }),
      { numRuns: 300 },
    );
  });
});

describe('readMetadata', () => {
  const first = '---\nbibliography: a.bib\nnocite: "@a"\nreferences:\n- id: author17\n---\n\n';
  const told = async (text: string): Promise<string> => {
    const reading = readManuscript(text);
    const { entries, bibliographies, nocite = [] } = await readMetadata(text, reading.metadata);
    const keys = nocite.flatMap(({ cites }) => cites.map(({ key, mark }) => `${key}=${text.slice(mark.start, mark.end)}`));
    entries.forEach(({ key, start, end }) => assert.equal(text.slice(start, end), key));
    bibliographies.forEach(({ path, start, end }) => assert.equal(text.slice(start, end), path));
    return [entries.map(({ key }) => key), bibliographies.map(({ path }) => path), keys].map(each => each.join()).join(' | ');
  };
  const cases: readonly (readonly [name: string, text: string, expected: string])[] = [
    ['a block in the text', 'Text.\n\n---\nreferences:\n- id: author18\nbibliography: b.bib\nnocite: "@b"\n---\n\nMore.', 'author18 | b.bib | b=@b'],
    ['a block without a field leaves it', `${first}Text.\n\n---\ntitle: x\n---\n`, 'author17 | a.bib | a=@a'],
    ['a later block takes the place field by field', `${first}Text.\n\n---\nreferences:\n- id: author18\n...\n`, 'author18 | a.bib | a=@a'],
    ['a field that is empty takes it too', `${first}---\nbibliography:\nnocite: ""\n---\n`, 'author17 |  | '],
    ['the last of three counts', `${first}---\nnocite: "@b"\n---\n\nText.\n\n---\nnocite: "@c"\n---\n`, 'author17 | a.bib | c=@c'],
    ['lines below a paragraph are none', `${first}Text.\n---\nnocite: "@b"\n---\n`, 'author17 | a.bib | a=@a'],
    ['a block in a division', `${first}::: x\n---\nnocite: "@b"\n---\n:::\n`, 'author17 | a.bib | b=@b'],
    ['a block in code is none', `${first}\`\`\`\n---\nnocite: "@b"\n---\n\`\`\`\n`, 'author17 | a.bib | a=@a'],
    ['a flow mapping', `${first}---\n{nocite: "@b"}\n---\n`, 'author17 | a.bib | b=@b'],
    ['CRLF', `${first}Text.\n\n---\nnocite: "@b"\n---\n`.replaceAll('\n', '\r\n'), 'author17 | a.bib | b=@b'],
  ];
  for (const [name, text, expected] of cases) {
    it(name, async () => assert.equal(await told(text), expected));
  }
  it('reads from all blocks what pandoc reads', async () => {
    const documents = readByPandoc(cases.map(([, text]) => text));
    for (const [i, [name, text]] of cases.entries()) {
      assert.equal(await told(text), ofPandoc(documents[i]!.meta), name);
    }
  });
  it('tells a fault in a later block', async () => {
    const text = `${first}Text.\n\n---\nnocite: "@b\n---\n`;
    assert.match((await readMetadata(text, readManuscript(text).metadata)).fault ?? '', /^line 1\d: /);
  });
});

/** The same of pandoc's metadata, whose keys are their own marks. */
function ofPandoc(meta: unknown): string {
  const fields = meta as Readonly<Record<string, Node>>;
  const textsIn = (node: unknown, kind: string): string[] => {
    const { t, c } = (typeof node === 'object' && node !== null ? node : {}) as Node;
    const inside = Array.isArray(node) ? node : typeof node === 'object' && node !== null ? Object.values(node) : [];
    return t === kind ? [String(c)] : inside.flatMap(each => textsIn(each, kind));
  };
  const cited = Array.from(JSON.stringify(fields.nocite ?? '').matchAll(/"citationId":"([^"]*)"/g), ([, key]) => `${key}=@${key}`);
  return [textsIn(fields.references, 'Str'), textsIn(fields.bibliography, 'Str'), cited].map(each => each.join()).join(' | ');
}
