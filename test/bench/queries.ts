import { familyOf } from '../../src/core/bibliography/names.ts';
import { fields, searchEntry, yearOf } from '../../src/core/search/entry.ts';
import { words } from '../../src/core/search/fold.ts';
import { studies, vocabulary } from '../support/dataset.ts';
import { Chance } from './chance.ts';

/** A query with one typo, what was meant, and the only study that holds all words of what was meant. */
export interface TypedQuery {
  readonly typed: string;
  readonly meant: string;
  readonly key: string;
}

/**
 * Queries as a writer remembers a paper: the family name of one of its authors, the first or any, and a word of the
 * title or the year, in either order. A letter is left out, added, replaced or swapped with its neighbour in one of the
 * words that have at least four. Nothing is asked of the search: a query is taken when no other study holds its words.
 */
export function queriesWithTypo(count: number, seed: number): TypedQuery[] {
  const chance = new Chance(seed);
  const held = studies.map(study => searchEntry(study, vocabulary)).map(entry => new Set(fields.flatMap(field => words(entry[field]))));
  const queries: TypedQuery[] = [];
  while (queries.length < count) {
    const study = chance.one(studies);
    const author = chance.is(0.5) ? study.csl.author[0] : chance.one(study.csl.author);
    const name = words(author ? familyOf(author) : '');
    const rest = chance.is(0.3) ? String(yearOf(study.csl)) : chance.one(words(study.csl.title).filter(isTelling));
    const meant = chance.is(0.5) ? [...name, rest] : [rest, ...name];
    const typed = withTypo(meant, chance);
    const isOnly = held.filter(those => meant.every(word => those.has(word))).length === 1;
    if (name.length > 0 && typed && isOnly) {
      queries.push({ typed: typed.join(' '), meant: meant.join(' '), key: study.id });
    }
  }
  return queries;
}

/** What is in the field after each key, while the queries are typed. */
export function keystrokes(queries: readonly TypedQuery[]): string[] {
  return queries.flatMap(({ typed }) => Array.from(typed, (_, i) => typed.slice(0, i + 1)));
}

function isTelling(word: string): boolean {
  return word.length >= 5 && /^\p{L}+$/u.test(word);
}

function withTypo(query: readonly string[], chance: Chance): string[] | undefined {
  const long = query.filter(word => /^\p{L}{4,}$/u.test(word));
  if (long.length === 0) {
    return undefined;
  }
  const wrong = query.indexOf(chance.one(long));
  return query.map((word, i) => (i === wrong ? misspelt(word, chance) : word));
}

function misspelt(word: string, chance: Chance): string {
  const at = chance.below(word.length);
  const [before, letter, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)];
  const other = chance.one([...'abcdefghijklmnopqrstuvwxyz']);
  const result = chance.one([
    before + after,
    before + other + letter + after,
    before + other + after,
    before + after.slice(0, 1) + letter + after.slice(1),
  ]);
  return result === word ? misspelt(word, chance) : result;
}
