import type { Locator, Span } from '../reading.ts';

/** The CSL locator terms and how English writes them: long, short and symbol, singular and plural. */
const forms: Readonly<Record<string, string>> = {
  book: 'book books bk. bks.',
  chapter: 'chapter chapters chap. chaps.',
  column: 'column columns col. cols.',
  figure: 'figure figures fig. figs.',
  folio: 'folio folios fol. fols.',
  issue: 'number numbers no. nos.',
  line: 'line lines l. ll.',
  note: 'note notes n. nn.',
  opus: 'opus opera op. opp.',
  page: 'page pages p. pp.',
  paragraph: 'paragraph paragraphs para. paras. ¶ ¶¶',
  part: 'part parts pt. pts.',
  section: 'section sections sec. secs. § §§',
  'sub verbo': 'sub_verbo sub_verbis s.v. s.vv.',
  verse: 'verse verses v. vv.',
  volume: 'volume volumes vol. vols.',
};

/** Every form in which a language writes CSL's locator terms, in lower case, and the term it stands for. */
export type LocatorTerms = ReadonlyMap<string, string>;

/** Those of English. */
export const locatorTerms: LocatorTerms = new Map(
  Object.entries(forms).flatMap(([term, names]) => names.split(' ').map(name => [name.replace('_', ' '), term])),
);

/** Those of a language, given as the names of CSL's terms and how its locale writes them. As for Pandoc, `p. 3` is no locator in German. */
export function locatorTermsOf(written: Iterable<readonly [term: string, form: string]>): LocatorTerms {
  const own = new Map<string, string>();
  for (const [name, form] of written) {
    const term = name.replace('-', ' ');
    const text = plainForm(form);
    if (term in forms && text !== '' && !own.has(text)) {
      own.set(text, term);
    }
  }
  return own;
}

function plainForm(form: string): string {
  return form.replace(/\s+/g, ' ').trim().toLowerCase();
}

const longestForms = new WeakMap<LocatorTerms, number>();

function longestForm(terms: LocatorTerms): number {
  const known = longestForms.get(terms) ?? Math.max(...Array.from(terms.keys(), form => form.length));
  longestForms.set(terms, known);
  return known;
}

// Most locators are of this kind, and most of the rest has no digit.
const common = /(?:, ?|)(?:(\p{L}+\.?|§§?|¶¶?) ?|)(\d+(?:[-–]\d+)?)$/uy;
const digitOrRoman = /[\divxlcdm{]/i;

/** The locator that a cite's suffix begins with, as Pandoc's citeproc finds it. The suffix is trimmed. */
export function locatorIn(text: string, suffix: Span, terms: LocatorTerms = locatorTerms): Locator | undefined {
  if (suffix.start === suffix.end) {
    return undefined;
  }
  const raw = text.slice(suffix.start, suffix.end);
  return commonLocator(raw, suffix, terms) ?? (digitOrRoman.test(raw) ? new LocatorReader(raw, suffix.start, terms).read() : undefined);
}

function commonLocator(raw: string, suffix: Span, terms: LocatorTerms): Locator | undefined {
  common.lastIndex = 0;
  const found = common.exec(raw);
  const term = found?.[1] === undefined ? 'page' : terms.get(found[1].toLowerCase());
  if (!found || !term) {
    return undefined;
  }
  const value = { start: suffix.end - found[2]!.length, end: suffix.end };
  const start = found[1] === undefined ? value.start : suffix.start + raw.indexOf(found[1]);
  const labelSpan = { start, end: start + (found[1]?.length ?? 0) };
  return { start, end: value.end, label: term, labelSpan, value, isForced: false };
}

interface Token extends Span {
  /** `node`: an emphasis, a link, a quotation, which is taken as a whole. */
  readonly kind: 'space' | 'mark' | 'word' | 'math' | 'node';
  readonly text: string;
}

const tokens = new RegExp(
  [
    String.raw`(?<space>(?:[\s\u00a0]|&nbsp;|&#160;)+)`,
    String.raw`(?<math>\$[^\s$](?:[^$]*[^\s$])?\$(?!\d))`,
    String.raw`(?<node>(\*{1,3}|(?<![\p{L}\p{N}])_{1,3})(?=\S)[^*_]*?\S\4|\x60[^\x60]+\x60|!?\[[^\][]*\]\([^()]*\)|"[^"]+"|(?<![\p{L}\p{N}])'[^']+'(?![\p{L}\p{N}]))`,
    String.raw`(?<mark>---?|&[mn]dash;|&#821[12];|\\[^\p{L}\p{N}]|(?!:)\p{P})`,
    String.raw`(?<word>[^\s\u00a0\p{P}]+|:)`,
  ].join('|'),
  'gu',
);

function tokensOf(raw: string): Token[] {
  return Array.from(raw.matchAll(tokens), ({ 0: text, index, groups }): Token => {
    const kind = (['space', 'math', 'node', 'mark'] as const).find(each => groups![each] !== undefined) ?? 'word';
    const plain = kind === 'node' ? text.replace(/^[*_`]+|[*_`]+$|^!?\[|\]\([^()]*\)$/g, '') : kind === 'mark' ? text.replace('\\', '') : text;
    return { kind, text: dashes[plain] ?? plain, start: index, end: index + text.length };
  });
}

const dashes: Readonly<Record<string, string>> = {
  '--': '–',
  '---': '—',
  '&ndash;': '–',
  '&mdash;': '—',
  '&#8211;': '–',
  '&#8212;': '—',
};
const roman = /^(?=.)M*(?:CM)?D?(?:CD)?C*(?:XC)?L?(?:XL)?X*(?:IX)?V?(?:IV)?I*$/i;
const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Where a part of a locator ends, as an index of tokens, and whether it holds a number. */
interface Part {
  readonly end: number;
  readonly isNumber: boolean;
  readonly hasDigit: boolean;
}

class LocatorReader {
  readonly #tokens: readonly Token[];
  readonly #offset: number;
  readonly #terms: LocatorTerms;

  constructor(raw: string, offset: number, terms: LocatorTerms) {
    this.#tokens = tokensOf(raw);
    this.#offset = offset;
    this.#terms = terms;
  }

  read(): Locator | undefined {
    let at = this.#is(0, ',') ? 1 : 0;
    at = this.#tokens[at]?.kind === 'space' ? at + 1 : at;
    return this.#forced(at) ?? this.#written(at);
  }

  #is(at: number, mark: string): boolean {
    return this.#tokens[at]?.text === mark;
  }

  /** `{p. iv}`, `{33}`, `{}` */
  #forced(open: number): Locator | undefined {
    if (!this.#is(open, '{')) {
      return undefined;
    }
    const from = this.#tokens[open + 1]?.kind === 'space' ? open + 2 : open + 1;
    const label = this.#label(from, at => at < this.#tokens.length);
    let at = label?.end ?? from;
    const value = at;
    while (at < this.#tokens.length && !this.#is(at, '}')) {
      const close = '[{'.includes(this.#tokens[at]!.text) ? this.#closeOf(at) : at;
      if (close === undefined || this.#is(at, ']')) {
        return undefined;
      }
      at = close + 1;
    }
    return this.#is(at, '}') ? this.#locator({ start: open, end: at + 1 }, label, from, value, at) : undefined;
  }

  /** Brackets in the braces hold no further ones. */
  #closeOf(open: number): number | undefined {
    const close = closing[this.#tokens[open]!.text]!;
    for (let at = open + 1; at < this.#tokens.length; at += 1) {
      if (this.#is(at, close)) {
        return at;
      }
      if ('[]{}'.includes(this.#tokens[at]!.text)) {
        return undefined;
      }
    }
    return undefined;
  }

  /** `p. 3`, `chap. 2, 5-7`, `33` */
  #written(from: number): Locator | undefined {
    const label = this.#label(from, at => this.#word(at, true)?.isNumber === true);
    const start = label?.end ?? from;
    const first = this.#word(start, label === undefined);
    const isEnough = (part: Part | undefined): part is Part => (label ? part?.isNumber : part?.hasDigit) === true;
    // Behind a label a separator may stand in front of the number, as it may in front of every further one.
    const begun = label ? (this.#word(start, false) ?? first) : first;
    if (!isEnough(begun)) {
      return undefined;
    }
    let end = begun.end;
    for (let next = this.#word(end, false); isEnough(next); next = this.#word(end, false)) {
      end = next.end;
    }
    return this.#locator({ start: from, end }, label, from, start, end);
  }

  /** The longest form of a term that stands there with a number behind it. */
  #label(from: number, mayFollow: (at: number) => boolean): { readonly term: string; readonly end: number } | undefined {
    let best: { term: string; end: number } | undefined;
    let text = '';
    const longest = longestForm(this.#terms);
    for (let at = from; at < this.#tokens.length && text.length <= longest; at += 1) {
      text += this.#tokens[at]!.kind === 'space' ? ' ' : this.#tokens[at]!.text;
      const term = this.#terms.get(text.trim().toLowerCase());
      if (term && mayFollow(at + 1)) {
        best = { term, end: at + 1 };
      }
    }
    return best;
  }

  #locator(
    whole: { readonly start: number; readonly end: number },
    label: { readonly term: string; readonly end: number } | undefined,
    from: number,
    valueFrom: number,
    valueTo: number,
  ): Locator {
    const isForced = this.#is(whole.start, '{');
    const labelSpan = label ? this.#trimmed(from, label.end) : this.#emptyAt(from);
    return {
      ...this.#trimmed(whole.start, whole.end),
      label: label?.term ?? 'page',
      labelSpan,
      value: this.#trimmed(valueFrom, valueTo),
      isForced,
    };
  }

  #emptyAt(at: number): Span {
    const start = this.#offset + (this.#tokens[at]?.start ?? this.#tokens.at(-1)!.end);
    return { start, end: start };
  }

  #trimmed(from: number, to: number): Span {
    while (from < to && this.#tokens[from]!.kind === 'space') {
      from += 1;
    }
    while (to > from && this.#tokens[to - 1]!.kind === 'space') {
      to -= 1;
    }
    if (from >= to) {
      return this.#emptyAt(from);
    }
    return { start: this.#offset + this.#tokens[from]!.start, end: this.#offset + this.#tokens[to - 1]!.end };
  }

  /** A number with what belongs to it: `3`, ` 34(1)`, `, 35-37`, ` [17]`. */
  #word(from: number, isFirst: boolean): Part | undefined {
    let at = from;
    if (!isFirst && (this.#is(at, ',') || this.#is(at, ';'))) {
      at += 1;
    }
    if (this.#tokens[at]?.kind === 'space') {
      at += 1;
    }
    let isNumber = false;
    const start = at;
    for (let part = this.#piece(at); part; part = this.#piece(at)) {
      isNumber ||= part.isNumber;
      at = part.end;
    }
    return at > start ? { end: at, isNumber, hasDigit: this.#hasDigit(start, at) } : undefined;
  }

  #hasDigit(from: number, to: number): boolean {
    return this.#tokens.slice(from, to).some(each => /\d/.test(each.text));
  }

  #piece(at: number): Part | undefined {
    const close = closing[this.#tokens[at]?.text ?? ''];
    if (close === undefined) {
      return this.#sequence(at);
    }
    const inside = this.#sequence(at + 1);
    const end = inside?.end ?? at + 1;
    return this.#is(end, close) ? { end: end + 1, isNumber: inside?.isNumber ?? false, hasDigit: false } : undefined;
  }

  /** `1`, `1.2`, `.2`; a full stop behind it is the sentence's. */
  #sequence(at: number): Part | undefined {
    let end = at;
    let isNumber = false;
    const first = this.#unit(at);
    if (first) {
      end = first.end;
      isNumber = first.isNumber;
    }
    for (let next = this.#is(end, '.') ? this.#unit(end + 1) : undefined; next; ) {
      end = next.end;
      isNumber ||= next.isNumber;
      next = this.#is(end, '.') ? this.#unit(end + 1) : undefined;
    }
    return end > at ? { end, isNumber, hasDigit: false } : undefined;
  }

  #unit(from: number): Part | undefined {
    const first = this.#tokens[from];
    if (first?.kind === 'word' && roman.test(first.text)) {
      return { end: from + 1, isNumber: true, hasDigit: false };
    }
    let at = from;
    while (at < this.#tokens.length && isUnitToken(this.#tokens[at]!)) {
      at += 1;
    }
    return at > from ? { end: at, isNumber: this.#hasDigit(from, at), hasDigit: false } : undefined;
  }
}

/** Ranges and `volume:page` belong together. */
function isUnitToken({ kind, text }: Token): boolean {
  return kind === 'word' || kind === 'node' || (kind === 'mark' && (text === '-' || text === '–'));
}
