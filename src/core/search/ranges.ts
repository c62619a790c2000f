import type { Range } from './filter.ts';

const number = String.raw`(\d+)\s*([a-z]*)`;
const compared = new RegExp(`^(>=|<=|>|<|=|≥|≤)?\\s*${number}$`, 'i');
const between = new RegExp(`^(?:${number})?\\s*[-\u2013]\\s*(?:${number})?$`, 'i');

/** In days; a month counts 30, as the records have it, and twelve of them are a year. */
const daysOf: ReadonlyMap<string, (count: number) => number> = new Map([
  ['d', count => count],
  ['w', count => 7 * count],
  ['m', count => 365 * Math.floor(count / 12) + 30 * (count % 12)],
  ['y', count => 365 * count],
]);

/**
 * Reads `>50`, `>=50`, `<20`, `20-50`, `50-`, `-20` or `41`; nothing where it is none of these. With `isTime` a number may have a
 * unit, `>28d`, `4w`, `6 months`, `1-2y`, and is turned into days.
 */
export function parseRange(text: string, isTime = false): Range | undefined {
  const value = text.trim();
  const [, sign = '=', digits, unit] = compared.exec(value) ?? [];
  if (digits !== undefined) {
    const given = amount(digits, unit, isTime);
    return given === undefined ? undefined : rangeOf(sign, given);
  }
  const [, first, firstUnit, last, lastUnit] = between.exec(value) ?? [];
  if (first === undefined && last === undefined) {
    return undefined;
  }
  const from = first === undefined ? undefined : amount(first, firstUnit || lastUnit, isTime);
  const to = last === undefined ? undefined : amount(last, lastUnit, isTime);
  if ((first !== undefined && from === undefined) || (last !== undefined && to === undefined)) {
    return undefined;
  }
  const isTurned = from !== undefined && to !== undefined && from > to;
  return { ...(from !== undefined && { from: isTurned ? to : from }), ...(to !== undefined && { to: isTurned ? from : to }) };
}

/** The shortest text that {@link parseRange} reads as the same range; of times in days. */
export function printRange({ from, to }: Range): string {
  if (from !== undefined && to !== undefined) {
    return from === to ? String(from) : `${from}-${to}`;
  }
  return from !== undefined ? (from > 0 ? `>${from - 1}` : `${from}-`) : `<${(to ?? 0) + 1}`;
}

function amount(digits: string, unit: string | undefined, isTime: boolean): number | undefined {
  const count = Number(digits);
  if (!unit) {
    return count;
  }
  const isUnit = isTime && /^(?:d(?:ays?)?|w(?:k|ks|eeks?)?|m(?:o|os|onths?)?|y(?:r|rs|ears?)?)$/i.test(unit);
  return isUnit ? daysOf.get(unit.charAt(0).toLowerCase())?.(count) : undefined;
}

function rangeOf(sign: string, given: number): Range {
  switch (sign) {
    case '>':
      return { from: given + 1 };
    case '>=':
    case '≥':
      return { from: given };
    case '<':
      return { to: given - 1 };
    case '<=':
    case '≤':
      return { to: given };
    default:
      return { from: given, to: given };
  }
}
