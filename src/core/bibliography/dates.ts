import type { CslDate } from '../study.ts';
import { textOf } from './texts.ts';

type Parts = readonly number[];

// YAML's two words for nothing too.
const noDate = /^(?:null|~)?$/i;

/** A CSL date field: `{ date-parts: … }`, `{ year, month, day }`, a list of those, a text, `{ raw }` or `{ literal }`. */
export function dateOf(value: unknown): CslDate | undefined {
  const text = textOf(value)?.trim();
  if (text !== undefined) {
    return noDate.test(text) ? undefined : (rawDate(text) ?? { literal: text });
  }
  if (Array.isArray(value)) {
    return ofParts(value.map(each => partsOf(each) ?? []));
  }
  return typeof value === 'object' && value !== null ? ofFields(value as Readonly<Record<string, unknown>>) : undefined;
}

function ofFields(fields: Readonly<Record<string, unknown>>): CslDate | undefined {
  const raw = textOf(fields['raw'])?.trim();
  const listed = listedIn(fields['date-parts']);
  const parts = Array.isArray(listed) ? ofParts(listed.map(each => partsOf(each) ?? []), isOpen(listed)) : ofParts([partsOf(fields) ?? []]);
  const literal = textOf(fields['literal'])?.trim();
  // A literal date is printed as it is written, as by Pandoc; one of ISO 8601 has a year for the search and for other formats too.
  const ofWords = parts === undefined && literal ? edtf(literal) : undefined;
  // `[["in press"]]`, which Pandoc refuses, and `year: in press`: the text is a date of its own.
  const ofPart = parts === undefined && !literal ? dateOf(Array.isArray(listed) ? onlyText(listed) : fields['year']) : undefined;
  const read = parts ?? ofWords ?? ofPart ?? (raw ? rawDate(raw) : undefined);
  const season = Number(fields['season']);
  const date: CslDate = {
    ...read,
    ...(Array.isArray(listed) && season >= 1 && season <= 4 && { season }),
    ...(isCirca(fields['circa']) && { circa: true }),
    ...(literal ? { literal } : !read && raw ? { literal: raw } : {}),
  };
  return Object.keys(date).length > 0 && (date['date-parts'] ?? date.literal) !== undefined ? date : undefined;
}

/** `"date-parts": "2001-03-04"` is the date that its text says. */
function listedIn(value: unknown): unknown {
  if (Array.isArray(value)) {
    return isFlat(value) ? [value] : value;
  }
  return value === undefined || value === null ? value : dateOf(value)?.['date-parts'];
}

/** `[2001, 3, 4]`, one date without the list around it; `[2001, 2003]` are two years. */
function isFlat([year, month]: readonly unknown[]): boolean {
  return textOf(year) !== undefined && textOf(month) !== undefined && Number(month) > 0 && Number(month) <= lastSeason;
}

/** The text of `[["in press"]]`. */
function onlyText([first, ...others]: readonly unknown[]): unknown {
  const [text, ...rest] = Array.isArray(first) ? (first as unknown[]) : [];
  return others.length === 0 && rest.length === 0 && typeof text === 'string' ? text : undefined;
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
  const numbers = parts.map((part, index) => numberOf(textOf(part)?.trim() ?? '', index));
  const cut = numbers.findIndex((number, index) => !Number.isInteger(number) || number === 0 || (index > 0 && (number < 0 || number > 99)));
  return cut < 0 ? numbers : numbers.slice(0, cut);
}

/** A number, or in the second place the name of a month: `["2001", "March"]`. */
function numberOf(text: string, index: number): number {
  const isName = index === 1 && /^\p{L}+\.?$/u.test(text) && dateWord.test(text.toLowerCase().replace('.', ''));
  return text === '' ? NaN : isName ? months.indexOf(text.slice(0, 3).toLowerCase()) + 1 : Number(text);
}

// As far as CSL processors know it: a day, a month, a season, a range; a year of more than four digits has a `y`.
const edtfDay = /^(y?)(-?\d{4}|(?<=y)-?\d{5,6})(?:-(\d{2})(?:-(\d{2})(?:T\S*)?)?)?((?:[?~%].*)?)$/is;
const openEnd = /^(?:\.\.|open|unknown)?$/;

/**
 * A date of the Extended Date/Time Format, which Pandoc takes: `2020-05/2021`, `1999~`, `2021-24`, `-0043`, `199u`.
 * `undefined` where it is another text. Only `~` says that a date is about right, as for Pandoc; `?` says that somebody doubts it.
 */
export function edtf(text: string): CslDate | undefined {
  const ends = withoutUnknownDigits(text.trim()).split('/').map(end => end.trim());
  const found = ends.map(end => edtfDay.exec(end));
  const parts = found.flatMap(match => (match ? [valid([yearOf(match[2]!), match[3], match[4]])] : []));
  const isUnderstood = ends.every((end, index) => found[index] !== null || openEnd.test(end));
  if (ends.length > 2 || parts.length === 0 || !isUnderstood) {
    return undefined;
  }
  // A start that isn't known has no words in any style, and Pandoc too prints the end alone.
  const date = ofParts(parts, ends.length === 2 && found[1] === null);
  return date && { ...date, ...(found.some(match => match?.[5]!.includes('~')) && { circa: true }) };
}

/** `199u` is any year of ten. */
function withoutUnknownDigits(text: string): string {
  return /^\d{1,3}u{1,3}$/.test(text) && text.length === 4 ? `${text.replaceAll('u', '0')}/${text.replaceAll('u', '9')}` : text;
}

/** There is no year nought between 1 BC and AD 1; ISO 8601 has one, `0000`. */
function yearOf(written: string): number {
  const year = Number(written);
  return year > 0 ? year : year - 1;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const seasons = ['spring', 'summer', 'autumn', 'winter'];

/** Up to the first part that no calendar has: of `2001/13/40` the year. */
function possible(parts: Parts): Parts {
  const [, month = 1, day = 1] = parts;
  const isMonth = month <= 12 || (month > 20 && month <= lastSeason);
  return parts.slice(0, !isMonth ? 1 : day > 31 ? 2 : 3);
}

/** `3/4/2001` is in March, as for Pandoc; `13/3/2001` can't be but in March too. */
function monthFirst(year: number, first: number, second: number | undefined): Parts {
  const isDayFirst = second !== undefined && first > 12 && second <= 12;
  const month = isDayFirst ? second : first;
  return possible(valid([year, month, isDayFirst ? first : second].filter(part => part !== undefined)));
}

/** `2020/03/15/Print`, `20200315`, `3/15/2020`, `2020 Mar 15`, `2020 Mar 15-17`, `15 March 2020`, `2020 Mar-Apr`, `2019 Winter`, `2001 Dec-2002 Jan`; undefined without a year. */
export function dateFromText(text: string): CslDate | undefined {
  return rawDate(text.trim()) ?? dateAmongWords(text);
}

/** The date of a text that may have other words too, `[2001]`, `2020/03/15/Print`; of several years it is the first. */
function dateAmongWords(text: string): CslDate | undefined {
  const written = text.trim();
  const numbers = /^(\d{4})(?:[/.-](\d{1,2})?(?:[/.-](\d{1,2})?)?)?(?:\/.*)?$/s.exec(written) ?? /^(\d{4})(0[1-9]|1[012])(0[1-9]|[12]\d|3[01])$/.exec(written);
  if (numbers && (numbers[2] !== undefined || !/\p{L}/u.test(written))) {
    return ofParts([possible(valid([numbers[1], numbers[2], numbers[3]]))]);
  }
  const yearLast = /^(\d{1,2})(?:[/-](\d{1,2})[/-]|[/ ])(\d{4})$/.exec(written);
  if (yearLast) {
    return ofParts([monthFirst(Number(yearLast[3]), Number(yearLast[1]), yearLast[2] === undefined ? undefined : Number(yearLast[2]))]);
  }
  const year = /(?<!\d)\d{4}(?!\d)/.exec(written)?.[0];
  if (year === undefined) {
    return undefined;
  }
  const words = written.toLowerCase().match(/\p{L}+/gu)?.slice(0, 5) ?? [];
  const named = words.map(word => months.indexOf(word.slice(0, 3)) + 1).filter(month => month > 0);
  const [season, lastOfTwo] = words.map(word => seasons.indexOf(word.replace('fall', 'autumn')) + 1).filter(found => found > 0);
  if (named.length === 0 && season !== undefined && lastOfTwo !== undefined) {
    // CSL's readers know a season as a month too, of which there may be two.
    return ofParts([season, lastOfTwo].map(each => valid([year, each + 20])));
  }
  const [, day, lastDay] = (named.length === 1 ? /(?<!\d)(\d{1,2})(?!\d)(?:\s*[-–]\s*(\d{1,2})(?!\d))?/.exec(written) : null) ?? [];
  const last = named.length > 1 ? [year, named[1]] : lastDay === undefined ? undefined : [year, named[0], lastDay];
  const ends = [valid([year, named[0], day]), ...(last ? [valid(last)] : [])];
  return { ...ofParts(ends), ...(season !== undefined && named.length === 0 && { season }) };
}

// Every word that a date may have; a text with others is no date alone.
const dateWord =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|fall|winter|of|the|st|nd|rd|th)$/;
// `c1999` in a library's records is a copyright of 1999.
const about = /^(?:circa|ca|c(?=[.\s]))\.?\s*(?=\d)/i;

// A range needs a year on each side: `2020 Mar-Apr` is within one.
const range = /^(.*\d{4}.*?)\s*(?:-{1,2}|[–—/]|\bto\b)\s*(.*\d{4}.*)$/s;

/**
 * What CSL calls a raw date, which its readers have to make sense of: `2024 Feb 21`, `March 2010`, `2020–2021`, `ca. 1850`.
 * `undefined` for a text that says something else too, `in press`.
 */
function rawDate(text: string): CslDate | undefined {
  // More than two years are no range, and a year may be short.
  if (text.length > longestRaw || (text.match(/\d{4}/g)?.length ?? 0) > mostYears) {
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

/** Of a range. */
const mostYears = 2;

/** A longer text is no date. */
const longestRaw = 100;

function oneDate(text: string): CslDate | undefined {
  const [, year, short] = /^(\d{4})[-–—](\d{2})?$/.exec(text.trim()) ?? [];
  if (year !== undefined && (short === undefined || Number(short) > Math.max(lastSeason, Number(year.slice(2))))) {
    // `2010–` goes on; the end of `1998-99` is a year.
    return ofParts([[Number(year)], ...(short === undefined ? [] : [[Number(year.slice(0, 2) + short)]])], short === undefined);
  }
  if (/^(?:\d{1,3}|\d{5})$/.test(text.trim())) {
    return ofParts([valid([text.trim()])]);
  }
  const exact = edtf(text.trim());
  // `2001, 2003` are two dates, and `4.3.2001` may be in March or in April.
  const isOne = !/\d{4}\D+\d{4}|^\d{1,2}\.\d{1,2}\.\d{4}$/.test(text.trim());
  const isDate = isOne && /^[\p{L}\d]/u.test(text) && (text.toLowerCase().match(/\p{L}+/gu) ?? []).every(word => dateWord.test(word)) && /^[\p{L}\d\s.,/-]+$/u.test(text);
  return exact ?? (isDate ? dateAmongWords(text) : undefined);
}

/** `[month, day]` of a text that has no year: EndNote's `Mar 15`. */
export function withYear(year: string, rest: string | undefined): CslDate | undefined {
  const full = rest && !/\d{4}/.test(rest) ? dateFromText(`${year} ${rest}`) : rest ? dateFromText(rest) : undefined;
  const parts = full?.['date-parts']?.[0];
  return parts && parts[0] === Number(year) ? full : dateFromText(year);
}
