import type { CslDate } from '../study.ts';
import { textOf } from './texts.ts';

type Parts = readonly number[];

/** A CSL date field: `{ date-parts: … }`, `{ year, month, day }`, a list of those, a text, `{ raw }` or `{ literal }`. */
export function dateOf(value: unknown): CslDate | undefined {
  const text = textOf(value)?.trim();
  if (text !== undefined) {
    return text === '' ? undefined : (rawDate(text) ?? { literal: text });
  }
  if (Array.isArray(value)) {
    return ofParts(value.map(each => partsOf(each) ?? []));
  }
  return typeof value === 'object' && value !== null ? ofFields(value as Readonly<Record<string, unknown>>) : undefined;
}

function ofFields(fields: Readonly<Record<string, unknown>>): CslDate | undefined {
  const raw = textOf(fields['raw'])?.trim();
  const listed = fields['date-parts'];
  const parts = Array.isArray(listed) ? ofParts(listed.map(each => partsOf(each) ?? []), isOpen(listed)) : ofParts([partsOf(fields) ?? []]);
  const words = textOf(fields['literal'])?.trim();
  // Pandoc reads a literal date too, but only one that is written as a date of ISO 8601.
  const ofWords = parts === undefined && words ? edtf(words) : undefined;
  const literal = ofWords ? undefined : words;
  const read = parts ?? ofWords ?? (raw ? rawDate(raw) : undefined);
  const season = Number(fields['season']);
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

/** @param isOpenEnded whether it is a range whose end isn't known yet, which CSL's readers know by a year of nought */
function ofParts(parts: readonly Parts[], isOpenEnded = false): CslDate | undefined {
  const given = parts.filter(each => each.length > 0).slice(0, 2);
  return given.length > 0 ? { 'date-parts': isOpenEnded && given.length === 1 ? [...given, [0]] : given } : undefined;
}

/** `[[2010], [0]]` */
function isOpen(listed: readonly unknown[]): boolean {
  const end = listed.length === 2 ? (listed[1] as unknown) : undefined;
  return Array.isArray(end) && end.length === 1 && Number(end[0]) === 0 && textOf(end[0]) !== undefined;
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
  const isOpenEnded = ends.length === 2 && found[0] !== null && /^(?:\.\.|open|unknown)?$/.test(ends[1]!);
  if (ends.length > 2 || (found.includes(null) && !isOpenEnded)) {
    return undefined;
  }
  const parts = found.flatMap(match => (match ? [valid([yearOf(match[1]!), match[2], match[3]])] : []));
  const date = ofParts(parts, isOpenEnded);
  return date && { ...date, ...(found.some(match => match?.[4]) && { circa: true }) };
}

/** There is no year nought between 1 BC and AD 1; ISO 8601 has one, `0000`. */
function yearOf(written: string): number {
  const year = Number(written);
  return year > 0 ? year : year - 1;
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

// Every word that a date may have; a text with others is no date alone.
const dateWord =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|fall|winter|of|the|st|nd|rd|th)$/;
const about = /^(?:circa|ca|c)\.?\s*(?=\d)/i;

// A range needs a year on each side: `2020 Mar-Apr` is within one.
const range = /^(.*\d{4}.*?)\s*(?:-{1,2}|[–—/]|\bto\b)\s*(.*\d{4}.*)$/s;

/**
 * What CSL calls a raw date, which its readers have to make sense of: `2024 Feb 21`, `March 2010`, `2020–2021`, `ca. 1850`.
 * `undefined` for a text that says something else too, `in press`.
 */
function rawDate(text: string): CslDate | undefined {
  if (text.length > longestRaw) {
    return undefined;
  }
  const exact = /^\d{4}-\d\d$/.test(text) ? undefined : edtf(text);
  if (exact) {
    return exact;
  }
  const written = text.replace(about, '');
  const [, from, to] = range.exec(written) ?? [];
  const ends = from !== undefined && to !== undefined ? [oneDate(from), oneDate(to)] : [oneDate(written)];
  const [start, end] = ends;
  if (!start || ends.includes(undefined)) {
    return undefined;
  }
  const date = end ? { 'date-parts': [start['date-parts']![0]!, end['date-parts']![0]!] } : start;
  return written === text ? date : { ...date, circa: true };
}

/** CSL's readers know a season by the number of a month, 21 to 24. */
const lastSeason = 24;

/** A longer text is no date. */
const longestRaw = 100;

function oneDate(text: string): CslDate | undefined {
  const [, year, short] = /^(\d{4})[-–—](\d{2})?$/.exec(text.trim()) ?? [];
  if (year !== undefined && (short === undefined || Number(short) > Math.max(lastSeason, Number(year.slice(2))))) {
    // `2010–` goes on; the end of `1998-99` is a year.
    return ofParts([[Number(year)], ...(short === undefined ? [] : [[Number(year.slice(0, 2) + short)]])], short === undefined);
  }
  const exact = edtf(text.trim());
  const isDate = /^[\p{L}\d]/u.test(text) && (text.toLowerCase().match(/\p{L}+/gu) ?? []).every(word => dateWord.test(word)) && /^[\p{L}\d\s.,/-]+$/u.test(text);
  return exact ?? (isDate ? dateFromText(text) : undefined);
}

/** `[month, day]` of a text that has no year: EndNote's `Mar 15`. */
export function withYear(year: string, rest: string | undefined): CslDate | undefined {
  const full = rest && !/\d{4}/.test(rest) ? dateFromText(`${year} ${rest}`) : rest ? dateFromText(rest) : undefined;
  const parts = full?.['date-parts']?.[0];
  return parts && parts[0] === Number(year) ? full : dateFromText(year);
}
