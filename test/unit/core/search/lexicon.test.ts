import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Lexicon } from '../../../../src/core/search/lexicon.ts';
import { Typos, closeness, editsIn } from '../../../../src/core/search/typos.ts';

function lexiconOf(words: readonly string[]): Lexicon {
  const lexicon = new Lexicon();
  words.forEach(word => lexicon.add(word));
  lexicon.finish();
  return lexicon;
}

/** What the lexicon finds, with how close it is. */
function found(words: readonly string[], typed: string): Map<string, number> {
  const result = new Map<string, number>();
  lexiconOf(words).find(typed, editsIn(typed), (first, end, close) => {
    words.slice(first, end).forEach(word => result.set(word, close));
  });
  return result;
}

/** Edits between two words, neighbours swapped being one: the plain table, to check the automaton by. */
function distance(a: string, b: string): number {
  const rows: number[][] = Array.from({ length: a.length + 1 }, (_, i) => [i]);
  rows[0] = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      const plain = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, rows[i - 1]![j - 1]! + cost);
      const swaps = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      rows[i]![j] = swaps ? Math.min(plain, rows[i - 2]![j - 2]! + 1) : plain;
    }
  }
  return rows[a.length]![b.length]!;
}

// Few different letters, so that the words are often close to one another.
const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é'), minLength: 1, maxLength: 11 });
const lexicon = fc.uniqueArray(word, { maxLength: 40 }).map(words => words.sort());

describe('Lexicon', () => {
  const words = ['dore', 'feder', 'ketamine', 'pain', 'psychotherapy', 'suicidal'];
  const typed: readonly (readonly [string, string])[] = [
    ['feder', 'feder'],
    ['fedr', 'feder'],
    ['efder', 'feder'],
    ['ketmine', 'ketamine'],
    ['ketmi', 'ketamine'],
    ['psychotherpy', 'psychotherapy'],
    ['psychothr', 'psychotherapy'],
    ['psyc', 'psychotherapy'],
    ['siucidla', 'suicidal'],
  ];
  for (const [query, expected] of typed) {
    it(`finds ${expected} for ${query}`, () => assert.deepEqual([...found(words, query).keys()], [expected]));
  }

  it('forgives nothing in numbers and in words of three letters', () => {
    assert.deepEqual([...found(['2014', '2021', 'ect', 'est'], '2022').keys()], []);
    assert.deepEqual([...found(['2014', '2021', 'ect', 'est'], 'ext').keys()], []);
  });

  it('finds the words within the edits allowed, and no others, as wholes', () => {
    fc.assert(fc.property(lexicon, word, (words, query) => {
      const typos = new Typos(query, editsIn(query), 40);
      for (const candidate of words) {
        [...candidate].forEach((_, i) => typos.read(candidate.charCodeAt(i), i + 1));
        const edits = distance(query, candidate);
        assert.equal(typos.editsAt(candidate.length), edits <= editsIn(query) ? edits : -1);
      }
    }));
  });

  it('finds in the trie what reading word by word finds', () => {
    fc.assert(fc.property(lexicon, word, (words, query) => {
      const typos = new Typos(query, editsIn(query), 40);
      const close = words.map(candidate => [candidate, closeness(typos, candidate)] as const);
      assert.deepEqual([...found(words, query)], close.filter(([, closeness]) => closeness > 0));
    }));
  });
});
