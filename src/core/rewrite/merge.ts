import type { Citation, Reading } from '../reading.ts';
import { citationsAround, confirmed, firstFrom, sensesOf, type Rewriting } from './rewriting.ts';

/** `[@a] [@b]; [@c]` → `[@a; @b; @c]`: the group and all that stand beside it, with only white space or `,` or `;` between. */
export function merge(reading: Reading, citation: Citation): Rewriting {
  if (citation.kind !== 'group') {
    return { unavailable: 'A citation in the text can’t be merged; toggle it into brackets first.' };
  }
  const run = runAround(reading, citation);
  if (run.length < 2) {
    return { unavailable: 'No other citation in brackets stands directly beside this one.' };
  }
  const { text } = reading;
  const edits = run.slice(1).map(({ start }, index) => {
    const end = run[index]!.end;
    const between = text.slice(end, start).replace(/^\s*[,;]/, '');
    return { start: end - 1, end: start + 1, text: `;${between === '' ? ' ' : between}` };
  });
  const expected = run.flatMap(each => sensesOf(text, each));
  return confirmed(reading, run, edits, expected)
    ? { edits }
    : { unavailable: 'Pandoc would read the merged citation otherwise than the single ones.' };
}

function runAround(reading: Reading, citation: Citation): readonly Citation[] {
  const around = citationsAround(reading, citation.start);
  const run = [citation];
  for (let index = firstFrom(around, citation.start) - 1; areAdjacent(reading, around[index], run[0]); index -= 1) {
    run.unshift(around[index]!);
  }
  for (let index = firstFrom(around, citation.end); areAdjacent(reading, run.at(-1), around[index]); index += 1) {
    run.push(around[index]!);
  }
  return run;
}

/** Whether both are groups, and no words stand between them. */
function areAdjacent({ text }: Reading, first: Citation | undefined, second: Citation | undefined): boolean {
  if (first?.kind !== 'group' || second?.kind !== 'group' || second.start < first.end) {
    return false;
  }
  return /^\s*[,;]?(?:[ \t]|\r?\n[ \t>]*)*$/.test(text.slice(first.end, second.start));
}
