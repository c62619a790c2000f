import type { Aligner, Sequence, Step } from './align.ts';
import { punctuation } from './words.ts';

/** Indexes of words, `[from, to)`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Words here that stand for others in print; either may be none. */
export interface Difference {
  readonly here: Stretch;
  readonly print: Stretch;
  /** Whether the words before, and those behind, match; not so at the ends and beside `[...]`. */
  readonly follows: boolean;
  readonly precedes: boolean;
  /** Only what stands between two matching words differs; the stretches are empty. */
  readonly isPunctuation: boolean;
}

export interface Comparison {
  /** Words that match. */
  readonly matched: number;
  /** Their number, less what the differences weigh. */
  readonly score: number;
  readonly differences: readonly Difference[];
  /** From the first matching or differing word to the last. */
  readonly here: Stretch;
  readonly print: Stretch;
}

/**
 * Quotation and source are nearly equal, and so the one is taken from the other, where the words that match, in their
 * order, outnumber what the differences weigh by at least this many. A stretch of words that differs weighs 2, and a half
 * more for every further word in it; at the quotation's ends, where another passage may just begin or end alike, 3.
 * So one word may differ in 7, two far apart in 10; differing punctuation weighs nothing.
 */
export const enough = 4;
const weightOf = { within: 2, atEnd: 3, furtherWord: 0.5 };

/** At least so many of the matching words must be longer than `of`, `the`, `was`. */
const fewestLong = 3;

/** Half of the quotation's words must match, or so many. */
const fewestOfLonger = 12;

/** More words than this, added where the source ends, are no slip but a quotation that ends elsewhere. */
const mostAdded = 5;

const breaksSentence = /[.:;?!—–]|--|\n[\s>]*-\s/;

/** What of a quotation differs from a source; nothing where the two are not nearly equal. */
export function compare(aligner: Aligner, here: Sequence, print: Sequence): Comparison | undefined {
  const steps = aligner.align(here, print);
  const firstMatch = steps.findIndex(({ kind }) => kind === 'match');
  if (firstMatch < 0) {
    return undefined;
  }
  const grouped = differencesIn(steps, here, print);
  const matching = steps.filter(({ kind }) => kind === 'match');
  const long = matching.filter(step => here.words[step.here]!.norm.length > 3).length;
  const inner = grouped.differences.filter(each => !isBeyond(each, here));
  const matched = matching.length + grouped.joined;
  const differences = [...addedBefore(steps, here, print), ...inner, ...addedBehind(steps, here, print)];
  const score = matched - differences.reduce((sum, each) => sum + weigh(each), 0);
  if (score < enough || long < fewestLong || matched < Math.min(here.words.length / 2, fewestOfLonger)) {
    return undefined;
  }
  const around = (side: 'here' | 'print'): Stretch => ({
    from: Math.min(matching[0]![side], ...differences.map(each => each[side].from)),
    to: Math.max(matching.at(-1)![side] + 1, ...differences.map(each => each[side].to)),
  });
  return { matched, score, differences, here: around('here'), print: around('print') };
}

function differencesIn(
  steps: readonly Step[],
  here: Sequence,
  print: Sequence,
): { differences: Difference[]; joined: number } {
  const differences: Difference[] = [];
  let joined = 0;
  for (let index = 0; index < steps.length; index += 1) {
    const [step, before] = [steps[index]!, steps[index - 1]];
    if (step.kind === 'match' && before?.kind === 'match') {
      differences.push(...punctuationBetween(before, step, here, print));
    }
    if (step.kind !== 'differs') {
      continue;
    }
    let end = index + 1;
    while (steps[end]?.kind === 'differs') {
      end += 1;
    }
    const found = difference(steps, index, end, print);
    const isJoined = concatenated(here, found.here) === concatenated(print, found.print);
    joined += isJoined ? found.print.to - found.print.from : 0;
    differences.push(...(isJoined ? [] : [found]));
    index = end - 1;
  }
  return { differences, joined };
}

function difference(steps: readonly Step[], start: number, end: number, print: Sequence): Difference {
  const run = steps.slice(start, end);
  const [before, after] = [steps[start - 1], steps[end]];
  const stretch = (side: 'here' | 'print'): Stretch => {
    const indexes = run.map(step => step[side]).filter(each => each >= 0);
    // Without words of its own it lies between its neighbours.
    const from = indexes[0] ?? (before ? before[side] + 1 : (after?.[side] ?? 0));
    return { from, to: from + indexes.length };
  };
  const [follows, precedes] = [before?.kind === 'match', after?.kind === 'match'];
  const inPrint = stretch('print');
  const from = follows ? inPrint.from : compoundStart(print, inPrint.from);
  return { here: stretch('here'), print: { ...inPrint, from }, follows, precedes, isPunctuation: false };
}

/** What stands for `traumatic` at a quotation's beginning stands for the whole of `post-traumatic`. */
function compoundStart({ text, words }: Sequence, index: number): number {
  let from = index;
  while (from > 0 && /^[-‐‑]$/.test(text.slice(words[from - 1]!.end, words[from]?.start))) {
    from -= 1;
  }
  return from;
}

function punctuationBetween(before: Step, step: Step, here: Sequence, print: Sequence): Difference[] {
  const [ours, theirs] = [gapBefore(here, step.here), gapBefore(print, step.print)];
  if (ours === undefined || theirs === undefined || ours === theirs || punctuation(ours) === punctuation(theirs)) {
    return [];
  }
  return [
    {
      here: { from: step.here, to: step.here },
      print: { from: step.print, to: step.print },
      follows: before.kind === 'match',
      precedes: true,
      isPunctuation: true,
    },
  ];
}

/** What stands between a word and the one before it; nothing where that is a citation, a note or a link's address. */
export function gapBefore({ text, words }: Sequence, index: number): string | undefined {
  const gap = text.slice(words[index - 1]?.end ?? 0, words[index]?.start);
  return /[@[\]<{]/.test(gap) ? undefined : gap;
}

function weigh({ here, print, follows, precedes, isPunctuation }: Difference): number {
  if (isPunctuation) {
    return 0;
  }
  const words = Math.max(here.to - here.from, print.to - print.from);
  return (follows && precedes ? weightOf.within : weightOf.atEnd) + weightOf.furtherWord * (words - 1);
}

/** `post-traumatic`, `post traumatic` and `posttraumatic` are the same. */
function concatenated({ words }: Sequence, { from, to }: Stretch): string {
  return words
    .slice(from, to)
    .map(({ norm }) => norm)
    .join('');
}

/** Differing words at an end behind a full stop or a dash are no part of the quoted sentence: `— Author 17`. */
function isBeyond({ here: { from, to }, follows, precedes, isPunctuation }: Difference, here: Sequence): boolean {
  if (isPunctuation || follows === precedes) {
    return false;
  }
  return breaksSentence.test(gapBefore(here, follows ? from : to) ?? '.');
}

/** Words before the source's first, in the same sentence: the source has none there, since it begins a sentence. */
function addedBefore([first]: readonly Step[], here: Sequence, print: Sequence): Difference[] {
  const to = first?.kind === 'match' && first.print === 0 ? first.here : 0;
  const isAdded = to > 0 && to <= mostAdded && /^\p{Lu}/u.test(print.text) && isWithinSentence(here, 0, to);
  return isAdded
    ? [{ here: { from: 0, to }, print: none(0), follows: false, precedes: true, isPunctuation: false }]
    : [];
}

function addedBehind(steps: readonly Step[], here: Sequence, print: Sequence): Difference[] {
  const last = steps.at(-1)!;
  const from = last.kind === 'match' && last.print === print.words.length - 1 ? last.here + 1 : here.words.length;
  const to = here.words.length;
  const isAdded =
    from < to && to - from <= mostAdded && /[.?!]$/.test(print.text) && isWithinSentence(here, from - 1, to - 1);
  const at = print.words.length;
  return isAdded ? [{ here: { from, to }, print: none(at), follows: true, precedes: false, isPunctuation: false }] : [];
}

/** Whether no sentence ends between the words from one to another, and nothing marks a change. */
function isWithinSentence(here: Sequence, from: number, to: number): boolean {
  for (let index = from; index <= to; index += 1) {
    const gap = index === from ? '' : gapBefore(here, index);
    if (gap === undefined || breaksSentence.test(gap) || here.ids[index]! < 0) {
      return false;
    }
  }
  return true;
}

function none(at: number): Stretch {
  return { from: at, to: at };
}
