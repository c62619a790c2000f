import type { Span } from '../reading.ts';

/**
 * A word or a sign of a quotation. `norm` is what two of them are compared by: without case, with straight apostrophes.
 * `omission` is `…` or `[...]`, `insertion` is `[the drug]` or `[sic]`, `altered` is `[F]ew` or `effect[s]`.
 */
export interface Word extends Span {
  readonly kind: 'word' | 'omission' | 'insertion' | 'altered';
  readonly norm: string;
}

const parts = {
  omission: String.raw`(?:\\?[[(][ \t]*)?(?:…|\\?\.\\?\.\\?\.|\.[ \u00a0]\.[ \u00a0]\.)\.?(?:[ \t]*\\?[\])])?`,
  altered: String.raw`[\p{L}\p{N}]*\\?\[\p{L}{0,12}\\?\][\p{L}\p{N}]+|[\p{L}\p{N}]+\\?\[\p{L}{0,12}\\?\]`,
  // Brackets with something behind them are a link or its like: what stands in them are words.
  insertion: String.raw`\\?\[(?!\^)[^[\]]{0,300}\\?\](?![([{])`,
  note: String.raw`\[\^[^\]\s]{1,100}\]|\^\[[^[\]]{0,1000}\]`,
  breakOfQuote: String.raw`\n[ \t]*(?:>[ \t]?)+`,
  number: String.raw`(?<![\p{L}\p{N}.])\.\p{N}+`,
  word: String.raw`[\p{L}\p{M}\p{N}]+(?:(?:\\?['’ʼ]|(?<=\p{N})[.,·](?=\p{N}))[\p{L}\p{M}\p{N}]+)*`,
  minus: String.raw`(?<=^|[\s(=<>“"‘'≤≥])[-−–](?=\.?\p{N})`,
  entity: String.raw`&(?:[a-z]{2,8}|#\d{1,6});`,
  sign: String.raw`[<>=≤≥±%+×÷≈&]`,
};

const plainWord = new RegExp(`(?<word>${parts.number}|${parts.word}|${parts.minus}|${parts.sign})`, 'gu');
const markdownWord = new RegExp(
  `(?<gap>${parts.note}|${parts.breakOfQuote})|(?<omission>${parts.omission})|(?<altered>${parts.altered})|` +
    `(?<insertion>${parts.insertion})|(?<entity>${parts.entity})|` +
    `(?<word>${parts.number}|${parts.word}|${parts.minus}|${parts.sign})`,
  'gu',
);

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&le;': '≤', '&ge;': '≥' };

/** The words of a source. */
export function wordsOf(text: string): Word[] {
  return Array.from(text.matchAll(plainWord), match => word(match.index, match[0], match[0]));
}

/** The words of a stretch of Markdown, without what stands in `skipped` (in order): citations, addresses, comments. */
export function wordsOfMarkdown(text: string, { start, end }: Span, skipped: readonly Span[]): Word[] {
  const words: Word[] = [];
  let from = start;
  for (const span of [...skipped, { start: end, end }]) {
    if (span.end > from) {
      const until = Math.min(Math.max(span.start, from), end);
      readWords(text.slice(from, until), from, words);
      from = span.end;
    }
    if (from >= end) {
      break;
    }
  }
  return words;
}

function readWords(text: string, offset: number, words: Word[]): void {
  for (const { index, 0: found, groups } of text.matchAll(markdownWord)) {
    const at = offset + index;
    if (groups!.word !== undefined) {
      words.push(word(at, found, found));
    } else if (groups!.entity !== undefined && entities[found]) {
      words.push(word(at, found, entities[found]));
    } else if (groups!.altered !== undefined) {
      words.push({ kind: 'altered', start: at, end: at + found.length, norm: normal(found.replace(/\\/g, '')) });
    } else if (groups!.omission !== undefined || groups!.insertion !== undefined) {
      const kind = groups!.omission === undefined ? 'insertion' : 'omission';
      words.push({ kind, start: at, end: at + found.length, norm: '' });
    }
  }
}

function word(start: number, found: string, meant: string): Word {
  return { kind: 'word', start, end: start + found.length, norm: normal(meant) };
}

function normal(text: string): string {
  const lower = text.toLowerCase();
  return /^[\w.,%]*$/.test(lower)
    ? lower
    : lower
        .normalize('NFKC')
        .replace(/\\?[’ʼ]|\\'/g, "'")
        .replace(/·/g, '.')
        .replace(/^[−–]$/, '-');
}

/** Whether the word of the source may be what `[F]ew` or `effect[s]` stands for: what is outside the brackets is its own. */
export function isAlteration(altered: string, norm: string): boolean {
  const [before = '', after = ''] = altered.split(/\[[^\]]*\]/);
  return norm.length >= before.length + after.length && norm.startsWith(before) && norm.endsWith(after);
}

/** The punctuation between two words that print must have too; marks of quotation, emphasis and dashes may differ. */
export function punctuation(gap: string): string {
  return gap.replace(/[^,;:.?!()/]+/g, '');
}
