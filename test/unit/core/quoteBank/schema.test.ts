import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { added, appendQuotes } from '../../../../src/core/quoteBank/append.ts';

const schema = JSON.parse(readFileSync(path.join(__dirname, '../../../../data/quotes.schema.json'), 'utf8'));
// VS Code's own words in schemas, which Ajv does not know.
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, strictTypes: false, strictRequired: false });
ajv.addVocabulary(['defaultSnippets', 'patternErrorMessage']);
const validate = ajv.compile(schema);

describe('quotes.schema.json', () => {
  it('accepts what is written', () => {
    const quote = { key: 'feder2021', text: 'Words', locator: 'p. 3', note: 'Mine', source: 'https://example.org', added: '2026-11-26' };
    const quotes = [quote, { key: 'dore2019', text: 'Words', locator: '' }];
    assert.ok(validate(JSON.parse(added('', appendQuotes('', quotes)!))), JSON.stringify(validate.errors));
    assert.ok(validate({ $schema: 'x', quotes: [] }));
  });
  it('tells what is wrong with a quote', () => {
    for (const quote of [{ key: 'a1' }, { key: 'a b', text: 'W' }, { key: '@a1', text: 'W' }, { key: 'a1', text: ' ' }, { key: 'a1', text: 'W', page: 3 }, { key: 'a1', text: 'W', locator: [3] }]) {
      assert.equal(validate({ quotes: [quote] }), false, JSON.stringify(quote));
    }
  });
  it('has nothing to say of another program’s file of this name', () => {
    for (const foreign of [[], [{ quote: 'Be', author: 'W' }], { quotes: [{ quote: 'Be', author: 'W' }] }, { quotes: {} }, 3, { version: 1 }]) {
      assert.ok(validate(foreign), JSON.stringify(foreign));
    }
  });
});
