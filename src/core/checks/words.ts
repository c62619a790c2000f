import { referenceEnd, withoutReferences } from '../characterReferences.ts';
import type { Span } from '../reading.ts';

/**
 * A word or a sign of a quotation. `norm` is what two of them are compared by: without case, with straight apostrophes.
 * `omission` is `…` or `[...]`, `insertion` is `[the drug]` or `[sic]`, `altered` is `[F]ew` or `effect[s]`.
 */
export interface Word extends Span {
  readonly kind: 'word' | 'omission' | 'insertion' | 'altered';
  readonly norm: string;
}

// What is rarer than words and blanks; each is tried where its first character stands.
const omission = /(?:\\?[[(][ \t]*)?(?:…|\\?\.\\?\.\\?\.|\.[ \u00a0]\.[ \u00a0]\.)\.?(?:[ \t]*\\?[\])])?/y;
const altered = /[\p{L}\p{N}]*\\?\[\p{L}{0,12}\\?\][\p{L}\p{N}]+|[\p{L}\p{N}]+\\?\[\p{L}{0,12}\\?\]/uy;
// Brackets with something behind them are a link or its like: what stands in them are words.
const insertion = /\\?\[(?!\^)[^[\]]{0,300}\\?\](?![([{])/y;
const gap = /\[\^[^\]\s]{1,100}\]|\^\[[^[\]]{0,1000}\]|\n[ \t]*(?:>[ \t]?)+/y;

const signs = '<>=≤≥±%+×÷≈&';
const apostrophes = "'’ʼ";

/** The words of a source. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  new Scanner(text, text.length, false).read(0, words);
  return words;
}

/** The words of a stretch of Markdown, without what stands in `skipped` (in order): citations, addresses, comments. */
export function wordsOfMarkdown(text: string, { start, end }: Span, skipped: readonly Span[]): Word[] {
  const words: Word[] = [];
  let from = start;
  for (let next = firstBehind(skipped, start); from < end; next += 1) {
    const until = Math.max(Math.min(skipped[next]?.start ?? end, end), from);
    new Scanner(text, until, true).read(from, words);
    from = Math.max(skipped[next]?.end ?? end, until);
  }
  return words;
}

/** The first of the spans that ends behind an offset. */
function firstBehind(spans: readonly Span[], offset: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.end <= offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

const other = 1;
const letter = 2;
const digit = 3;
// Of every code unit, once asked, what it is: a regular expression for each character would cost most of a check's time.
const classes = new Uint8Array(2 ** 16);

function classOf(code: number): number {
  return (classes[code] ||= classified(String.fromCharCode(code)));
}

function classified(char: string): number {
  return /[\p{L}\p{M}\p{Cs}]/u.test(char) ? letter : /\p{N}/u.test(char) ? digit : other;
}

/** Reads the words of a text up to an end. */
class Scanner {
  readonly #text: string;
  readonly #end: number;
  readonly #isMarkdown: boolean;

  constructor(text: string, end: number, isMarkdown: boolean) {
    this.#text = text;
    this.#end = end;
    this.#isMarkdown = isMarkdown;
  }

  read(from: number, words: Word[]): void {
    for (let at = from; at < this.#end;) {
      const code = this.#text.charCodeAt(at);
      if (code === 32) {
        at += 1;
      } else if (classOf(code) !== other) {
        at = this.#word(at, at, words);
      } else {
        at = (this.#isMarkdown && this.#markup(at, words)) || this.#sign(at, from, words);
      }
    }
  }

  /** The word that starts at an offset and goes on at another; answers where it ends. */
  #word(start: number, from: number, words: Word[]): number {
    let end = from;
    for (;;) {
      while (end < this.#end && classOf(this.#text.charCodeAt(end)) !== other) {
        end += 1;
      }
      if (end >= this.#end || this.#text.charCodeAt(end) === 32 || !this.#goesOn(end)) {
        break;
      }
      end += this.#text[end] === '\\' ? 2 : 1;
    }
    if (this.#isMarkdown && (this.#text[end] === '[' || this.#text.startsWith('\\[', end))) {
      const found = this.#match(altered, start);
      if (found) {
        words.push({ kind: 'altered', start, end: start + found.length, norm: normal(found.replace(/\\/g, '')) });
        return start + found.length;
      }
    }
    words.push({ kind: 'word', start, end, norm: normal(this.#text.slice(start, end)) });
    return end;
  }

  /** Whether an apostrophe or a decimal point here stands within the word. */
  #goesOn(at: number): boolean {
    const char = this.#text[at]!;
    if (char === '\\') {
      return apostrophes.includes(this.#text[at + 1] ?? ' ') && this.#classAt(at + 2) !== other;
    }
    return apostrophes.includes(char)
      ? this.#classAt(at + 1) !== other
      : '.,·'.includes(char) && this.#classAt(at - 1) === digit && this.#classAt(at + 1) === digit;
  }

  /** Marks of changes, notes, entities and the signs of a block quote; answers where they end, 0 where there is none. */
  #markup(at: number, words: Word[]): number {
    const char = this.#text[at]!;
    if (!'[(….\\&^\n'.includes(char)) {
      return 0;
    }
    const note = this.#match(gap, at);
    const mark = note ? undefined : (this.#match(omission, at) ?? undefined);
    const change = note || mark ? undefined : this.#match(altered, at);
    const inserted = note || mark || change ? undefined : this.#match(insertion, at);
    const found = note ?? mark ?? change ?? inserted ?? this.#reference(at);
    const end = at + (found?.length ?? 0);
    if (mark !== undefined || inserted !== undefined) {
      words.push({ kind: mark === undefined ? 'insertion' : 'omission', start: at, end, norm: '' });
    } else if (change !== undefined) {
      words.push({ kind: 'altered', start: at, end, norm: normal(change.replace(/\\/g, '')) });
    } else if (found && char === '&' && signs.includes(withoutReferences(found))) {
      words.push({ kind: 'word', start: at, end, norm: withoutReferences(found) });
    }
    return found ? end : 0;
  }

  #reference(at: number): string | undefined {
    const end = this.#text[at] === '&' ? referenceEnd(this.#text, at) : undefined;
    return end === undefined ? undefined : this.#text.slice(at, end);
  }

  /** Signs that say as much as words, a minus among them; answers where to go on. */
  #sign(at: number, from: number, words: Word[]): number {
    const char = this.#text[at]!;
    const isNumber = (offset: number): boolean =>
      this.#classAt(offset + (this.#text[offset] === '.' ? 1 : 0)) === digit;
    const isDecimal =
      char === '.' && this.#classAt(at + 1) === digit && (at === from || !/[\p{L}\p{N}.]/u.test(this.#text[at - 1]!));
    if (isDecimal) {
      return this.#word(at, at + 1, words);
    }
    const isMinus =
      '-−–'.includes(char) && isNumber(at + 1) && (at === from || /[\s(=<>“"‘'≤≥]/.test(this.#text[at - 1]!));
    if (isMinus || signs.includes(char)) {
      words.push({ kind: 'word', start: at, end: at + 1, norm: normal(char) });
    }
    return at + 1;
  }

  #classAt(at: number): number {
    return at < this.#end ? classOf(this.#text.charCodeAt(at)) : other;
  }

  #match(pattern: RegExp, at: number): string | undefined {
    pattern.lastIndex = at;
    const found = pattern.exec(this.#text)?.[0];
    return found !== undefined && at + found.length <= this.#end ? found : undefined;
  }
}

const isSimple = /^[\w.,%-]*$/;

function normal(text: string): string {
  const lower = text.toLowerCase();
  return isSimple.test(lower)
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
  return gap.replace(/&[a-z]{2,8};|&#\d{1,6};|[^,;:.?!()/]+/g, '');
}
