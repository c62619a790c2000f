import type { TextEdit } from '../insertion.ts';
import { dateOf } from './dates.ts';
import { arrayItems, objectMembers, type JsonSpan } from './jsonSpans.ts';
import { kindOf, type VariableKind } from './sanitize.ts';
import type { FileProblem } from './scan.ts';

/**
 * Values of a CSL-JSON entry that have another form than CSL's, for which Pandoc 2.17 and 3 refuse the whole file, though we
 * read them. A good entry costs a look at each of its fields; only for a fault is its text walked through.
 */

/** How a value is put right. `source` is the value as it is written. */
type Cure = 'remove' | ((source: string) => string) | undefined;

/** Of a number: as a text. */
function quoted(value: unknown): Cure {
  return () => JSON.stringify(String(value));
}

interface ShapeFault {
  /** Where the value is: a field, and what is inside of it. */
  readonly path: readonly (string | number)[];
  readonly found: unknown;
  readonly wanted: string;
  readonly cure: Cure;
}

const none: readonly never[] = [];
const mostFaults = 20;
const longestName = 60;

/** At offsets of the entry's text. */
export function shapeFaults(fields: Readonly<Record<string, unknown>>, text: string): readonly FileProblem[] {
  let faults: readonly ShapeFault[] = none;
  for (const name of Object.keys(fields)) {
    const found = faultsOf(name, fields[name]);
    faults = found.length > 0 ? [...faults, ...found].slice(0, mostFaults) : faults;
  }
  if (faults.length === 0) {
    return none;
  }
  const removed = new Set(faults.filter(({ cure }) => cure === 'remove').map(({ path }) => JSON.stringify(path)));
  return faults.flatMap(fault => {
    const place = placeOf(text, fault.path, removed);
    return place ? [problemOf(fault, place, text)] : [];
  });
}

function problemOf({ path, found, wanted, cure }: ShapeFault, { span, removal }: Place, text: string): FileProblem {
  const { start, end } = span;
  const repair: readonly TextEdit[] | undefined = cure === 'remove' ? [removal] : cure && [{ start, end, text: cure(text.slice(start, end)) }];
  const [field] = path;
  const what = cure === 'remove' ? 'Take it out, or write' : 'Write';
  const message = `\`${String(field).slice(0, longestName)}\` has ${called(found)} where CSL has ${wanted}, so that Pandoc can’t read the file. ${what} ${wanted}.`;
  return { start: span.keyStart ?? start, end, message, isLoss: false, stopsPandoc: true, ...(repair && { repair }) };
}

function faultsOf(name: string, value: unknown): readonly ShapeFault[] {
  const kind = name === 'id' ? 'id' : kindOf(name);
  if (typeof value === 'string' && kind !== 'names') {
    return none;
  }
  const found = checks[kind ?? 'unknown'](value);
  return found.length === 0 ? none : found.map(fault => ({ ...fault, path: [name, ...fault.path] }));
}

type Found = Omit<ShapeFault, 'path'> & { readonly path: readonly (string | number)[] };

const checks: Readonly<Record<VariableKind | 'id' | 'unknown', (value: unknown) => readonly Found[]>> = {
  // Our key may come from another field, so that this is its writer's to mend.
  id: value => (isWhole(value) ? none : [at([], value, 'a text', undefined)]),
  text: value => (isWhole(value) ? none : [at([], value, 'a text', textCure(value))]),
  note: value => [at([], value, 'a text', textCure(value))],
  unknown: value => (typeof value === 'number' && !isWhole(value) ? [at([], value, 'a text or a whole number', quoted(value))] : none),
  names: namesFaults,
  date: dateFaults,
};

function textCure(value: unknown): Cure {
  if (isNothing(value)) {
    return 'remove';
  }
  if (typeof value === 'number') {
    return quoted(value);
  }
  const isList = Array.isArray(value) && value.every(each => typeof each === 'string' || typeof each === 'number');
  // As it is read here.
  return isList ? () => JSON.stringify((value as readonly unknown[]).map(each => String(each).trim()).filter(Boolean).join(', ')) : undefined;
}

function namesFaults(value: unknown): readonly Found[] {
  const wanted = 'a list of names, `[{"family": …}]`';
  if (Array.isArray(value)) {
    return value.every(isGoodName) ? none : value.flatMap((each, index) => nameFaults(each).map(fault => ({ ...fault, path: [index, ...fault.path] })));
  }
  if (isNothing(value) || value === '') {
    return [at([], value, wanted, 'remove')];
  }
  const inner = typeof value === 'object' ? nameFaults(value) : [];
  const isName = typeof value === 'object' && inner.length === 0;
  const cure: Cure = typeof value === 'string' ? source => `[{"literal": ${source}}]` : isName ? source => `[${source}]` : undefined;
  return [at([], value, wanted, cure)];
}

const nameParts = new Set(['family', 'given', 'dropping-particle', 'non-dropping-particle', 'suffix', 'literal']);
const nameMarks = new Set(['comma-suffix', 'static-ordering']);

function isGoodName(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return typeof value === 'string';
  }
  for (const part of Object.keys(value)) {
    if (typeof (value as Readonly<Record<string, unknown>>)[part] !== 'string') {
      return nameFaults(value).length === 0;
    }
  }
  return true;
}

function nameFaults(value: unknown): readonly Found[] {
  if (typeof value === 'string') {
    return [];
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [at([], value, 'a name', value === null ? 'remove' : typeof value === 'number' ? quoted(value) : undefined)];
  }
  return Object.entries(value).flatMap(([part, found]) => {
    const isText = typeof found === 'string' || found === null;
    if (nameParts.has(part) && !isText) {
      return [at([part], found, 'a text', typeof found === 'number' ? quoted(found) : undefined)];
    }
    return nameMarks.has(part) && typeof found === 'object' && found !== null ? [at([part], found, '`true` or `false`', 'remove')] : [];
  });
}

function dateFaults(value: unknown): readonly Found[] {
  const wanted = 'a date, `{"date-parts": [[2021, 1]]}`';
  if (isNothing(value)) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? [] : [at([], value, wanted, 'remove')];
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    return [at([], value, wanted, dateCure(value))];
  }
  const { 'date-parts': parts, ...others } = value as Readonly<Record<string, unknown>>;
  const { literal } = others;
  const faults: Found[] = [];
  if (parts !== undefined && parts !== null && !(Array.isArray(parts) && parts.every(isDay))) {
    const read = dateOf(value);
    // `[["in press"]]` and `[["c. 2001"]]` say what no list of numbers can.
    const isMore = Object.keys(read ?? {}).some(field => field !== 'date-parts' && !(field in others));
    const cure: Cure = read === undefined ? 'remove' : () => JSON.stringify(isMore ? { ...others, ...read } : (read['date-parts'] ?? []));
    faults.push(read === undefined || isMore ? at([], parts, wanted, cure) : at(['date-parts'], parts, 'lists of whole numbers', cure));
  }
  if (literal !== undefined && literal !== null && typeof literal !== 'string') {
    faults.push(at(['literal'], literal, 'a text', typeof literal === 'number' ? quoted(literal) : undefined));
  }
  return faults;
}

/** The date as it is read here, where that says all. */
function dateCure(value: unknown): Cure {
  const read = dateOf(value);
  const isPlain = read !== undefined && Object.keys(read).join() === 'date-parts';
  return isPlain ? () => JSON.stringify(read) : undefined;
}

function isDay(value: unknown): boolean {
  return Array.isArray(value) && value.every(part => isWhole(part) || (typeof part === 'string' && /^\d*$/.test(part)));
}

/** A number that Haskell's `Int` holds. */
function isWhole(value: unknown): boolean {
  return Number.isInteger(value) && Math.abs(value as number) < 2 ** 63;
}

/** `null`, `[]` and `{}`: nobody means anything by them. */
function isNothing(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

function at(path: readonly (string | number)[], found: unknown, wanted: string, cure: Cure): Found {
  return { path, found, wanted, cure };
}

function called(value: unknown): string {
  return value === null ? '`null`' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : typeof value === 'string' ? 'a text' : `\`${String(value).slice(0, 20)}\``;
}

interface Place {
  readonly span: JsonSpan;
  /** What takes the value out, with its key and a comma. */
  readonly removal: TextEdit;
}

function placeOf(text: string, path: readonly (string | number)[], removed: ReadonlySet<string>): Place | undefined {
  let [span, from]: [JsonSpan | undefined, number] = [undefined, text.search(/\S/)];
  let removal: TextEdit | undefined;
  for (const [depth, step] of path.entries()) {
    const parts = typeof step === 'string' ? objectMembers(text, from) : arrayItems(text, from);
    const index = typeof step === 'number' ? step : parts.findIndex(({ key }) => key === step);
    // Of two with the same key the last counts here and the first for Pandoc.
    if (typeof step === 'string' && parts.findLastIndex(({ key }) => key === step) !== index) {
      return undefined;
    }
    span = parts[index];
    if (!span) {
      return undefined;
    }
    const isGone = (part: number): boolean => removed.has(JSON.stringify([...path.slice(0, depth), parts[part]!.key ?? part]));
    removal = removalOf(parts, index, isGone);
    from = span.start;
  }
  return span && removal && { span, removal };
}

/** With the comma after it where all before it goes as well, else with the one before it: so no two meet. */
function removalOf(parts: readonly JsonSpan[], index: number, isGone: (part: number) => boolean): TextEdit {
  const isFirst = parts.slice(0, index).every((_, part) => isGone(part));
  const next = parts[index + 1];
  const begin = (part: JsonSpan): number => part.keyStart ?? part.start;
  const start = isFirst ? begin(parts[index]!) : parts[index - 1]!.end;
  return { start, end: isFirst && next ? begin(next) : parts[index]!.end, text: '' };
}
