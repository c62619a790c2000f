import { otherFormsOf, shortFormAt } from './abbreviations.ts';
import { compound, tokens, type Token } from './fold.ts';

/** Words that must all be there; of each any of its spellings. */
export type Phrase = readonly (readonly string[])[];

/** A word typed, and what else answers it: `posttraumatic` for both halves of `post-traumatic`, a phrase for its short form. */
export interface QueryWord {
  readonly text: string;
  readonly also: readonly string[];
  readonly phrases: readonly Phrase[];
}

const mostWords = 24;

// One word may be spelt in two ways, stand in the singular or the plural; a year may lack its century.
const spellings: readonly (readonly [RegExp, string])[] = [
  [/is(?=[aei])/, 'iz'],
  [/iz(?=[aei])/, 'is'],
  [/(?<=behavi|col|fav|hum|lab|tum)our/, 'or'],
  [/(?<=behavi|col|fav|hum|lab|tum)or/, 'our'],
  [/ae/, 'e'],
  [/(?<=an)e(?=sth)/, 'ae'],
  [/(?<=\p{L}{3}[^s])s$/u, ''],
  [/^(?=\p{N}{2}$)/u, '20'],
];

/** The words of a query, each once. */
export function queryWords(query: string): QueryWord[] {
  const typed = withInitials(tokens(query));
  const shortForms = shortFormsIn(typed);
  const found = new Map<string, QueryWord>();
  typed.forEach((text, at) => {
    const { words, phrases } = otherFormsOf(text);
    if (!found.has(text)) {
      const also = [...joinedWithNeighbours(typed, at), ...spellingsOf(text).slice(1), ...words, ...(shortForms.get(at) ?? [])];
      found.set(text, { text, also: [...new Set(also)], phrases: phrases.map(phrase => phrase.map(part => [...spellingsOf(part), ...otherFormsOf(part).words])) });
    }
  });
  return [...found.values()].slice(0, mostWords);
}

/** The words of a query; a letter that a hyphen joins to a word is one with it: `S-ketamine` is `sketamine`. */
function withInitials(found: readonly Token[]): string[] {
  const isInitial = (at: number): boolean => /^[sr]$/.test(found[at]?.text ?? '') && found[at + 1]?.joined === true && found[at + 1]?.text === 'ketamine';
  return found.flatMap(({ text }, at) => (isInitial(at) ? [] : [isInitial(at - 1) ? compound(found[at - 1]!.text, text) : text]));
}

/** A word may be written together with the one before or after it: `health care` as `healthcare`. */
function joinedWithNeighbours(typed: readonly string[], at: number): string[] {
  const [before, text, after] = [typed[at - 1], typed[at]!, typed[at + 1]];
  return [...(before ? [compound(before, text)] : []), ...(after ? [compound(text, after)] : [])];
}

/** The short forms of the phrases in a query, by the places of their words. */
function shortFormsIn(typed: readonly string[]): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, string[]>();
  for (let at = 0; at < typed.length; at += 1) {
    const { short, length } = shortFormAt(typed, at, (text, word) => spellingsOf(text).includes(word)) ?? { short: '', length: 0 };
    for (let place = at; place < at + length; place += 1) {
      found.set(place, [...(found.get(place) ?? []), short]);
    }
  }
  return found;
}

/** The word itself, then its other spellings. */
function spellingsOf(word: string): string[] {
  return [...new Set([word, ...spellings.map(([pattern, other]) => word.replace(pattern, other))])];
}

// Shorter halves are found in too many words.
const shortestHalf = 3;

/** All ways to part a word in two: `healthcare` may be written `health care`. */
export function halvesOf(word: string): (readonly [string, string])[] {
  return Array.from({ length: Math.max(0, word.length - 2 * shortestHalf + 1) }, (_, index) => {
    const at = index + shortestHalf;
    return [word.slice(0, at), word.slice(at)];
  });
}
