import assert from 'node:assert/strict';
import fc from 'fast-check';
import { added, appendQuotes } from '../../../../src/core/quoteBank/append.ts';
import type { OwnQuote } from '../../../../src/core/quoteBank/own.ts';
import { readBank } from '../../../../src/core/quoteBank/parse.ts';

const quote: OwnQuote = { key: 'dore2019', text: 'Other “words”', locator: 'p. 4' };

function withQuote(text: string, ...quotes: OwnQuote[]): string | undefined {
  const addition = appendQuotes(text, quotes.length > 0 ? quotes : [quote]);
  return addition && added(text, addition);
}

describe('appendQuotes', () => {
  it('makes a file', () =>
    assert.equal(
      withQuote(''),
      '{\n  "quotes": [\n    {\n      "key": "dore2019",\n      "text": "Other “words”",\n      "locator": "p. 4"\n    }\n  ]\n}\n',
    ));
  it('fills an empty object and an empty list', () => {
    for (const text of ['{}', '{\n}\n', '{ "$schema": "x" }', '{\n  "$schema": "x"\n}\n', '{ "quotes": [] }', '{\n  "quotes": []\n}', '{\n  "quotes": [\n  ]\n}']) {
      const result = withQuote(text)!;
      assert.deepEqual(readBank(result).quotes, [quote], result);
      assert.equal(JSON.parse(result).$schema, JSON.parse(text).$schema);
    }
  });
  it('goes on as the file is indented', () =>
    assert.equal(
      withQuote('{\n\t"quotes": [\n\t\t{\n\t\t\t"key": "a1",\n\t\t\t"text": "W"\n\t\t}\n\t],\n\t"more": 1\n}'),
      '{\n\t"quotes": [\n\t\t{\n\t\t\t"key": "a1",\n\t\t\t"text": "W"\n\t\t},\n\t\t{\n\t\t\t"key": "dore2019",\n\t\t\t"text": "Other “words”",\n\t\t\t"locator": "p. 4"\n\t\t}\n\t],\n\t"more": 1\n}',
    ));
  it('goes on with a line a quote', () =>
    assert.equal(
      withQuote('{ "quotes": [\n  { "key": "a1", "text": "W" }\n] }'),
      '{ "quotes": [\n  { "key": "a1", "text": "W" },\n  { "key": "dore2019", "text": "Other “words”", "locator": "p. 4" }\n] }',
    ));
  it('goes on with all on one line', () =>
    assert.equal(
      withQuote('{"quotes":[{"key":"a1","text":"W"}]}'),
      '{"quotes":[{"key":"a1","text":"W"}, { "key": "dore2019", "text": "Other “words”", "locator": "p. 4" }]}',
    ));
  it('keeps CRLF, the byte order mark and the blanks at the end', () => {
    const text = '\ufeff{\r\n  "quotes": [\r\n    {\r\n      "key": "a1",\r\n      "text": "W"\r\n    }\r\n  ]\r\n}\r\n\r\n';
    const result = withQuote(text)!;
    assert.doesNotMatch(result, /(?<!\r)\n/);
    assert.ok(result.startsWith('\ufeff{\r\n') && result.endsWith(']\r\n}\r\n\r\n'));
    assert.deepEqual(readBank(result).quotes.map(({ key }) => key), ['a1', 'dore2019']);
  });
  it('writes nothing into a file that is broken, or another’s', () => {
    for (const text of ['{ "quotes": [', '{ "quotes": [{ "key": "a1" "text": "W" }] }', '[]', '{ "quotes": [{ "quote": "W" }] }']) {
      assert.equal(withQuote(text), undefined, text);
    }
  });
  it('adds beside a quote that is faulty but sound JSON, which stays', () =>
    assert.equal(
      withQuote('{ "quotes": [{ "key": 3 }] }'),
      '{ "quotes": [{ "key": 3 }, { "key": "dore2019", "text": "Other “words”", "locator": "p. 4" }] }',
    ));
  it('keeps every other character, and can be read again, whatever the quotes and the layout', () => {
    const words = fc.string({ unit: 'grapheme', minLength: 1 }).map(text => `x${text.trim()}`);
    const quotes = fc.array(fc.record({ key: fc.constantFrom('a1', 'b2'), text: words, locator: fc.constant('p. 3') }, { noNullPrototype: true }), { minLength: 1, maxLength: 3 });
    const indent = fc.constantFrom(undefined, 1, 2, '\t');
    fc.assert(
      fc.property(quotes, quotes, indent, fc.constantFrom('\n', '\r\n'), (before, after, unit, eol) => {
        const text = JSON.stringify({ version: 1, quotes: before, more: [{}] }, undefined, unit).replaceAll('\n', eol);
        const addition = appendQuotes(text, after)!;
        const result = added(text, addition);
        assert.deepEqual(JSON.parse(result), { version: 1, quotes: [...before, ...after], more: [{}] });
      }),
    );
  });
});
