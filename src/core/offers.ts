import { holdsOnly, type CitationQuery } from './citations.ts';
import type { Mode } from './forms.ts';
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
  /** For how many of the best studies quotes and the reference are offered too. */
  readonly bestStudies: number;
}

/**
 * What is offered for the studies found, best first. In a block quote the quotes come first, under References the
 * references; inside a citation that holds others nothing but cites can stand; a bare `@` lists studies only.
 */
export function offersFor(
  studies: readonly Entry[],
  query: CitationQuery,
  text: string,
  options: OfferOptions,
): Offer[] {
  const citation = (study: Entry): Offer => ({ study, form: 'citation', mode: options.mode });
  const { group } = query.place;
  if (group && !holdsOnly(text, group, query)) {
    return studies.map(citation);
  }
  const best = query.text === '' ? [] : studies.slice(0, options.bestStudies);
  if (query.place.underReferences) {
    return [...studies.map(study => reference(study, options.mode)), ...studies.map(citation)];
  }
  if (query.place.container.inQuote) {
    return [
      ...studies.flatMap(study => quotes(study, options.mode)),
      ...studies.flatMap(study => [citation(study), ...(best.includes(study) ? [reference(study, options.mode)] : [])]),
    ];
  }
  return studies.flatMap(study => [
    citation(study),
    ...(study === best[0] && !query.suppressAuthor ? [otherMode(study, options.mode)] : []),
    ...(best.includes(study) ? [...quotes(study, options.mode), reference(study, options.mode)] : []),
  ]);
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
