import { fold } from './search/fold.ts';

/**
 * Long lists for a tree: sorted in steps, and split into pages by the first letters of names, so that no editor gets 100,000
 * rows. A page keeps its key for as long as its first letters do, whatever else comes or goes, so that an open one stays open.
 */

/** More rows than this stand under no node. */
export const mostRows = 500;

// Items looked at between two pauses: about a millisecond.
const atOnce = 500;

// Names that agree in so many letters are split by number.
const deepest = 24;

/** The head of what has none; it shares no page with others. */
export const unknownHead = 'n.d.';

/** Something to be listed, as it is sorted. */
export interface Listed<T> {
  readonly item: T;
  /** Folded; see `sortName`. */
  readonly name: string;
  /** By which whole pages are made before names are looked at. */
  readonly head?: string;
}

/** A stretch of a list. */
export interface Page<T> {
  /** Unique among the pages of its list. */
  readonly key: string;
  /** `A–C`, `Smi`, `2019`, `501–1,000`. */
  readonly label: string;
  readonly rows: readonly Listed<T>[];
  /** How many letters of the names are used up in it, for splitting it further. */
  readonly depth: number;
}

/** A name as it is sorted: folded, and what begins with no letter in front. */
export function sortName(name: string): string {
  const folded = fold(name).trim();
  return /^\p{L}/u.test(folded) ? folded : `#${folded}`;
}

/** Sorts in steps, what is equal staying in its order. */
export function* sorted<T>(items: readonly T[], compare: (a: T, b: T) => number): Generator<undefined, readonly T[]> {
  let runs: T[][] = [];
  for (let at = 0; at < items.length; at += atOnce) {
    runs.push(items.slice(at, at + atOnce).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let at = 0; at < runs.length; at += 2) {
      const [left, right] = [runs[at]!, runs[at + 1]];
      merged.push(right ? yield* merge(left, right, compare) : left);
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function* merge<T>(left: readonly T[], right: readonly T[], compare: (a: T, b: T) => number): Generator<undefined, T[]> {
  const merged: T[] = [];
  let [l, r] = [0, 0];
  while (l < left.length || r < right.length) {
    const isLeft = r === right.length || (l < left.length && compare(left[l]!, right[r]!) <= 0);
    merged.push(isLeft ? left[l++]! : right[r++]!);
    if (merged.length % atOnce === 0) {
      yield;
    }
  }
  return merged;
}

/** Splits a sorted list of more than {@link mostRows} into pages; `depth` is that of the page that it is, 0 for a whole list. */
export function* pages<T>(rows: readonly Listed<T>[], depth = 0): Generator<undefined, readonly Page<T>[]> {
  for (let at = depth; at < deepest; at += 1) {
    const runs = yield* runsOf(rows, at);
    if (runs.length > 1) {
      return packed(rows, runs, at + 1);
    }
  }
  return numbered(rows);
}

/** Where the rows of one key begin. */
interface Run {
  readonly key: string;
  readonly start: number;
}

function* runsOf<T>(rows: readonly Listed<T>[], depth: number): Generator<undefined, readonly Run[]> {
  const runs: Run[] = [];
  for (const [start, row] of rows.entries()) {
    const key = keyOf(row, depth);
    if (runs.at(-1)?.key !== key) {
      runs.push({ key, start });
    }
    if (start % atOnce === 0) {
      yield;
    }
  }
  return runs;
}

/** The head at first, where there is one; then one letter of the name, two, three. */
function keyOf({ name, head }: Listed<unknown>, depth: number): string {
  if (head !== undefined && depth === 0) {
    return head;
  }
  const letters = head === undefined ? depth + 1 : depth;
  if (name.startsWith('#')) {
    return '#';
  }
  const key = name.slice(0, letters);
  // Not between the halves of one letter.
  return /[\ud800-\udbff]$/.test(key) ? name.slice(0, letters + 1) : key;
}

/** As many runs side by side as fit into a page. */
function packed<T>(rows: readonly Listed<T>[], runs: readonly Run[], depth: number): readonly Page<T>[] {
  const found: Page<T>[] = [];
  let first = 0;
  for (let next = 1; next <= runs.length; next += 1) {
    const end = runs[next + 1]?.start ?? rows.length;
    if (next === runs.length || runs[next]!.key === unknownHead || end - runs[first]!.start > mostRows) {
      const [from, to] = [runs[first]!, runs[next - 1]!];
      const label = from.key === to.key ? capital(from.key) : rangeLabel(from.key, to.key);
      found.push({ key: from.key, label, rows: rows.slice(from.start, runs[next]?.start), depth });
      first = next;
    }
  }
  return found;
}

/** Years, which stand from the newest, are told from the oldest, as everywhere. */
function rangeLabel(from: string, to: string): string {
  return /^\d+$/.test(from) && /^\d+$/.test(to) ? `${to}–${from}` : `${capital(from)}–${capital(to)}`;
}

function capital(key: string): string {
  return key === unknownHead ? key : key.charAt(0).toUpperCase() + key.slice(1);
}

function numbered<T>(rows: readonly Listed<T>[]): readonly Page<T>[] {
  const found: Page<T>[] = [];
  for (let at = 0; at < rows.length; at += mostRows) {
    const page = rows.slice(at, at + mostRows);
    found.push({ key: `no. ${at + 1}`, label: `${counted(at + 1)}–${counted(at + page.length)}`, rows: page, depth: deepest });
  }
  return found;
}

/** `1,204` */
export function counted(count: number): string {
  return count.toLocaleString('en');
}
