import assert from 'node:assert/strict';
import { finished } from '../../../src/core/steps.ts';
import { StyleSearch } from '../../../src/core/styleSearch.ts';
import { catalogue } from '../../support/catalogue.ts';

describe('The search of styles', () => {
  const search = finished(StyleSearch.of(catalogue));
  const labels = (query: string, limit = 8): string[] => search.find(query, limit).map(({ label }) => label);

  it('puts first what is named as it was typed', () => {
    assert.equal(labels('nature')[0], 'Nature');
    assert.equal(labels('Vancouver')[0], 'Vancouver');
    assert.equal(labels('apa')[0], 'American Psychological Association 7th edition');
    assert.equal(labels('journal of affective disorders')[0], 'Journal of Affective Disorders');
  });
  it('forgives a typo', () => assert.equal(labels('vancover')[0], 'Vancouver'));
  it('finds words in any order', () => assert.ok(labels('psychiatry american journal').includes('The American Journal of Psychiatry')));
  it('finds by format and field', () => {
    const found = search.find('numeric medicine', 20);
    assert.equal(found.length, 20);
    assert.ok(found.every(({ format, fields, label, title }) => format === 'numeric' || /numeric/i.test(`${label} ${title}`) || fields.includes('medicine')));
    assert.ok(search.find('footnotes history', 20).some(({ format }) => format === 'note'));
  });
  it('answers nothing for what is nowhere', () => assert.deepEqual(labels('qwxzqwxz'), []));
  it('answers no more than was asked for', () => assert.equal(labels('journal', 5).length, 5));
  it('comes in steps', () => assert.ok([...StyleSearch.of(catalogue)].length > 20));
});
