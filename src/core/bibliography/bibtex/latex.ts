import { addressOf } from './address.ts';
import { accents, breaks, cases, citing, citingMany, citingTwo, enclosing, marks, mathSigns, quoting, signs, silent, switches, verbatim, type Case, type Mark } from './commands.ts';
import { plain, type Inline } from './inlines.ts';
import { termOf } from './localization.ts';

/** Of a longer value, which is no bibliography's, only the beginning is read. */
const longestValue = 200_000;
/** Deeper braces have no meaning of their own. */
const deepest = 60;
/** An accent over an accent over … : nobody has more. */
const mostAccents = 8;
const longestArgument = 4000;
const mostArguments = 8;
const letters = /[A-Za-z]+\*?/y;
/** A line of a value that is commented out; a percent sign behind a number is one that nobody escaped. */
const commentLine = /(?<!\d\s*)\n[ \t]*%[^\n]*(?=\n)/y;
const plainRun = /[^\\{}$~\-'"`\s?!]+/y;
const number = /-?\d+/y;
/** Of these a reader sees nothing of a space at their beginning or end: it is put outside. */
const spaceless: ReadonlySet<string> = new Set(['italic', 'bold', 'smallcaps', 'sup', 'sub']);
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
  readonly mark: Mark | 'plain' | Enclosure | Case;
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
  /** Quotations in babel's form, `"`…"'`, that are open. */
  #babelQuotes = 0;
  /** Where a further argument begins of a command that isn't known: the words of two don't run together. */
  readonly #joints = new Set<number>();
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
        this.#joints.delete(this.#at - 1) && this.#space();
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
      case '"':
        this.#babelQuote();
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

  /** babel's short form of quotation marks in many languages: "`Wort"'. */
  #babelQuote(): void {
    if (this.#take('`')) {
      this.#babelQuotes++;
      this.#say('“');
    } else if (this.#babelQuotes > 0 && this.#take("'")) {
      this.#babelQuotes--;
      this.#say('”');
    } else {
      this.#say('"');
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
    if (sign === '^' && (this.#take('\\circ') || this.#take('{\\circ}'))) {
      this.#skipBlanks();
      this.#say('°');
    } else if (sign === '^' || sign === '_') {
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
    } else if (mark === 'upper' || mark === 'lower') {
      this.#put(inCase(inside, mark));
    } else if (mark === 'plain') {
      this.#put(inside);
    } else if (inside.length > 0) {
      this.#markedAs(mark, inside);
    }
  }

  /** As in Pandoc a space at the border of marked words is outside of them, and two marks side by side are one. */
  #markedAs(kind: Mark, inside: readonly Inline[]): void {
    if (!spaceless.has(kind)) {
      this.#inside.push({ kind, inside });
      return;
    }
    const [first, last] = [inside.findIndex(isNoSpace), inside.findLastIndex(isNoSpace)];
    if (first !== 0) {
      this.#space();
    }
    if (first < 0) {
      return;
    }
    const words = inside.slice(first, last + 1);
    const before = this.#inside.at(-1);
    if (before?.kind === kind) {
      this.#inside[this.#inside.length - 1] = { kind, inside: [...before.inside, ...words] };
    } else {
      this.#inside.push({ kind, inside: words });
    }
    if (last < inside.length - 1) {
      this.#space();
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
      this.#skipSpaces();
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
      this.#say(sign.replace(/ $/, ''));
      sign.endsWith(' ') && this.#space();
      breaks.has(name) && this.#lengths();
    } else if (cases.has(name)) {
      this.#marked(cases.get(name)!);
    } else if (marks.has(name)) {
      this.#marked(marks.get(name)!);
    } else if (switches.has(name)) {
      this.#open(switches.get(name)!, true);
    } else if (quoting.has(name)) {
      this.#quotation(quoting.get(name)!);
    } else if (enclosing.has(name)) {
      this.#marked(enclosing.get(name)!);
    } else if (name === 'bibstring') {
      this.#options();
      const key = this.#argument() ?? '';
      this.#say(termOf(key) ?? key);
    } else if (verbatim.has(name)) {
      const argument = this.#argument();
      const text = argument === undefined ? this.#delimited() : addressOf(argument);
      name.endsWith('url') ? this.#say(text) : text !== '' && this.#inside.push({ kind: 'code', inside: [{ kind: 'text', text }] });
    } else if (silent.has(name)) {
      do {
        this.#argument();
      } while (name === 'begin' && this.#text[this.#at] === '{');
      this.#take('{') && this.#open('plain');
    } else if (name === 'penalty') {
      number.lastIndex = this.#at;
      this.#at += number.exec(this.#text)?.[0].length ?? 0;
    } else if (name === '(' && !this.#isMath) {
      this.#parenthesised();
    } else {
      this.#hasUnknown = true;
      isWord && !this.#isMath && this.#unknown();
    }
  }

  /** The words of a command that isn't known are kept, those of each argument on their own: `\name{Given}{Family}`. */
  #unknown(): void {
    this.#options();
    for (let at = this.#at, count = 0; this.#text[at] === '{' && count < mostArguments; count++) {
      const end = braceEnd(this.#text, at + 1, longestArgument);
      if (end > at + 1 && this.#text[end + 1] === '{') {
        this.#joints.add(end + 1);
      }
      at = end < 0 ? this.#text.length : end + 1;
    }
  }

  /** Skips the `[2pt]` of a line's end. */
  #lengths(): void {
    const end = this.#text[this.#at] === '[' ? closing(this.#text, this.#at + 1, ']') : -1;
    this.#at = end < 0 ? this.#at : end + 1;
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
      this.#doubleBraces();
      return;
    }
    if (this.#isMath && this.#markedSign(mark)) {
      return;
    }
    const one = /^[\p{L}\p{N}+\-−*]/u.exec(this.#text.slice(this.#at, this.#at + 2))?.[0];
    if (one !== undefined) {
      this.#at += one.length;
      this.#open(mark);
      this.#say(one);
      this.#close();
    }
  }

  /** Braces around all of an argument say nothing more than its own: `\emph{{words}}`. */
  #doubleBraces(): void {
    for (let count = 0; count < mostArguments; count++) {
      const open = /^\s*\{/.exec(this.#text.slice(this.#at, this.#at + 40))?.[0].length ?? 0;
      const end = open > 0 ? braceEnd(this.#text, this.#at + open, longestArgument) : -1;
      if (end < 0 || this.#text[end + 1] !== '}') {
        return;
      }
      this.#at += open;
      this.#open('plain');
    }
  }

  /** In mathematics a command for one sign needs no braces: `x^\ast`. */
  #markedSign(mark: Frame['mark']): boolean {
    const name = /^\\([A-Za-z]+)\s*/.exec(this.#text.slice(this.#at, this.#at + 40));
    const sign = name ? mathSigns.get(name[1]!) : undefined;
    if (!name || !sign) {
      return false;
    }
    this.#at += name[0].length;
    this.#open(mark);
    this.#say(sign);
    this.#close();
    return true;
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
    const base = this.#take('{') ? this.#upTo('}')?.trim() : this.#base(depth);
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
    const end = braceEnd(this.#text, this.#at + 1, longestArgument);
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

  /** Of a line's end after a command Pandoc makes a space, where TeX would skip it. */
  #skipSpaces(): void {
    while (this.#text[this.#at] === ' ' || this.#text[this.#at] === '\t') {
      this.#at++;
    }
  }

  #skipBlanks(): void {
    while (this.#at < this.#text.length && this.#text[this.#at]!.trim() === '') {
      this.#at++;
    }
  }
}

function isNoSpace({ kind }: Inline): boolean {
  return kind !== 'space';
}

function inCase(inlines: readonly Inline[], to: Case): readonly Inline[] {
  return inlines.map(inline => {
    switch (inline.kind) {
      case 'text':
        return { kind: 'text', text: to === 'upper' ? inline.text.toUpperCase() : inline.text.toLowerCase() };
      case 'space':
        return inline;
      default:
        return { kind: inline.kind, inside: inCase(inline.inside, to) };
    }
  });
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
