import { isAlteration, type Word } from './words.ts';

/** Words and the numbers by which they are compared; 0 is a word of no source, below 0 stand the marks of changes. */
export interface Sequence {
  readonly text: string;
  readonly words: readonly Word[];
  readonly ids: Int32Array;
}

export const omitted = -1;
export const altered = -2;

/**
 * One step through both sequences: words that match or stand against each other (both indexes), a word that only one of
 * them has (the other index is -1), a mark that allows for a change.
 */
export interface Step {
  readonly kind: 'match' | 'differs' | 'mark';
  readonly here: number;
  readonly print: number;
}

const match = 2;
const edit = -2;
// More than leaving one of the two out and adding it again.
const swap = 1;

// How a cell of the table was reached.
const start = 0;
const matching = 1;
const differing = 2;
const onlyHere = 3;
const onlyPrint = 4;
const marked = 5;
const skipped = 6;
const swapped = 7;

/**
 * The best alignment of a quotation with a source, where either may begin and end within the other: an excerpt leaves out
 * the source's ends, a longer quotation goes on where the stored source has ended. In between every word counts, except
 * that an omission mark or an insertion stands for any number of the source's words.
 */
export class Aligner {
  #scores = new Int32Array(0);
  #moves = new Uint8Array(0);

  align(here: Sequence, print: Sequence): Step[] {
    const head = sameHead(here.ids, print.ids);
    const tail = sameTail(here.ids, print.ids);
    const isAnchored = head.length >= anchor || tail.length >= anchor;
    const table = tableOf(here, print, head, tail);
    if (head.length === here.ids.length) {
      return matches(0, head.print, head.length);
    }
    if (!isAnchored || !table) {
      return this.#between({
        here,
        print,
        here0: 0,
        here1: here.ids.length,
        print0: 0,
        print1: print.ids.length,
        fixed: [false, false],
      });
    }
    const steps = this.#between(table);
    return [
      ...matches(0, table.print0 - table.here0, table.here0),
      ...steps,
      ...matches(table.here1, table.print1, here.ids.length - table.here1),
    ];
  }

  #between(table: Table): Step[] {
    const [rows, columns] = [table.here1 - table.here0 + 1, table.print1 - table.print0 + 1];
    if (this.#scores.length < rows * columns) {
      this.#scores = new Int32Array(rows * columns * 2);
      this.#moves = new Uint8Array(rows * columns * 2);
    }
    this.#fill(table, columns);
    const [row, column] = table.fixed[1] ? [rows - 1, columns - 1] : this.#best(rows, columns);
    return this.#trace(row, column, columns, table);
  }

  #fill({ here, print, here0, here1, print0, fixed }: Table, columns: number): void {
    const [scores, moves] = [this.#scores, this.#moves];
    const [ours, theirs] = [here.ids, print.ids];
    for (let j = 0; j < columns; j += 1) {
      scores[j] = fixed[0] ? j * edit : 0;
      moves[j] = fixed[0] && j > 0 ? onlyPrint : start;
    }
    for (let i = here0, row = columns; i < here1; i += 1, row += columns) {
      const id = ours[i]!;
      const first = scores[row - columns]! + (id === omitted ? 0 : edit);
      scores[row] = fixed[0] ? first : 0;
      moves[row] = fixed[0] ? (id === omitted ? marked : onlyHere) : start;
      for (let j = print0, at = row + 1; at < row + columns; j += 1, at += 1) {
        const [up, left] = [scores[at - columns]!, scores[at - 1]!];
        if (id === omitted) {
          moves[at] = up >= left ? marked : skipped;
          scores[at] = Math.max(up, left);
          continue;
        }
        const isMatch = id === altered ? isAlteration(here.words[i]!.norm, print.words[j]!.norm) : id === theirs[j];
        const diagonal = scores[at - columns - 1]! + (isMatch ? match : edit);
        const side = Math.max(up, left) + edit;
        scores[at] = Math.max(diagonal, side);
        moves[at] = diagonal >= side ? (isMatch ? matching : differing) : up >= left ? onlyHere : onlyPrint;
        if (!isMatch && i > here0 && j > print0 && isSwap(ours, i, theirs, j)) {
          const before = scores[at - 2 * columns - 2]! + swap;
          moves[at] = before > scores[at]! ? swapped : moves[at]!;
          scores[at] = Math.max(before, scores[at]!);
        }
      }
    }
  }

  #best(rows: number, columns: number): [row: number, column: number] {
    let [row, column] = [rows - 1, 0];
    for (let j = 1; j < columns; j += 1) {
      // Of equals the longer: there a word stands against a word.
      if (this.#scores[(rows - 1) * columns + j]! >= this.#scores[row * columns + column]!) {
        column = j;
      }
    }
    for (let i = 1; i < rows; i += 1) {
      if (this.#scores[i * columns + columns - 1]! > this.#scores[row * columns + column]!) {
        [row, column] = [i, columns - 1];
      }
    }
    return [row, column];
  }

  #trace(row: number, column: number, columns: number, { here0, print0 }: Table): Step[] {
    const steps: Step[] = [];
    let [i, j] = [here0 + row, print0 + column];
    for (;;) {
      switch (this.#moves[(i - here0) * columns + j - print0]) {
        case matching:
          steps.push({ kind: 'match', here: (i -= 1), print: (j -= 1) });
          break;
        case differing:
          steps.push({ kind: 'differs', here: (i -= 1), print: (j -= 1) });
          break;
        case swapped:
          steps.push({ kind: 'differs', here: (i -= 1), print: (j -= 1) });
          steps.push({ kind: 'differs', here: (i -= 1), print: (j -= 1) });
          break;
        case onlyHere:
          steps.push({ kind: 'differs', here: (i -= 1), print: -1 });
          break;
        case onlyPrint:
          steps.push({ kind: 'differs', here: -1, print: (j -= 1) });
          break;
        case marked:
          steps.push({ kind: 'mark', here: (i -= 1), print: -1 });
          break;
        case skipped:
          j -= 1;
          break;
        default:
          return steps.reverse();
      }
    }
  }
}

/** The part of both sequences between ends that match; `fixed` tells at which ends nothing is left out freely. */
interface Table {
  readonly here: Sequence;
  readonly print: Sequence;
  readonly here0: number;
  readonly here1: number;
  readonly print0: number;
  readonly print1: number;
  readonly fixed: readonly [start: boolean, end: boolean];
}

/** A run of equal words: where it begins in print, and how long it is. */
interface Run {
  readonly print: number;
  readonly length: number;
}

/** So many words at an end of the quotation, found in a row in the source, stand for those and no others. */
const anchor = 5;

/** The longest run of the source's words with which the quotation begins. */
function sameHead(here: Int32Array, print: Int32Array): Run {
  let best: Run = { print: 0, length: 0 };
  for (let from = 0; from < print.length; from += 1) {
    let length = 0;
    while (length < here.length && from + length < print.length && here[length] === print[from + length]) {
      length += 1;
    }
    best = length > best.length ? { print: from, length } : best;
  }
  return best;
}

/** The longest run of the source's words in which the quotation ends. */
function sameTail(here: Int32Array, print: Int32Array): Run {
  let best: Run = { print: print.length, length: 0 };
  for (let to = print.length; to > 0; to -= 1) {
    let length = 0;
    while (length < here.length && length < to && here[here.length - 1 - length] === print[to - 1 - length]) {
      length += 1;
    }
    best = length > best.length ? { print: to - length, length } : best;
  }
  return best;
}

/** What is left to align; nothing where the ends overlap, as they do where words were repeated. */
function tableOf(here: Sequence, print: Sequence, head: Run, tail: Run): Table | undefined {
  const [isHead, isTail] = [head.length >= anchor, tail.length >= anchor];
  // The last word of a run may belong to what differs: `of the` where print has `of the the`.
  const kept = isHead ? head.length - 1 : 0;
  const cut = isTail ? tail.length - 1 : 0;
  const here1 = here.ids.length - cut;
  const print0 = isHead ? head.print + kept : 0;
  const print1 = isTail ? tail.print + tail.length - cut : print.ids.length;
  return kept <= here1 && print0 <= print1
    ? { here, print, here0: kept, here1, print0, print1, fixed: [isHead, isTail] }
    : undefined;
}

function matches(here: number, print: number, length: number): Step[] {
  return Array.from({ length }, (_, index) => ({ kind: 'match', here: here + index, print: print + index }));
}

function isSwap(here: Int32Array, i: number, print: Int32Array, j: number): boolean {
  return here[i]! > 0 && here[i] === print[j - 1] && here[i - 1] === print[j];
}
