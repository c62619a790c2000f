import type { CslDate, CslItem, Name } from '../study.ts';
import { isWork, type WorkId } from './identify.ts';
import { markedText, plainText } from './markup.ts';
import { cslType } from './types.ts';

/** Why an answer can't be used. */
export type AnswerFault =
  /** A page, or anything else that is no JSON. */
  | { readonly kind: 'not JSON'; readonly isPage: boolean }
  | { readonly kind: 'no item' }
  | { readonly kind: 'no title' }
  /** It is about another work, or does not say about which. */
  | { readonly kind: 'another work'; readonly id: string | undefined };

/** What a registry answered, as far as CSL knows it. Fields of another form than CSL's are left out, never guessed. */
export function readAnswer(text: string, asked: WorkId): CslItem | { readonly fault: AnswerFault } {
  const parsed = parse(text);
  if (parsed === undefined) {
    return { fault: { kind: 'not JSON', isPage: /^\s*(?:\ufeff)?</.test(text) } };
  }
  const first: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
  if (!isRecord(first)) {
    return { fault: { kind: 'no item' } };
  }
  const item = itemOf(first);
  if (!isWork(item, asked)) {
    const isEmpty = item.title === '' && item.author.length === 0;
    return { fault: isEmpty ? { kind: 'no item' } : { kind: 'another work', id: item[asked.kind] } };
  }
  return item.title === '' ? { fault: { kind: 'no title' } } : item;
}

type Fields = Readonly<Record<string, unknown>>;

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as unknown;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Longer texts are no title and no name. */
const longestText = 10_000;
const mostNames = 5000;

// The abstract is left out: it is long, and the publisher's. So is what belongs to the registry.
const texts = [
  'container-title-short', 'volume', 'issue', 'page', 'genre', 'language', 'publisher', 'publisher-place', 'edition',
  'number', 'ISBN', 'ISSN', 'event-title', 'event-place', 'collection-number', 'chapter-number', 'number-of-pages', 'version', 'medium',
] as const;
const names = ['editor', 'translator', 'collection-editor', 'container-author', 'director', 'illustrator', 'interviewer', 'reviewed-author'] as const;
const dates = ['event-date', 'original-date', 'submitted'] as const;

function itemOf(fields: Fields): CslItem {
  const own = (name: string): unknown => (Object.hasOwn(fields, name) ? fields[name] : undefined);
  const given = <T>(list: readonly string[], read: (value: unknown) => T | undefined): [string, T][] =>
    list.flatMap(name => {
      const value = read(own(name));
      return value === undefined ? [] : [[name, value] as [string, T]];
    });
  const issued = ['issued', 'published', 'published-print', 'published-online'].map(own).map(dateOf).find(Boolean);
  return {
    type: cslType(own('type')),
    title: titleOf(own('title'), own('subtitle')),
    author: namesOf(own('author')) ?? [],
    ...Object.fromEntries(given(['container-title', 'collection-title'], value => textOf(value, markedText))),
    ...Object.fromEntries(given(texts, value => textOf(value))),
    ...Object.fromEntries(given(names, namesOf)),
    ...Object.fromEntries(given(dates, dateOf)),
    ...(issued && { issued }),
    ...identifiersOf(own),
  };
}

function identifiersOf(own: (name: string) => unknown): Pick<CslItem, 'DOI' | 'PMID' | 'PMCID' | 'URL'> {
  const id = textOf(own('id')) ?? '';
  const doi = textOf(own('DOI'))?.replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/i, '');
  const pmid = textOf(own('PMID')) ?? /^pmid:(\d+)$/i.exec(id)?.[1];
  const pmcid = textOf(own('PMCID')) ?? /^(?:pmcid:)?(PMC\d+)$/i.exec(id)?.[1];
  const url = textOf(own('URL'))?.replace(/^http:\/\/(?:dx\.)?doi\.org\//i, 'https://doi.org/');
  return {
    ...(doi && /^10\.\d{4,9}[.\d]*\/\S+$/.test(doi) && { DOI: doi }),
    ...(pmid && /^\d{1,8}$/.test(pmid) && { PMID: pmid }),
    ...(pmcid && /^(?:PMC)?\d{1,9}$/i.test(pmcid) && { PMCID: `PMC${pmcid.replace(/^PMC/i, '')}` }),
    ...(url && /^https?:\/\/[^\s<>"{}|\\^`]+$/i.test(url) && { URL: url }),
  };
}

/** Crossref keeps the subtitle apart, and many a list of one. */
function titleOf(title: unknown, subtitle: unknown): string {
  const main = textOf(title, markedText) ?? '';
  const sub = textOf(subtitle, markedText) ?? '';
  const isThere = sub === '' || main.toLowerCase().includes(sub.toLowerCase());
  return isThere || main === '' ? main : `${main}${/[:?!.]$/.test(main) ? '' : ':'} ${sub}`;
}

function textOf(value: unknown, clean: (text: string) => string = plainText): string | undefined {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof one !== 'string' && (typeof one !== 'number' || !Number.isFinite(one))) {
    return undefined;
  }
  const text = String(one);
  return text.length > longestText ? undefined : clean(text) || undefined;
}

const nameParts = ['family', 'given', 'suffix', 'literal', 'dropping-particle', 'non-dropping-particle'] as const;

function namesOf(value: unknown): readonly Name[] | undefined {
  const found = Array.isArray(value) ? value.slice(0, mostNames).flatMap(nameOf) : [];
  return found.length > 0 ? found : undefined;
}

function nameOf(value: unknown): Name[] {
  if (!isRecord(value)) {
    return [];
  }
  const parts = nameParts.flatMap(part => {
    const text = Object.hasOwn(value, part) ? textOf(value[part]) : undefined;
    return text === undefined ? [] : [[part, text] as const];
  });
  const name = Object.fromEntries(parts) as Name;
  // Crossref calls a body's name so.
  const body = textOf(value['name']);
  return name.family || name.literal ? [name] : name.given ? [{ literal: name.given }] : body ? [{ literal: body }] : [];
}

function dateOf(value: unknown): CslDate | undefined {
  if (!isRecord(value) || !Array.isArray(value['date-parts'])) {
    return undefined;
  }
  const parts = value['date-parts'].slice(0, 2).map(partsOf).filter(each => each.length > 0);
  return parts.length > 0 ? { 'date-parts': parts } : undefined;
}

/** Year, month and day, as far as they make sense. */
function partsOf(value: unknown): number[] {
  const [year, month, day] = Array.isArray(value) ? value.map(each => (each === null || each === '' ? NaN : Number(each))) : [];
  if (year === undefined || !Number.isInteger(year) || year === 0 || Math.abs(year) > 9999) {
    return [];
  }
  if (month === undefined || !Number.isInteger(month) || month < 1 || month > 12) {
    return [year];
  }
  return day === undefined || !Number.isInteger(day) || day < 1 || day > 31 ? [year, month] : [year, month, day];
}
