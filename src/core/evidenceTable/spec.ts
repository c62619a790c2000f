import { parseQuery } from '../search/query.ts';
import type { Vocabulary } from '../study.ts';
import { columnIds, defaultColumns, isColumn, type Column } from './columns.ts';
import { isOrder, orderIds, type Order } from './order.ts';

/** Which studies: those the manuscript cites, those a query finds, or those of some citekeys. */
export type StudiesChosen =
  | { readonly by: 'cited' }
  | { readonly by: 'filter'; readonly query: string }
  | { readonly by: 'keys'; readonly keys: readonly string[] };

/** What was chosen for an evidence table. */
export interface TableSpec {
  readonly studies: StudiesChosen;
  readonly columns: readonly Column[];
  readonly order: Order;
}

/** The word that stands for the studies cited. */
const citedWord = 'cited';

const example = '{"studies":"cited","columns":["citation","design","n"],"order":"year"}';

/** The studies that a text means: `cited`, or a query. */
export function studiesOfText(text: string): StudiesChosen {
  const query = text.trim();
  return query === citedWord ? { by: 'cited' } : { by: 'filter', query };
}

/** The choice as its mark keeps it: JSON on one line, in which no comment can end. */
export function printSpec({ studies, columns, order }: TableSpec): string {
  const chosen = studies.by === 'cited' ? citedWord : studies.by === 'filter' ? studies.query : studies.keys;
  return JSON.stringify({ studies: chosen, columns, order }).replaceAll('--', '-\\u002d').replaceAll('>', '\\u003e');
}

/** Reads what a mark keeps. Faults say in one sentence what is not understood, and how to write it. */
export function parseSpec(json: string, vocabulary: Vocabulary): { readonly spec: TableSpec } | { readonly fault: string } {
  const value = parsed(json);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { fault: `what stands behind “evidence-table:” is not understood. Write it like this: ${example}` };
  }
  const { studies, columns = defaultColumns, order = 'cited', ...others } = value as Readonly<Record<string, unknown>>;
  const [other] = Object.keys(others);
  const fault =
    (other !== undefined && `an evidence table has no “${other}”; it has studies, columns and order.`) ||
    faultOfStudies(studies, vocabulary) ||
    faultOfColumns(columns) ||
    (!isOrder(order) && `there is no order ${shown(order)}; there are ${orderIds.join(', ')}.`);
  if (fault) {
    return { fault };
  }
  const chosen: StudiesChosen = typeof studies === 'string' ? studiesOfText(studies) : { by: 'keys', keys: [...new Set(studies as string[])] };
  return { spec: { studies: chosen, columns: [...new Set(columns as Column[])], order: order as Order } };
}

/** What of a query can't be understood, as one sentence; nothing where all is. */
export function faultOfQuery(query: string, vocabulary: Vocabulary): string | undefined {
  return query.trim() === '' ? 'the filter is empty; write for example condition:ptsd design:rct.' : parseQuery(query, vocabulary).problems[0]?.message;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

function faultOfStudies(studies: unknown, vocabulary: Vocabulary): string | undefined {
  if (typeof studies === 'string') {
    return studiesOfText(studies).by === 'cited' ? undefined : faultOfQuery(studies, vocabulary);
  }
  const isList = Array.isArray(studies) && studies.length > 0 && studies.every(each => typeof each === 'string');
  return isList ? undefined : '“studies” is "cited", a filter such as "condition:ptsd", or a list of citekeys such as ["feder2021"].';
}

function faultOfColumns(columns: unknown): string | undefined {
  if (!Array.isArray(columns) || columns.length === 0) {
    return `“columns” is a list of one or more of ${columnIds.join(', ')}.`;
  }
  const wrong: unknown = columns.find(each => !isColumn(each));
  return wrong === undefined ? undefined : `there is no column ${shown(wrong)}; there are ${columnIds.join(', ')}.`;
}

function shown(word: unknown): string {
  return typeof word === 'string' ? `“${word}”` : JSON.stringify(word);
}
