import type { Entry, Quote } from '../study.ts';

/** One quote of the writer's own, as it stands in `quotes.json`. */
export interface OwnQuote {
  /** The citekey. */
  readonly key: string;
  /** The words, letter for letter. */
  readonly text: string;
  /** Where they stand, as it is to stand in the citation: `p. 3`; empty where the writer did not say. */
  readonly locator: string;
  readonly note?: string;
  /** Address at which the words were read. */
  readonly source?: string;
  /** The day on which it was saved, `2026-11-26`. */
  readonly added?: string;
}

/** The quote as the library has quotes. Its wording counts as checked: the writer took it from the source. */
export function asQuote({ text, locator, source = '' }: OwnQuote): Quote {
  return { text, location: locator, match: 'exact', source, own: true };
}

/** The writer's quotes by citekey, in the order in which they stand; one that stands twice, once. */
export function quotesByKey(quotes: readonly OwnQuote[]): ReadonlyMap<string, readonly Quote[]> {
  const byKey = new Map<string, Quote[]>();
  const seen = new Set<string>();
  for (const quote of quotes) {
    const identity = identityOf(quote);
    if (!seen.has(identity)) {
      seen.add(identity);
      const others = byKey.get(quote.key) ?? [];
      others.push(asQuote(quote));
      byKey.set(quote.key, others);
    }
  }
  return byKey;
}

/**
 * The entry with the writer's quotes behind its own; the entry itself where nothing is new. Words that it has already keep
 * the record's location and wording check.
 */
export function withOwnQuotes(entry: Entry, own: readonly Quote[] = []): Entry {
  const had = new Set(own.length > 0 ? entry.quotes.map(({ text }) => plainWords(text)) : []);
  const fresh = own.filter(({ text }) => !had.has(plainWords(text)));
  if (fresh.length === 0) {
    return entry;
  }
  const { id, notices, origin, summary } = entry;
  return {
    // Of an entry of a bibliography every field is a getter, which is not copied.
    ...entry,
    id,
    notices,
    ...(origin && { origin }),
    ...(summary && { summary }),
    // Made when it is first asked for.
    get csl() {
      return entry.csl;
    },
    quotes: [...entry.quotes, ...fresh],
  };
}

/** The one among the quotes that has the same words of the same work. */
export function alreadyThere<Q extends Pick<OwnQuote, 'key' | 'text'>>(
  quotes: readonly Q[],
  quote: Pick<OwnQuote, 'key' | 'text'>,
): Q | undefined {
  const identity = identityOf(quote);
  return quotes.find(each => identityOf(each) === identity);
}

/** Equal for two quotes with the same words of the same work. */
export function identityOf({ key, text }: Pick<OwnQuote, 'key' | 'text'>): string {
  return `${key}\n${plainWords(text)}`;
}

/** The same for two texts that differ only in blanks, or in the form of quotation marks and apostrophes. */
export function plainWords(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’‚‹›]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
}
