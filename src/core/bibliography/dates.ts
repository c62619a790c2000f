import type { CslDate } from '../study.ts';
import { textOf } from './texts.ts';

type Parts = readonly number[];

/** A CSL date field: `{ date-parts: … }`, `{ year, month, day }`, a list of those, a text or `{ raw }`. */
export function dateOf(value: unknown): CslDate | undefined {
  const text = textOf(value);
  if (text !== undefined) {
    return text.trim() === '' ? undefined : (edtf(text) ?? { literal: text.trim() });
  }
  if (Array.isArray(value)) {
    return ofParts(value.map(each => partsOf(each) ?? []));
  }
  return typeof value === 'object' && value !== null ? ofFields(value as Readonly<Record<string, unknown>>) : undefined;
}

function ofFields(fields: Readonly<Record<string, unknown>>): CslDate | undefined {
  const raw = textOf(fields['raw'])?.trim();
  const listed = fields['date-parts'];
  const parts = Array.isArray(listed) ? ofParts(listed.map(each => partsOf(each) ?? [])) : ofParts([partsOf(fields) ?? []]);
  const read = parts ?? (raw ? edtf(raw) : undefined);
  const season = Number(fields['season']);
  const literal = textOf(fields['literal'])?.trim();
  const date: CslDate = {
    ...read,
    ...(Array.isArray(listed) && season >= 1 && season <= 4 && { season }),
    ...(isCirca(fields['circa']) && { circa: true }),
    ...(literal ? { literal } : !read && raw ? { literal: raw } : {}),
  };
  return Object.keys(date).length > 0 && (date['date-parts'] ?? date.literal) !== undefined ? date : undefined;
}

function isCirca(value: unknown): boolean {
  return value !== undefined && value !== null && !['', 'false', '0', 'no'].includes(String(value));
}

function ofParts(parts: readonly Parts[]): CslDate | undefined {
  const given = parts.filter(each => each.length > 0).slice(0, 2);
  return given.length > 0 ? { 'date-parts': given } : undefined;
}

/** `[2021, 3]`, `["2021", "3"]` or `{ year: 2021, month: 3 }`; up to the first part that is no number. */
function partsOf(value: unknown): Parts | undefined {
  if (Array.isArray(value)) {
    return valid(value.slice(0, 3));
  }
  if (typeof value !== 'object' || value === null) {
    const year = textOf(value);
    return year === undefined ? undefined : valid([year]);
  }
  const { year, month, day, season } = value as Readonly<Record<string, unknown>>;
  const inYear = season !== undefined && month === undefined ? Number(season) + 20 : month;
  return year === undefined ? undefined : valid([year, inYear, day]);
}

function valid(parts: readonly unknown[]): Parts {
  const numbers = parts.map(part => (textOf(part)?.trim() ? Number(part) : NaN));
  const cut = numbers.findIndex((number, index) => !Number.isInteger(number) || number === 0 || (index > 0 && (number < 0 || number > 99)));
  return cut < 0 ? numbers : numbers.slice(0, cut);
}

// As far as CSL processors know it: a day, a month, a season, a range; `~` and `?` say that it is not sure.
const edtfDay = /^(-?\d{4})(?:-(\d{2})(?:-(\d{2})(?:T\S*)?)?)?([?~%]?)$/;

/** A date of the Extended Date/Time Format, which Pandoc takes; undefined where it is another text. */
export function edtf(text: string): CslDate | undefined {
  const ends = text.trim().split('/');
  const found = ends.map(end => edtfDay.exec(end));
  const isOpen = ends.length === 2 && found[0] !== null && /^(?:\.\.)?$/.test(ends[1]!);
  if (ends.length > 2 || (found.includes(null) && !isOpen)) {
    return undefined;
  }
  const parts = found.flatMap(match => (match ? [match.slice(1, 4).filter(Boolean).map(Number)] : []));
  return { 'date-parts': parts, ...(found.some(match => match?.[4]) && { circa: true }) };
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const seasons = ['spring', 'summer', 'autumn', 'winter'];

/** `2020/03/15/Print`, `2020 Mar 15`, `15 March 2020`, `2020 Mar-Apr`, `2019 Winter`; undefined without a year. */
export function dateFromText(text: string): CslDate | undefined {
  const written = text.trim();
  const numbers = /^(\d{4})(?:[/-](\d{1,2})?(?:[/-](\d{1,2})?)?)?(?:\/.*)?$/s.exec(written);
  if (numbers) {
    return ofParts([valid([numbers[1], numbers[2], numbers[3]])]);
  }
  const year = /(?<!\d)\d{4}(?!\d)/.exec(written)?.[0];
  if (year === undefined) {
    return undefined;
  }
  const words = written.toLowerCase().match(/\p{L}+/gu)?.slice(0, 5) ?? [];
  const named = words.map(word => months.indexOf(word.slice(0, 3)) + 1).filter(month => month > 0);
  const season = words.map(word => seasons.indexOf(word.replace('fall', 'autumn')) + 1).find(found => found > 0);
  const day = named.length === 1 ? /(?<!\d)\d{1,2}(?!\d)/.exec(written)?.[0] : undefined;
  const ends = named.length > 1 ? [valid([year, named[0]]), valid([year, named[1]])] : [valid([year, named[0], day])];
  return { ...ofParts(ends), ...(season !== undefined && named.length === 0 && { season }) };
}

/** `[month, day]` of a text that has no year: EndNote's `Mar 15`. */
export function withYear(year: string, rest: string | undefined): CslDate | undefined {
  const full = rest && !/\d{4}/.test(rest) ? dateFromText(`${year} ${rest}`) : rest ? dateFromText(rest) : undefined;
  const parts = full?.['date-parts']?.[0];
  return parts && parts[0] === Number(year) ? full : dateFromText(year);
}
