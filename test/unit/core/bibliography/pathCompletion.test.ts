import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pathQueryAt, unclosedMetadata, type PathQuery } from '../../../../src/core/bibliography/pathCompletion.ts';
import { pathOffers, type FolderEntry } from '../../../../src/core/bibliography/pathOffers.ts';

function at(marked: string): { text: string; query: PathQuery | undefined } {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return { text, query: pathQueryAt(text, offset, { start: 0, end: text.length }) };
}

/** What is typed, and what stands there as the path. */
function typed(marked: string): readonly [typed: string, whole: string] | undefined {
  const { text, query } = at(marked);
  return query && [query.typed, text.slice(query.start, query.end)];
}

describe('pathQueryAt', () => {
  const found: readonly (readonly [marked: string, typed: string, whole: string])[] = [
    ['bibliography: |', '', ''],
    ['bibliography: |\ntitle: x', '', ''],
    ['bibliography: re|', 're', 're'],
    ['bibliography: re|fs.bib', 're', 'refs.bib'],
    ['bibliography: |refs.bib', '', 'refs.bib'],
    ['bibliography: lib/re|fs.bib # mine', 'lib/re', 'lib/refs.bib'],
    ['bibliography: my |', 'my ', 'my '],
    ['bibliography: my re|fs.bib', 'my re', 'my refs.bib'],
    ['bibliography: ../|', '../', '../'],
    ['bibliography: a#b|', 'a#b', 'a#b'],
    ['bibliography:\n  re|', 're', 're'],
    ['bibliography:\n  - |', '', ''],
    ['bibliography:\n- |', '', ''],
    ['bibliography:\n- a.bib\n- b|', 'b', 'b'],
    ['bibliography:\n  - a.bib\n\n  # more\n  - lib/|\ntitle: x', 'lib/', 'lib/'],
    ['bibliography: [|', '', ''],
    ['bibliography: [|]', '', ''],
    ['bibliography: [a.bib, |]', '', ''],
    ['bibliography: [a.bib,|]', '', ''],
    ['bibliography: [a|.bib, b.bib]', 'a', 'a.bib'],
    ['bibliography: ["a, b.bib", c|]', 'c', 'c'],
    ['bibliography: [\n  a.bib,\n  b|\n  ]', 'b', 'b'],
    ['bibliography: "re|fs.bib"', 're', 'refs.bib'],
    ['bibliography: "re|', 're', 're'],
    ["bibliography: 'it''s |'", "it's ", "it''s "],
    ['bibliography: "a\\\\b|"', 'a\\b', 'a\\\\b'],
    ['"bibliography": |', '', ''],
    ['title: x\nformat:\n  pdf:\n    bibliography: p|', 'p', 'p'],
    ['format:\n  pdf:\n    toc: true\n    bibliography:\n      - a.bib\n      - p|', 'p', 'p'],
    ['bibliography: /da|ta/refs.bib', '/da', '/data/refs.bib'],
    ['bibliography: ~/|', '~/', '~/'],
    ['title: x\r\nbibliography:\r\n  - a.bib\r\n  - b|\r\n', 'b', 'b'],
  ];
  for (const [marked, ...expected] of found) {
    it(`reads ${JSON.stringify(marked)}`, () => assert.deepEqual(typed(marked), expected));
  }

  const silent: readonly string[] = [
    '|bibliography: a.bib',
    'bibliography|: a.bib',
    'bibliography:|',
    'bibliography: a.bib # b|',
    'bibliography: # b|',
    'bibliography: [a.bib] |',
    'bibliography: "a.bib" |',
    'bibliography: a.bib\n  |',
    'bibliography:\n|',
    'bibliography:\n-|',
    'bibliography:\n  - id: a|',
    'bibliography: {a|}',
    'bibliography: |\n  a|'.replace('|', '>'),
    'bibliography: a.bib\ntitle: b|',
    'bibliography: a.bib\nnocite: |',
    'title: bibliography: a|',
    'abstract: >\n  bibliography: a|',
    'abstract: >\n  On\n  bibliography: a|',
    'params:\n  bibliography: a|',
    'output:\n  pdf:\n    bibliography: a|',
    '# bibliography: a|',
    'my-bibliography: a|',
    'bibliography: https://example.org/|',
    'csl: a|',
    'references:\n- id: a|',
  ];
  for (const marked of silent) {
    it(`is silent at ${JSON.stringify(marked)}`, () => assert.equal(typed(marked), undefined));
  }
  it('is silent outside the metadata', () =>
    assert.equal(pathQueryAt('---\nbibliography: a\n---\nbibliography: ', 38, { start: 4, end: 20 }), undefined));
  it('tells what kind of path it is', () => {
    const kinds = ['re|', '/re|', 'C:/re|', '~/re|', '~re|'].map(path => at(`bibliography: ${path}`).query?.kind);
    assert.deepEqual(kinds, ['relative', 'absolute', 'absolute', 'home', 'relative']);
  });
  it('answers within the text, whatever that is', () => {
    const part = fc.constantFrom('bibliography:', 'format:', '  ', '\n', '- ', '[', ']', ',', '"', "'", '#', 'a.bib', ' ', '\\', '/', '~', '\r\n', ': ');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), fc.nat(200), (parts, at) => {
        const text = parts.join('');
        const offset = Math.min(at, text.length);
        const query = pathQueryAt(text, offset, { start: 0, end: text.length });
        assert.ok(!query || (query.start <= offset && offset <= query.end && !/[\r\n]/.test(text.slice(query.start, query.end))));
      }),
      { numRuns: 5000 },
    );
  });
});

describe('unclosedMetadata', () => {
  const span = (marked: string): string | undefined => {
    const offset = marked.indexOf('|');
    const text = marked.replace('|', '');
    const found = unclosedMetadata(text, offset);
    return found && text.slice(found.start, found.end);
  };
  it('is what stands behind the first fence', () => assert.equal(span('---\ntitle: x\nbibliography: |'), 'title: x\nbibliography: '));
  for (const marked of ['---\n\nbibliography: |', '---\ntitle: x\n\nbibliography: |', '---\ntitle: x\n---\nbibliography: |', 'a\n---\nb: |', '-|--\n']) {
    it(`is not ${JSON.stringify(marked)}`, () => assert.equal(span(marked), undefined));
  }
});

describe('pathOffers', () => {
  const folder: readonly FolderEntry[] = [
    ...['z.bib', 'a.json', 'b.ris', 'm.bib', 'notes.md', '.hidden.bib', 'package.json', '_quarto.yml', 'a.yaml'].map(name => ({ name, isFolder: false })),
    ...['lib', 'node_modules', '.git'].map(name => ({ name, isFolder: true })),
  ];
  const labels = (marked: string): readonly string[] => pathOffers(at(marked).query!, folder).map(({ label }) => label);
  const texts = (marked: string, ...names: readonly string[]): readonly string[] =>
    pathOffers(at(marked).query!, names.map(name => ({ name: name.replace(/\/$/, ''), isFolder: name.endsWith('/') })))
      .filter(({ label }) => label !== '../')
      .map(({ text, caret }) => `${text.slice(0, caret)}|${text.slice(caret)}`);

  it('puts likely files first and leaves out what is none', () =>
    assert.deepEqual(labels('bibliography: |'), ['m.bib', 'z.bib', 'b.ris', 'a.json', 'a.yaml', 'lib/', '../']));
  it('offers what is hidden where its name begins', () => assert.ok(labels('bibliography: .h|').includes('.hidden.bib')));
  it('offers no folder above inside one', () => assert.ok(!labels('bibliography: lib/|').includes('../')));
  it('offers one more above', () => assert.ok(labels('bibliography: ../|').includes('../')));
  it('offers the home folder', () => assert.deepEqual(labels('bibliography: ~|'), ['~/']));
  it('keeps the folder', () => assert.deepEqual(texts('bibliography: lib/r|', 'refs.bib'), ['lib/refs.bib|']));
  it('leaves blanks as they are, for YAML does', () => assert.deepEqual(texts('bibliography: |', 'my refs.bib'), ['my refs.bib|']));
  it('quotes what YAML would read otherwise', () =>
    assert.deepEqual(texts('bibliography: |', 'a, b.bib', 'a #b.bib', '[x].bib', '@x.bib', 'a: b/'), ['"[x].bib"|', '"@x.bib"|', '"a #b.bib"|', '"a, b.bib"|', '"a: b/|"']));
  it('writes into the quotation marks that stand there', () => {
    assert.deepEqual(texts("bibliography: '|'", "it's.bib"), ["it''s.bib|"]);
    assert.deepEqual(texts('bibliography: "|"', 'a, b.bib', 'lib/'), ['a, b.bib|', 'lib/|']);
    assert.deepEqual(texts('bibliography: "|', 'a.bib', 'lib/'), ['a.bib"|', 'lib/|']);
  });
});
