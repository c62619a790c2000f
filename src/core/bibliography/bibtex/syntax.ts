import { termOf } from './localization.ts';
import { wellKnownSilent, type SilentCommands } from './preamble.ts';

/**
 * The inside of one entry: `@type{key, name = value # value, …}`. It is read leniently, and whatever is odd is told. What
 * stands between the braces of a value is never looked at here, so that a field of any length costs nothing.
 */

/** `@string` macros that are known so far: names in lower case. */
export type Macros = ReadonlyMap<string, string>;

/** Where braces open and close directly inside an entry: `[open, after the close, open, …]`, ascending. */
export type Groups = readonly number[];

/** Something odd in an entry, at an offset of the text. */
export interface Fault {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/** An entry as it is written: nothing decoded but macros. */
export interface RawEntry {
  /** In lower case. */
  readonly type: string;
  /** Empty where it has none. */
  readonly key: string;
  /** By name in lower case; of two with the same name the last counts, as for Pandoc. */
  readonly fields: ReadonlyMap<string, string>;
  readonly faults: readonly Fault[];
}

/**
 * Matches an entry's head, from the `@` up to the brace. Nobody writes longer ones. BibTeX skips spaces and line ends after
 * the `@`, Pandoc a comment before the brace.
 */
export const head = /@\s{0,60}(\p{L}[\p{L}\w-]{0,39})\s{0,60}(?:%[^\n]{0,80}\n\s{0,20})?([{(])/uy;

/** More than this has only a text that is no bibliography. */
const mostFields = 1000;
const mostFaults = 5;
/** Braces behind so many others directly inside an entry are taken as they are written. */
export const mostGroups = 20_000;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const synonyms: ReadonlyMap<string, string> = new Map([['archiveprefix', 'eprinttype'], ['primaryclass', 'eprintclass']]);

const blanks = /\s*/y;
const keyText = /[^\s,{}"]+(?:[ \t]+[^\s,{}"#]+)*/y;
const nameText = /[^\s,{}"=#()]+/y;
const wordText = /[^\s,{}"#=]+/y;
const macroName = /^[\p{L}\p{N}\-_:+]+$/u;

/** Reads the entry in `[start, end)`, which begins with its head and ends with its closing brace. */
export function readEntry(text: string, start: number, end: number, groups: Groups, macros: Macros, silent = wellKnownSilent): RawEntry {
  return new Reader(text, start, end - 1, groups, macros, silent).entry();
}

/** Reads the macros that a `@string{name = value}` defines. */
export function readMacros(text: string, start: number, end: number, groups: Groups, macros: Macros): RawEntry {
  return new Reader(text, start, end - 1, groups, macros, wellKnownSilent).definitions();
}

/** An entry without a key: `@misc{title = {x}}`. Without spaces, `year=2000,` is a key for Pandoc. */
const beginsAsField = /^[^\s=]*\s*=/;
const fieldWithSpaces = /^[^\s=]*(?:\s+=|=\s)/;
const attachedPercent = /%[^\s,{}"]{0,200}[,}]/y;

/**
 * Whether the percent sign at an offset, outside of braces and quotation marks, begins a comment, which ends with its line.
 * Of a key (`10.1000/%2817`) or a number (`50%,`) it is a part.
 */
export function beginsComment(text: string, at: number): boolean {
  if (/[\s,{}("#=%]/.test(text[at - 1] ?? ' ')) {
    return true;
  }
  attachedPercent.lastIndex = at;
  return !attachedPercent.test(text);
}

/** Where the line ends, or the limit. */
export function lineEnd(text: string, from: number, limit: number): number {
  let at = from;
  while (at < limit && text.charCodeAt(at) !== 0x0a && text.charCodeAt(at) !== 0x0d) {
    at++;
  }
  return at;
}

/**
 * Where the braces directly inside an entry open and close, or nothing if they don't balance. For BibTeX itself `\}` is a
 * brace as well.
 */
export function groupsOf(text: string, bodyStart: number, end: number, countsEscaped = false): Groups | undefined {
  const groups: number[] = [];
  let depth = 0;
  let isQuoted = false;
  for (let at = bodyStart; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x7b && (countsEscaped || text.charCodeAt(at - 1) !== 0x5c)) {
      if (depth++ === 0 && groups.length < mostGroups) {
        groups.push(at);
      }
    } else if (code === 0x7d && (countsEscaped || text.charCodeAt(at - 1) !== 0x5c) && --depth === 0 && groups.length % 2 === 1) {
      groups.push(at + 1);
    } else if (depth === 0 && code === 0x22) {
      isQuoted = !isQuoted;
    } else if (depth === 0 && code === 0x25 && !isQuoted && beginsComment(text, at)) {
      at = lineEnd(text, at, end);
    }
    if (depth < 0) {
      return undefined;
    }
  }
  return depth === 0 ? groups : undefined;
}

class Reader {
  readonly #text: string;
  readonly #start: number;
  readonly #end: number;
  readonly #groups: Groups;
  readonly #macros: Macros;
  readonly #silent: SilentCommands;
  readonly #fields = new Map<string, string>();
  readonly #faults: Fault[] = [];
  #at: number;
  /** The next group that has not been passed, as an index of `#groups`. */
  #group = 0;

  constructor(text: string, start: number, end: number, groups: Groups, macros: Macros, silent: SilentCommands) {
    this.#text = text;
    this.#start = start;
    this.#at = start;
    this.#end = end;
    this.#groups = groups;
    this.#macros = macros;
    this.#silent = silent;
  }

  entry(): RawEntry {
    const type = this.#head();
    const key = this.#key();
    this.#readFields();
    return { type, key, fields: this.#fields, faults: this.#faults };
  }

  definitions(): RawEntry {
    const type = this.#head();
    this.#readFields();
    return { type, key: '', fields: this.#fields, faults: this.#faults };
  }

  #head(): string {
    head.lastIndex = this.#start;
    const match = head.exec(this.#text);
    this.#at = match ? head.lastIndex : this.#end;
    return (match?.[1] ?? '').toLowerCase();
  }

  #key(): string {
    this.#skipBlanks();
    const start = this.#at;
    const key = this.#match(keyText).trimEnd();
    const after = this.#at;
    this.#skipBlanks();
    const [first = ''] = key.split(/\s/);
    if (beginsAsField.test(key) && (this.#next() !== ',' || fieldWithSpaces.test(key))) {
      this.#at = start;
      return '';
    }
    if (this.#next() === ',' && !/\s.*=/.test(key)) {
      if (/\s/.test(key)) {
        this.#tell(start, after, `The key \`${shown(key)}\` has a blank in it, which Pandoc doesn't read; take the blank out.`);
      }
      this.#at++;
      return key;
    }
    if (this.#at < this.#end && key !== '') {
      this.#tell(start, after, `A comma is missing after the key \`${shown(key)}\`; put one there.`);
      this.#at = start + first.length;
      return first;
    }
    return key;
  }

  #readFields(): void {
    for (let count = 0; count < mostFields; count++) {
      this.#skipBlanks();
      while (this.#next() === ',') {
        this.#at++;
        this.#skipBlanks();
      }
      if (this.#at >= this.#end) {
        return;
      }
      this.#field();
    }
  }

  #field(): void {
    const start = this.#at;
    const name = this.#match(nameText).toLowerCase();
    const nameEnd = this.#at;
    this.#skipBlanks();
    if (name === '' || this.#next() !== '=') {
      this.#skipStray(start, nameEnd);
      return;
    }
    this.#at++;
    this.#fields.set(synonyms.get(name) ?? name, this.#silent.removedFrom(this.#value(name)));
    this.#skipBlanks();
    if (this.#at < this.#end && this.#next() !== ',') {
      this.#tell(start, nameEnd, `A comma is missing after the field \`${shown(name)}\`; put one there.`);
    }
  }

  /** Leaves out what is no field, up to the next comma outside of braces. */
  #skipStray(start: number, nameEnd: number): void {
    const end = this.#outside(',', this.#at);
    this.#tell(start, Math.max(nameEnd, start + 1), `\`${shown(this.#text.slice(start, Math.min(end, start + 30)))}\` is no field of the form \`name = {value}\` and is left out; complete it or take it out.`);
    this.#at = Math.max(end, start + 1);
  }

  #value(name: string): string {
    let value = '';
    for (let count = 0; ; count++) {
      this.#skipBlanks();
      value += this.#part(name);
      const after = this.#at;
      this.#skipBlanks();
      if (this.#next() !== '#' || count > mostFields) {
        this.#at = after;
        return value;
      }
      this.#at++;
    }
  }

  #part(name: string): string {
    const start = this.#at;
    if (this.#next() === '{') {
      const end = this.#groupEnd(start);
      this.#at = end;
      return this.#text.slice(start + 1, end - 1);
    }
    if (this.#next() === '"') {
      const end = this.#outside('"', start + 1);
      if (end >= this.#end) {
        this.#tell(start, start + 1, `The quotation mark that opens \`${shown(name)}\` is never closed; close it. What follows is read as part of it.`);
      }
      this.#at = Math.min(end + 1, this.#end);
      return this.#text.slice(start + 1, end);
    }
    return this.#macro(name, this.#match(wordText));
  }

  #macro(name: string, word: string): string {
    if (word === '') {
      this.#tell(this.#at, this.#at + 1, `The field \`${shown(name)}\` has no value; write one or take the field out.`);
      return '';
    }
    const macro = word.toLowerCase();
    const known = this.#macros.get(macro);
    if (known !== undefined || /^\d/.test(word) || months.includes(macro)) {
      return known ?? macro;
    }
    // Pandoc takes a name that no `@string` defines in lower case, and for a localization key what that stands for.
    const words = termOf(macro) ?? (macroName.test(word) ? macro : word);
    this.#tell(this.#at - word.length, this.#at, `No \`@string\` above defines \`${shown(word)}\`, so that Pandoc takes it as \`${shown(words)}\`. Define it, or put the value in braces.`);
    return words;
  }

  /** Where a mark stands next outside of the braces of values, or the end. */
  #outside(mark: string, from: number): number {
    for (let at = from; ; ) {
      const group = this.#groupFrom(at);
      const limit = Math.min(this.#groups[group] ?? this.#end, this.#end);
      const found = indexWithin(this.#text, mark, at, limit);
      if (found >= 0) {
        return found;
      }
      if (limit >= this.#end) {
        return this.#end;
      }
      at = this.#groups[group + 1] ?? this.#end;
    }
  }

  #groupEnd(open: number): number {
    const group = this.#groupFrom(open);
    return this.#groups[group] === open ? (this.#groups[group + 1] ?? this.#end) : open + 1;
  }

  #groupFrom(at: number): number {
    while (this.#group < this.#groups.length && this.#groups[this.#group]! < at) {
      this.#group += 2;
    }
    return this.#group;
  }

  #next(): string {
    return this.#at < this.#end ? this.#text[this.#at]! : '';
  }

  /** Skips spaces, line ends and comments. */
  #skipBlanks(): void {
    for (;;) {
      blanks.lastIndex = this.#at;
      blanks.exec(this.#text);
      this.#at = Math.min(blanks.lastIndex, this.#end);
      if (this.#next() !== '%' || !beginsComment(this.#text, this.#at)) {
        return;
      }
      this.#at = lineEnd(this.#text, this.#at, this.#end);
    }
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text)?.[0] ?? '';
    const length = Math.max(Math.min(this.#end - this.#at, this.#uncommented(match)), 0);
    const inside = match.slice(0, length);
    this.#at += length;
    return inside;
  }

  /** How much of a word comes before a comment. */
  #uncommented(word: string): number {
    let sign = word.indexOf('%');
    while (sign >= 0 && !beginsComment(this.#text, this.#at + sign)) {
      sign = word.indexOf('%', sign + 1);
    }
    return sign < 0 ? word.length : sign;
  }

  #tell(start: number, end: number, message: string): void {
    if (this.#faults.length < mostFaults) {
      this.#faults.push({ start, end: Math.min(Math.max(end, start), this.#end), message });
    }
  }
}

/** `indexOf` that never looks behind a limit: a far one would be searched for again and again. */
function indexWithin(text: string, mark: string, from: number, limit: number): number {
  const code = mark.charCodeAt(0);
  for (let at = from; at < limit; at++) {
    if (text.charCodeAt(at) === code) {
      return at;
    }
  }
  return -1;
}

function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ').replaceAll('`', "'").trim();
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}
