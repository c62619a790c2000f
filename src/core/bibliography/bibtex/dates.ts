import type { CslDate } from '../../study.ts';
import { edtf } from '../dates.ts';
import { plainOf } from './latex.ts';

type Fields = ReadonlyMap<string, string>;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A date by its field in ISO 8601's form (`date`, `urldate`), else by `year`, `month` and `day`. */
export function dateOf(fields: Fields, prefix: '' | 'url' | 'orig' | 'event'): CslDate | undefined {
  const written = fields.get(`${prefix}date`);
  return (written === undefined ? undefined : isoDate(written)) ?? oldDate(fields, prefix);
}

/** A date in ISO 8601's form, in which LaTeX's `~` has become a space that doesn't break. A date of another form is none. */
function isoDate(written: string): CslDate | undefined {
  return edtf(written.replaceAll('\u00a0', '~'));
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
  return words === '' ? undefined : (isoDate(year!) ?? isoDate(words) ?? { literal: words });
}

function ymd(fields: Fields, prefix: string): readonly number[] {
  const year = whole(plainOf(fields.get(`${prefix}year`) ?? '').replace(/^[–—](?=\d)/, '-').replace(/^\((\d{4})\)$/, '$1'));
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
