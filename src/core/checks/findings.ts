import type { Aligner, Sequence } from './align.ts';
import type { Passage } from './passages.ts';
import { wordsOf } from './words.ts';

/** So many words of a finding in a row, or this share of all, are ours and no chance. */
const longRun = 8;
const mostOfIt = 0.7;
const fewest = 5;

/** Whether a quotation gives our words on a study for its authors'; figures are nobody's, and the title is theirs. */
export function isFindingQuoted(aligner: Aligner, here: Sequence, finding: Passage): boolean {
  const counts = finding.words.map(({ norm }) => (/\p{L}{2}/u.test(norm) ? 1 : 0));
  const all = counts.filter(count => count > 0).length;
  const matching = aligner.align(here, finding).filter(({ kind, print }) => kind === 'match' && counts[print] === 1);
  const isOurs =
    matching.length >= Math.max(mostOfIt * all, fewest) || longestRun(here.ids, finding.ids, counts) >= longRun;
  return isOurs && !isTitle(here, finding.study.csl.title);
}

/** The longest run of both that is the same, in words that count. */
function longestRun(here: Int32Array, print: Int32Array, counts: readonly number[]): number {
  let longest = 0;
  let last = new Uint16Array(print.length + 1);
  for (const id of here) {
    const row = new Uint16Array(print.length + 1);
    for (let j = 1; j <= print.length; j += 1) {
      row[j] = id === print[j - 1] ? last[j - 1]! + counts[j - 1]! : 0;
      longest = Math.max(longest, row[j]!);
    }
    last = row;
  }
  return longest;
}

function isTitle({ words }: Sequence, title: string): boolean {
  const norms = (all: readonly { readonly norm: string }[]): string => ` ${all.map(({ norm }) => norm).join(' ')} `;
  return norms(wordsOf(title)).includes(norms(words));
}
