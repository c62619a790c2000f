import type { TextEdit } from '../../insertion.ts';
import type { FileProblem } from '../scan.ts';
import { keyTaken } from './pandocKey.ts';
import type { Groups } from './syntax.ts';
import { cslType } from './types.ts';

/**
 * What of an entry Pandoc can't read, though BibTeX or we can: at one such place it refuses the whole file. This walks
 * through an entry as Pandoc 2.17 and 3 do, and goes on after each fault. What is between the braces of a value is never
 * looked at, for Pandoc takes anything there.
 */

/** An entry that has been read by us, at offsets of the text. */
export interface WrittenEntry {
  /** In lower case. */
  readonly type: string;
  readonly start: number;
  /** After the brace that opens it. */
  readonly bodyStart: number;
  readonly isParenthesised: boolean;
  readonly groups: Groups;
}

const Sign = { quote: 0x22, hash: 0x23, percent: 0x25, comma: 0x2c, equals: 0x3d, open: 0x7b } as const;
const mostFaults = 50;
/** What most keys are, found out faster. */
const usualKey = /^[\w:.+/-]+$/;
// As Haskell has it, to which a byte order mark is no space.
const blanks = /[^\S\ufeff\u2028\u2029]*(?:%[^\n]*\n?[^\S\ufeff\u2028\u2029]*)*/y;
const names = /[\p{L}\p{N}\-_:+]+/uy;
const oddNames = /[^\s,{}"=#()%]+/y;
const words = /[^\s,{}"=#]+/y;
const keys = /[^\s,{}%]+/y;
const closesLater = /[^"\n]{0,200}"\s{0,20}[,}]/y;
const nextField = /[^\s,{}"=#()%]+\s*=/y;
const stops = ', so that Pandoc can’t read the file';

/**
 * The faults of an entry with a key, of `@string`, `@preamble` or `@comment`, in the order in which they stand.
 *
 * @param end after the brace that closes it.
 */
export function strictFaults(text: string, entry: WrittenEntry, end: number): readonly FileProblem[] {
  return new Walk(text, entry, end).faults;
}

/**
 * What is wrong with an `@` between entries, where Pandoc takes it for the beginning of one; nothing if that is one to it. What
 * is after a `%` it never looks at.
 */
export function strayFault(text: string, at: number): FileProblem | undefined {
  strayHead.lastIndex = at;
  const [, blank = '', type = '', open] = strayHead.exec(text) ?? [];
  if (blank === '' && type !== '' && open === '{') {
    return undefined;
  }
  const before = /\S*$/.exec(text.slice(Math.max(at - 20, 0), at))![0];
  const isAddress = before !== '';
  const shown = `${before}@${blank.slice(0, 1)}${type}`;
  // With a key or a field after it this is an entry that was spoilt, and nobody but its writer can restore it.
  const repair = open === undefined && !looksLikeEntry.test(text.slice(at, at + 200)) ? [{ start: at, end: at + 1, text: isAddress ? ' at ' : '' }] : undefined;
  return fault(at, at + 1 + blank.length + type.length, `\`${shown.trim()}\` begins no entry${stops}. Complete it, or take out the \`@\`.`, repair);
}

const strayHead = /@([ \t]{0,20})(\p{L}{0,40})\s{0,20}([{([<])?/uy;
const looksLikeEntry = /^@\s*[\w-]*\s*(?:[^\s,={}@]{1,80}\s*,\s*)?[\w-]{1,40}\s*=/;

class Walk {
  readonly faults: FileProblem[] = [];
  readonly #text: string;
  readonly #entry: WrittenEntry;
  /** Of the brace that closes the entry. */
  readonly #end: number;
  #at: number;
  #group = 0;
  /** Where the name of the field begins that is being read. */
  #fieldStart = 0;

  constructor(text: string, entry: WrittenEntry, end: number) {
    this.#text = text;
    this.#entry = entry;
    this.#end = end - 1;
    this.#at = entry.bodyStart;
    const type = this.#head();
    if (type === 'string') {
      this.#definitions();
    } else if (type !== 'comment' && type !== 'preamble' && this.#key()) {
      this.#fields();
    }
  }

  #head(): string {
    const { start, bodyStart, isParenthesised } = this.#entry;
    if (!isParenthesised && this.#areLetters(start + 1, bodyStart - 1)) {
      return this.#entry.type;
    }
    const [, blank, written] = /^@(\s*)(\S*?)(?:\s|%[^\n]*\n)*[{(]$/.exec(this.#text.slice(start, bodyStart)) ?? [];
    if (blank === undefined || written === undefined) {
      return '';
    }
    const typeStart = start + 1 + blank.length;
    if (blank !== '') {
      this.#tell(start, typeStart, `A space follows the \`@\`${stops}. Take it out.`, [{ start: start + 1, end: typeStart, text: '' }]);
    }
    const letters = written.replace(/\P{L}/gu, '');
    if (letters !== written) {
      const odd = written.replace(/\p{L}/gu, '');
      const isSame = letters !== '' && typeIn(letters) === typeIn(written);
      this.#tell(typeStart, typeStart + written.length, `The type \`${shown(written)}\` has ${list(odd)} in it${stops}. Write it with letters only.`, isSame ? [{ start: typeStart, end: typeStart + written.length, text: letters }] : undefined);
    }
    if (isParenthesised) {
      this.#tell(start, bodyStart, `This entry is in round brackets${stops}. Write curly ones, \`{\` and \`}\`.`, [
        { start: bodyStart - 1, end: bodyStart, text: '{' },
        { start: this.#end, end: this.#end + 1, text: '}' },
      ]);
    }
    return letters.toLowerCase();
  }

  /** Answers whether fields may follow. */
  #key(): boolean {
    this.#skipBlanks();
    const start = this.#at;
    const key = this.#match(keys);
    const after = this.#at;
    this.#skipBlanks();
    if (key === '' || this.#next() === '{') {
      this.#tell(start, Math.max(after, start + 1), `Pandoc can’t read this key, and so not the file. Write it of letters, digits and marks such as \`:\`, \`-\` and \`_\`.`);
      this.#at = this.#outside(this.#at);
      return this.#comma();
    }
    if (!usualKey.test(key) && !keyTaken.test(key)) {
      const odd = [...key].filter(sign => !keyTaken.test(sign)).join('');
      this.#tell(start, after, `The key \`${shown(key)}\` has ${list(odd)} in it${stops}. Give it another key, here and where it is cited.`);
    }
    if (this.#at >= this.#end) {
      this.#tell(start, after, `A comma is missing after the key \`${shown(key)}\`${stops}. Put one there.`, [{ start: after, end: after, text: ',' }]);
      return false;
    }
    if (this.#next() !== ',' && this.#text[after] === '%') {
      this.#tell(start, after + 1, `The key \`${shown(key)}\` has \`%\` in it${stops}. Give it another key, here and where it is cited.`);
      this.#at = this.#outside(after);
    } else if (this.#next() !== ',') {
      const isField = this.#matches(nextField);
      this.#tell(start, after, isField
        ? `A comma is missing after the key \`${shown(key)}\`${stops}. Put one there.`
        : `The key \`${shown(key)}\` has a space or another word after it${stops}. Give it a key of one word, here and where it is cited.`, isField ? [{ start: after, end: after, text: ',' }] : undefined);
      if (isField) {
        return true;
      }
      this.#at = this.#outside(this.#at);
    }
    return this.#comma();
  }

  #comma(): boolean {
    const isThere = this.#is(Sign.comma);
    this.#at += isThere ? 1 : 0;
    return isThere;
  }

  #fields(): void {
    for (;;) {
      this.#skipBlanks();
      if (this.#at >= this.#end || this.faults.length >= mostFaults) {
        return;
      }
      const start = this.#at;
      if (this.#is(Sign.comma)) {
        this.#commas();
      } else if (this.#name()) {
        this.#value(start);
        this.#afterValue(start);
      }
    }
  }

  /** `@string{name = value}`, of which Pandoc takes one at a time. */
  #definitions(): void {
    this.#skipBlanks();
    if (this.#at >= this.#end) {
      this.#tell(this.#entry.start, this.#end + 1, `This \`@string\` defines nothing${stops}. Take it out.`);
    }
    for (let count = 0; count < mostFaults; count++) {
      this.#skipBlanks();
      if (this.#at >= this.#end) {
        return;
      }
      const start = this.#at;
      if (!this.#name()) {
        return;
      }
      this.#value(start);
      this.#skipBlanks();
      if (this.#at >= this.#end) {
        return;
      }
      const comma = this.#at;
      if (!this.#comma()) {
        this.#tell(start, comma, `Something is after the value of this \`@string\`${stops}. Take it out.`);
        return;
      }
      this.#skipBlanks();
      const isLast = this.#at >= this.#end;
      const repair = { start: comma, end: this.#at, text: isLast ? '' : '}\n@string{' };
      this.#tell(comma, comma + 1, isLast ? `A comma is after the value of this \`@string\`${stops}. Take it out.` : `This \`@string\` defines more than one name${stops}. Give each an \`@string\` of its own.`, [repair]);
    }
  }

  /** Commas where a field would have to be. */
  #commas(): void {
    const start = this.#at;
    while (this.#comma()) {
      this.#skipBlanks();
    }
    const end = this.#text.slice(start, this.#at).lastIndexOf(',') + start + 1;
    const text = this.#text.slice(start, end).replaceAll(',', '').replace(/^[^\S\n]+/, '');
    this.#tell(start, end, `A comma follows another${stops}. Take it out.`, [{ start, end, text }]);
  }

  /** Answers whether a value follows. */
  #name(): boolean {
    const start = this.#at;
    const nameEnd = Math.min(this.#wordEnd(start), this.#end);
    this.#at = nameEnd;
    this.#skipBlanks();
    if (nameEnd > start && this.#is(Sign.equals)) {
      this.#at++;
      this.#fieldStart = start;
      return true;
    }
    this.#at = start;
    const name = this.#text.slice(start, nameEnd);
    const odd = this.#match(oddNames);
    const oddEnd = this.#at;
    this.#skipBlanks();
    if (odd !== '' && odd !== name && this.#next() === '=') {
      this.#at++;
      this.#fieldStart = start;
      const better = odd.replace(/[^\p{L}\p{N}\-_:+]+/gu, '-');
      this.#tell(start, oddEnd, `The name of the field \`${shown(odd)}\` has ${list(odd.replace(/[\p{L}\p{N}\-_:+]/gu, ''))} in it${stops}. Write it without.`, /^-*$/.test(better) ? undefined : [{ start, end: oddEnd, text: better }]);
      return true;
    }
    const end = this.#outside(Math.max(nameEnd, oddEnd));
    this.#tell(start, Math.max(oddEnd, start + 1), `\`${shown(this.#text.slice(start, Math.min(end, start + 60)))}\` is no field of the form \`name = {value}\` and is left out, and Pandoc can’t read the file. Complete it or take it out.`);
    this.#at = Math.max(end, start + 1);
    this.#comma();
    return false;
  }

  #value(fieldStart: number): void {
    this.#skipBlanks();
    if (this.#is(Sign.comma) || this.#at >= this.#end) {
      return;
    }
    for (let count = 0; ; count++) {
      this.#part(fieldStart);
      const after = this.#at;
      this.#skipBlanks();
      if (!this.#is(Sign.hash)) {
        this.#at = after;
        return;
      }
      const mark = this.#at;
      this.#at++;
      this.#skipBlanks();
      if (this.#next() === ',' || this.#at >= this.#end) {
        this.#tell(mark, mark + 1, `Nothing is after this \`#\`${stops}. Take it out.`, [{ start: after, end: mark + 1, text: '' }]);
        return;
      }
    }
  }

  #part(fieldStart: number): void {
    const start = this.#at;
    if (this.#is(Sign.open)) {
      this.#at = this.#groupEnd(start);
    } else if (this.#is(Sign.quote)) {
      this.#quoted(start);
    } else {
      const word = this.#match(words);
      if (word === '') {
        const end = this.#outside(start + 1);
        this.#tell(fieldStart, Math.min(start + 1, this.#end), `The value of \`${this.#field()}\` has ${list(this.#text[start]!)} where braces belong${stops}. Put it into braces.`);
        this.#at = end;
      } else if (this.#wordEnd(start) !== this.#at) {
        this.#tell(start, this.#at, `The value \`${shown(word)}\` is not in braces${stops}. Put it into braces.`, [{ start, end: this.#at, text: `{${word}}` }]);
      }
    }
  }

  #quoted(start: number): void {
    const firstGroup = this.#groupFrom(start);
    const end = this.#outside(start + 1, '"');
    closesLater.lastIndex = this.#end + 1;
    if (end >= this.#end && closesLater.test(this.#text)) {
      // To Pandoc a brace between quotation marks need not be opened: `note = "}"`.
      this.#at = this.#end;
      return;
    }
    if (end >= this.#end) {
      this.#tell(start, start + 1, `The quotation mark that opens \`${this.#field()}\` is never closed${stops}. Close it.`);
      this.#at = this.#end;
      return;
    }
    const percent = this.#percent(start, end, firstGroup);
    const line = percent < 0 ? -1 : this.#text.slice(start + percent, end).indexOf('\n');
    if (percent >= 0 && line < 0) {
      this.#tell(start + percent, start + percent + 1, 'To Pandoc 2 a `%` in quotation marks begins a comment, so that it can’t read the file. Write `\\%`.', [{ start: start + percent, end: start + percent + 1, text: '\\%' }]);
    }
    this.#at = end + 1;
  }

  /** A percent sign between quotation marks that is in no braces, where it would be text. */
  #percent(start: number, end: number, firstGroup: number): number {
    const { groups } = this.#entry;
    let group = firstGroup;
    for (const { index } of this.#text.slice(start, end).matchAll(/(?<!\\)%/g)) {
      while ((groups[group + 1] ?? this.#end) <= start + index && group < groups.length) {
        group += 2;
      }
      if ((groups[group] ?? this.#end) > start + index) {
        return index;
      }
    }
    return -1;
  }

  /** What is after a value: a comma, or nothing more. */
  #afterValue(start: number): void {
    const after = this.#at;
    this.#skipBlanks();
    if (this.#at >= this.#end || this.#comma()) {
      return;
    }
    const isField = this.#matches(nextField);
    this.#tell(start, after, isField
      ? `A comma is missing after the field \`${this.#field()}\`${stops}. Put one there.`
      : `Something is after the value of \`${this.#field()}\` that does not belong to it${stops}. Put the whole value into braces, and a comma after it.`, isField ? [{ start: after, end: after, text: ',' }] : undefined);
    if (!isField) {
      this.#at = this.#outside(this.#at);
      this.#comma();
    }
  }

  /** Where a mark is next outside of the braces of values, or the end. */
  #outside(from: number, mark = ','): number {
    for (let at = from; at < this.#end; ) {
      const group = this.#groupFrom(at);
      const limit = Math.min(this.#entry.groups[group] ?? this.#end, this.#end);
      for (; at < limit; at++) {
        if (this.#text[at] === mark && (mark === ',' || this.#text[at - 1] !== '\\')) {
          return at;
        }
      }
      at = limit >= this.#end ? this.#end : (this.#entry.groups[group + 1] ?? this.#end);
    }
    return this.#end;
  }

  #groupEnd(open: number): number {
    const group = this.#groupFrom(open);
    return this.#entry.groups[group] === open ? (this.#entry.groups[group + 1] ?? this.#end) : open + 1;
  }

  #groupFrom(at: number): number {
    while (this.#group < this.#entry.groups.length && this.#entry.groups[this.#group]! < at) {
      this.#group += 2;
    }
    return this.#group;
  }

  /** The name of the field that is being read, as it is shown. */
  #field(): string {
    return shown(/[^\s={}"#]+/.exec(this.#text.slice(this.#fieldStart, this.#fieldStart + 60))?.[0] ?? '');
  }

  /** After the name of a field, a macro or a number, as Pandoc reads them, that begins there. */
  #wordEnd(start: number): number {
    for (let end = start; ; end++) {
      const code = this.#text.charCodeAt(end);
      if (code >= 0x80) {
        names.lastIndex = start;
        return names.test(this.#text) ? names.lastIndex : start;
      }
      if (!isWordCode(code)) {
        return end;
      }
    }
  }

  #areLetters(start: number, end: number): boolean {
    let at = start;
    while (at < end && isLetterCode(this.#text.charCodeAt(at))) {
      at++;
    }
    return at === end && end > start;
  }

  #is(sign: number): boolean {
    return this.#at < this.#end && this.#text.charCodeAt(this.#at) === sign;
  }

  #next(): string {
    return this.#at < this.#end ? this.#text[this.#at]! : '';
  }

  #skipBlanks(): void {
    let code = this.#text.charCodeAt(this.#at);
    while (code === 0x20 || (code >= 0x09 && code <= 0x0d)) {
      code = this.#text.charCodeAt(++this.#at);
    }
    if (code !== Sign.percent && code < 0x80) {
      this.#at = Math.min(this.#at, this.#end);
      return;
    }
    blanks.lastIndex = this.#at;
    blanks.exec(this.#text);
    this.#at = Math.min(blanks.lastIndex, this.#end);
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text)?.[0] ?? '';
    const inside = match.slice(0, Math.max(this.#end - this.#at, 0));
    this.#at += inside.length;
    return inside;
  }

  #matches(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    return pattern.test(this.#text) && pattern.lastIndex <= this.#end;
  }

  #tell(start: number, end: number, message: string, repair?: readonly TextEdit[]): void {
    if (this.faults.length < mostFaults) {
      this.faults.push(fault(start, end, message, repair));
    }
  }
}

const noFields: ReadonlyMap<string, string> = new Map();

function typeIn(written: string): string {
  return cslType(written.toLowerCase(), noFields);
}

function fault(start: number, end: number, message: string, repair?: readonly TextEdit[]): FileProblem {
  return { start, end, message, isLoss: false, stopsPandoc: true, ...(repair && { repair }) };
}

function isLetterCode(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

/** An ASCII letter or digit, or `-`, `_`, `:`, `+`. */
function isWordCode(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x3a) || code === 0x2d || code === 0x5f || code === 0x2b;
}

/** The marks as they are named in a sentence: `—` and `’`, a space. */
function list(marks: string): string {
  const named = [...new Set(marks)].slice(0, 5).map(mark => (/\s/.test(mark) ? 'a space' : /[\p{M}\p{C}]/u.test(mark) ? `the sign U+${mark.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}` : `\`${mark}\``));
  const last = named.pop()!;
  return named.length > 0 ? `${named.join(', ')} and ${last}` : last;
}

function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ').replaceAll('`', "'").trim();
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}
