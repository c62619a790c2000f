import {
  isGrave,
  noticeLabel,
  oneLine,
  plural,
  publication,
  spokenLabel,
  studyLabel,
  wordingLabel,
  yearOf,
} from './describe.ts';
import { designsOf } from './evidence.ts';
import { quoteLocator } from './quotes.ts';
import type { Entry, Notice, Quote, Study, Term, Vocabulary } from './study.ts';

/** The sidebar's tree as plain nodes. An `id` is unique in the tree: a study is under each of its conditions. */

export const groupings = ['condition', 'design', 'result', 'comparator', 'route', 'topic', 'year'] as const;

export type GroupBy = (typeof groupings)[number];
export type SortBy = 'year' | 'author';

export interface GroupNode {
  readonly kind: 'group';
  readonly study?: undefined;
  readonly id: string;
  readonly label: string;
  readonly children: readonly StudyNode[];
}

export interface StudyNode {
  readonly kind: 'study';
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly spoken: string;
  readonly study: Study;
}

/** What stands under a study. */
export type DetailNode = {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly spoken: string;
  readonly study: Study;
} & (
  | { readonly kind: 'quote'; readonly quote: Quote }
  | { readonly kind: 'finding' }
  | { readonly kind: 'notice'; readonly notice: Notice; readonly isGrave: boolean }
  | { readonly kind: 'reference' }
);

export type OutlineNode = GroupNode | StudyNode | DetailNode;

/** The groups that hold a study, in the vocabulary's order, years from the newest. */
export function outline(
  studies: readonly Study[],
  vocabulary: Vocabulary,
  { groupBy, sortBy }: { readonly groupBy: GroupBy; readonly sortBy: SortBy },
): GroupNode[] {
  const sorted = [...studies].sort(sortBy === 'author' ? byAuthor : byYear);
  return groups(studies, vocabulary, groupBy).flatMap(group => {
    const members = sorted.filter(study => keysOf(study, groupBy).includes(group.id));
    const id = `${groupBy}/${group.id}`;
    return members.length === 0
      ? []
      : [{ kind: 'group', id, label: group.label, children: members.map(study => studyNode(study, id, vocabulary)) }];
  });
}

// The group of the studies that have no such term; it comes last.
const restId = 'none';
const rest = (name: string): Term => ({ id: restId, label: name });

function groups(studies: readonly Study[], vocabulary: Vocabulary, groupBy: GroupBy): readonly Term[] {
  switch (groupBy) {
    case 'condition':
      return vocabulary.conditions;
    case 'design':
      return vocabulary.designs;
    case 'topic':
      return [...vocabulary.topics, rest('Without a topic')];
    case 'result':
      return vocabulary.results;
    case 'comparator':
      return [...vocabulary.comparators, rest('No comparator stated')];
    case 'route':
      return [...vocabulary.routes, rest('No route stated')];
    case 'year':
      return [...new Set(studies.map(study => yearOf(study.csl)))]
        .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
        .map(year => ({ id: year, label: year }));
  }
}

function keysOf(study: Study, groupBy: GroupBy): readonly string[] {
  const { comparators, direction, routes } = study.evidence;
  switch (groupBy) {
    case 'condition':
      return study.conditions;
    case 'design':
      // As the filter finds them: a randomized crossover trial is under both.
      return designsOf(study);
    case 'topic':
      return orRest(study.topics);
    case 'result':
      return [direction];
    case 'comparator':
      return orRest(comparators);
    case 'route':
      return orRest(routes);
    case 'year':
      return [yearOf(study.csl)];
  }
}

function orRest(ids: readonly string[]): readonly string[] {
  return ids.length > 0 ? ids : [restId];
}

function byAuthor(a: Study, b: Study): number {
  return (
    studyLabel(a).localeCompare(studyLabel(b), 'en', { sensitivity: 'base', numeric: true }) || (a.id < b.id ? -1 : 1)
  );
}

function byYear(a: Study, b: Study): number {
  return yearOf(b.csl).localeCompare(yearOf(a.csl), 'en', { numeric: true }) || byAuthor(a, b);
}

function studyNode(study: Study, parent: string, vocabulary: Vocabulary): StudyNode {
  return {
    kind: 'study',
    id: `${parent}/${study.id}`,
    label: studyLabel(study),
    description: oneLine(study, vocabulary),
    spoken: spokenLabel(study, vocabulary),
    study,
  };
}

/** A study's quotes, its finding, its notices and its reference. */
export function details({ id, study }: StudyNode): DetailNode[] {
  const quotes = study.quotes.map((quote, index): DetailNode => {
    const where = [quoteLocator(quote), wordingLabel(quote)].filter(Boolean).join(' · ');
    return {
      kind: 'quote',
      id: `${id}/quote${index}`,
      label: `“${quote.text}”`,
      description: where,
      spoken: `Quote: ${quote.text} ${where}`,
      study,
      quote,
    };
  });
  const notices = study.notices.map((notice, index): DetailNode => {
    const name = noticeLabel(notice);
    return {
      kind: 'notice',
      id: `${id}/notice${index}`,
      label: name,
      description: notice.note,
      spoken: `${name}: ${notice.note}`,
      study,
      notice,
      isGrave: isGrave(notice),
    };
  });
  const reference = publication(study.csl);
  return [
    ...quotes,
    {
      kind: 'finding',
      id: `${id}/finding`,
      label: study.finding,
      description: '',
      spoken: `Finding: ${study.finding}`,
      study,
    },
    ...notices,
    {
      kind: 'reference',
      id: `${id}/reference`,
      label: reference,
      description: '',
      spoken: `Reference: ${reference}`,
      study,
    },
  ];
}

/** `PTSD, 18 studies` */
export function spokenGroup({ label: name, children }: GroupNode): string {
  return `${name}, ${plural(children.length, 'study')}`;
}

/** The studies of some rows, each once, though it may stand under several conditions. */
export function studiesOf<E extends Entry>(rows: readonly { readonly study?: E | undefined }[]): E[] {
  return [...new Set(rows.flatMap(({ study }) => study ?? []))];
}
