import type { CslDate } from '../../study.ts';
import { plainOf } from './latex.ts';

type Fields = ReadonlyMap<string, string>;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A date by its field in ISO 8601's form (`date`, `urldate`), else by `year`, `month` and `day`. */
export function dateOf(fields: Fields, prefix: '' | 'url' | 'orig' | 'event'): CslDate | undefined {
  const written = fields.get(`${prefix}date`);
  return (written === undefined ? undefined : isoDate(written)) ?? oldDate(fields, prefix);
}

/** `2020-05/2021`, `1999~`, `2021-24`, `-0043`, `199u`. A date of another form is none. */
export function isoDate(written: string): CslDate | undefined {
  const ranges = withoutSpecials(written).split('/').map(part => part.trim());
  const parts = ranges.map(partsOf);
  if (ranges.length > 2 || parts.some(part => part === undefined) || parts[0]?.length === 0) {
    return undefined;
  }
  return {
    // CSL's readers know an end that is open by a year of nought.
    'date-parts': parts.map(part => (part!.length === 0 ? [0] : part!)),
    ...(ranges.some(part => part.endsWith('~')) && { circa: true }),
  };
}

function withoutSpecials(written: string): string {
  const text = written.replaceAll('\u00a0', '~').trim();
  if (/^[\du]*u[\du]*$/.test(text)) {
    return `${text.replaceAll('u', '0')}/${text.replaceAll('u', '9')}`;
  }
  return text.replace(/\/(?:open|unknown|\.\.)$/, '/');
}

/** Nothing for an end that is open, and `undefined` for what is no date. */
function partsOf(text: string): readonly number[] | undefined {
  if (text === '') {
    return [];
  }
  const match = /^(y?)(-?)(\d{4,6})(?:-(\d\d)(?:-(\d\d))?)?(?:[~?%T].*)?$/s.exec(text);
  if (!match || (match[3]!.length > 4 && match[1] === '')) {
    return undefined;
  }
  // There is no year nought between 1 BC and AD 1; astronomers, whom ISO 8601 follows, have one.
  const year = match[2] === '-' ? -Number(match[3]) - 1 : Number(match[3]);
  const rest = [match[4], match[5]].filter(part => part !== undefined).map(Number);
  return [year, ...rest.slice(0, rest.includes(0) ? rest.indexOf(0) : rest.length)];
}

function oldDate(fields: Fields, prefix: string): CslDate | undefined {
  const year = fields.get(`${prefix}year`);
  const start = ymd(fields, prefix);
  const end = ymd(fields, `${prefix}end`);
  const parts = [start, end].filter(part => part.length > 0);
  if (parts.length > 0) {
    return { 'date-parts': parts };
  }
  const words = plainOf(year ?? '');
  return words === '' ? undefined : { literal: words };
}

function ymd(fields: Fields, prefix: string): readonly number[] {
  const year = whole(plainOf(fields.get(`${prefix}year`) ?? '').replace(/^[–—](?=\d)/, '-'));
  const month = monthOf(fields.get(`${prefix}month`));
  const day = whole(fields.get(`${prefix}day`) ?? '');
  if (year === undefined) {
    return [];
  }
  return month === undefined ? [year] : day === undefined ? [year, month] : [year, month, day];
}

function monthOf(written = ''): number | undefined {
  const known = months.indexOf(written.trim().toLowerCase()) + 1;
  return known > 0 ? known : whole(written);
}

function whole(text: string): number | undefined {
  return /^\s*-?\d{1,6}\s*$/.test(text) ? Number(text) : undefined;
}
