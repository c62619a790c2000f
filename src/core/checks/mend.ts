import type { TextEdit } from '../insertion.ts';
import { escapeMarkdown } from '../quotes.ts';
import type { Sequence } from './align.ts';
import { gapBefore, type Comparison, type Difference } from './compare.ts';
import { punctuation } from './words.ts';

/** Offsets in the manuscript, and in the source what is to stand there. */
interface Patch {
  readonly start: number;
  readonly end: number;
  readonly printStart: number;
  readonly printEnd: number;
}

/**
 * The edits that give a quotation the source's wording: only what differs, where nothing but words stands there, else the
 * whole of it. Nothing where a citation, a note or a writer's own `[...]` would be lost.
 */
export function restoring(here: Sequence, print: Sequence, comparison: Comparison): TextEdit[] | undefined {
  const patches = comparison.differences.map(difference => patchOf(difference, here, print));
  const all = patches.every(patch => isPlain(here.text.slice(patch.start, patch.end)))
    ? patches
    : [wholeOf(here, print, comparison)];
  return all.every(patch => canReplace(here, patch, all === patches))
    ? all.map(({ start, end, printStart, printEnd }) => ({
        start,
        end,
        text: wrapped(escapeMarkdown(print.text.slice(printStart, printEnd)), here.text.slice(start, end)),
      }))
    : undefined;
}

function patchOf(difference: Difference, here: Sequence, print: Sequence): Patch {
  const [start, printStart] = patchStart(difference, here, print);
  const [end, printEnd] = patchEnd(difference, here, print);
  const last = print.text.slice(print.words.at(-1)!.end);
  // The full stop, where it went with a word that stood last in print.
  const isInside =
    difference.print.to === print.words.length && last !== '' && here.text.slice(start, end).includes(last);
  return {
    start,
    end: Math.max(start, end),
    printStart,
    printEnd: isInside ? print.text.length : Math.max(printStart, printEnd),
  };
}

/** Blanks and punctuation beside the words are replaced with them, unless they are the source's already. */
function patchStart(difference: Difference, here: Sequence, print: Sequence): readonly [number, number] {
  const [ours, theirs] = [difference.here.from, difference.print.from];
  if (difference.follows && !(hasBoth(difference) && sameGap(here, ours, print, theirs))) {
    return [here.words[ours - 1]!.end, print.words[theirs - 1]!.end];
  }
  return [here.words[ours]!.start, print.words[theirs]?.start ?? print.text.length];
}

function patchEnd(difference: Difference, here: Sequence, print: Sequence): readonly [number, number] {
  const [ours, theirs] = [difference.here.to, difference.print.to];
  if (difference.precedes && !(hasBoth(difference) && sameGap(here, ours, print, theirs))) {
    // Where words go from the beginning, the next takes their place with its capital.
    return difference.follows
      ? [here.words[ours]!.start, print.words[theirs]!.start]
      : [here.words[ours]!.end, print.words[theirs]!.end];
  }
  return [apostropheBehind(here, ours - 1), apostropheBehind(print, theirs - 1)];
}

/** A word's end; of `authors’ ` the apostrophe belongs to it, unless it closes the quotation. */
function apostropheBehind({ text, words }: Sequence, index: number): number {
  const end = words[index]?.end ?? 0;
  return index + 1 < words.length && /^[’'](?=\s)/.test(text.slice(end, end + 2)) ? end + 1 : end;
}

function hasBoth({ here, print }: Difference): boolean {
  return here.from < here.to && print.from < print.to;
}

function sameGap(here: Sequence, ours: number, print: Sequence, theirs: number): boolean {
  const [gap, printed] = [gapBefore(here, ours), gapBefore(print, theirs)];
  return gap === undefined || printed === undefined || punctuation(gap) === punctuation(printed);
}

/** The stretch's whole, where emphasis begins or ends within what differs. */
function wholeOf(here: Sequence, print: Sequence, comparison: Comparison): Patch {
  return {
    start: here.words[comparison.here.from]!.start,
    end: here.words[comparison.here.to - 1]!.end,
    printStart: print.words[comparison.print.from]!.start,
    printEnd: print.words[comparison.print.to - 1]!.end,
  };
}

function isPlain(text: string): boolean {
  return !/[*_~^`$[\]<>&{}|]/.test(withoutBreaks(text));
}

function canReplace({ text, words }: Sequence, { start, end }: Patch, isWords: boolean): boolean {
  const raw = withoutBreaks(text.slice(start, end));
  const marks = raw.match(/(?<!\\)[*_~`$]/g)?.length ?? 0;
  const loses = words.some(word => word.kind !== 'word' && word.start >= start && word.end <= end);
  return isWords || (marks % 2 === 0 && !loses && !/[[\]<{|]|\^/.test(raw));
}

const lineBreak = /[ \t]*\r?\n[ \t]*(?:>[ \t]?)*/g;

function withoutBreaks(text: string): string {
  return text.replace(lineBreak, ' ');
}

/** The words with the line breaks that stood there before, marks of the block quote included, about where they stood. */
function wrapped(words: string, before: string): string {
  let result = words;
  for (const { index, 0: found } of before.matchAll(lineBreak)) {
    const wanted = Math.round((index / Math.max(before.length - found.length, 1)) * result.length);
    const behind = result.indexOf(' ', wanted);
    const blank = behind >= 0 ? behind : result.lastIndexOf(' ', wanted);
    if (blank >= 0) {
      result = result.slice(0, blank) + found + result.slice(blank + 1);
    }
  }
  return result;
}
