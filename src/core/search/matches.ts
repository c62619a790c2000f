import type { Field, SearchEntry } from './entry.ts';
import { fields } from './entry.ts';
import type { Token } from './fold.ts';
import { compound, longestWord, tokens } from './fold.ts';
import type { QueryWord } from './queryWords.ts';
import { Typos, closeness, editsIn } from './typos.ts';

export type Range = readonly [start: number, end: number];

/** Where a word of the query was found. */
export interface Match {
  readonly field: Field;
  /** As typed, folded: `ketmine`. */
  readonly word: string;
  /** What it was found as, folded: `ketamine`. */
  readonly term: string;
  /** Places in the field's text, `[start, end)`. */
  readonly ranges: readonly Range[];
}

// Told only of what matches in none of the others, for they are long.
const longFields: readonly Field[] = ['finding', 'extra'];
const shortFields = fields.filter(field => !longFields.includes(field));

// Of a word's matches in an entry those are told which come near its best.
const near = 0.8;

/** What of an entry answers each word of a query, the weightiest field first. */
export function matchesIn(entry: SearchEntry, words: readonly QueryWord[]): Match[] {
  return words.flatMap(word => {
    const short = matchesOf(entry, word, shortFields);
    return short.length > 0 ? short : matchesOf(entry, word, longFields);
  });
}

function matchesOf(entry: SearchEntry, { text, also }: QueryWord, among: readonly Field[]): Match[] {
  const typed = [new Typos(text, editsIn(text, 3), longestWord), ...also.map(word => new Typos(word, 0, longestWord))];
  const found = among.flatMap(field =>
    tokensIn(entry, field).map(token => ({
      field,
      token,
      closeness: Math.max(...typed.map(typos => closeness(typos, token.text))),
    })),
  );
  const best = Math.max(0, ...found.map(each => each.closeness));
  return among.flatMap(field => {
    const here = found.filter(each => each.field === field && each.closeness > 0 && each.closeness >= near * best);
    const first = here.toSorted((a, b) => b.closeness - a.closeness)[0];
    const ranges = merged(here.map(each => rangeOf(each.token, text)));
    return first ? [{ field, word: text, term: first.token.text, ranges }] : [];
  });
}

function rangeOf({ text, start, end }: Token, word: string): Range {
  const isBegun = text.startsWith(word) && end - start === text.length;
  return [start, isBegun ? start + word.length : end];
}

/** A compound stands where its halves stand. */
function merged(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && start < last[1]) {
      result[result.length - 1] = [last[0], Math.max(last[1], end)];
    } else {
      result.push([start, end]);
    }
  }
  return result;
}

const known = new WeakMap<SearchEntry, Map<Field, readonly Token[]>>();

/** The tokens of a field and its compounds; kept, since a list that is typed into shows the same entries again. */
function tokensIn(entry: SearchEntry, field: Field): readonly Token[] {
  const ofEntry = known.get(entry) ?? new Map<Field, readonly Token[]>();
  known.set(entry, ofEntry);
  let found = ofEntry.get(field);
  if (!found) {
    const single = tokens(entry[field]);
    const compounds = single.flatMap((right, i) => {
      const left = single[i - 1];
      return right.joined && left ? [{ ...right, text: compound(left, right), start: left.start }] : [];
    });
    found = [...single, ...compounds];
    ofEntry.set(field, found);
  }
  return found;
}
