import type { CslItem, Name } from '../study.ts';
import { dateFromText } from './dates.ts';
import type { Line } from './lineReader.ts';
import { mostNames, nameFromText } from './names.ts';
import { own } from './own.ts';
import type { Convert, FileProblem } from './scan.ts';
import { summaryOf } from './summary.ts';
import { addressIn } from './texts.ts';
import { TaggedFields, TaggedScanner, type Dialect, type Field, type TaggedRecord } from './tagged.ts';

/** RIS as Pandoc reads it, and more kindly: with blank lines, lines that go on, and dates with months. */

const types: Readonly<Record<string, readonly string[]>> = {
  article: ['ABST', 'EJOUR', 'SER'],
  'article-journal': ['JOUR', 'JFULL', 'INPR'],
  'article-magazine': ['MGZN'],
  'article-newspaper': ['NEWS'],
  bill: ['BILL', 'UNBILL'],
  book: ['BOOK', 'EBOOK', 'EDBOOK', 'ANCIENT', 'CLSWK', 'DICT'],
  chapter: ['CHAP', 'ECHAP'],
  dataset: ['AGGR', 'DATA', 'DBASE'],
  document: ['CTLG'],
  entry: ['GEN'],
  'entry-encyclopedia': ['ENCYC'],
  figure: ['EQUA', 'FIGURE'],
  graphic: ['ART', 'CHART', 'SLIDE', 'VIDEO'],
  legal_case: ['CASE', 'LEGAL'],
  legislation: ['STAT'],
  manuscript: ['MANSCPT'],
  map: ['MAP'],
  motion_picture: ['ADVS', 'MPCT'],
  musical_score: ['MUSIC', 'SOUND'],
  pamphlet: ['PAMP'],
  'paper-conference': ['CONF', 'CPAPER'],
  patent: ['PAT'],
  personal_communication: ['ICOMM', 'PCOMM'],
  'post-weblog': ['BLOG'],
  report: ['RPRT', 'GOVDOC', 'GRANT', 'HEAR', 'STAND'],
  software: ['COMP'],
  thesis: ['THES'],
  unpublished: [],
  webpage: ['WEB', 'ELEC', 'MULTI'],
};
const typeByTag = new Map(Object.entries(types).flatMap(([type, tags]) => tags.map(tag => [tag, type] as const)));
typeByTag.set('UNPB', 'manuscript');

const dialect: Dialect = {
  fieldOf(line) {
    const [, tag, value = ''] = /^([A-Z0-9]{2}|[a-z][a-z0-9](?= {2}-))[ \t]+-(?:[ \t]+(.*)|\s*)$/s.exec(line) ?? [];
    return tag === undefined ? undefined : { tag: tag.toUpperCase(), value: value.trim() };
  },
  starts: ({ tag }) => tag === 'TY',
  ends: field => field?.tag === 'ER',
};

const stops = ', so that Pandoc can’t read the file';

export class RisScanner extends TaggedScanner {
  readonly #seen = new Map<string, number>();
  /** Blank lines of a record of which nothing has followed yet: behind its last line they stop nobody. */
  #blank: FileProblem[] = [];
  #hasEnded = false;
  /** Whether there was anything but blank lines so far. */
  #hasBegun = false;
  #hasMark = false;
  #hasFeed = false;
  #hasReturn = false;

  constructor() {
    super(dialect);
  }

  protected override record({ fields, start, end }: TaggedRecord, isClosed: boolean): void {
    const key = this.#keyOf(fields, start, end);
    this.#blank = [];
    if (!isClosed) {
      const effect = this.#hasEnded ? 'without which Pandoc can’t read the file' : 'so that Pandoc takes the next one for a part of it';
      this.refused(start, end, `This entry has no end, ${effect}. Write "ER  - " behind it.`, [{ start: end, end, text: '\nER  - ' }]);
    }
    if (key === undefined) {
      return this.problem(start, end, 'This entry has neither an ID nor authors nor a year, so that it can’t be cited. Give it a line "ID  - key".', true);
    }
    const shown = fields.shown();
    this.found({ key: own(key), aliases: [], start, end, summary: summaryOf(itemOf(shown), shown.values('KW')) });
  }

  protected override take(piece: string): void {
    this.#hasMark ||= !this.#hasFeed && !this.#hasReturn && !this.#hasBegun && piece.startsWith('\ufeff');
    this.#hasFeed ||= piece.includes('\n');
    this.#hasReturn ||= piece.includes('\r');
    super.take(piece);
  }

  protected override finish(): void {
    this.#hasEnded = true;
    super.finish();
    if (this.#hasReturn && !this.#hasFeed) {
      this.refused(0, 0, `The lines of this file end as on an old Macintosh${stops}. Save it with the line ends LF or CRLF.`);
    }
  }

  protected override before(line: Line): void {
    if (!this.#hasBegun && line.text.trim() !== '') {
      this.#hasBegun = true;
      if (line.start > (this.#hasMark ? 1 : 0)) {
        this.refused(0, 0, `A blank line is before the first entry${stops}. Take it out.`, [{ start: 0, end: line.start, text: '' }]);
      }
    }
  }

  protected override stray({ start, end }: Line): void {
    this.refused(start, end, `This line is part of no entry${stops}. Take it away.`);
  }

  protected override passes({ start, end, text }: Line, field: Field | undefined, before: number): void {
    if (field) {
      this.#tellBlank();
      if (/^.?[a-z]/.test(text)) {
        this.refused(start, end, `The tag of this line has a small letter${stops}. Write it with capitals.`, [{ start, end: start + 2, text: text.slice(0, 2).toUpperCase() }]);
      }
    } else if (text.trim() === '') {
      const repair = [{ start: before, end, text: '' }];
      this.#blank.push({ start, end, message: `A blank line is inside this entry${stops}. Take it out.`, isLoss: false, repair });
    }
  }

  protected override goesOn({ start, end, text }: Line, before: number): void {
    this.#tellBlank();
    if (/^\s*[A-Z][A-Z\d]\s*[-–—]/.test(text)) {
      this.refused(start, end, `This line is not written as RIS writes a tag${stops}, and is read as part of the line before. Write two capitals, two spaces, a hyphen and a space.`);
    } else {
      const inner = start + text.search(/\S/);
      this.refused(start, end, `This line has no tag${stops}. Join it to the line before.`, [{ start: before, end: inner, text: ' ' }]);
    }
  }

  #tellBlank(): void {
    if (this.#blank.length > 0) {
      this.#blank.forEach(({ start, end, message, repair }) => this.refused(start, end, message, repair));
      this.#blank = [];
    }
  }

  /** Pandoc's: the ID, else `Author_Other_2020`; of two that are the same the second has an `a` behind it. */
  #keyOf(fields: TaggedFields, start: number, end: number): string | undefined {
    const written = fields.first('ID');
    const key = written ?? madeKey(fields);
    if (key === '') {
      return undefined;
    }
    const count = this.#seen.get(key);
    this.#seen.set(key, (count ?? -1) + 1);
    if (count === undefined) {
      return key;
    }
    const told = key + String.fromCharCode(97 + count);
    if (written !== undefined) {
      this.problem(start, end, `There is another entry with the ID “${key}”, so that this one is “${told}”, as for Pandoc. Give it an ID of its own.`, false);
    }
    return told;
  }
}

function madeKey(fields: TaggedFields): string {
  const authors = fields.values('AU', 'A1').map(value => /^[^,\s]*/.exec(value)![0]);
  return authors.join('_') + fields.values('PY', 'Y1').map(year => `_${year}`).join('');
}

function namesIn(fields: TaggedFields, ...tags: readonly string[]): Name[] {
  return fields.values(...tags).slice(0, mostNames).flatMap(value => nameFromText(value) ?? []);
}

const serials = new Set(['article', 'article-journal', 'article-magazine', 'article-newspaper']);

function itemOf(fields: TaggedFields): CslItem {
  const value = (...tags: readonly string[]): string | undefined => fields.first(...tags);
  const type = typeByTag.get(value('TY')?.toUpperCase() ?? '') ?? 'document';
  const isBook = type === 'book';
  const container = value('JO', 'JF', 'T2') ?? (isBook ? undefined : value('BT')) ?? value('JA', 'J2');
  const editors = namesIn(fields, 'ED', 'A2');
  const series = namesIn(fields, 'A3');
  const translators = namesIn(fields, 'A4');
  const date = dateIn(fields);
  const number = value('SN');
  const accession = value('AN');
  return {
    type,
    title: value('TI', 'T1', 'CT', ...(isBook ? ['BT'] : [])) ?? '',
    author: namesIn(fields, 'AU', 'A1'),
    ...(editors.length > 0 && { editor: editors }),
    ...(series.length > 0 && { 'collection-editor': series }),
    ...(translators.length > 0 && { translator: translators }),
    ...(date && { issued: date }),
    ...present({
      'container-title': container,
      'container-title-short': [value('JA', 'J2')].find(short => short !== container),
      'collection-title': value('T3'),
      'title-short': value('ST'),
      volume: value('VL'),
      issue: value('IS'),
      page: pages(value('SP'), value('EP')),
      publisher: value('PB'),
      'publisher-place': value('PP', 'CY'),
      edition: value('ET'),
      'number-of-volumes': value('NV'),
      genre: value('M3'),
      language: value('LA'),
      DOI: value('DO')?.replace(/^https?:\/\/(?:dx\.)?doi\.org\//i, ''),
      PMID: accession !== undefined && /^\d{1,8}$/.test(accession) ? accession : undefined,
      PMCID: fields.values('C2').find(each => /^PMC\d+$/.test(each)),
      URL: addressIn(fields.values('UR', 'LK')),
      ...(number !== undefined && { [isIssn(number, type) ? 'ISSN' : 'ISBN']: number }),
      abstract: value('AB', 'N2'),
      keyword: fields.values('KW').join(', '),
      // N1 holds what its reader or a database notes, `Cited By :44`. As for Pandoc, it is nothing to print.
    }),
  };
}

function isIssn(number: string, type: string): boolean {
  return serials.has(type) || /^\d{4}-?\d{3}[\dxX]\b/.test(number);
}

function pages(first: string | undefined, last: string | undefined): string | undefined {
  return first && last ? `${first}-${last}` : (first ?? last);
}

/** `DA` knows the month that `PY` does not; it counts only where both are of the same year. */
function dateIn(fields: TaggedFields): CslItem['issued'] {
  const written = fields.first('PY', 'Y1');
  const year = written === undefined ? undefined : (dateFromText(written) ?? { literal: written });
  const full = dateFromText(fields.first('DA') ?? '');
  const [of, end] = year?.['date-parts'] ?? [];
  const isSameYear = full?.['date-parts']?.[0]?.[0] === of?.[0];
  return year === undefined || (isSameYear && of?.length === 1 && !end) ? (full ?? year) : year;
}

/** The fields that have a value. */
export function present<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== '')) as { [K in keyof T]?: NonNullable<T[K]> };
}

export const convertRis: Convert = text => itemOf(TaggedFields.of(text, dialect));
