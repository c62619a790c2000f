import { accents, marks, mathSigns, quoting, signs, silent, switches, verbatim, type Mark } from './commands.ts';
import { plain, type Inline } from './inlines.ts';

/** Of a longer value, which is no bibliography's, only the beginning is read. */
const longestValue = 200_000;
/** Deeper braces have no meaning of their own. */
const deepest = 60;
const letters = /[A-Za-z]+\*?/y;
const plainRun = /[^\\{}$~\-'`\s?!]+/y;
const needsDecoding = /[\\{}$~`']|--|\s\s|[\n\t\r]|[?!]`/;

/** Reads a value's LaTeX: accents, signs, marks and simple mathematics. Nothing that it doesn't know is lost but commands. */
export function decode(value: string): readonly Inline[] {
  return new Decoder(value.slice(0, longestValue)).read();
}

/** A value without any markup. */
export function plainOf(value: string): string {
  return needsDecoding.test(value) ? plain(decode(value)) : value.trim();
}

/** A group that is open: what it holds so far, and what becomes of it when its brace closes. */
interface Frame {
  readonly mark: Mark | 'plain' | 'quoted';
  /** Closes together with the one around it: `{\em …}`. */
  readonly isSwitch: boolean;
  readonly inside: Inline[];
}

class Decoder {
  readonly #text: string;
  readonly #isMath: boolean;
  readonly #frames: Frame[] = [{ mark: 'plain', isSwitch: false, inside: [] }];
  #at = 0;
  /** Braces that were opened too deep to matter. */
  #ignored = 0;
  #hasUnknown = false;
  /** From here on no `$` closes another. */
  #noMathFrom = Infinity;

  constructor(text: string, isMath = false) {
    this.#text = text;
    this.#isMath = isMath;
  }

  read(): readonly Inline[] {
    while (this.#at < this.#text.length) {
      this.#step();
    }
    while (this.#frames.length > 1) {
      this.#close();
    }
    return this.#frames[0]!.inside;
  }

  /** Reads mathematics, or nothing where it has a command that isn't known. */
  math(): readonly Inline[] | undefined {
    const inlines = this.read();
    return this.#hasUnknown ? undefined : inlines;
  }

  #step(): void {
    plainRun.lastIndex = this.#at;
    const run = this.#isMath ? undefined : plainRun.exec(this.#text)?.[0];
    if (run !== undefined) {
      this.#at += run.length;
      this.#say(run);
      return;
    }
    const sign = this.#text[this.#at++]!;
    switch (sign) {
      case '{':
        this.#open('group');
        break;
      case '}':
        this.#closeBrace();
        break;
      case '\\':
        this.#command();
        break;
      default:
        this.#isMath ? this.#mathSign(sign) : this.#textSign(sign);
    }
  }

  #textSign(sign: string): void {
    switch (sign) {
      case '$':
        this.#formula();
        break;
      case '~':
        this.#say('\u00a0');
        break;
      case '-':
        this.#say(this.#take('--') ? '—' : this.#take('-') ? '–' : '-');
        break;
      case "'":
        this.#say(this.#take("'") ? '”' : '’');
        break;
      case '`':
        this.#say(this.#take('`') ? '“' : '‘');
        break;
      case '?':
      case '!':
        this.#say(this.#take('`') ? (sign === '?' ? '¿' : '¡') : sign);
        break;
      default:
        this.#space();
    }
  }

  #mathSign(sign: string): void {
    if (sign === '^' || sign === '_') {
      this.#marked(sign === '^' ? 'sup' : 'sub');
    } else if (sign.trim() === '') {
      this.#space();
    } else {
      this.#say(sign === '-' ? '−' : sign === '~' ? '\u00a0' : sign === "'" ? '′' : sign);
    }
  }

  #take(text: string): boolean {
    const isThere = this.#text.startsWith(text, this.#at);
    this.#at += isThere ? text.length : 0;
    return isThere;
  }

  get #inside(): Inline[] {
    return this.#frames.at(-1)!.inside;
  }

  #say(text: string): void {
    const inside = this.#inside;
    const last = inside.at(-1);
    if (text === '') {
      return;
    }
    if (last?.kind === 'text') {
      inside[inside.length - 1] = { kind: 'text', text: last.text + text };
    } else {
      inside.push({ kind: 'text', text });
    }
  }

  #space(): void {
    if (this.#inside.at(-1)?.kind !== 'space') {
      this.#inside.push({ kind: 'space' });
    }
  }

  #open(mark: Frame['mark'], isSwitch = false): void {
    if (this.#frames.length < deepest) {
      this.#frames.push({ mark, isSwitch, inside: [] });
    } else if (!isSwitch) {
      this.#ignored++;
    }
  }

  #closeBrace(): void {
    if (this.#ignored > 0) {
      this.#ignored--;
      return;
    }
    while (this.#frames.at(-1)!.isSwitch) {
      this.#close();
    }
    if (this.#frames.length > 1) {
      this.#close();
    }
  }

  #close(): void {
    const { mark, inside } = this.#frames.pop()!;
    if (mark === 'quoted') {
      this.#put([{ kind: 'text', text: '“' }, ...inside, { kind: 'text', text: '”' }]);
    } else if (mark === 'plain') {
      this.#put(inside);
    } else if (inside.length > 0) {
      this.#inside.push({ kind: mark, inside });
    }
  }

  #put(inlines: readonly Inline[]): void {
    for (const inline of inlines) {
      inline.kind === 'text' ? this.#say(inline.text) : inline.kind === 'space' ? this.#space() : this.#inside.push(inline);
    }
  }

  #formula(): void {
    const isDisplay = this.#take('$');
    const end = this.#at < this.#noMathFrom ? closingDollar(this.#text, this.#at) : -1;
    if (end < 0) {
      this.#noMathFrom = Math.min(this.#noMathFrom, this.#at);
      this.#say(isDisplay ? '' : '$');
      return;
    }
    this.#math(this.#text.slice(this.#at, end));
    this.#at = end + 1;
    if (isDisplay) {
      this.#take('$');
    }
  }

  #math(formula: string): void {
    const inside = new Decoder(formula, true).math() ?? [{ kind: 'text', text: formula }];
    if (inside.length > 0) {
      this.#inside.push({ kind: 'math', inside });
    }
  }

  #command(): void {
    letters.lastIndex = this.#at;
    const name = letters.exec(this.#text)?.[0] ?? this.#text[this.#at] ?? '';
    this.#at += name.length;
    const isWord = /^[A-Za-z]/.test(name);
    if (this.#isMath ? this.#mathCommand(name) : accents.has(name) && this.#accent(name)) {
      return;
    }
    if (isWord) {
      this.#skipBlanks();
    }
    this.#textCommand(name, isWord);
  }

  #mathCommand(name: string): boolean {
    const sign = mathSigns.get(name);
    if (sign !== undefined) {
      this.#say(sign);
    }
    return sign !== undefined;
  }

  #textCommand(name: string, isWord: boolean): void {
    const sign = signs.get(name) ?? (isWord || '%$#_&{}'.includes(name) ? mathSigns.get(name) : undefined);
    if (sign !== undefined) {
      sign === ' ' ? this.#space() : this.#say(sign);
    } else if (marks.has(name)) {
      this.#marked(marks.get(name)!);
    } else if (switches.has(name)) {
      this.#open(switches.get(name)!, true);
    } else if (quoting.has(name)) {
      this.#marked('quoted');
    } else if (verbatim.has(name)) {
      this.#say(this.#argument() ?? this.#delimited());
    } else if (silent.has(name)) {
      this.#argument();
      this.#take('{') && this.#open('plain');
    } else if (name === '(' && !this.#isMath) {
      this.#parenthesised();
    } else {
      this.#hasUnknown = true;
    }
  }

  #parenthesised(): void {
    const end = this.#text.indexOf('\\)', this.#at);
    const limit = end < 0 ? this.#text.length : end;
    this.#math(this.#text.slice(this.#at, limit));
    this.#at = Math.min(limit + 2, this.#text.length);
  }

  /** What a command marks: a group, or one character. */
  #marked(mark: Frame['mark']): void {
    this.#skipBlanks();
    if (this.#take('{')) {
      this.#open(mark);
      return;
    }
    const one = /^[\p{L}\p{N}+\-−*]/u.exec(this.#text.slice(this.#at, this.#at + 2))?.[0];
    if (one !== undefined) {
      this.#at += one.length;
      this.#put([mark === 'plain' || mark === 'quoted' ? { kind: 'text', text: one } : { kind: mark, inside: [{ kind: 'text', text: one }] }]);
    }
  }

  /** An accent stands over the next letter, which may be a command or in braces. */
  #accent(name: string): boolean {
    const before = this.#at;
    this.#skipBlanks();
    const isWord = /[A-Za-z]/.test(name);
    const hasBlank = this.#at > before;
    const base = this.#take('{') ? this.#upTo('}') : this.#base();
    if (base === undefined || (isWord && !hasBlank && base === '' && this.#text[before] !== '{')) {
      this.#at = before;
      return false;
    }
    this.#say(accented(base, accents.get(name)!));
    return true;
  }

  #base(): string | undefined {
    const rest = this.#text.slice(this.#at, this.#at + 24);
    const match = /^(?:\\[A-Za-z]+[ ]?|\p{L})/u.exec(rest)?.[0];
    this.#at += match?.length ?? 0;
    return match;
  }

  #upTo(close: string): string | undefined {
    const end = braceEnd(this.#text, this.#at, 40);
    const inside = end < 0 ? undefined : this.#text.slice(this.#at, end);
    this.#at = end < 0 ? this.#at : end + close.length;
    return inside;
  }

  #argument(): string | undefined {
    if (this.#text[this.#at] !== '{') {
      return undefined;
    }
    const end = braceEnd(this.#text, this.#at + 1, 4000);
    if (end < 0) {
      return undefined;
    }
    const inside = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    return inside;
  }

  /** `\verb|…|`, between two of any sign. */
  #delimited(): string {
    const end = this.#text.slice(this.#at + 1, this.#at + 200).indexOf(this.#text[this.#at] ?? '');
    const inside = end <= 0 ? '' : this.#text.slice(this.#at + 1, this.#at + 1 + end);
    this.#at += end <= 0 ? 0 : end + 2;
    return inside;
  }

  #skipBlanks(): void {
    while (this.#at < this.#text.length && this.#text[this.#at]!.trim() === '') {
      this.#at++;
    }
  }
}

function accented(base: string, accent: string): string {
  const decoded = base.includes('\\') ? plain(decode(base)) : base;
  const dotless = decoded.startsWith('ı') ? `i${decoded.slice(1)}` : decoded.startsWith('ȷ') ? `j${decoded.slice(1)}` : decoded;
  const first = String.fromCodePoint(dotless.codePointAt(0) ?? 0x20);
  return dotless === '' ? '' : (first + accent).normalize('NFC') + dotless.slice(first.length);
}

function braceEnd(text: string, from: number, most: number): number {
  let depth = 0;
  for (let at = from; at < text.length && at < from + most; at++) {
    if (text[at] === '{') {
      depth++;
    } else if (text[at] === '}' && depth-- === 0) {
      return at;
    }
  }
  return -1;
}

function closingDollar(text: string, from: number): number {
  let at = from;
  do {
    at = text.indexOf('$', at);
    if (at > 0 && text[at - 1] !== '\\') {
      return at;
    }
  } while (at++ >= 0);
  return -1;
}
