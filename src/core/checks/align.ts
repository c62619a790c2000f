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
    const [rows, columns] = [here.ids.length + 1, print.ids.length + 1];
    if (this.#scores.length < rows * columns) {
      this.#scores = new Int32Array(rows * columns * 2);
      this.#moves = new Uint8Array(rows * columns * 2);
    }
    this.#fill(here, print);
    return this.#trace(...this.#best(rows, columns), columns);
  }

  #fill(here: Sequence, print: Sequence): void {
    const [scores, moves] = [this.#scores, this.#moves];
    const columns = print.ids.length + 1;
    scores.fill(0, 0, columns);
    moves.fill(start, 0, columns);
    for (let i = 1; i <= here.ids.length; i += 1) {
      const row = i * columns;
      const id = here.ids[i - 1]!;
      scores[row] = 0;
      moves[row] = start;
      for (let j = 1, at = row + 1; j < columns; j += 1, at += 1) {
        const [up, left] = [scores[at - columns]!, scores[at - 1]!];
        if (id === omitted) {
          moves[at] = up >= left ? marked : skipped;
          scores[at] = Math.max(up, left);
          continue;
        }
        const isMatch = id === altered ? fits(here, i, print, j) : id === print.ids[j - 1];
        const diagonal = scores[at - columns - 1]! + (isMatch ? match : edit);
        const side = Math.max(up, left) + edit;
        scores[at] = Math.max(diagonal, side);
        moves[at] = diagonal >= side ? (isMatch ? matching : differing) : up >= left ? onlyHere : onlyPrint;
        if (!isMatch && isSwap(here.ids, i, print.ids, j) && scores[at - 2 * columns - 2]! + swap > scores[at]!) {
          scores[at] = scores[at - 2 * columns - 2]! + swap;
          moves[at] = swapped;
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

  #trace(row: number, column: number, columns: number): Step[] {
    const steps: Step[] = [];
    let [i, j] = [row, column];
    for (;;) {
      switch (this.#moves[i * columns + j]) {
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

function isSwap(here: Int32Array, i: number, print: Int32Array, j: number): boolean {
  return i > 1 && j > 1 && here[i - 1]! > 0 && here[i - 1] === print[j - 2] && here[i - 2] === print[j - 1];
}

function fits(here: Sequence, i: number, print: Sequence, j: number): boolean {
  return isAlteration(here.words[i - 1]!.norm, print.words[j - 1]!.norm);
}
