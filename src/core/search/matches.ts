import type { Field, SearchEntry } from './entry.ts';
import { fields } from './entry.ts';
import type { Token } from './fold.ts';
import { compound, longestWord, tokens } from './fold.ts';
import { halvesOf, type Phrase, type QueryWord } from './queryWords.ts';
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
const nearness = 0.8;

/** Finds out what of an entry answers each word of a query. */
export class Matches {
  readonly #words: readonly WordMatches[];

  constructor(words: readonly QueryWord[]) {
    this.#words = words.map(word => new WordMatches(word));
  }

  /** Word by word, the weightiest field first. */
  in(entry: SearchEntry): Match[] {
    return this.#words.flatMap(word => {
      const short = word.in(entry, shortFields);
      return short.length > 0 ? short : word.in(entry, longFields);
    });
  }
}

class WordMatches {
  readonly #word: string;
  readonly #typos: readonly Typos[];
  readonly #phrases: readonly Phrase[];
  /** Closeness of the words met so far: entries have many in common. */
  readonly #known = new Map<string, number>();

  constructor({ text, also, phrases }: QueryWord) {
    this.#word = text;
    this.#phrases = [...phrases, ...halvesOf(text).map(halves => halves.map(half => [half]))];
    this.#typos = [
      new Typos(text, editsIn(text, 3), longestWord),
      ...also.map(word => new Typos(word, 0, longestWord)),
    ];
  }

  in(entry: SearchEntry, among: readonly Field[]): Match[] {
    const found = among.map(field => ({ field, tokens: tokensIn(entry, field) }));
    const best = Math.max(0, ...found.flatMap(({ tokens }) => tokens.map(token => this.#closeness(token))));
    if (best === 0) {
      return found.flatMap(({ field, tokens }) => this.#phraseIn(field, tokens));
    }
    return found.flatMap(({ field, tokens }) => {
      const near = tokens.filter(token => this.#closeness(token) >= Math.max(nearness * best, Number.MIN_VALUE));
      const first = near.toSorted((a, b) => this.#closeness(b) - this.#closeness(a))[0];
      const ranges = merged(near.map(token => rangeOf(token, this.#word)));
      return first ? [{ field, word: this.#word, term: first.text, ranges }] : [];
    });
  }

  /** A phrase of which all words are in the text. */
  #phraseIn(field: Field, inText: readonly Token[]): Match[] {
    for (const phrase of this.#phrases) {
      const places = phrase.map(spellings => inText.find(({ text }) => spellings.includes(text)));
      if (places.every(place => place !== undefined)) {
        return [{ field, word: this.#word, term: places.map(({ text }) => text).join(' '), ranges: merged(places.map(({ start, end }) => [start, end])) }];
      }
    }
    return [];
  }

  #closeness({ text }: Token): number {
    let known = this.#known.get(text);
    if (known === undefined) {
      known = Math.max(...this.#typos.map(typos => closeness(typos, text)));
      this.#known.set(text, known);
    }
    return known;
  }
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
      return right.joined && left ? [{ ...right, text: compound(left.text, right.text), start: left.start }] : [];
    });
    found = [...single, ...compounds];
    ofEntry.set(field, found);
  }
  return found;
}
