import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Document, parse, visit } from 'yaml';
import { metadataTexts } from '../../../src/core/markdown/yamlTexts.ts';

const valuesOf = (yaml: string): string[] => metadataTexts(yaml).map(({ value }) => value);

/** All texts with an `@` in what the library read, but for those that are no prose. */
function textsIn(value: unknown, isTop = true): string[] {
  if (typeof value === 'string') {
    return value.includes('@') ? [value] : [];
  }
  if (Array.isArray(value)) {
    return value.flatMap(each => textsIn(each, false));
  }
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const isProse = (key: string): boolean => !key.endsWith('_') && !(isTop && ['references', 'bibliography', 'csl', 'citation-style', 'nocite'].includes(key));
  return fields.flatMap(([key, each]) => (isProse(key) ? textsIn(each, false) : []));
}

const words = fc.array(fc.constantFrom('@a', '[@b]', 'word', 'it’s', "it's", '"so"', '\\', ':', '#', ',', '- ', '{', '}', '[', ']', '\n', '\n\n', '  ', '\t', 'é', '🙂', '&x', '*y', '|', '>', '%'), { maxLength: 8 }).map(each => each.join(' '));
const key = fc.constantFrom('title', 'abstract', 'note', 'x_', 'references', 'nocite', 'a b', 'c:d', '"q"', "it's", '@k', '-', '?');
const { structure } = fc.letrec(tie => ({
  structure: fc.dictionary(key, tie('node'), { maxKeys: 5 }),
  node: fc.oneof({ depthSize: 'small' }, words, words, fc.constantFrom(null, 12, true), fc.array(tie('node'), { maxLength: 4 }), fc.dictionary(key, tie('node'), { maxKeys: 3 })),
}));
const style = fc.constantFrom('PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_FOLDED', 'BLOCK_LITERAL');

/** Written in ways that are drawn: with texts in any style, lists and mappings in brackets or in lines, lines short or long. */
function written(value: unknown, styles: readonly string[], isFlow: readonly boolean[], lineWidth: number, indent: number): string {
  const document = new Document(value);
  let count = 0;
  visit(document, {
    Scalar: (place, node) => void (place !== 'key' && (node.type = styles[(count += 1) % styles.length] as 'PLAIN')),
    Collection: (_, node) => void (node.flow = isFlow[(count += 1) % isFlow.length]!),
  });
  return document.toString({ lineWidth, indent, indentSeq: count % 2 === 0 });
}

describe('texts of metadata', () => {
  it('are those that the YAML library reads, in all ways of writing them', () =>
    fc.assert(
      fc.property(
        structure as fc.Arbitrary<Record<string, unknown>>,
        fc.array(style, { minLength: 1, maxLength: 5 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(60, 80, 0),
        fc.constantFrom(2, 4),
        (value, styles, isFlow, width, indent) => {
          const yaml = written(value, styles, isFlow, width, indent);
          const expected = textsIn(parse(yaml, { uniqueKeys: false, merge: true, logLevel: 'silent' }));
          // A block of text ends in one line break or in none, however many there are.
          const plain = (each: string): string => each.replace(/\n+$/, '\n');
          assert.deepEqual(valuesOf(yaml).map(plain).sort(), expected.map(plain).sort(), yaml);
        },
      ),
      { numRuns: 500 },
    ));
});
