import { holdsOnly, type CitationQuery } from './citations.ts';
import type { Mode } from './forms.ts';
import type { Found } from './library.ts';
import type { Quote, Entry } from './study.ts';

/** One line of the list behind `@`: a study in one of its forms. */
export interface Offer {
  readonly study: Entry;
  readonly form: 'citation' | 'quote' | 'reference';
  readonly mode: Mode;
  readonly quote?: Quote;
  /** Whether this is the citation in the other form than the writer's usual one. */
  readonly isOther?: boolean;
}

export interface OfferOptions {
  /** The form that Enter inserts. */
  readonly mode: Mode;
  /** Whether the query names the first study, by its key or an author; then its other forms are offered, too. */
  readonly isNamed: boolean;
}

/** Whether words of the query were found in a study's key or among its authors. */
export function isNamed({ matched }: Found): boolean {
  return matched().some(({ match }) => match.field === 'key' || match.field === 'author' || match.field === 'coauthors');
}

/**
 * What is offered for the studies found, best first: a line a study, so that many can be compared; other forms of the first
 * one only once it is named. In a block quote the quotes come first, under References the references; inside a citation that
 * holds others, and under `nocite:`, only cites are offered.
 */
export function offersFor(
  studies: readonly Entry[],
  query: CitationQuery,
  text: string,
  options: OfferOptions,
): Offer[] {
  const citation = (study: Entry): Offer => ({ study, form: 'citation', mode: options.mode });
  const { group, nocite } = query.place;
  if (nocite || (group && !holdsOnly(text, group, query))) {
    return studies.map(citation);
  }
  const first = options.isNamed ? studies[0] : undefined;
  if (query.place.underReferences) {
    return [...studies.map(study => reference(study, options.mode)), ...studies.map(citation)];
  }
  if (query.place.container.inQuote && !isInCallout(text, query.place.line.start)) {
    return [
      ...studies.flatMap(study => quotes(study, options.mode)),
      ...studies.flatMap(study => [citation(study), ...(study === first ? [reference(study, options.mode)] : [])]),
    ];
  }
  return studies.flatMap(study => [
    citation(study),
    ...(study === first && !query.suppressAuthor ? [otherMode(study, options.mode)] : []),
    ...(study === first ? [...quotes(study, options.mode), reference(study, options.mode)] : []),
  ]);
}

const quoteMark = /^[ \t]*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)?>/;
const calloutHead = /^[\s>]*\[![\w-]+\]/;

/** So many lines above the caret are looked at for the callout's head. */
const longestCallout = 200;

/** Whether the block quote around a line begins with `[!NOTE]` or the like: a callout holds the writer's own words. */
function isInCallout(text: string, lineStart: number): boolean {
  let start = lineStart;
  for (let count = 0; count < longestCallout; count += 1) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end < 0 ? undefined : end);
    if (!quoteMark.test(line)) {
      return false;
    }
    if (calloutHead.test(line)) {
      return true;
    }
    if (start === 0) {
      return false;
    }
    start = text.lastIndexOf('\n', start - 2) + 1;
  }
  return false;
}

function quotes(study: Entry, mode: Mode): Offer[] {
  return study.quotes.map(quote => ({ study, form: 'quote', mode, quote }));
}

function reference(study: Entry, mode: Mode): Offer {
  return { study, form: 'reference', mode };
}

function otherMode(study: Entry, mode: Mode): Offer {
  return { study, form: 'citation', mode: mode === 'in-text' ? 'parenthetical' : 'in-text', isOther: true };
}
