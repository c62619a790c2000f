import assert from 'node:assert/strict';
import { citationQueryAt } from '../../../src/core/citations.ts';
import { readMetadata } from '../../../src/core/frontMatter.ts';
import { insertInto, type Request } from '../../../src/core/insertion.ts';
import { nociteAt } from '../../../src/core/nociteField.ts';
import { offersFor } from '../../../src/core/offers.ts';
import { readManuscript } from '../../../src/core/reading.ts';
import { whySilent } from '../../../src/core/whySilent.ts';
import { studies } from '../../support/dataset.ts';
import { atCursor } from '../../support/cursor.ts';

const keys = ['feder2021', 'dore2019', 'o\'brien2001', 'paren(1)', 'a\\b"c'];
const isKey = (key: string): boolean => keys.includes(key);
const inMetadata = (marked: string): string => `---\ntitle: A\n${marked}\nlang: en\n---\n\nText.\n`;
const request = (key: string): Request => ({ form: 'citation', syntax: 'pandoc', mode: 'parenthetical', cites: [{ key }], marks: ['“', '”'] });

/** The metadata after the key was chosen for what was typed before the bar; `undefined` where nothing is offered. */
function completed(marked: string, key = 'feder2021', changed: Partial<Request> = {}): string | undefined {
  const { text, caret } = atCursor(inMetadata(marked));
  const query = citationQueryAt(readManuscript(text), caret, isKey, start => keys.some(each => each.startsWith(start)));
  const spot = query && { start: query.start, end: query.typedEnd, typed: true, braced: query.braced };
  const result = spot && insertInto(readManuscript(text), spot, { ...request(key), ...changed }, query.place);
  return result && ('refused' in result ? `refused: ${result.refused}` : text.slice(0, result.edit.start) + result.edit.text + text.slice(result.edit.end));
}

describe('nocite in the metadata', () => {
  const places: readonly (readonly [string, string | undefined])[] = [
    ['nocite: |\n  @|', 'block'],
    ['nocite: |\n  @a, @b\n\n  @|', 'block'],
    ['nocite: >-\n  @a|', 'block'],
    ['nocite: | # all\n  # no comment @a|', 'block'],
    ['nocite: |\r\n  @|', 'block'],
    ["nocite: '@|'", "'"],
    ["nocite: 'it''s @|'", "'"],
    ['nocite: "@a, @|"', '"'],
    ['nocite: "a \\" @|"', '"'],
    ['"nocite": "@|"', '"'],
    ['nocite: "@a,\n  @|"', '"'],
    ["nocite: ['@a', '@|']", "'"],
    ['nocite: ["@a",\n  "@|"]', '"'],
    ["nocite:\n  - '@a'\n  - \"@|\"", '"'],
    ["nocite:\n- '@a'\n- '@|'", "'"],
    ['nocite:\n  - |\n    @|', 'block'],
    ["nocite:\n  - |\n    @a\n  - '@|'", "'"],
    ['nocite: &all see @|', 'plain'],
    ["nocite: '@a' # and @|", undefined],
    ["nocite:\n  # @|\n  - '@a'", undefined],
    ['abstract: "@|"', undefined],
    ["nocite: '@a'\nabstract: |\n  @|", undefined],
    ['title: nocite @|', undefined],
    ['nocites: "@|"', undefined],
    ['noc|ite: "@a"', undefined],
    ['nocite: |\n  @a\n|', undefined],
  ];
  for (const [marked, style] of places) {
    it(`${style === undefined ? 'is not' : `is written as ${style}`} in ${JSON.stringify(marked)}`, () => {
      const { text, caret } = atCursor(inMetadata(marked.replace(/^nocite: [|](?=[\r\n ])/, 'nocite: ¦').replace('- |\n', '- ¦\n').replace('abstract: |', 'abstract: ¦')));
      assert.equal(nociteAt(text, caret), style);
    });
  }

  const block = 'nocite: ¦\n  ';
  for (const [marked, expected, key = 'feder2021'] of [
    [`${block}@|`, `${block}@feder2021`],
    [`${block}@dore2019, @fed|`, `${block}@dore2019, @feder2021`],
    [`${block}@dore2019\n  @ptsd fedr|`, `${block}@dore2019\n  @feder2021`],
    [`${block}@{fed|}`, `${block}@{feder2021}`],
    [`${block}@par|`, `${block}@{paren(1)}`, 'paren(1)'],
    ["nocite: '@fed|'", "nocite: '@feder2021'"],
    ["nocite: ['@dore2019', '@fed|']", "nocite: ['@dore2019', '@feder2021']"],
    ["nocite: '@o|'", "nocite: '@{o''brien2001}'", 'o\'brien2001'],
    ['nocite: "@o|"', 'nocite: "@{o\'brien2001}"', 'o\'brien2001'],
    ['nocite: "@a|"', 'nocite: "@{a\\\\b\\"c}"', 'a\\b"c'],
    ["nocite:\n- '@dore2019'\n- '@fed|'", "nocite:\n- '@dore2019'\n- '@feder2021'"],
  ] as const) {
    it(`lists the key in ${JSON.stringify(marked)}, and it is read`, async () => {
      const text = completed(marked, key);
      assert.equal(text, inMetadata(expected.replace('¦', '|')));
      const { nocite = [] } = await readMetadata(text!, [{ start: 0, end: text!.indexOf('\nText') }]);
      const read = nocite.flatMap(({ cites }) => cites.map(each => each.key));
      assert.ok(key.includes("'") || key.includes('"') || read.includes(key), read.join(' '));
    });
  }
  it('lists keys in every syntax and mode', () =>
    assert.equal(completed("nocite: '@fed|'", 'feder2021', { syntax: 'footnote', mode: 'in-text' }), inMetadata("nocite: '@feder2021'")));
  it('takes no quote and no reference', () => {
    assert.equal(completed("nocite: '@fed|'", 'feder2021', { form: 'quote', words: 'Words.' }), 'refused: front matter');
    assert.equal(completed("nocite: '@fed|'", 'feder2021', { form: 'finding', words: 'Words.' }), 'refused: front matter');
  });
  it('takes a key that was chosen elsewhere, where YAML can have it', () => {
    const chosen = (marked: string): string => {
      const { text, caret } = atCursor(inMetadata(marked));
      const result = insertInto(readManuscript(text), { start: caret, end: caret }, request('feder2021'));
      return 'refused' in result ? `refused: ${result.refused}` : text.slice(0, result.edit.start) + result.edit.text + text.slice(result.edit.end);
    };
    assert.equal(chosen("nocite: '@dore2019|'"), inMetadata("nocite: '@dore2019 @feder2021'"));
    assert.equal(chosen("nocite: '|'"), inMetadata("nocite: '@feder2021'"));
    assert.equal(chosen('nocite: |'), 'refused: front matter');
    assert.equal(chosen('title: |'), 'refused: front matter');
  });
  it('is offered a line a study', () => {
    const { text, caret } = atCursor(inMetadata("nocite: '@feder2021|'"));
    const query = citationQueryAt(readManuscript(text), caret, () => false)!;
    const offers = offersFor(studies.slice(0, 3), query, text, { mode: 'parenthetical', isNamed: true });
    assert.deepEqual(offers.map(({ form }) => form), ['citation', 'citation', 'citation']);
  });
  it('stays silent in the other fields', () => {
    assert.equal(completed('title: As @fed|'), undefined);
    assert.equal(completed('abstract: ¦\n  As @fed|'.replace('¦', '>')), undefined);
  });
  it('says so', () => {
    const why = (marked: string): string => {
      const { text, caret } = atCursor(inMetadata(marked));
      return whySilent({ isManuscript: true, language: 'markdown', opensByItself: true, showsReferences: true, isKey, reading: readManuscript(text), caret }).message;
    };
    assert.match(why("nocite: '@fed|'"), /^Studies that match “fed” are suggested here\.$/);
    assert.match(why("nocite: '|'"), /^Studies are suggested here/);
    assert.match(why('abstract: As @fed|'), /metadata, where studies are suggested only in nocite/);
  });
});
