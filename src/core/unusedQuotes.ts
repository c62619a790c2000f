import { wordsOf, wordsOfMarkdown } from './checks/words.ts';
import type { Reading } from './reading.ts';
import type { Quote, Entry } from './study.ts';
import { isProse } from './wordCount.ts';

/** The quotes of a study whose words stand nowhere in these texts, whatever marks, line ends and capitals they have there. */
export function unusedQuotes({ quotes }: Entry, readings: readonly Reading[]): readonly Quote[] {
  return quotes.filter(quote => !readings.some(reading => holds(reading, quote.text)));
}

function holds(reading: Reading, quote: string): boolean {
  const words = joined(wordsOf(quote));
  const rarest = (quote.match(/[\p{L}\p{M}]+/gu) ?? []).reduce((a, b) => (b.length > a.length ? b : a), '');
  if (rarest.length < 2) {
    return false;
  }
  let searched = -1;
  // Only blocks with the quote's longest word are read word by word: a quote's first word may be capitalised anew, no other.
  for (let at = indexOfWord(reading.text, rarest, 0); at >= 0; at = indexOfWord(reading.text, rarest, at + 1)) {
    const { block, start } = reading.blockAt(at);
    if (start === searched || !isProse(block)) {
      continue;
    }
    searched = start;
    const raw = reading.text.slice(start, start + block.length);
    const skipped = [...block.opaque, ...block.citations].sort((a, b) => a.start - b.start);
    if (joined(wordsOfMarkdown(raw, { start: 0, end: raw.length }, skipped)).includes(words)) {
      return true;
    }
  }
  return false;
}

/** Without its first letter, whose case may differ. */
function indexOfWord(text: string, word: string, from: number): number {
  return text.indexOf(word.slice(1), from);
}

function joined(words: readonly { readonly norm: string }[]): string {
  return ` ${words.map(({ norm }) => norm).filter(Boolean).join(' ')} `;
}
