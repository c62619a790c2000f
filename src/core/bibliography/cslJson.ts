import { longestEntry, PieceScanner } from './pieceScanner.ts';
import { shapeFaults } from './cslShape.ts';
import { cslItemOf } from './sanitize.ts';
import type { Convert } from './scan.ts';
import { JsonWalk, mostFields, type Fault } from './jsonWalk.ts';
import { summaryOf } from './summary.ts';
import { textOf } from './texts.ts';

/** Fields of what stands inside an entry: an object that begins with one of them is no entry. */
const inner = new Set(['family', 'given', 'literal', 'suffix', 'dropping-particle', 'non-dropping-particle', 'date-parts', 'raw', 'season']);
const lookAhead = 300;
const firstKey = /\{\s{0,150}"([^"\\\n]{0,100})"/y;

/** A space that JSON does not know, or a byte order mark. */
const oddBlanks = /[^\S \t\r\n]/g;
/** Half of a sign that UTF-16 writes in two, as an escape, or any other escape. */
const escapes = /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|(u[dD][89a-fA-F][\da-fA-F]{2})|[^])/g;
const halves = /\\u[dD][89a-fA-F]/;

const stops = ', so that Pandoc can’t read the file';
/** More than these between two entries are nothing of a bibliography. */
const mostMarks = 10;

type Mode = 'between' | 'entry' | 'seeking' | 'tail';

/**
 * Finds the objects of `[…]`, of `{"items": […]}` or `{"references": […]}`, or one object alone, each of which is then read
 * by itself. What can't be read costs its own entry: from there on the next object that looks like an entry is looked for.
 */
export class CslJsonScanner extends PieceScanner {
  #text = '';
  /** Where `#text` begins in the file; the offsets below count from there. */
  #base = 0;
  #at = 0;
  #start = 0;
  #mode: Mode = 'between';
  #walk = new JsonWalk();
  /** Whether the first object may be one that only holds the list. */
  #isRoot = true;
  /** Whether it does; behind the list it has nothing for us. */
  #isInRoot = false;
  #wasLost = false;
  /** Whether there was something that is no entry: from then on no bracket is taken for the end of the list. */
  #isAdrift = false;
  /** Whether a bracket stands behind the last entry. */
  #seemsDone = false;
  /** How many braces and brackets are open behind the list, that of the object around it among them; whether a text is. */
  #depth = 1;
  #inText = false;
  /** The last character that was no blank, while looking for the next entry and behind the list. */
  #before = 0;
  #isFirstOnLine = false;
  /** The marks between the last entry, or the file's beginning, and here, and from where to where they are. */
  #marks = '';
  #marksAt = 0;
  #marksEnd = 0;
  /** Whether an entry has begun. */
  #hasEntry = false;
  /** Whether the entries are in a list, and where the first of them begins. */
  #isList = true;
  #first = 0;

  constructor() {
    super(1 << 15);
  }

  protected override take(piece: string): void {
    this.#text += piece;
    this.#run(false);
  }

  protected override *finish(): Generator<undefined, void> {
    this.#run(true);
    // An entry inside what is lost may be open too.
    while (this.#mode === 'entry') {
      yield;
      this.#lose(this.#text.length, 'end');
      this.#run(true);
    }
    this.#tellEmpty();
    this.#tellEnd();
  }

  #run(hasEnded: boolean): void {
    while (this.#at < this.#text.length && this.#step(hasEnded)) {
      // Each step goes on from where the one before stopped.
    }
    const dropped = this.#mode === 'entry' ? this.#start : this.#at;
    this.#text = this.#text.slice(dropped);
    this.#base += dropped;
    this.#at -= dropped;
    this.#start -= dropped;
  }

  /** Answers whether there may be more to do before more text comes. */
  #step(hasEnded: boolean): boolean {
    switch (this.#mode) {
      case 'between':
        return this.#between();
      case 'entry':
        return this.#entry();
      case 'seeking':
        return this.#seek(hasEnded);
      case 'tail':
        return this.#behind(hasEnded);
    }
  }

  #between(): boolean {
    const found = /[^\s,[\]\ufeff]/g;
    found.lastIndex = this.#at;
    const next = found.exec(this.#text)?.index ?? this.#text.length;
    const passed = this.#text.slice(this.#at, next);
    this.#isRoot &&= !passed.includes('[');
    this.#tellBlanks(passed);
    this.#noteMarks(passed);
    this.#at = next;
    this.#seemsDone ||= this.#isInRoot && !this.#isAdrift && passed.includes(']');
    if (next < this.#text.length) {
      const isEntry = this.#text[next] === '{';
      if (this.#seemsDone && !isEntry) {
        this.#tellEnd();
        this.#mode = 'tail';
      } else if (isEntry) {
        this.#seemsDone = false;
        this.#tellMarks();
        this.#begin();
      } else {
        this.#note(next, next + 1, 'Something stands here that is no entry. Take it away, or write it as { "id": … }.');
        this.#look(0);
      }
    }
    return true;
  }

  /** What else the object holds that holds the list. If it ends before the file does, its brace was an entry's. */
  #behind(hasEnded: boolean): boolean {
    for (; this.#at < this.#text.length && this.#depth > 0; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 34) {
        this.#inText = !this.#inText;
      } else if (code === 92 && this.#inText) {
        if (this.#at + 1 === this.#text.length) {
          // What it stands before comes with the next piece.
          this.#at += hasEnded ? 1 : 0;
          return false;
        }
        this.#at += 1;
      } else if (code === 10 && this.#inText) {
        // No text goes over a line's end: all of this is no JSON.
        this.#depth = 0;
      } else if (!this.#inText) {
        if (code === 123 && this.#depth === 1 && this.#before === 44) {
          // Here a key would have to stand.
          this.#look(44);
          return true;
        }
        this.#depth += code === 123 || code === 91 ? 1 : code === 125 || code === 93 ? -1 : 0;
      }
      this.#before = code > 32 ? code : this.#before;
    }
    if (this.#depth <= 0) {
      this.#look(125);
    }
    return this.#depth <= 0;
  }

  #begin(): void {
    this.#mode = 'entry';
    this.#start = this.#at;
    this.#walk.restart();
  }

  #entry(): boolean {
    const stop = Math.min(this.#text.length, this.#start + longestEntry);
    this.#at = this.#walk.on(this.#text, this.#at, stop, this.#isRoot);
    const { state, fault } = this.#walk;
    if (state === 'list') {
      // `{"items": [`: the entries stand inside.
      this.#tellRoot();
      this.#isRoot = false;
      this.#isInRoot = true;
      this.#mode = 'between';
    } else if (state === 'closed') {
      this.#close();
    } else if (state === 'fault') {
      this.#lose(this.#at, fault);
    } else if (stop < this.#text.length) {
      this.#lose(this.#at, 'length');
    }
    return true;
  }

  #close(): void {
    const { value, fault } = parsed(this.#text.slice(this.#start, this.#at));
    if (value === undefined) {
      return this.#lose(this.#at, fault);
    }
    this.#mode = 'between';
    this.#marks = '';
    this.#marksAt = this.#marksEnd = this.#base + this.#at;
    const key = textOf(value['id'])?.trim() || textOf(value['citation-key'])?.trim();
    if (key) {
      const item = cslItemOf(value);
      this.#tellShape(value);
      this.found({ key, aliases: [], start: this.#base + this.#start, end: this.#base + this.#at, summary: summaryOf(item) });
      this.#wasLost = false;
    } else if (!this.#wasLost) {
      this.#isAdrift = true;
      this.#note(this.#start, this.#at, 'This entry has no "id", so that it can’t be cited. Give it one: "id": "key".');
    }
  }

  #tellBlanks(passed: string): void {
    if (this.#isAdrift || passed.search(oddBlanks) < 0) {
      return;
    }
    for (const { 0: blank, index } of passed.matchAll(oddBlanks)) {
      const start = this.#base + this.#at + index;
      const isMark = blank === '\ufeff';
      const what = isMark ? 'A byte order mark is' : 'A space that JSON does not know is';
      this.refused(start, start + 1, `${what} here${stops}. ${isMark ? 'Save the file as UTF-8 without it' : 'Write a simple one'}.`, [{ start, end: start + 1, text: isMark ? '' : ' ' }]);
    }
  }

  #noteMarks(passed: string): void {
    const marks = passed.replace(/[\s\ufeff]+/g, '');
    if (marks !== '') {
      this.#marks = (this.#marks + marks).slice(0, mostMarks);
      this.#marksEnd = this.#base + this.#at + Math.max(passed.lastIndexOf(']'), passed.lastIndexOf('['), passed.lastIndexOf(',')) + 1;
    }
  }

  /** What is between two entries is one comma, and before the first a bracket. */
  #tellMarks(): void {
    const [marks, at, end] = [this.#marks, this.#marksAt, this.#base + this.#at];
    if (!this.#hasEntry) {
      this.#hasEntry = true;
      this.#isList = marks !== '';
      this.#first = end;
      if (marks !== '[' && marks !== '') {
        this.refused(at, end, `\`${marks}\` is before the first entry${stops}. Write one bracket.`, /^\[,+$/.test(marks) ? [{ start: at, end, text: '[' }] : undefined);
      }
    } else if (!this.#isAdrift && marks !== ',') {
      const repair = marks === '' ? [{ start: at, end: at, text: ',' }] : /^\]?,*\[?$/.test(marks) && marks.includes(']') === marks.includes('[') ? [{ start: at, end, text: ',\n' }] : undefined;
      this.refused(at, end, `${marks === '' ? 'Nothing' : `\`${marks}\``} is between two entries${stops}. Write one comma.`, repair);
    }
  }

  #tellEmpty(): void {
    if (!this.#hasEntry && !this.#isAdrift && this.#mode === 'between' && this.#marks === '' && !this.#isInRoot) {
      this.refused(0, 0, `This file is empty${stops}. Write \`[]\`.`, [{ start: 0, end: 0, text: '[]' }]);
    }
  }

  /** Behind the last entry is the bracket that closes the list. */
  #tellEnd(): void {
    if (!this.#hasEntry || this.#isAdrift || this.#mode === 'tail') {
      return;
    }
    const [marks, at, end] = [this.#marks, this.#marksAt, this.#base + this.#at];
    if (!this.#isList && !this.#isInRoot) {
      const closed = marks === '' ? [{ start: at, end: at, text: ']' }] : marks === ']' ? [] : undefined;
      const brackets = closed && [{ start: this.#first, end: this.#first, text: '[' }, ...closed];
      this.refused(this.#first, this.#first + 1, `The entries of this file are in no list${stops}. Write \`[\` before the first and \`]\` after the last.`, brackets);
    } else if (marks !== ']') {
      const repair = /^,*\]?,*$/.test(marks) && this.#isList ? [{ start: at, end: this.#marksEnd, text: '\n]' }] : undefined;
      this.refused(Math.max(at - 1, 0), end, `${marks === '' ? 'Nothing' : `\`${marks}\``} is after the last entry${stops}. Close the list by one bracket.`, repair);
    }
  }

  /** An object that only holds the list: Pandoc 3 takes `items`, as Zotero writes it, and Pandoc 2 neither. */
  #tellRoot(): void {
    const who = this.#walk.key === 'items' ? ', so that Pandoc 2 can’t read the file' : stops;
    this.refused(this.#base + this.#start, this.#base + this.#start + 1, `The entries of this file are in an object${who}. Keep the list alone, from its \`[\` to its \`]\`.`);
    // The brace was no entry's.
    this.#hasEntry = false;
    this.#marks = '';
  }

  #tellShape(value: Readonly<Record<string, unknown>>): void {
    const base = this.#base + this.#start;
    const text = this.#text.slice(this.#start, this.#at);
    for (const { 0: escape, 1: half, index } of halves.test(text) ? text.matchAll(escapes) : []) {
      if (half !== undefined) {
        this.refused(base + index, base + index + escape.length, `\`${escape}\` is only half of a sign${stops}. Write the sign itself.`);
      }
    }
    for (const { start, end, message, repair } of shapeFaults(value, text)) {
      this.refused(base + start, base + end, message, repair?.map(edit => ({ start: base + edit.start, end: base + edit.end, text: edit.text })));
    }
  }

  /** Gives the entry up at the offset, and looks for the next one behind its first brace: it may have swallowed others. */
  #lose(end: number, fault: Fault): void {
    if (!this.#wasLost || fault !== 'end') {
      this.#note(this.#start, end, sentences[fault]);
    }
    this.#wasLost = true;
    this.#isRoot = this.#isInRoot = false;
    this.#at = this.#start + 1;
    this.#look(123);
  }

  #look(before: number): void {
    this.#mode = 'seeking';
    this.#isAdrift = true;
    this.#before = before;
    this.#isFirstOnLine = false;
  }

  #seek(hasEnded: boolean): boolean {
    for (; this.#at < this.#text.length; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 123 && !hasEnded && this.#at + lookAhead > this.#text.length) {
        return false;
      }
      if (code === 123 && this.#isEntryHere()) {
        this.#begin();
        return true;
      }
      if (code > 32) {
        this.#before = code;
        this.#isFirstOnLine = false;
      } else if (code === 10 || code === 13) {
        this.#isFirstOnLine = true;
      }
    }
    return false;
  }

  /** Behind a comma, a bracket or a brace, or first on its line; and with a field that no name and no date has. */
  #isEntryHere(): boolean {
    const isPlace = this.#isFirstOnLine || [0, 44, 91, 125].includes(this.#before);
    firstKey.lastIndex = this.#at;
    const [, key] = (isPlace && firstKey.exec(this.#text)) || [];
    return key !== undefined && !inner.has(key);
  }

  #note(start: number, end: number, message: string): void {
    this.problem(this.#base + start, this.#base + end, message, true);
  }
}

const sentences: Readonly<Record<Fault, string>> = {
  string: 'This entry can’t be read: a text in it has no end in its line. Write a quotation mark behind it.',
  comma: 'This entry can’t be read: where it breaks off, a comma, a bracket or a brace is missing or is one too many.',
  depth: 'This entry can’t be read: a brace or a bracket in it is never closed.',
  fields: `This entry can’t be read: it has an object of more than ${mostFields} fields. Take them out.`,
  length: `This entry is longer than ${longestEntry} characters, or is never closed. Shorten it, or close its brace.`,
  value: 'This entry can’t be read: a value in it is no text, number, list or object. Put it into quotation marks.',
  end: 'This entry can’t be read: the file ends before it does. Write what is missing, "}" at least.',
};

function parsed(text: string): { value?: Readonly<Record<string, unknown>>; fault: Fault } {
  try {
    return { value: JSON.parse(text) as Readonly<Record<string, unknown>>, fault: 'value' };
  } catch {
    return { fault: 'value' };
  }
}

export const convertCslJson: Convert = text => cslItemOf(parsed(text).value ?? {});
