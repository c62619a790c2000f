import assert from 'node:assert/strict';
import fc from 'fast-check';
import { jsonFault } from '../../../../src/core/quoteBank/json.ts';
import { quotesByKey } from '../../../../src/core/quoteBank/own.ts';
import { longestBank, readBank } from '../../../../src/core/quoteBank/parse.ts';

const feder = '{ "key": "feder2021", "text": "Some words", "locator": "p. 3" }';
const dore = '{ "key": "dore2019", "text": "Other words", "locator": "p. 4" }';

function keysOf(text: string): string[] {
  return readBank(text).quotes.map(({ key }) => key);
}
function toldOf(text: string): string[] {
  return readBank(text).problems.map(({ line, message }) => `${line}: ${message}`);
}

describe('readBank', () => {
  it('reads quotes with all their fields, and knows no others', () => {
    const text = `{ "$schema": "x", "quotes": [{ "key": "feder2021", "text": " Some  words ", "locator": "p. 3", "note": "n", "source": "https://example.org", "added": "2026-11-26", "more": 1 }] }`;
    assert.deepEqual(readBank(text), {
      quotes: [{ key: 'feder2021', text: 'Some  words', locator: 'p. 3', note: 'n', source: 'https://example.org', added: '2026-11-26' }],
      problems: [],
      isSound: true,
      isForeign: false,
    });
  });
  it('takes a locator for empty where there is none, and a number for a text', () => {
    const text = '{ "quotes": [{ "key": "a1", "text": "Words" }, { "key": "a2", "text": "Words", "locator": 3 }] }';
    assert.deepEqual(readBank(text).quotes.map(({ locator }) => locator), ['', '3']);
  });
  it('finds nothing wrong with an empty file, an empty object and an empty list', () => {
    for (const text of ['', ' \n', '\ufeff', '{}', '{ "quotes": [] }', '{"$schema": "quotes.schema.json"}']) {
      assert.deepEqual(readBank(text), { quotes: [], problems: [], isSound: true, isForeign: false }, text);
    }
  });
  it('leaves another program’s file of this name alone', () => {
    for (const text of ['[{ "quote": "Be", "author": "W" }]', '{ "quotes": [{ "quote": "Be", "author": "W" }] }', '{ "version": 2 }', '3']) {
      const { isForeign, isSound, quotes } = readBank(text);
      assert.deepEqual({ isForeign, isSound, quotes }, { isForeign: true, isSound: false, quotes: [] }, text);
    }
  });
  it('loses a faulty quote alone, and tells its line and the cure', () => {
    const text = ['{ "quotes": [', `${feder},`, '{ "key": "x y", "text": "Words" },', '{ "key": "a1" },', '{ "text": "Words" },', '3, "x",', dore, ']}'].join('\n');
    assert.deepEqual(keysOf(text), ['feder2021', 'dore2019']);
    assert.deepEqual(toldOf(text).map(told => told.slice(0, 32)), [
      '3: The “key” of this quote is no',
      '4: This quote has no “text”; giv',
      '5: This quote has no “key”; give',
    ]);
  });
  for (const [name, broken] of Object.entries({
    'a comma is missing': '{ "key": "a1" "text": "Words" },',
    'a quotation mark is missing': '{ "key": "a1", "text": "Words },',
    'a quotation mark stands inside': '{ "key": "a1", "text": "So "called" words" },',
    'a brace is not closed': '{ "key": "a1", "text": "Words",',
    'a comma is too much': '{ "key": "a1", "text": "Words", },',
  })) {
    it(`keeps the others where ${name}`, () => {
      const text = `{ "quotes": [\n  ${feder},\n  ${broken}\n  ${dore}\n] }\n`;
      const { isSound, problems } = readBank(text);
      assert.deepEqual(keysOf(text), ['feder2021', 'dore2019']);
      assert.equal(isSound, false);
      assert.ok(problems.some(({ line }) => line === 3 || line === 4), JSON.stringify(problems));
    });
  }
  it('says where the file stops being JSON', () => {
    const text = `{ "quotes": [\n${feder}\n${dore}\n] }`;
    assert.deepEqual(toldOf(text), ['3: The file is no sound JSON from here on; mend it before a quote is added.']);
    assert.deepEqual(keysOf(text), ['feder2021', 'dore2019']);
  });
  it('keeps a quote whose further fields make no sense, without them', () => {
    const { quotes, problems } = readBank('{ "quotes": [{ "key": "a1", "text": "Words", "locator": [3], "note": 4 }] }');
    assert.deepEqual(quotes, [{ key: 'a1', text: 'Words', locator: '' }]);
    assert.equal(problems.length, 2);
  });
  it('is not confused by names that every object has', () => {
    const text = '{ "__proto__": { "quotes": [] }, "constructor": 1, "quotes": [{ "__proto__": { "key": "x" }, "key": "__proto__", "text": "Words" }, { "key": "constructor", "text": "Words" }] }';
    assert.deepEqual(keysOf(text), ['__proto__', 'constructor']);
    assert.deepEqual([...quotesByKey(readBank(text).quotes).keys()], ['__proto__', 'constructor']);
    assert.equal(({} as Record<string, unknown>)['key'], undefined);
  });
  it('does not read what is too long, and says so', () => {
    assert.match(toldOf(' '.repeat(longestBank + 1)).join(), /^1: .*divide it/);
  });
  it('reads ten thousand quotes, and a field of ten megabytes, without trouble', () => {
    const many = `{ "quotes": [${Array.from({ length: 10_000 }, () => feder).join(',')}] }`;
    assert.equal(readBank(many).quotes.length, 10_000);
    const long = `{ "quotes": [${feder}, { "key": "a1", "text": "${'x'.repeat(10_000_000)}" }] }`;
    assert.deepEqual(keysOf(long), ['feder2021']);
    assert.deepEqual(keysOf(`{ "quotes": [${feder}${'{'.repeat(1_000_000)}`), ['feder2021']);
  });
  it('never throws, and never loses a good quote that stands before the damage', () => {
    const sound = `{ "quotes": [\n  ${feder},\n  ${dore}\n] }`;
    fc.assert(
      fc.property(fc.integer({ min: sound.indexOf('},') + 3, max: sound.length }), fc.string(), (at, noise) => {
        const keys = keysOf(sound.slice(0, at) + noise);
        assert.equal(keys[0], 'feder2021');
      }),
    );
    fc.assert(fc.property(fc.string(), text => void readBank(text)));
  });
});

describe('jsonFault', () => {
  it('agrees with the parser on what is JSON', () => {
    fc.assert(fc.property(fc.json(), text => assert.equal(jsonFault(text), text.trimEnd().length + (text.length - text.trimEnd().length))));
  });
  for (const [text, at] of [['{ "a": 1, }', 10], ['[1 2]', 3], ['{ a: 1 }', 2], ['{ "a" 1 }', 6], ['"a', 0], ['[1', 2], ['', 0], ['1 2', 2], ['[}', 1], ['["\\x"]', 1]] as const) {
    it(`stops at ${at} in ${text}`, () => assert.equal(jsonFault(text), at));
  }
});
