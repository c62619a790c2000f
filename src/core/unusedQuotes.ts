import { wordsOf, wordsOfMarkdown } from './checks/words.ts';
import { Pace } from './markdown/pace.ts';
import { longestPiece, pieceEnd } from './pieces.ts';
import type { Placed, Reading, Span } from './reading.ts';
import type { Quote, Entry } from './study.ts';
import { isProse } from './wordCount.ts';

/**
 * The quotes of a study whose words stand nowhere in these texts, whatever marks, line ends and capitals they have there.
 * Yields behind every long stretch that was searched.
 */
export function* unusedQuotes({ quotes }: Entry, readings: readonly Reading[]): Generator<undefined, readonly Quote[]> {
  const unused: Quote[] = [];
  for (const quote of quotes) {
    if (!(yield* stands(quote.text, readings))) {
      unused.push(quote);
    }
  }
  return unused;
}

function* stands(quote: string, readings: readonly Reading[]): Generator<undefined, boolean> {
  for (const reading of readings) {
    if (yield* holds(reading, quote)) {
      return true;
    }
  }
  return false;
}

function* holds(reading: Reading, quote: string): Generator<undefined, boolean> {
  const words = joined(wordsOf(quote));
  const rarest = (quote.match(/[\p{L}\p{M}]+/gu) ?? []).reduce((a, b) => (b.length > a.length ? b : a), '');
  if (rarest.length < 2) {
    return false;
  }
  const pace = new Pace();
  // Only stretches with the quote's longest word are read word by word: a quote's first word may be capitalised anew, no other.
  for (let at = yield* found(reading.text, rarest.slice(1), 0); at >= 0; ) {
    const placed = reading.blockAt(at);
    const stretch = stretchAround(reading.text, placed, at, quote.length * atMost);
    if (isProse(placed.block) && joined(wordsBetween(reading.text, placed, stretch)).includes(words)) {
      return true;
    }
    if (pace.isDue(stretch.end - stretch.start)) {
      yield;
    }
    at = yield* found(reading.text, rarest.slice(1), Math.max(at + 1, placed.start + stretch.searched));
  }
  return false;
}

/** What stands between a quote's words, marks of a block quote, notes and citations, makes it at most so many times as long. */
const atMost = 8;

/** Where the text has the words next. What was searched in vain for a while is let go on from there. */
function* found(text: string, words: string, from: number): Generator<undefined, number> {
  for (let start = from; start < text.length; start += longestSearch) {
    const at = text.slice(start, start + longestSearch + words.length - 1).indexOf(words);
    if (at >= 0) {
      return start + at;
    }
    yield;
  }
  return -1;
}

const longestSearch = 1 << 18;

/** The stretch of a block in which a quote may stand that has a word at an offset, and how far others need no stretch of their own. */
interface Stretch extends Span {
  readonly searched: number;
}

/** A whole block, or of a long one a piece with room for the quote on both sides. Offsets count from the block's start. */
function stretchAround(text: string, { block, start }: Placed, offset: number, room: number): Stretch {
  if (block.length <= longestPiece) {
    return { start: 0, end: block.length, searched: block.length };
  }
  const from = Math.max(0, offset - start - room);
  const searched = pieceEnd(text, offset, start + block.length) - start;
  return { start: from, end: Math.min(block.length, searched + room), searched };
}

function wordsBetween(text: string, { block, start }: Placed, stretch: Span): readonly { readonly norm: string }[] {
  const touches = (span: Span): boolean => span.end > stretch.start && span.start < stretch.end;
  const skipped = [...block.opaque.filter(touches), ...block.citations.filter(touches)].sort((a, b) => a.start - b.start);
  return wordsOfMarkdown(text.slice(start, start + block.length), stretch, skipped);
}

function joined(words: readonly { readonly norm: string }[]): string {
  return ` ${words.map(({ norm }) => norm).filter(Boolean).join(' ')} `;
}
