import type { CslItem, Name } from '../study.ts';
import { dateFromText } from './dates.ts';
import type { Line } from './lineReader.ts';
import { mostNames } from './names.ts';
import { own } from './own.ts';
import { present } from './ris.ts';
import type { Convert } from './scan.ts';
import { summaryOf } from './summary.ts';
import { TaggedFields, TaggedScanner, type Dialect, type TaggedRecord } from './tagged.ts';

/**
 * PubMed's own format. It has no citekeys: an entry's is `PMID31421058`. Pandoc can't read such a file, which is for
 * searching and inserting; to be cited by Pandoc it has to be converted.
 */

const dialect: Dialect = {
  fieldOf(line) {
    const [, tag, value = ''] = /^([A-Z][A-Z0-9]{1,3}) {0,3}- ?(.*)$/s.exec(line.slice(0, 5)) ? [line, line.slice(0, 4).replace(/[ -]+$/, ''), line.slice(5)] : [];
    return tag === undefined || line.charAt(4) !== '-' ? undefined : { tag, value: value.trim() };
  },
  starts: ({ tag }) => tag === 'PMID',
  ends: (field, line) => field === undefined && line.trim() === '',
};

export class NbibScanner extends TaggedScanner {
  constructor() {
    super(dialect);
  }

  protected override record({ fields, start, end }: TaggedRecord): void {
    const pmid = pmidOf(fields);
    if (pmid === undefined) {
      return this.problem(start, end, 'This entry has no PMID, so that it has no key to be cited by. Write "PMID- " and the number before it.', true);
    }
    const shown = fields.shown();
    this.found({ key: own(`PMID${pmid}`), aliases: [], start, end, summary: summaryOf(itemOf(shown), keywordsOf(shown)) });
  }

  protected override stray({ start, end }: Line): void {
    this.problem(start, end, 'This line is part of no entry: it has no tag as PubMed writes it. Take it away.', false);
  }
}

function pmidOf(fields: TaggedFields): string | undefined {
  return fields.values('PMID').find(value => /^\d+$/.test(value));
}

const bare = (text: string | undefined): string | undefined => text?.replace(/(?<!\.)\.$/, '').trim();

function itemOf(fields: TaggedFields): CslItem {
  const all = (...tags: readonly string[]): string[] => fields.values(...tags);
  const first = (...tags: readonly string[]): string | undefined => fields.first(...tags);
  const kinds = all('PT').map(kind => kind.toLowerCase());
  const type = kinds.includes('preprint') ? 'article' : first('BTI') === undefined ? 'article-journal' : first('TI') === undefined ? 'book' : 'chapter';
  const isSerial = type === 'article' || type === 'article-journal';
  const date = dateFromText(first('DP') ?? first('DEP') ?? '');
  const editors = namesIn(fields, 'FED', 'ED');
  const doi = [...all('LID'), ...all('AID')].find(id => /\[doi\]$/.test(id));
  return {
    type,
    title: bare(first('TI') ?? first('BTI')) ?? '',
    author: namesIn(fields, 'FAU', 'AU', 'CN'),
    ...(editors.length > 0 && { editor: editors }),
    ...(date && { issued: date }),
    ...present({
      'container-title': type === 'book' ? undefined : isSerial ? (first('JT') ?? first('TA')) : bare(first('BTI')),
      'container-title-short': isSerial && first('JT') !== first('TA') ? first('TA') : undefined,
      volume: first('VI'),
      issue: first('IP'),
      page: first('PG')?.replace(/[.;,]$/, ''),
      genre: type === 'article' ? 'Preprint' : undefined,
      edition: first('EN'),
      publisher: first('PB'),
      'publisher-place': isSerial ? undefined : first('PL'),
      language: languages[first('LA') ?? ''] ?? first('LA'),
      DOI: doi?.replace(/\s*\[doi\]$/, ''),
      PMID: pmidOf(fields),
      PMCID: first('PMC'),
      ISSN: isSerial ? (/\d{4}-\d{3}[\dX]/.exec(first('IS') ?? '')?.[0]) : undefined,
      ISBN: first('ISBN')?.replace(/\s*\(.*$/, ''),
      abstract: first('AB'),
      keyword: keywordsOf(fields).join('; '),
    }),
  };
}

const languages: Readonly<Record<string, string | undefined>> = {
  eng: 'en', ger: 'de', fre: 'fr', spa: 'es', ita: 'it', por: 'pt', rus: 'ru', jpn: 'ja', chi: 'zh', dut: 'nl', pol: 'pl', kor: 'ko',
};

/** The authors' own, else MeSH without its stars and qualifiers: `*Ketamine/therapeutic use`. */
function keywordsOf(fields: TaggedFields): string[] {
  const words = fields.fields('OT', 'MH').map(({ tag, value }) => (tag === 'MH' ? value.replace(/\/.*$/s, '') : value).replace(/^\*/, ''));
  return [...new Set(words.filter(Boolean))];
}

/** Full names where there are any, else `Author AB`; and the groups, in the order in which they stand. */
function namesIn(fields: TaggedFields, full: string, short: string, body?: string): Name[] {
  const tag = fields.has(full) ? full : short;
  const found = fields.fields(tag, ...(body === undefined ? [] : [body])).slice(0, mostNames);
  return found.map(field => (field.tag === body ? { literal: field.value } : tag === full ? fullName(field.value) : shortName(field.value)));
}

function fullName(written: string): Name {
  const [family = '', given, suffix] = written.split(',').map(part => part.trim());
  return { family, ...(given && { given }), ...(suffix && { suffix }) };
}

/** `Author AB Jr`: initials, then what tells the generations apart. */
function shortName(written: string): Name {
  const [, family, initials, suffix] = /^(.*\S)\s+(\p{Lu}{1,4})(?:\s+(Jr|Sr|\d\w\w|I{2,3}|IV))?$/u.exec(written) ?? [];
  return family === undefined || initials === undefined
    ? { literal: written }
    : { family, given: Array.from(initials, letter => `${letter}.`).join(' '), ...(suffix && { suffix }) };
}

export const convertNbib: Convert = text => itemOf(TaggedFields.of(text, dialect));
