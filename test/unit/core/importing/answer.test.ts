import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readAnswer } from '../../../../src/core/importing/answer.ts';
import type { WorkId } from '../../../../src/core/importing/identify.ts';
import { markedText, plainText } from '../../../../src/core/importing/markup.ts';

const asked: WorkId = { kind: 'DOI', id: '10.1000/abc' };
const read = (answer: unknown, work = asked) => readAnswer(typeof answer === 'string' ? answer : JSON.stringify(answer), work);
const fault = (answer: unknown, work = asked) => {
  const result = read(answer, work);
  return 'fault' in result ? result.fault : undefined;
};
const plain = { type: 'article-journal', title: 'A title', DOI: '10.1000/ABC' };

describe('readAnswer', () => {
  it('takes what Crossref answers', () =>
    assert.deepEqual(
      read({
        indexed: { 'date-time': 'x' }, publisher: 'American Psychiatric Association Publishing', issue: '2', 'short-container-title': ['AJP'],
        DOI: '10.1000/ABC', type: 'journal-article', page: '193-202', source: 'Crossref', title: ['Ketamine &amp; <i>PTSD</i>'], subtitle: ['A trial'],
        abstract: '<jats:p>Long</jats:p>', volume: '178', member: '34', ISSN: ['0002-953X', '1535-7228'], URL: 'http://dx.doi.org/10.1000/abc',
        author: [{ given: 'Adriana', family: 'Feder', sequence: 'first', affiliation: [], ORCID: 'x' }, { name: 'A Group', sequence: 'additional' }],
        'container-title': 'American Journal of Psychiatry', issued: { 'date-parts': [[2021, '2', 1]] }, 'is-referenced-by-count': 3,
      }),
      {
        type: 'article-journal', title: 'Ketamine & <i>PTSD</i>: A trial', author: [{ family: 'Feder', given: 'Adriana' }, { literal: 'A Group' }],
        'container-title': 'American Journal of Psychiatry', volume: '178', issue: '2', page: '193-202', publisher: 'American Psychiatric Association Publishing',
        ISSN: '0002-953X', issued: { 'date-parts': [[2021, 2, 1]] }, DOI: '10.1000/ABC', URL: 'https://doi.org/10.1000/abc',
      },
    ));
  it('takes what NCBI answers', () =>
    assert.deepEqual(
      read(
        {
          source: 'PubMed', accessed: { 'date-parts': [[2026, 1, 1]] }, id: 'pmid:33397139', title: 'A trial', author: [{ family: 'Feder', given: 'Adriana' }],
          'container-title-short': 'Am J Psychiatry', 'container-title': 'The American journal of psychiatry', issued: { 'date-parts': [[2021, 2, 1]] },
          page: '193-202', volume: '178', issue: '2', PMID: '33397139', DOI: '10.1000/abc', type: 'article-journal',
        },
        { kind: 'PMID', id: '33397139' },
      ),
      {
        type: 'article-journal', title: 'A trial', author: [{ family: 'Feder', given: 'Adriana' }], 'container-title': 'The American journal of psychiatry',
        'container-title-short': 'Am J Psychiatry', volume: '178', issue: '2', page: '193-202', issued: { 'date-parts': [[2021, 2, 1]] },
        DOI: '10.1000/abc', PMID: '33397139',
      },
    ));
  it('knows the number by the id alone', () => {
    assert.equal(fault({ id: 'pmid:1', title: 'x' }, { kind: 'PMID', id: '1' }), undefined);
    assert.equal(fault({ id: 'PMC77', title: 'x' }, { kind: 'PMCID', id: 'PMC77' }), undefined);
  });
  it('refuses what is no answer', () => {
    assert.deepEqual(fault('<!DOCTYPE html><html>'), { kind: 'not JSON', isPage: true });
    assert.deepEqual(fault('{"title": '), { kind: 'not JSON', isPage: false });
    for (const answer of ['', 'null', '[]', '{}', '"text"', '7', '[[]]', '{"error": "x"}']) {
      assert.ok(fault(answer), answer);
    }
    assert.deepEqual(fault({ ...plain, title: '' , author: [{ family: 'A' }] }), { kind: 'no title' });
  });
  it('refuses another work, and one that does not say which it is', () => {
    assert.deepEqual(fault({ ...plain, DOI: '10.1000/other' }), { kind: 'another work', id: '10.1000/other' });
    assert.deepEqual(fault({ type: 'book', title: 'A title' }), { kind: 'another work', id: undefined });
  });
  it('guesses nothing', () =>
    assert.deepEqual(
      read({
        ...plain, type: 'nonsense', author: ['x', null, {}, { family: 3 }, { given: 'Solo' }], issued: { 'date-parts': [[null]] }, 'published-online': { 'date-parts': [[2020, 13, 1]] },
        volume: { a: 1 }, page: null, URL: 'javascript:alert(1)', PMID: 'x', constructor: 'x', ['__proto__x']: 1, editor: 'x', note: 'x',
      }),
      { type: 'document', title: 'A title', author: [{ family: '3' }, { literal: 'Solo' }], issued: { 'date-parts': [[2020]] }, DOI: '10.1000/ABC' },
    ));
  it('reads no field from a prototype', () => {
    const result = read('{"__proto__": {"title": "x"}, "DOI": "10.1000/abc", "constructor": {"prototype": {"y": 1}}}');
    assert.ok('fault' in result);
    assert.equal(({} as Record<string, unknown>)['y'], undefined);
  });
  it('takes any JSON and any text without throwing', () => {
    fc.assert(fc.property(fc.json(), text => void readAnswer(text, asked)));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => void readAnswer(text, asked)));
    const fields = fc.dictionary(fc.constantFrom('title', 'author', 'issued', 'DOI', 'type', 'ISSN', 'URL', '__proto__'), fc.jsonValue());
    fc.assert(fc.property(fields, answer => void readAnswer(JSON.stringify({ ...plain, ...answer }), asked)));
  });
});

describe('Texts of registries', () => {
  for (const [text, expected] of [
    ['<i>In vivo</i> &amp; <sup>2</sup>', '<i>In vivo</i> & <sup>2</sup>'],
    ['<em class="x">a</em> <jats:italic>b</jats:italic>', '<i>a</i> <i>b</i>'],
    ['<script>alert(1)</script><img src=x onerror=y>', 'alert(1)'],
    ['<<b>script>x', 'x'],
    ['p < 0.05 and q > 1', 'p < 0.05 and q > 1'],
    ['&lt;i&gt;a&lt;/i&gt;', '<i>a</i>'],
    ['&amp;lt;i&amp;gt;a&amp;lt;/i&amp;gt;', '<i>a</i>'],
    ['<i>a', 'a'],
    ['a</b>', 'a'],
    ['<i>a<b>c</i>d</b>', 'a<b>cd</b>'],
    ['<span class="nocase">MDMA</span> <span style="color:red">x</span>', '<span class="nocase">MDMA</span> x'],
    ['<mml:math><mml:mi>x</mml:mi></mml:math>', 'x'],
    ['a\n  b\u0000c\u202ed', 'a b c d'],
    ['\ue000i\ue001a', 'ia'],
    ['&nope; &#0;', '&nope;'],
  ] as const) {
    it(`become ${expected}`, () => assert.equal(markedText(text), expected));
  }
  it('lose all markup elsewhere', () => assert.equal(plainText('<b>Journal</b> &amp; Co'), 'Journal & Co'));
  it('hold no tags but ours, in pairs, whatever they were', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom('<', '>', 'i', '</', 'b', 'span class="nocase"', ' ', '&lt;', 'x', 'script', '"'), { maxLength: 40 }), parts => {
        const text = markedText(parts.join(''));
        const tags = Array.from(text.matchAll(/<\/?[a-z!?][^<>]*>/gi), match => match[0]);
        assert.deepEqual(tags.filter(tag => !/^<(?:\/?(?:i|b|su[bp]|sc)|\/span|span class="nocase")>$/.test(tag)), []);
        assert.equal(tags.filter(tag => tag.startsWith('</')).length * 2, tags.length);
      }),
    ));
  it('of nothing but brackets take no time', () => assert.ok(markedText(`${'<'.repeat(5000)}b${'>'.repeat(5000)}`).length < 10_001));
});
