import { interventionText, outcomeText } from '../card.ts';
import { isGrave, label, noticeLabel, yearOf } from '../describe.ts';
import type { Notice, Study, Vocabulary } from '../study.ts';

/** What an evidence table can tell of a study, in the order in which the columns are offered. */
export const columnIds = [
  'citation', 'year', 'conditions', 'design', 'n', 'population', 'intervention', 'comparator', 'outcome', 'finding', 'limitations', 'notices',
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
  conditions: { label: 'Conditions', width: 12, text: labelsOfConditions },
  design: { label: 'Design', width: 12, text: ({ design }, { designs }) => label(designs, design) },
  n: { label: 'n', width: 5, text: ({ n }) => (typeof n === 'number' ? String(n) : undefined) },
  population: { label: 'Population', width: 18, text: ({ population }) => population },
  intervention: { label: 'Intervention', width: 20, text: interventionText },
  comparator: { label: 'Comparator', width: 12, text: ({ comparator }) => comparator },
  outcome: { label: 'Outcome', width: 24, text: outcomeText },
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

/** Whether the column holds numbers, which stand at the right. */
export function isNumeric(column: Column): boolean {
  return column === 'n' || column === 'year';
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

function labelsOfConditions({ conditions }: Study, vocabulary: Vocabulary): string {
  return conditions.map(id => label(vocabulary.conditions, id)).join(', ');
}

/** Retractions and concerns first. */
function noticesText({ notices }: Study): string {
  const ordered = [...notices.filter(isGrave), ...notices.filter(notice => !isGrave(notice))];
  return ordered.map(noticeText).join(' ') || noNotice;
}

function noticeText(notice: Notice): string {
  const note = notice.note.trim();
  const sentence = `${noticeLabel(notice)}${note && `: ${note}`}`;
  const ended = /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
  return notice.DOI ? `${ended} DOI ${notice.DOI}.` : ended;
}
