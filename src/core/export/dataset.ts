import { interventionText, outcomeText } from '../card.ts';
import { doseText, label } from '../describe.ts';
import { noticeText } from '../evidenceTable/columns.ts';
import type { Library } from '../library.ts';
import type { Edition, Name, Study, Term, Vocabulary } from '../study.ts';
import { toCslJson } from './cslJson.ts';
import { delimitedText } from './delimited.ts';

/** All bundled studies as one file: CSV with everything that can be compared, or CSL-JSON with what is cited. */
export type DatasetFormat = 'csv' | 'csljson';

export interface DatasetFormatInfo {
  readonly label: string;
  /** The ending of a file's name. */
  readonly ending: string;
}

export const datasetFormats: Readonly<Record<DatasetFormat, DatasetFormatInfo>> = {
  csv: { label: 'CSV', ending: 'csv' },
  csljson: { label: 'CSL-JSON', ending: 'json' },
};

export function isDatasetFormat(value: unknown): value is DatasetFormat {
  return typeof value === 'string' && Object.hasOwn(datasetFormats, value);
}

/** `ketamine-studies-2.0.0.csv`, so that a file says which version of the dataset it holds. */
export function datasetFileName(format: DatasetFormat, edition: Edition | undefined): string {
  return `${['ketamine-studies', edition?.version].filter(Boolean).join('-')}.${datasetFormats[format].ending}`;
}

type Shelf = Pick<Library, 'studies' | 'vocabulary' | 'edition'>;

/** The whole file. */
export function datasetText(shelf: Shelf, format: DatasetFormat): string {
  return format === 'csv' ? toCsv(shelf) : `${toCslJson(shelf.studies.map(cslItem))}\n`;
}

/** Without an empty list of authors, which says no more than none and is no valid CSL-JSON for every program. */
function cslItem({ id, csl }: Study): Study['csl'] & { readonly id: string } {
  const { author, ...rest } = csl;
  return { id, ...rest, ...(author.length > 0 && { author }) } as Study['csl'] & { readonly id: string };
}

interface Context {
  readonly vocabulary: Vocabulary;
  readonly edition: Edition | undefined;
}

/** Nothing, or null, becomes an empty cell; a list is joined. */
type Cell = string | number | readonly string[] | null | undefined;

const columns: readonly (readonly [header: string, cell: (study: Study, context: Context) => Cell])[] = [
  ['citekey', ({ id }) => id],
  ['gist', ({ gist }) => gist],
  ['authors', ({ csl }) => csl.author.map(nameText)],
  ['year', ({ csl }) => csl.issued?.['date-parts']?.[0]?.[0]],
  ['title', ({ csl }) => csl.title],
  ['type', ({ csl }) => csl.type],
  ['journal', ({ csl }) => csl['container-title']],
  ['publisher', ({ csl }) => csl.publisher],
  ['volume', ({ csl }) => csl.volume],
  ['issue', ({ csl }) => csl.issue],
  // With an en dash: a spreadsheet would make a day of "1-8".
  ['pages', ({ csl }) => csl.page?.replaceAll(/(?<=\d)-(?=\w*\d)/g, '–')],
  ['DOI', ({ csl }) => csl.DOI],
  ['PMID', ({ csl }) => csl.PMID],
  ['PMCID', ({ csl }) => csl.PMCID],
  ['URL', ({ csl }) => csl.URL],
  ['conditions', ({ conditions }, { vocabulary }) => labels(vocabulary.conditions, conditions)],
  ['topics', ({ topics }, { vocabulary }) => labels(vocabulary.topics, topics)],
  ['design', ({ design }, { vocabulary }) => label(vocabulary.designs, design)],
  ['randomized', ({ evidence: { randomized } }) => (randomized === null ? null : randomized ? 'yes' : 'no')],
  ['blinding', ({ evidence: { blinding } }, { vocabulary }) => blinding && label(vocabulary.blinding, blinding)],
  ['comparators', ({ evidence }, { vocabulary }) => labels(vocabulary.comparators, evidence.comparators)],
  ['result', ({ evidence }, { vocabulary }) => label(vocabulary.results, evidence.direction)],
  ['basis', ({ evidence }) => evidence.basis],
  ['routes', ({ evidence }, { vocabulary }) => labels(vocabulary.routes, evidence.routes)],
  ['doses', ({ evidence }) => evidence.doses.map(doseText)],
  ['sessions', ({ evidence }) => evidence.sessions],
  ['follow-up (days)', ({ evidence }) => evidence.followUpDays],
  ['n', ({ n }) => n],
  ['population', ({ population }) => population],
  ['intervention', interventionText],
  ['comparator', ({ comparator }) => comparator],
  ['outcome', outcomeText],
  ['finding', ({ finding }) => finding],
  ['limitations', ({ limitations }) => limitations],
  ['registration', ({ registration }) => registration?.split(/\s*,\s*/)],
  ['notices', ({ notices }) => notices.map(noticeText)],
  ['unverified', ({ unverified }) => unverified],
  ['checked', ({ checked }) => checked],
  ['dataset version', (_, { edition }) => edition?.version],
  ['dataset day', (_, { edition }) => edition?.date],
];

/** What the header names, in its order. */
export const datasetColumns: readonly string[] = columns.map(([header]) => header);

function toCsv({ studies, vocabulary, edition }: Shelf): string {
  const rows = studies.map(study => columns.map(([, cell]) => cellText(cell(study, { vocabulary, edition }))));
  return delimitedText([datasetColumns, ...rows], 'csv');
}

function cellText(cell: Cell): string {
  return typeof cell === 'object' && cell !== null ? cell.join('; ') : String(cell ?? '');
}

/** `Feder, Adriana`, so that a list of names can be split again. */
function nameText({ literal, family, given, suffix }: Name): string {
  return literal ?? [family, given, suffix].filter(Boolean).join(', ');
}

function labels(terms: readonly Term[], ids: readonly string[]): readonly string[] {
  return ids.map(id => label(terms, id));
}
