import assert from 'node:assert/strict';
import { halvesOf, queryWords, type QueryWord } from '../../../../src/core/search/queryWords.ts';

const word = (query: string, index = 0): QueryWord => queryWords(query)[index]!;
const phrases = (query: string): string[] => word(query).phrases.map(phrase => phrase.map(([first]) => first).join(' '));

describe('queryWords', () => {
  it('has each word once', () => assert.deepEqual(queryWords('Ketamine, ketamine PTSD').map(({ text }) => text), ['ketamine', 'ptsd']));
  it('knows what a short form stands for', () => {
    assert.deepEqual(phrases('CRPS'), ['complex regional pain syndrome']);
    assert.ok(phrases('CBT').includes('cognitive behavioral therapy'));
    assert.deepEqual(phrases('ketamine'), []);
  });
  it('knows the short form of a phrase, however it is spelt, and of no part of it', () => {
    for (const query of ['complex regional pain syndrome', 'cognitive behavioural therapy', 'N-methyl-D-aspartate', 'post-traumatic stress disorder']) {
      const shorts = queryWords(query).map(({ also }) => also.filter(each => ['crps', 'cbt', 'nmda', 'ptsd'].includes(each)));
      assert.ok(shorts.every(found => found.length === 1), query);
    }
    assert.ok(!word('complex regional pain').also.includes('crps'));
  });
  it('joins neighbours, for words are written together or apart', () => {
    assert.ok(word('health care').also.includes('healthcare'));
    assert.ok(word('health care', 1).also.includes('healthcare'));
  });
  it('knows words for one thing', () => {
    assert.ok(word('mouse').also.includes('mice'));
    assert.ok(word('suicide').also.includes('suicidal'));
  });
  it('takes the letter of S-ketamine with the word', () => {
    assert.deepEqual(queryWords('S-ketamine pain').map(({ text }) => text), ['sketamine', 'pain']);
    assert.ok(word('S-ketamine').also.includes('esketamine'));
  });
  it('spells in two ways', () => {
    assert.ok(word('randomised').also.includes('randomized'));
    assert.ok(word('21').also.includes('2021'));
  });
});

describe('halvesOf', () => {
  it('parts a word wherever both halves are long enough', () => {
    assert.deepEqual(halvesOf('offlab'), [['off', 'lab']]);
    assert.ok(halvesOf('healthcare').some(([left, right]) => left === 'health' && right === 'care'));
    assert.deepEqual(halvesOf('ptsd'), []);
  });
});
