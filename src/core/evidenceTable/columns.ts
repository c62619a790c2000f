import { interventionText, outcomeText } from '../card.ts';
import { designLabel, doseText, isGrave, label, noticeLabel, plural, yearOf } from '../describe.ts';
import type { Notice, Study, Term, Vocabulary } from '../study.ts';

/**
 * What an evidence table can tell of a study, in the order in which the columns are offered. Manuscripts hold these words:
 * none may be renamed.
 */
export const columnIds = [
  'citation', 'year', 'gist', 'conditions', 'design', 'randomized', 'blinding', 'n', 'population', 'intervention', 'routes', 'doses', 'sessions',
  'comparator', 'comparedWith', 'outcome', 'followUp', 'result', 'basis', 'finding', 'limitations', 'notices',
] as const;

export type Column = (typeof columnIds)[number];

/** Where nothing else was chosen. */
export const defaultColumns: readonly Column[] = ['citation', 'design', 'n', 'population', 'intervention', 'comparator', 'outcome', 'notices'];

/** What a cell says where the record has nothing; nothing is guessed. */
export const notStated = 'not stated';

const noNotice = 'none recorded';

interface ColumnKind {
  readonly label: string;
  /** How wide the column is beside the others; Pandoc shares out the page by it. */
  readonly width: number;
  /** Plain text, empty where the record has none. The citation is written elsewhere: it is markup. */
  readonly text: (study: Study, vocabulary: Vocabulary) => string | null | undefined;
}

const kinds: { readonly [C in Column]: ColumnKind } = {
  citation: { label: 'Study', width: 12, text: ({ id }) => id },
  year: { label: 'Year', width: 5, text: ({ csl }) => yearOf(csl) },
  gist: { label: 'In one line', width: 24, text: ({ gist }) => gist },
  conditions: { label: 'Conditions', width: 12, text: ({ conditions }, vocabulary) => labels(vocabulary.conditions, conditions) },
  design: { label: 'Design', width: 12, text: designLabel },
  randomized: { label: 'Randomized', width: 11, text: ({ evidence }) => yesOrNo(evidence.randomized) },
  blinding: { label: 'Blinding', width: 12, text: ({ evidence }, { blinding }) => label(blinding, evidence.blinding ?? undefined) },
  n: { label: 'n', width: 5, text: ({ n }) => (typeof n === 'number' ? String(n) : undefined) },
  population: { label: 'Population', width: 18, text: ({ population }) => population },
  intervention: { label: 'Intervention', width: 20, text: interventionText },
  routes: { label: 'Route', width: 11, text: ({ evidence }, { routes }) => labels(routes, evidence.routes) },
  doses: { label: 'Dose', width: 11, text: ({ evidence }) => evidence.doses.map(doseText).join('; ') },
  sessions: { label: 'Sessions', width: 8, text: ({ evidence }) => evidence.sessions?.toString() },
  comparator: { label: 'Comparator', width: 12, text: ({ comparator }) => comparator },
  comparedWith: { label: 'Compared with', width: 13, text: ({ evidence }, { comparators }) => labels(comparators, evidence.comparators) },
  outcome: { label: 'Outcome', width: 24, text: outcomeText },
  followUp: { label: 'Follow-up', width: 9, text: ({ evidence: { followUpDays: days } }) => (typeof days === 'number' ? plural(days, 'day') : undefined) },
  result: { label: 'Result', width: 12, text: ({ evidence }, { results }) => label(results, evidence.direction) },
  basis: { label: 'Basis of the result', width: 24, text: ({ evidence }) => evidence.basis },
  finding: { label: 'Finding', width: 36, text: ({ finding }) => finding },
  limitations: { label: 'Limitations', width: 20, text: ({ limitations }) => limitations },
  notices: { label: 'Notices', width: 14, text: noticesText },
};

export function isColumn(word: unknown): word is Column {
  return columnIds.some(id => id === word);
}

export function columnLabel(column: Column): string {
  return kinds[column].label;
}

export function columnWidth(column: Column): number {
  return kinds[column].width;
}

/** Whether the column holds numbers alone, which are aligned at the right. */
export function isNumeric(column: Column): boolean {
  return column === 'n' || column === 'year' || column === 'sessions';
}

/** What a cell says, on one line, as plain text. Not for the citation. */
export function cellText(column: Column, study: Study, vocabulary: Vocabulary): string {
  return kinds[column].text(study, vocabulary)?.replace(/\s+/g, ' ').trim() || notStated;
}

/** What must be told beside the citation, as the table has no column for it: that the work was retracted, or is doubted. */
export function warningBeside({ notices }: Study, columns: readonly Column[]): string {
  const grave = columns.includes('notices') ? [] : notices.filter(isGrave).map(noticeLabel);
  return [...new Set(grave)].join('; ');
}

function yesOrNo(value: boolean | null): string | undefined {
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : undefined;
}

function labels(terms: readonly Term[], ids: readonly string[]): string {
  // Labels have commas of their own: "Another dose, route or form".
  return ids.map(id => label(terms, id)).join('; ');
}

/** Retractions and concerns first. */
function noticesText({ notices }: Study): string {
  const ordered = [...notices.filter(isGrave), ...notices.filter(notice => !isGrave(notice))];
  return ordered.map(noticeText).join(' ') || noNotice;
}

/** `Erratum: what it corrects. DOI 10.1000/xyz.` */
export function noticeText(notice: Notice): string {
  const note = notice.note.trim();
  const sentence = `${noticeLabel(notice)}${note && `: ${note}`}`;
  const ended = /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
  return notice.DOI ? `${ended} DOI ${notice.DOI}.` : ended;
}
