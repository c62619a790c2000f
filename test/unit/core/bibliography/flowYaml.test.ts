import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse, parseDocument, stringify } from 'yaml';
import { CslYamlScanner, convertCslYaml } from '../../../../src/core/bibliography/cslYaml.ts';
import { flowItems } from '../../../../src/core/bibliography/flowYaml.ts';
import { ours, scanned } from '../../../support/bibliographyOracle.ts';

const texts = (text: string): readonly string[] | undefined => flowItems(text)?.map(({ from, to }) => text.slice(from, to));

describe('A list in YAML’s brackets', () => {
  const cases: readonly (readonly [text: string, items: readonly string[] | undefined])[] = [
    ['[{id: a}, {id: b}]', ['{id: a}', '{id: b}']],
    ['[{"id": "a}", x: [1, {y: 2}]},\n {id: \'it\'\'s ]\'}]\n', ['{"id": "a}", x: [1, {y: 2}]}', '{id: \'it\'\'s ]\'}']],
    ["[{title: don't }, {id: b}]", ["{title: don't }", '{id: b}']],
    ['[{id: a}, # {id: no}\n{id: b}]\n# end\n---\n', ['{id: a}', '{id: b}']],
    ['[{id: "a\\"}"}]', ['{id: "a\\"}"}']],
    ['[{id: a}, b]', undefined],
    ['[{id: a}, [b]]', undefined],
    ['[{id: a}', undefined],
    ['{references: [{id: a}]}', undefined],
    ['[]', undefined],
    ['', undefined],
  ];
  for (const [text, items] of cases) {
    it(`${JSON.stringify(text)} has ${items?.length ?? 'none that are told apart'}`, () => assert.deepEqual(texts(text), items));
  }
  it('is told apart as the YAML library reads it', () => {
    const scalar = fc.string({ unit: fc.constantFrom('a', '"', "'", '{', '}', '[', ']', ',', ':', '#', ' ', '\\', '\n', '-'), maxLength: 12 });
    const item = fc.record({ id: fc.constantFrom('a', 'b'), title: scalar, author: fc.array(fc.record({ family: scalar }), { maxLength: 2 }) });
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 5 }), items => {
        const text = stringify(items, { collectionStyle: 'flow', lineWidth: 40 });
        // The library writes some texts that it can't read itself, such as a dash at a line's end.
        fc.pre(parseDocument(text).errors.length === 0);
        assert.deepEqual(texts(text)?.map(each => parse(each) as unknown), parse(text));
      }),
      { numRuns: 2000 },
    );
  });
  it('loses one broken entry only, and says which', () => {
    const text = 'references: [{id: a, title: One}, {id: b, title: "x" y}, {id: c, title: Three}]\n';
    assert.deepEqual(ours(new CslYamlScanner(), convertCslYaml, text).map(({ id }) => id).filter(id => id !== 'b'), ['a', 'c']);
    const { problems } = scanned(new CslYamlScanner(), text);
    assert.deepEqual(problems.map(({ start, end }) => text.slice(start, end)), ['{id: b, title: "x" y}']);
  });
  it('is read in steps, an entry each', () => {
    const text = `references: [${Array.from({ length: 500 }, (_, number) => `{id: k${number}, title: Title ${number}}`).join(',\n')}]\n`;
    const scanner = new CslYamlScanner();
    const steps = [...scanner.push(text), ...scanner.end()].length;
    assert.ok(steps > 500, String(steps));
    assert.equal(scanned(new CslYamlScanner(), text).entries.length, 500);
  });
});
