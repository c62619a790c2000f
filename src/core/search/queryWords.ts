import { compound, tokens } from './fold.ts';

/** A word typed, and others that stand for it: `posttraumatic` for both halves of `post-traumatic`. */
export interface QueryWord {
  readonly text: string;
  readonly also: readonly string[];
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
  const typed = tokens(query);
  const found = new Map<string, QueryWord>();
  typed.forEach((token, i) => {
    const [before, after] = [typed[i - 1], typed[i + 1]];
    const compounds = [
      ...(token.joined && before ? [compound(before, token)] : []),
      ...(after?.joined ? [compound(token, after)] : []),
    ];
    const also = [...compounds, ...otherSpellings(token.text)];
    if (!found.has(token.text)) {
      found.set(token.text, { text: token.text, also });
    }
  });
  return [...found.values()].slice(0, mostWords);
}

function otherSpellings(word: string): string[] {
  return spellings.map(([pattern, other]) => word.replace(pattern, other)).filter(spelling => spelling !== word);
}
