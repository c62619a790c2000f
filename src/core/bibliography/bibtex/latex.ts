import { addressOf } from './address.ts';
import { accents, citing, citingMany, citingTwo, enclosing, marks, mathSigns, quoting, signs, silent, switches, verbatim, type Mark } from './commands.ts';
import { plain, type Inline } from './inlines.ts';
import { wordsFor } from './types.ts';

/** Of a longer value, which is no bibliography's, only the beginning is read. */
const longestValue = 200_000;
/** Deeper braces have no meaning of their own. */
const deepest = 60;
/** An accent over an accent over … : nobody has more. */
const mostAccents = 8;
const letters = /[A-Za-z]+\*?/y;
/** A line of a value that is commented out; a percent sign behind a number is one that nobody escaped. */
const commentLine = /(?<!\d\s*)\n[ \t]*%[^\n]*(?=\n)/y;
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

/** The signs that a group stands between. */
const enclosures = { quoted: '“”', quotedInside: '‘’', parens: '()', brackets: '[]' } as const;
type Enclosure = keyof typeof enclosures;

function isEnclosure(mark: Frame['mark']): mark is Enclosure {
  return Object.hasOwn(enclosures, mark);
}

/** A group that is open: what it holds so far, and what becomes of it when its brace closes. */
interface Frame {
  readonly mark: Mark | 'plain' | Enclosure;
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
    // `{% The authors`, with the value in the next lines.
    this.#at = /^\s*%[ \t]*(?=\n)/.exec(this.#text)?.[0].length ?? 0;
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
        this.#skipComment();
        this.#space();
    }
  }

  /** Goes on behind a line that is commented out. */
  #skipComment(): void {
    commentLine.lastIndex = this.#at - 1;
    if (commentLine.test(this.#text)) {
      this.#at = commentLine.lastIndex;
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
    if (isEnclosure(mark)) {
      const [open, close] = enclosures[mark];
      this.#put([{ kind: 'text', text: open! }, ...inside, { kind: 'text', text: close! }]);
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
    // A starred form prints the same: `\enquote*`, `\hspace*`.
    const bare = name.length > 1 && name.endsWith('*') ? name.slice(0, -1) : name;
    if (isWord && citing.test(bare)) {
      this.#citation(bare);
      return;
    }
    if (isWord) {
      this.#skipBlanks();
    }
    this.#textCommand(bare, isWord);
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
      this.#quotation(quoting.get(name)!);
    } else if (enclosing.has(name)) {
      this.#marked(enclosing.get(name)!);
    } else if (name === 'bibstring') {
      const word = this.#argument() ?? '';
      this.#say(wordsFor(word) ?? word);
    } else if (verbatim.has(name)) {
      const argument = this.#argument();
      this.#say(argument === undefined ? this.#delimited() : addressOf(argument));
    } else if (silent.has(name)) {
      this.#argument();
      this.#take('{') && this.#open('plain');
    } else if (name === '(' && !this.#isMath) {
      this.#parenthesised();
    } else {
      this.#hasUnknown = true;
      isWord && !this.#isMath && this.#options();
    }
  }

  /** A citation goes with its options and keys: `\citep*[see][p.~4]{key}`, `\parencites(see)[1]{key}[2]{other}`. */
  #citation(name: string): void {
    const most = citingMany.test(name) ? 100 : citingTwo.test(name) ? 2 : 1;
    let behind = this.#at;
    for (let count = 0; count < most; count++) {
      this.#skipBlanks();
      this.#options(citingMany.test(name));
      if (this.#argument() === undefined) {
        break;
      }
      behind = this.#at;
    }
    this.#at = behind;
  }

  /** Skips what is in square brackets before an argument in braces, and in round ones where they may be. */
  #options(hasRound = false): void {
    const before = this.#at;
    for (let count = 0; count < 4; count++) {
      const close = this.#text[this.#at] === '[' ? ']' : hasRound && this.#text[this.#at] === '(' ? ')' : undefined;
      const end = close === undefined ? -1 : closing(this.#text, this.#at + 1, close);
      if (end < 0) {
        break;
      }
      this.#at = end + 1;
      this.#skipBlanks();
    }
    if (this.#text[this.#at] !== '{') {
      this.#at = before;
    }
  }

  #quotation(leading: number): void {
    this.#options();
    for (let left = leading; left > 0; left--) {
      this.#argument();
      this.#skipBlanks();
    }
    const depth = this.#frames.filter(({ mark }) => mark === 'quoted' || mark === 'quotedInside').length;
    this.#marked(depth % 2 === 0 ? 'quoted' : 'quotedInside');
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
      this.#put([mark === 'plain' || isEnclosure(mark) ? { kind: 'text', text: one } : { kind: mark, inside: [{ kind: 'text', text: one }] }]);
    }
  }

  /** An accent is over the next letter, which may be a command, in braces, or have an accent of its own: `\~\^e`. */
  #accent(name: string): boolean {
    const before = this.#at;
    const letter = this.#accented(name, 0);
    if (letter === undefined) {
      this.#at = before;
      return false;
    }
    this.#say(letter);
    return true;
  }

  #accented(name: string, depth: number): string | undefined {
    this.#skipBlanks();
    const base = this.#take('{') ? this.#upTo('}') : this.#base(depth);
    if (base === '' && !/[A-Za-z]/.test(name)) {
      return nakedAccents.get(name) ?? '';
    }
    return base === undefined ? undefined : accented(base, accents.get(name)!);
  }

  #base(depth: number): string | undefined {
    const rest = this.#text.slice(this.#at, this.#at + 24);
    const inner = /^\\([A-Za-z]+|[^A-Za-z])/.exec(rest)?.[1];
    if (inner !== undefined && accents.has(inner)) {
      this.#at += inner.length + 1;
      return depth < mostAccents ? this.#accented(inner, depth + 1) : undefined;
    }
    const match = /^(?:\\[A-Za-z]+[ ]?|\p{L}\p{M}*)/u.exec(rest)?.[0];
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
  // Behind the accents that the letter has already, for they are nearer to it.
  const first = /^.\p{M}*/su.exec(dotless.normalize('NFC'))?.[0] ?? '';
  return first === '' ? '' : (first + accent).normalize('NFC') + dotless.normalize('NFC').slice(first.length);
}

/** Accents over nothing, `\~{}`, are the sign itself. */
const nakedAccents: ReadonlyMap<string, string> = new Map([['~', '~'], ['^', '^'], ["'", "'"], ['`', '`']]);

/** Where a bracket closes again outside of braces. */
function closing(text: string, from: number, close: string): number {
  let depth = 0;
  for (let at = from; at < text.length && at < from + 2000; at++) {
    const sign = text[at];
    if (sign === '\\') {
      at++;
    } else if (sign === '{' || sign === '}') {
      depth += sign === '{' ? 1 : -1;
    } else if (sign === close && depth === 0) {
      return at;
    }
  }
  return -1;
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
