import assert from 'node:assert/strict';
import fc from 'fast-check';
import { problemsOf } from './checks/support.ts';
import { citedPlaces } from '../../../src/core/occurrences.ts';
import { readManuscript, reread, type Reading } from '../../../src/core/reading.ts';
import { withKey } from '../../../src/core/renaming.ts';
import { finished } from '../../../src/core/steps.ts';
import { worksCited } from '../../../src/core/worksCited.ts';
import { disagreements } from './oracle/compare.ts';

/** YAML in all its ways: what of it is a text, and where its characters stand. */
const metadata: readonly string[] = [
  'title: A [@a] x\nabstract: first [@b]\nabstract: second [@c]',
  'v: &x "[@a]"\nu: *x',
  'base: &b\n  p: "[@a]"\nm:\n  <<: *b\n  q: "[@c]"',
  'csl: "[@a]"\nlink: "[@b]"\nlang: "l"\nx_: "[@u]"\ny: z @q',
  'abstract: |\n  As [@a, p. 3] has\n  shown.\n\n  And @b.\ntitle: x',
  'abstract: >-\n  [@a]',
  'abstract: |2\n   [@a]\n  @b',
  'abstract: |+\n  [@a]\n\n\nb: "@c"',
  'a: "x \\"q\\" [@a] \\n\\n @b \\\\@c \\u0040d"',
  'a: \'it\'\'s @a\'',
  'a: x @a\n  y @b\n\n  z @c\nb: "p @d\n  q @e"',
  'a: [x @a, "y, @b", {k: v @c}]',
  'a:\n- x @a\n- y @b\n- - z @c\n  - k: v @d\n    l: w @e\n- |\n  @f',
  'author:\n- name: N @a\n  note: |\n    x @b\n  aff: [1, 2]\n- name: M @c',
  '? key\n: v @a',
  '"quoted key": v @a',
  'a: v @a # c @b',
  '# @a\nb: c @d',
  'a: !!str v @a\nb: !x "w @b"',
  'a: &n\n  b: v @a',
  'a:\n  b: v @a\n  b: w @b',
  '{a: v @a, b: [w @b, x: y @c]}',
  'references:\n- id: a\n  title: "@z"\nabstract: v @a',
  'references: [{id: a, note: "@z"}]\nabstract: v @a',
  'abstract: |\n  x @a\n\n  ---\n\n  y @b',
  'a: "@{x y} @{b}"',
  'a: https://x.org/@y @a',
  'a: me@x.org',
  'abstract: |\n  - x @a\n  - y @b\n\n      code @c\n\n  [^1]: note @d\n\n  x[^1]',
  'v: x\nmeta:\n  deep:\n    deeper:\n      - x: y @a\n        z_: w @b',
  'a: x:y @a',
  'a: v - @a',
  'abstract: "line [@a;\n  @b]"',
  'a: |\n\n  x @a\n   y @b',
  'a: >\n\n  x @a\n\n\n  y @b',
  'a: "x @a" # "@b"',
  'a: [ x @a , # c @b\n  y @c ]',
  'a: \'x\n\n  y @a\'',
  'a: |- # c\n  x @a',
  'a:\n  |\n  x @a',
  'a: &x |\n  x @a\nb: *x',
  'a: null\nb: 12\nc: "@a"',
  'thanks: "x^[y @a]"',
  'abstract: |\n  ~~~\n  @z\n  ~~~\n  @a',
  'csl: x\nnocite: |\n  @z\nk: "@a"',
  'title: "T @a"\nsubtitle: \'S [-@b]\'\nkeywords: [k @c, l]',
  'a: "\\\n  x @a"',
  '- a\n- b @c',
  'a: {b: "x @a", \'c\': y @b, d: [z @c]}\ne: f @d',
  'a: |\r\n  x @a\r\n  y @b\r\nb: "z\r\n  @c"\r\n',
  'a: ["x @a", y @b]',
  'book_: &b "x @a"\ntitle: *b',
  'a: \'- [@a]\'',
  'a: >\n  * x @a\n  * y @b',
  'abstract: >\n  As [@a, p. 3] has\n\n  shown\n  @b.\n\n    code @z\n  x @c\n',
];

const around = (yaml: string): string => `---\n${yaml}${yaml.endsWith('\n') ? '' : '\n'}---\n\nText @body.\n`;

/** Whole texts: several blocks of metadata, and Pandoc's own title block. */
const documents: readonly string[] = [
  '---\ntitle: A paper\nabstract: |\n  As [@alpha2001, p. 3] has shown.\nreferences:\n- id: alpha2001\n  type: book\n  title: Rivers\n  author:\n  - family: Alpha\n    given: Ann\n  issued: 2001\n---\n\nNo citation here.\n',
  '---\na: "x [@a]"\nb: y @b\n...\n\n---\na: "z [@c]"\n---\n\nT @d.\n',
  '---\na: "x [@a]"\n---\n\nT @d.\n\n---\na: z\n---\n',
  '---\na: "x [@a]"\n---\n\n@b\n\n---\nb: "y [@c]"\n---\n',
  '@b\n\n---\nx: "@a"\n---\n\n@c',
  '% A [@a]\n  more @b\n% N @c; M\n% d @e\n\nx @f',
  '% [@a]\n\n@b',
];

const plain = ({ blocks, starts, metadata: spans }: Reading): unknown => ({ blocks, starts, metadata: spans });

describe('citations in metadata', function () {
  this.timeout(60_000);
  const texts = [...metadata.map(around), ...documents];
  let found: (string | undefined)[] = [];
  before(() => {
    found = disagreements(texts);
  });
  texts.forEach((text, i) => {
    it(`are those that Pandoc reads: ${JSON.stringify(text)}`, () => assert.equal(found[i], undefined));
    it(`stand where their keys are written: ${JSON.stringify(text)}`, () => {
      for (const { key, keySpan, mark } of citedPlaces(readManuscript(text))) {
        assert.equal(text.slice(keySpan.start, keySpan.end), key);
        assert.match(text.slice(mark.start, mark.end), /^-?(?:@|\\u0040)\{?/);
      }
    });
  });
  it('are found, counted, checked and renamed as those in the text', () => {
    const text = around('title: A paper\nabstract: |\n  As [@feder2021, p. 3] has\n  shown, and [@nobody1950].\nthanks: "See \\"it\\" [-@feder2021]"');
    const reading = readManuscript(text);
    const { works } = finished(worksCited([reading], { declared: [], study: () => undefined, has: () => true, keys: [], isComplete: true }));
    assert.deepEqual(works.map(({ key, locators, occurrences }) => [key, locators, occurrences.length]), [['feder2021', 'p. 3', 2], ['nobody1950', '', 1], ['body', '', 1]]);
    assert.deepEqual(problemsOf(text, ['unknown-key']).map(({ start, end }) => text.slice(start, end)), ['@nobody1950', '@body']);
    const renamed = citedPlaces(reading)
      .filter(({ key }) => key === 'feder2021')
      .reverse()
      .reduce((changed, { mark }) => changed.slice(0, mark.start) + withKey(text.slice(mark.start, mark.end), 'new2021') + changed.slice(mark.end), text);
    assert.equal(renamed, text.replaceAll('feder2021', 'new2021'));
  });
  it('have problems of their own, and nothing around them has', () => {
    const text = around('title: "@{open"\nnote: [\'a @ feder2021\', "[@feder2021; x]"]\nfoo: x');
    assert.deepEqual(problemsOf(text, ['malformed-citation']).map(({ start, end }) => text.slice(start, end)), ['@ feder2021', '[@feder2021; x]']);
  });
  it('are the same where the text was edited as where it is read anew', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...texts), { minLength: 1, maxLength: 3 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(12), fc.constantFrom('@x', '\n', '---\n', '"', "'", ': ', '  ', '[', ']', '- ', '|', 'a: "x @a"\n', '')), { minLength: 1, maxLength: 4 }),
        (parts, edits) => {
          let text = parts.join('\n');
          let reading = readManuscript(text);
          for (const [place, length, insert] of edits) {
            const start = place % (text.length + 1);
            const oldEnd = Math.min(text.length, start + length);
            text = text.slice(0, start) + insert + text.slice(oldEnd);
            reading = finished(reread(reading, text, [{ start, oldEnd, newEnd: start + insert.length }]));
            assert.deepEqual(plain(reading), plain(readManuscript(text)));
          }
        },
      ),
      { numRuns: 300 },
    ));
  it('stay the very same objects while the rest is edited', () => {
    const text = documents.find(each => each.includes('T @d'))!;
    const before = readManuscript(text);
    const start = text.indexOf('T @d');
    const after = finished(reread(before, `${text.slice(0, start)}x${text.slice(start)}`, [{ start, oldEnd: start, newEnd: start + 1 }]));
    const cited = ({ blocks }: Reading): readonly unknown[] => blocks.filter(({ kind }) => kind === 'front matter');
    assert.equal(cited(before).length, 2);
    cited(before).forEach((block, i) => assert.equal(cited(after)[i], block));
  });
  it('stand inside their block, whatever the metadata are', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b: ', '@k', '[@k]', '\n', '\n  ', '- ', '"', "'", '|', '>', '{', '}', '[', ']', ',', ': ', '&x ', '*x', '!t ', '? ', '#', '\\', '\\u0041', '<<: ', '\t', '\r\n', 'references:'), { maxLength: 40 }), parts => {
        const text = `---\na: b @k\n${parts.join('')}\n---\n`;
        for (const { start, end, cites } of readManuscript(text).citations) {
          assert.ok(0 <= start && start < end && end <= text.length);
          cites.forEach(({ mark, keySpan }) => assert.ok(start <= mark.start && mark.start < keySpan.start && keySpan.end <= mark.end && mark.end <= end));
        }
      }),
      { numRuns: 2000 },
    ));
});
