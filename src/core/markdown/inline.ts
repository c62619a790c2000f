import type { Bracket, Citation, Cite, CiteMode, OpaqueSpan, Span } from '../reading.ts';
import { Char, isSpace, isWordAt, isWordBefore, skipSpace, widthAt } from './chars.ts';
import { referenceEnd } from '../characterReferences.ts';
import { keyAt, type KeyFound } from './key.ts';
import { locatorIn } from './locators.ts';
import { attributesEnd, Opaques } from './opaque.ts';
import { matchingPairs } from './pairs.ts';

/** What the rest of the document says that a paragraph's reading depends on. */
export interface Facts {
  /** `(@good)` in a list of examples: `@good` is its number then, no cite. */
  isExample(label: string): boolean;
  /** `[label]: https://…` stands in the document. The label with white space folded, in lower case. */
  isDefined(label: string): boolean;
}

export interface Inline {
  readonly citations: readonly Citation[];
  readonly opaque: readonly OpaqueSpan[];
  readonly brackets: readonly Bracket[];
}

/** What holds neither citations nor brackets nor anything that is not prose. */
export const nothing: Inline = { citations: [], opaque: [], brackets: [] };

/** Reads the inline text of one paragraph, heading or table cell. Offsets count from its start. */
export function readInline(text: string, facts: Facts): Inline {
  return nextMark(text, 0, text.length, scanned) < text.length ? new InlineReader(text, facts).read() : nothing;
}

// Tables of characters: most of a text is none of them, and looking each up is faster than any search.
const scanned = tableOf('@`$<[]\\');
const marks = tableOf('@`$<[\\*_!^~');

function tableOf(chars: string): Uint8Array {
  const table = new Uint8Array(128);
  for (const char of chars) {
    table[char.charCodeAt(0)] = 1;
  }
  return table;
}

/** The offset of the next character that the table holds, at most `limit`. */
function nextMark(text: string, from: number, limit: number, table: Uint8Array): number {
  for (let at = from; at < limit; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 128 && table[code] === 1) {
      return at;
    }
  }
  return limit;
}

// Deeper nesting than this is no writing; it is read as plain text.
const deepest = 48;

// Nor does any writing need to be gone over more often than this; what does is read as plain text from there on. Of a long
// text the whole is gone over once, and no more of it again than of a short one: a step takes about a microsecond.
const mostTimes = 16;
const longestRepeated = 1024;

/** What the reader stops at: nothing, a citation's `]` or key, its `;` or `]`, or the marks that close an enclosure. */
type Stop = { readonly until: 'end' } | { readonly until: 'key' | 'part' } | Enclosure;

interface Enclosure {
  readonly until: 'mark';
  readonly mark: string;
  /** Behind how many code units of white space in front of the mark it does not close; sub- and superscript hold none. */
  readonly noSpace: boolean;
  /** `_` closes nothing in front of a letter. */
  readonly notBeforeWord: boolean;
}

const toEnd: Stop = { until: 'end' };
const toKey: Stop = { until: 'key' };
const toPart: Stop = { until: 'part' };

interface Remembered {
  /** `-1`: it failed. */
  readonly end: number;
  readonly limit: number;
  readonly labelAt: number;
  readonly citations: readonly Citation[];
}

/**
 * Pandoc's inline grammar, as far as it decides where a citation stands: a citation's prefix and suffix are inlines, so
 * that an emphasis, a quotation or a link in them hides the `;`, `]` and `@` it holds. What was found or not found at a
 * place inside brackets is remembered, so that reading them once as a citation and once as a link costs no more than twice.
 */
class InlineReader {
  readonly #text: string;
  readonly #facts: Facts;
  readonly #opaques: Opaques;
  readonly #opaque: OpaqueSpan[] = [];
  readonly #brackets: Bracket[] = [];
  readonly #ats: number[] = [];
  // Made when first needed: a text has thousands of paragraphs, and most need none of these.
  #opaqueAt: Map<number, OpaqueSpan> | undefined;
  #memo: Map<number, Remembered> | undefined;
  #parentheses: ReadonlyMap<number, number> | undefined;
  #found: Citation[] = [];
  /** Where a word or an emphasis ended last, behind which `@` is no cite; and where something else did that looks like one. */
  #wordEnd = -1;
  #otherEnd = -1;
  /** Where brackets begin that are read as the label of a link whose text is the brackets before them. */
  #labelAt = -1;
  /** Where the last `^[` of the text is; -1 if there is none. */
  #lastNote: number | undefined;
  #depth = 0;
  /** How many brackets around are being tried. */
  #tries = 0;
  #steps = 0;
  readonly #mostSteps: number;

  constructor(text: string, facts: Facts) {
    this.#text = text;
    this.#facts = facts;
    this.#opaques = new Opaques(text);
    this.#mostSteps = text.length + mostTimes * Math.min(text.length, longestRepeated);
  }

  read(): Inline {
    this.#scan();
    if (this.#ats.length > 0) {
      this.#run(0, this.#text.length, toEnd);
    }
    this.#opaque.sort((a, b) => a.start - b.start);
    // Copies of their own length: these are kept, and an array that grew keeps room for seventeen.
    return { citations: this.#found.slice(), opaque: this.#opaque.slice(), brackets: this.#brackets.slice() };
  }

  /** One pass for what is not prose and for the pairs of brackets. */
  #scan(): void {
    const text = this.#text;
    const open: number[] = [];
    for (let at = nextMark(text, 0, text.length, scanned); at < text.length; ) {
      let next = at + 1;
      switch (text.charCodeAt(at)) {
        case Char.at:
          this.#ats.push(at);
          break;
        case Char.openBracket:
          open.push(this.#brackets.length);
          this.#brackets.push({ start: at, end: text.length, closed: false });
          break;
        case Char.closeBracket:
          next = this.#close(open.pop(), at + 1);
          break;
        default: {
          const span = this.#opaques.at(at);
          if (span) {
            this.#take(span);
            next = span.end;
          } else if (text.charCodeAt(at) === Char.backslash) {
            next = at + 2;
          }
        }
      }
      at = nextMark(text, next, text.length, scanned);
    }
  }

  #take(span: OpaqueSpan): void {
    this.#opaque.push(span);
    this.#opaqueAt ??= new Map();
    this.#opaqueAt.set(span.start, span);
  }

  /** Behind the `]` that closes the bracket at an offset. */
  #closeOf(at: number): number | undefined {
    const found = this.#brackets[firstFrom(at, this.#brackets.length, index => this.#brackets[index]!.start)];
    return found?.start === at && found.closed ? found.end : undefined;
  }

  /** Closes a pair; answers where reading goes on: behind the target of a link. */
  #close(index: number | undefined, end: number): number {
    if (index === undefined) {
      return end;
    }
    const { start } = this.#brackets[index]!;
    this.#brackets[index] = { start, end, closed: true };
    const text = this.#text;
    if (isNoteMark(text, start, end)) {
      this.#take({ kind: 'link target', start, end });
      return end;
    }
    const code = text.charCodeAt(end);
    const target = code === Char.open ? this.#targetEnd(end) : undefined;
    if (target !== undefined) {
      this.#take({ kind: 'link target', start: end, end: target });
    }
    const attributes = attributesEnd(text, target ?? end);
    if (attributes !== undefined) {
      this.#take({ kind: 'attributes', start: target ?? end, end: attributes });
    }
    return attributes ?? target ?? end;
  }

  /** Behind the `)` of a link's target, with its title. */
  #targetEnd(at: number): number | undefined {
    this.#parentheses ??= matchingPairs(this.#text, '(', ')');
    const end = this.#parentheses.get(at);
    if (end === undefined) {
      return undefined;
    }
    const inside = this.#text.slice(at + 1, Math.min(end - 1, at + longestTarget));
    return /\s["']/.test(inside) && !/\s(?:"[^"]*"|'[^']*')\s*$/.test(inside) ? undefined : end;
  }

  /** Reads inlines until something stops it; answers where, or `-1` where it may not go on. */
  #run(from: number, limit: number, stop: Stop): number {
    const text = this.#text;
    let at = from;
    while (at < limit) {
      if (stop.until === 'end') {
        at = nextMark(text, at, limit, marks);
        if (at >= limit) {
          return limit;
        }
      } else if (this.#stops(at, limit, stop)) {
        return at;
      } else if (stop.until === 'mark' && stop.noSpace && isSpace(text.charCodeAt(at))) {
        return -1;
      }
      at = this.#step(at, limit);
    }
    return limit;
  }

  #stops(at: number, limit: number, stop: Stop): boolean {
    const code = this.#text.charCodeAt(at);
    switch (stop.until) {
      case 'part':
        return code === Char.semicolon || code === Char.closeBracket;
      case 'key':
        return code === Char.closeBracket || code === Char.semicolon || this.#markAt(at, limit, true) !== undefined;
      case 'mark':
        return this.#closesEnclosure(at, limit, stop);
      case 'end':
        return false;
    }
  }

  #closesEnclosure(at: number, limit: number, { mark, notBeforeWord }: Enclosure): boolean {
    const end = at + mark.length;
    return end <= limit && this.#text.startsWith(mark, at) && !(notBeforeWord && end < limit && isWordAt(this.#text, end));
  }

  #isTooDeep(): boolean {
    return this.#depth >= deepest || this.#steps > this.#mostSteps;
  }

  /** Reads one inline; answers where the next one begins. */
  #step(at: number, limit: number): number {
    this.#steps += 1;
    const text = this.#text;
    const code = text.charCodeAt(at);
    switch (code) {
      case Char.backtick:
      case Char.dollar:
      case Char.less:
      case Char.backslash:
        return this.#opaqueOrEscape(at, limit, code);
      case Char.star:
      case Char.underscore:
        return this.#emphasis(at, limit, code);
      case Char.openBracket:
        return this.#tries === 0 ? this.#bracket(at, limit) : this.#remember(at, limit, () => this.#bracket(at, limit));
      case Char.bang:
        return text.charCodeAt(at + 1) === Char.openBracket ? this.#remember(at, limit, () => this.#image(at, limit)) : at + 1;
      case Char.at:
        return this.#inText(at, limit);
      case Char.caret:
      case Char.tilde:
        return this.#raised(at, limit, code);
      case Char.quote:
      case Char.apostrophe:
      case 0x201c:
      case 0x2018:
        return this.#tries > 0 ? this.#quotation(at, limit, code) : at + 1;
      case Char.ampersand:
        // The semicolon of `&nbsp;` parts no cites.
        return this.#tries > 0 ? this.#within(referenceEnd(this.#text, at), limit, at + 1) : at + 1;
      default:
        return at + 1;
    }
  }

  #within(end: number | undefined, limit: number, otherwise: number): number {
    return end !== undefined && end <= limit ? end : otherwise;
  }

  #opaqueOrEscape(at: number, limit: number, code: number): number {
    const span = this.#opaqueAt?.get(at) ?? this.#opaques.at(at);
    if (span && span.end <= limit) {
      this.#otherEnd = span.end;
      return span.end;
    }
    if (code === Char.backslash && at + 1 < limit && !isWordAt(this.#text, at + 1)) {
      this.#otherEnd = at + 2;
      return at + 2;
    }
    return at + 1;
  }

  /** What a compound inline makes of its place, once for each place, while brackets are tried. */
  #remember(at: number, limit: number, read: () => number): number {
    if (this.#tries === 0) {
      return read();
    }
    const known = this.#memo?.get(at);
    if (known && (known.limit === limit || (known.end <= limit && known.end < known.limit))) {
      this.#found.push(...known.citations);
      this.#labelAt = known.labelAt;
      return known.end;
    }
    const before = this.#found.length;
    const end = read();
    this.#memo ??= new Map();
    this.#memo.set(at, { end, limit, labelAt: this.#labelAt, citations: this.#found.slice(before) });
    return end;
  }

  // Emphasis that is never closed still swallows the text to its end, as Pandoc's does, which never goes back.
  #emphasis(at: number, limit: number, code: number): number {
    const text = this.#text;
    let open = at;
    while (open < limit && text.charCodeAt(open) === code) {
      open += 1;
    }
    const count = open - at;
    const afterWord = code === Char.underscore && this.#isAfterWord(at);
    if (afterWord) {
      return at + 1;
    }
    if (count > 3 || this.#isTooDeep() || text.charCodeAt(open) === Char.space || text.charCodeAt(open) === 9) {
      return open;
    }
    const read = (): number => this.#deeper(() => this.#enclosed(open, limit, text[at]!, count));
    return this.#tries === 0 ? read() : this.#remember(at, limit, read);
  }

  #deeper(read: () => number): number {
    this.#depth += 1;
    const end = read();
    this.#depth -= 1;
    return end;
  }

  /** Reads on until as many marks close the emphasis as opened it; three may be closed by one and two. */
  #enclosed(from: number, limit: number, mark: string, count: number): number {
    const notBeforeWord = mark === '_';
    let at = from;
    for (;;) {
      const stop: Enclosure = { until: 'mark', mark: count === 2 ? mark + mark : mark, noSpace: false, notBeforeWord };
      at = this.#run(at, limit, stop);
      if (at >= limit) {
        return limit;
      }
      if (count === 1 && this.#text.startsWith(mark + mark, at) && !this.#closesEnclosure(at + 2, limit, stop)) {
        // `*a **b** c*`: two marks open an emphasis of their own.
        if (this.#isTooDeep()) {
          return at + 2;
        }
        const inner = at + 2;
        at = this.#deeper(() => this.#enclosed(inner, limit, mark, 2));
        continue;
      }
      if (count !== 3) {
        this.#wordEnd = at + count;
        return at + count;
      }
      const closing = this.#closingRun(at, limit, mark, notBeforeWord);
      this.#wordEnd = at + closing;
      if (closing === 3) {
        return at + 3;
      }
      const rest = at + closing;
      return this.#enclosed(rest, limit, mark, 3 - closing);
    }
  }

  #closingRun(at: number, limit: number, mark: string, notBeforeWord: boolean): number {
    for (const count of [3, 2]) {
      if (this.#closesEnclosure(at, limit, { until: 'mark', mark: mark.repeat(count), noSpace: false, notBeforeWord })) {
        return count;
      }
    }
    return 1;
  }

  /** `^…^`, `~…~`, `~~…~~`, and the inline note `^[…]`. */
  #raised(at: number, limit: number, code: number): number {
    const text = this.#text;
    const isNote = code === Char.caret && text.charCodeAt(at + 1) === Char.openBracket;
    const decides = isNote || this.#tries > 0 || (code === Char.caret && this.#isBeforeBracket(at));
    if (!decides || this.#isTooDeep()) {
      return at + 1;
    }
    return this.#remember(at, limit, () => {
      const isStrike = text.startsWith('~~', at);
      const mark = isStrike ? '~~' : text[at]!;
      const end =
        isStrike && (isSpace(text.charCodeAt(at + 2)) || text[at + 2] === '~')
          ? undefined
          : this.#tryEnclosure(at, limit, { until: 'mark', mark, noSpace: !isStrike, notBeforeWord: false });
      return end ?? (isNote ? this.#note(at, limit) : at + 1);
    });
  }

  /** In `m^2^[@a]` the second mark closes a superscript, and begins no note. */
  #isBeforeBracket(at: number): boolean {
    this.#lastNote ??= this.#text.lastIndexOf('^[');
    return at < this.#lastNote;
  }

  #tryEnclosure(at: number, limit: number, stop: Enclosure): number | undefined {
    const before = this.#found.length;
    const inside = at + stop.mark.length;
    const end = this.#deeper(() => this.#run(inside, limit, stop));
    if (end < 0 || end >= limit || end === inside) {
      this.#found.length = before;
      return undefined;
    }
    return end + stop.mark.length;
  }

  /** The text of a note is read for itself: in `^[@a]` the cite is in-text. */
  #note(at: number, limit: number): number {
    const close = this.#closeOf(at + 1);
    if (close === undefined || close > limit) {
      return at + 1;
    }
    this.#region(at + 2, close - 1);
    return close;
  }

  #region(from: number, to: number): void {
    if (!this.#isTooDeep() && this.#holdsAt(from, to)) {
      this.#otherEnd = from;
      this.#deeper(() => this.#run(from, to, toEnd));
    }
  }

  /** A quotation in a citation hides what it holds. */
  #quotation(at: number, limit: number, code: number): number {
    const text = this.#text;
    const next = text.charCodeAt(at + 1);
    const single = code === Char.apostrophe;
    const mark = code === 0x201c ? '”' : code === 0x2018 ? '’' : text[at]!;
    if (at + 1 >= limit || isSpace(next) || next === code || this.#isTooDeep() || this.#isAfterWord(at)) {
      return at + 1;
    }
    return this.#remember(
      at,
      limit,
      () => this.#tryEnclosure(at, limit, { until: 'mark', mark, noSpace: false, notBeforeWord: single }) ?? at + 1,
    );
  }

  #bracket(at: number, limit: number): number {
    const close = this.#closeOf(at);
    if (isNoteMarkAt(this.#text, at, limit)) {
      return noteMarkEnd(this.#text, at);
    }
    if (close === undefined || close > limit || this.#isTooDeep()) {
      return at + 1;
    }
    const isLabel = at === this.#labelAt;
    this.#labelAt = -1;
    this.#depth += 1;
    const group = this.#holdsAt(at, close + 2) ? this.#group(at, limit, isLabel) : undefined;
    const end = group ?? this.#textOfLink(at, limit, close);
    this.#depth -= 1;
    // `[text][label][text]`: of three the third begins anew.
    this.#labelAt = isLabel || group !== undefined ? -1 : this.#labelAt;
    return end;
  }

  /** `[text](target)`, `[text][label]`, `[text]{.class}` or plain brackets: the text is read for itself. */
  #textOfLink(at: number, limit: number, close: number): number {
    this.#region(at + 1, close - 1);
    const target = this.#endOf('link target', close) ?? close;
    const end = this.#endOf('attributes', target) ?? target;
    this.#otherEnd = Math.min(end, limit);
    this.#labelAt = end === close && this.#text.charCodeAt(end) === Char.openBracket ? end : -1;
    return this.#otherEnd;
  }

  #endOf(kind: OpaqueSpan['kind'], at: number): number | undefined {
    const span = this.#opaqueAt?.get(at);
    return span?.kind === kind ? span.end : undefined;
  }

  /** `![text](target)`: its brackets are no citation. */
  #image(at: number, limit: number): number {
    const close = this.#closeOf(at + 1);
    if (close === undefined || close > limit || this.#isTooDeep() || isNoteMarkAt(this.#text, at + 1, limit)) {
      return at + 1;
    }
    return this.#deeper(() => this.#textOfLink(at + 1, limit, close));
  }

  #holdsAt(from: number, to: number): boolean {
    const index = firstFrom(from, this.#ats.length, at => this.#ats[at]!);
    return index < this.#ats.length && this.#ats[index]! < to;
  }

  /**
   * `[see @a, p. 3; -@b]`; `undefined` where the brackets hold something else. A label that is none of the document's is read
   * for itself, whatever follows it.
   */
  #group(at: number, limit: number, isLabel: boolean): number | undefined {
    const before = this.#found.length;
    this.#tries += 1;
    const group = this.#cites(at + 1, limit);
    this.#tries -= 1;
    if (!group || (!isLabel && this.#isLabel(group.end))) {
      this.#found.length = before;
      return undefined;
    }
    const span = { start: at, end: group.end };
    this.#found.splice(before, 0, { kind: 'group', ...span, cites: group.cites, brackets: span });
    return group.end;
  }

  /** Brackets directly behind brackets: Pandoc takes these for the text of a link or a span, even where they are none. */
  #isLabel(end: number): boolean {
    const code = this.#text.charCodeAt(end);
    return code === Char.open || code === Char.openBracket || code === Char.openBrace;
  }

  /** The cites up to the `]`, and where it ends. */
  #cites(from: number, limit: number): { cites: Cite[]; end: number } | undefined {
    const text = this.#text;
    let cites: Cite[] | undefined;
    for (let at = skipSpace(text, from, limit); ; ) {
      const stop = this.#run(at, limit, toKey);
      // `[see]@a]`: Pandoc lets a bracket in front of the key end the prefix.
      const markAt = text.charCodeAt(stop) === Char.closeBracket ? stop + 1 : stop;
      const mark = markAt < limit ? this.#markAt(markAt, limit, true) : undefined;
      if (!mark) {
        return undefined;
      }
      this.#otherEnd = mark.markEnd;
      const suffixEnd = this.#run(mark.markEnd, limit, toPart);
      if (suffixEnd >= limit) {
        return undefined;
      }
      const mode = text.charCodeAt(markAt) === Char.dash ? 'suppress-author' : 'parenthetical';
      const cite = this.#cite(at, mark, suffixEnd, mode, markAt);
      if (cites) {
        cites.push(cite);
      } else {
        cites = [cite];
      }
      if (text.charCodeAt(suffixEnd) === Char.closeBracket) {
        return { cites, end: suffixEnd + 1 };
      }
      at = skipSpace(text, suffixEnd + 1, limit);
    }
  }

  #cite(from: number, found: KeyFound, to: number, mode: CiteMode, markStart: number): Cite {
    const text = this.#text;
    const prefix = trimmed(text, from, markStart);
    const suffix = trimmed(text, found.markEnd, to);
    const locator = locatorIn(text, suffix);
    return {
      start: prefix.start === prefix.end ? markStart : prefix.start,
      end: Math.max(suffix.end, found.markEnd),
      key: own(text.slice(found.start, found.end)),
      keySpan: { start: found.start, end: found.end },
      mark: { start: markStart, end: found.markEnd },
      mode,
      prefix,
      suffix,
      ...(locator && { locator }),
    };
  }

  /** The key whose mark stands at the offset, `-@` included where that is asked for. */
  #markAt(at: number, limit: number, mayBeDash: boolean): KeyFound | undefined {
    const text = this.#text;
    const isDash = mayBeDash && text.charCodeAt(at) === Char.dash;
    const sign = isDash ? at + 1 : at;
    if (sign >= limit || text.charCodeAt(sign) !== Char.at || (isDash && text.charCodeAt(at - 1) === Char.dash)) {
      return undefined;
    }
    return this.#isAfterWord(at) ? undefined : keyAt(text, sign, limit);
  }

  /** Whether a word ends at the offset: `name@example.org` holds no cite. */
  #isAfterWord(at: number): boolean {
    if (at === this.#wordEnd) {
      return true;
    }
    if (at === this.#otherEnd || at === 0) {
      return false;
    }
    const text = this.#text;
    if (text.charCodeAt(at - 1) !== Char.dot) {
      return isWordBefore(text, at);
    }
    // Three dots are an ellipsis, which is no word; one or two more are.
    let start = at;
    while (text.charCodeAt(start - 1) === Char.dot) {
      start -= 1;
    }
    return (at - start) % 3 !== 0;
  }

  /** `@a`, with the brackets behind it: `@a [p. 3; see @b]`. */
  #inText(at: number, limit: number): number {
    const found = this.#markAt(at, limit, false);
    if (!found) {
      return this.#exampleEnd(at, limit);
    }
    if (this.#facts.isExample(this.#text.slice(found.start, found.end))) {
      this.#otherEnd = found.markEnd;
      return found.markEnd;
    }
    const slot = this.#found.length;
    const behind = this.#behind(found, limit);
    const first = this.#cite(at, found, found.markEnd, 'in-text', at);
    const end = behind?.brackets.end ?? found.markEnd;
    this.#found.splice(slot, 0, {
      kind: 'in-text',
      start: at,
      end,
      cites: behind ? [inBrackets(first, behind, this.#text), ...behind.cites] : [first],
      ...(behind && { brackets: behind.brackets }),
    });
    this.#otherEnd = end;
    return end;
  }

  /** What is no cite, as in `name@example.org`, is read as a reference to an example, behind which a cite may stand. */
  #exampleEnd(at: number, limit: number): number {
    const text = this.#text;
    let end = at + 1;
    while (end < limit && (isWordAt(text, end) || (joins(text.charCodeAt(end)) && isWordAt(text, end + 1)))) {
      end += widthAt(text, end);
    }
    this.#otherEnd = end === at + 1 ? this.#otherEnd : end;
    return end;
  }

  /** The brackets behind an in-text cite, if they belong to it. */
  #behind(found: KeyFound, limit: number): Behind | undefined {
    const text = this.#text;
    const open = skipSpace(text, found.markEnd, limit);
    if (open >= limit || text.charCodeAt(open) !== Char.openBracket || this.#isTooDeep() || this.#closeOf(open) === undefined) {
      return undefined;
    }
    const before = this.#found.length;
    return this.#deeperTry(() => {
      const group = this.#cites(open + 1, limit);
      if (group && !this.#isLabel(group.end)) {
        return { cites: group.cites, brackets: { start: open, end: group.end }, suffixStart: open + 1, suffixEnd: open + 1 };
      }
      this.#found.length = before;
      const bare = this.#bareLocator(open, limit);
      if (!bare) {
        this.#found.length = before;
      }
      return bare;
    });
  }

  #deeperTry<T>(read: () => T): T {
    this.#depth += 1;
    this.#tries += 1;
    const result = read();
    this.#depth -= 1;
    this.#tries -= 1;
    return result;
  }

  /** `[p. 3; see @b]` */
  #bareLocator(open: number, limit: number): Behind | undefined {
    const text = this.#text;
    if (text.charCodeAt(open + 1) === Char.caret) {
      return undefined;
    }
    const suffixEnd = this.#run(open + 1, limit, toPart);
    if (suffixEnd >= limit) {
      return undefined;
    }
    const rest =
      text.charCodeAt(suffixEnd) === Char.semicolon ? this.#cites(suffixEnd + 1, limit) : { cites: [], end: suffixEnd + 1 };
    const next = rest && text.charCodeAt(rest.end);
    if (!rest || next === Char.open || next === Char.openBracket) {
      return undefined;
    }
    return this.#facts.isDefined(foldLabel(text.slice(open + 1, rest.end - 1)))
      ? undefined
      : { cites: rest.cites, brackets: { start: open, end: rest.end }, suffixStart: open + 1, suffixEnd };
  }
}

/** The index of the first of so many ascending numbers that is not below the value; the count where all are. */
function firstFrom(value: number, count: number, numberAt: (index: number) => number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numberAt(middle) < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

interface Behind {
  readonly cites: readonly Cite[];
  readonly brackets: Span;
  readonly suffixStart: number;
  readonly suffixEnd: number;
}

const longestTarget = 2000;

/** The first cite of `@a [p. 3; @b]`, with what stands in the brackets for its suffix. */
function inBrackets(cite: Cite, { brackets, suffixStart, suffixEnd, cites }: Behind, text: string): Cite {
  const suffix = trimmed(text, suffixStart, suffixEnd);
  const locator = locatorIn(text, suffix);
  const { locator: _none, ...rest } = cite;
  const end = cites.length === 0 ? brackets.end : Math.max(cite.mark.end, suffix.start < suffix.end ? suffix.end : 0);
  return { ...rest, suffix, end, ...(locator && { locator }) };
}

function joins(code: number): boolean {
  return code === Char.dash || code === Char.underscore;
}

function isNoteMarkAt(text: string, at: number, limit: number): boolean {
  const end = text.charCodeAt(at + 1) === Char.caret ? noteMarkEnd(text, at) : at;
  return end > at && end <= limit;
}

// Without a bound a text of nothing but `[^` would take quadratic time.
const noteMark = /\[\^[^\s\]]{1,300}\]/y;

/** `[^label]`: behind it, or the offset itself where it is none. */
function noteMarkEnd(text: string, at: number): number {
  noteMark.lastIndex = at;
  return at + (noteMark.exec(text)?.[0].length ?? 0);
}

function isNoteMark(text: string, start: number, end: number): boolean {
  return text.charCodeAt(start + 1) === Char.caret && noteMarkEnd(text, start) === end;
}

function trimmed(text: string, start: number, end: number): Span {
  let from = skipSpace(text, start, end);
  let to = end;
  while (to > from && isSpace(text.charCodeAt(to - 1))) {
    to -= 1;
  }
  if (from >= to) {
    from = to = start;
  }
  return { start: from, end: to };
}

/** Labels are compared without regard to case and width of white space. */
export function foldLabel(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase();
}

const keys = new Map<string, string>();
const mostKeys = 10_000;

/** A string of its own, the same for the same key: a long slice would keep the whole text of its day in memory. */
function own(slice: string): string {
  const known = keys.get(slice);
  if (known !== undefined) {
    return known;
  }
  const made = slice.length < 13 ? slice : Array.from(slice).join('');
  if (keys.size >= mostKeys) {
    keys.clear();
  }
  keys.set(made, made);
  return made;
}
