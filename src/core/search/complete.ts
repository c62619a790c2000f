import { familyOf } from '../bibliography/names.ts';
import { creatorsOf } from '../creators.ts';
import { plural } from '../describe.ts';
import type { Term, Vocabulary } from '../study.ts';
import type { Citable } from './entry.ts';
import { foldedNamesOf, yearOf } from './entry.ts';
import { matchesFilter, type Cited } from './filter.ts';
import { plain } from './fold.ts';
import type { Piece, Qualifier } from './pieces.ts';
import { isQualifier, marks, piecesOf, qualifiers, quoted, valuesOf } from './pieces.ts';
import { parseQuery, termFacets, termsFor } from './query.ts';

/** A qualifier or a value that can stand at the end of a query. */
export interface QualifierCompletion {
  readonly label: string;
  /** As it is typed: `condition:ptsd`; of a qualifier an example. */
  readonly detail: string;
  /** How many entries would be left; of values only. */
  readonly count?: number;
  /** The whole query once this is chosen. */
  readonly query: string;
}

interface Value {
  readonly label: string;
  readonly typed: string;
  /** Folded; any word of these may have been begun. */
  readonly names: readonly string[];
}

const most = 30;

const examples: Readonly<Record<Qualifier, string>> = {
  condition: 'condition:ptsd',
  design: 'design:rct',
  topic: 'topic:kap',
  randomized: 'randomized:yes',
  comparator: 'comparator:placebo',
  result: 'result:none',
  route: 'route:iv',
  n: 'n:>50',
  sessions: 'sessions:>1',
  'follow-up': 'follow-up:>28d',
  year: 'year:2019-2024',
  author: 'author:feder',
  journal: 'journal:lancet',
  has: 'has:quote',
  cited: 'cited:no',
};

/**
 * What can stand at the end of a query: qualifiers for `de|`, values for `condition:|` and `condition:pt|`, at the
 * beginning of a word all qualifiers. Counts heed the rest of the query; a value that would leave nothing is left out.
 */
export function completeQualifier(
  query: string,
  vocabulary: Vocabulary,
  items: Iterable<Citable>,
  cited?: Cited,
): QualifierCompletion[] {
  const asked = askedValue(query, vocabulary, items, cited);
  return asked ? completeValue(query, asked, vocabulary, cited) : completeName(query);
}

/**
 * The values that can follow a qualifier at the end of a query, as {@link completeQualifier} has them; none once the value is
 * a whole one, so that Enter cites what was found by it.
 */
export function completeOpenValue(
  query: string,
  vocabulary: Vocabulary,
  items: Iterable<Citable>,
  cited?: Cited,
): QualifierCompletion[] {
  const asked = askedValue(query, vocabulary, items, cited);
  return asked && !isWhole(asked) ? completeValue(query, asked, vocabulary, cited) : [];
}

/** A qualifier whose value is being typed, the entries among which it chooses, and its values. */
interface Asked {
  readonly piece: Piece;
  readonly qualifier: Qualifier;
  /** Whether it comes before in the query, too: values of one qualifier are alternatives. */
  readonly isRepeated: boolean;
  readonly entries: readonly Citable[];
  readonly values: readonly Value[];
}

function askedValue(query: string, vocabulary: Vocabulary, items: Iterable<Citable>, cited: Cited | undefined): Asked | undefined {
  const piece = lastPiece(query);
  const qualifier = piece?.qualifier;
  if (!piece || !isQualifier(qualifier)) {
    return undefined;
  }
  const before = query.slice(0, piece.start);
  const isRepeated = piecesOf(before).some(each => each.qualifier === qualifier && each.negated === piece.negated);
  const { filter } = parseQuery(before, vocabulary);
  const entries = isRepeated ? [...items] : [...items].filter(item => matchesFilter(item, filter, cited));
  return { piece, qualifier, isRepeated, entries, values: offered(qualifier, vocabulary, entries) };
}

function isWhole({ piece, qualifier, values }: Asked): boolean {
  const begun = /[^,]*$/.exec(piece.given)![0];
  const isNumber = ['n', 'sessions', 'follow-up'].includes(qualifier) && /\d/.test(begun);
  return begun !== '' && (isNumber || values.some(({ typed, names }) => begun === typed || names.includes(plain(begun))));
}

/** The part of a query that is being typed. */
function lastPiece(query: string): Piece | undefined {
  return /\s$/.test(query) ? undefined : piecesOf(query).at(-1);
}

/** The qualifiers that the word being typed may become; none once there is a colon. */
export function completeName(query: string): QualifierCompletion[] {
  const last = lastPiece(query);
  if (last?.qualifier !== undefined) {
    return [];
  }
  const begun = (last?.text ?? '').replace(/^-/, '').toLowerCase();
  const before = query.slice(0, query.length - begun.length);
  return qualifiers
    .filter(name => name.startsWith(begun))
    .map(name => ({ label: `${name}:`, detail: examples[name], query: `${before}${name}:` }));
}

function completeValue(query: string, asked: Asked, vocabulary: Vocabulary, cited: Cited | undefined): QualifierCompletion[] {
  const { start, negated, given } = asked.piece;
  const [, earlier = '', begun = ''] = /^((?:"[^"]*"|[^",])*,)?(.*)$/s.exec(given) ?? [];
  const wanted = ` ${plain(begun)}`;
  const name = `${negated ? '-' : ''}${asked.qualifier}`;
  const chosen = valuesOf(earlier);
  const before = query.slice(0, start);
  return asked.values
    .filter(({ typed, names }) => !chosen.includes(typed) && names.some(each => ` ${each}`.includes(wanted)))
    .slice(0, most)
    .map(({ label, typed }) => {
      const whole = `${name}:${earlier}${quoted(typed)}`;
      const { filter } = parseQuery(asked.isRepeated ? `${before}${whole}` : whole, vocabulary);
      const count = asked.entries.filter(item => matchesFilter(item, filter, cited)).length;
      return { label, detail: `${name}:${quoted(typed)}`, count, query: `${before}${whole} ` };
    })
    .filter(({ count }) => count > 0);
}

function offered(qualifier: Qualifier, vocabulary: Vocabulary, items: readonly Citable[]): Value[] {
  switch (qualifier) {
    case 'condition':
    case 'design':
    case 'topic':
    case 'comparator':
    case 'result':
    case 'route': {
      const terms = vocabulary[termFacets[qualifier]];
      return terms.map(term => termValue(term, terms));
    }
    case 'randomized':
      return [answer('yes', 'randomized'), answer('no', 'not randomized')];
    case 'cited':
      return [answer('yes', 'cited in this manuscript'), answer('no', 'not cited yet')];
    case 'n':
      return [20, 50, 100, 200].map(count => moreThan(count, `more than ${count} participants`));
    case 'sessions':
      return [{ label: 'one session', typed: '1', names: ['1'] }, ...[1, 3, 6].map(count => moreThan(count, `more than ${plural(count, 'session')}`))];
    case 'follow-up':
      return [1, 7, 28, 90, 180].map(count => ({ ...moreThan(count, `more than ${plural(count, 'day')}`), typed: `>${count}d` }));
    case 'year':
      return frequent(items.flatMap(yearsOf)).sort(newestFirst);
    case 'author':
      return frequent(items.flatMap(authorsOf));
    case 'journal':
      return frequent(items.flatMap(item => item.summary?.journal ?? item.csl['container-title'] ?? []));
    case 'has':
      return marks.map(mark => ({ label: `${mark}s`, typed: mark, names: [mark] }));
  }
}

function answer(typed: string, label: string): Value {
  return { label, typed, names: [typed] };
}

function moreThan(count: number, label: string): Value {
  return { label, typed: `>${count}`, names: [String(count)] };
}

// The CSL item of an entry that has a summary would be made for that.
function yearsOf(item: Citable): string[] {
  const year = item.summary ? item.summary.year : String(yearOf(item.csl) ?? '');
  return year === '' ? [] : [year];
}

function authorsOf(item: Citable): string[] {
  const { summary } = item;
  return summary ? [summary.author, ...summary.coauthors.split(', ')] : creatorsOf(item.csl).map(familyOf);
}

function newestFirst(a: Value, b: Value): number {
  return a.typed < b.typed ? 1 : -1;
}

/** A term is typed by its short form where that means no other, else by its id. */
function termValue(term: Term, terms: readonly Term[]): Value {
  const short = (term.short ?? '').toLowerCase().replace(/\s+/g, '-');
  const typed = termsFor(short, terms).length === 1 ? short : term.id;
  return { label: term.label, typed, names: foldedNamesOf(term) };
}

/** The texts, those that occur most often first. */
function frequent(texts: readonly string[]): Value[] {
  const counts = new Map<string, number>();
  for (const text of texts) {
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([text]) => ({ label: text, typed: text.toLowerCase(), names: [plain(text)] }))
    .filter(({ names }) => names[0] !== '');
}
