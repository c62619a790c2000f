import assert from 'node:assert/strict';
import { Library } from '../../../../src/core/library.ts';
import { studies, vocabulary } from '../../../support/dataset.ts';
import { topics } from '../../../support/topics.ts';

describe('A topic', () => {
  const library = new Library({ studies, vocabulary });

  it('is one of at least 60 different ones, a third of them misspelt, of one to three words', () => {
    assert.ok(topics.length >= 60);
    assert.equal(new Set(topics.map(({ query }) => query)).size, topics.length);
    assert.ok(topics.filter(({ isMisspelt }) => isMisspelt).length >= topics.length / 3);
    assert.deepEqual(topics.filter(({ query }) => query.split(' ').length > 3), []);
  });

  for (const { query, expected } of topics) {
    it(`${query} begins with a study that a specialist expects`, () => {
      const [first] = library.find(query).found;
      assert.ok(expected.includes(first?.study.id ?? ''), `begins with ${first?.study.id}`);
    });
  }
});
