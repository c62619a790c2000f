import type { FileProblem, Scan, ScannedEntry, Scanner } from '../scan.ts';
import { Inheritance, keysIn } from './inheritance.ts';
import { mostDefinitions, silentIn, SilentCommands, wellKnownSilent } from './preamble.ts';
import { strayFault, strictFaults } from './strict.ts';
import { beginsComment, groupsOf, head, lineEnd, mostGroups, readEntry, readMacros, type Fault } from './syntax.ts';
import { Summaries } from './summary.ts';

const Char = { at: 0x40, open: 0x7b, close: 0x7d, backslash: 0x5c, parenthesis: 0x29, quote: 0x22, percent: 0x25, feed: 0x0a, return: 0x0d, space: 0x20, tab: 0x09 } as const;

/** A head is at most so long; at an `@` that stands nearer to the end of what has come, the rest is waited for. */
const longestHead = 512;
/** So much is gathered before it is read. */
const smallestPart = 1 << 15;
/** After so many code units someone else may have the thread. */
const slice = 1 << 12;
/**
 * So many entries may seem to begin inside of one that isn't closed before it is given up. Each looks through no more
 * than the few that follow it, so that a million of them cost no more than a million others.
 */
const mostInside = 3;
const mostProblems = 1000;
const longestIds = 5000;
const none: readonly never[] = [];
const stopsPandoc = { stopsPandoc: true } as const;

/** A key and a field: what is behind an `@` with a space and a round bracket is taken for an entry only with these. */
const fieldsBehind = /\s{0,20}(?:[^\s,]{1,80}\s{0,20},\s{0,40})?[^\s=,]{1,40}\s{0,20}=/y;

/** An entry whose end is being looked for. */
interface Open {
  /** In the text that is held, as are the others. */
  readonly start: number;
  readonly bodyStart: number;
  readonly type: string;
  readonly isParenthesised: boolean;
  readonly groups: number[];
  depth: number;
  /** Between quotation marks, where a percent sign is text. */
  isQuoted: boolean;
  /** Where lines begin inside of it as entries do. */
  readonly inside: number[];
}

/**
 * Finds the entries of a BibTeX or BibLaTeX file by their braces. Text between entries is ignored, as BibTeX does. An entry
 * whose braces don't balance ends before the next line that begins as an entry does, and is the only one that is lost.
 */
export class BibtexScanner implements Scanner {
  readonly #entries: ScannedEntry[] = [];
  readonly #problems: FileProblem[] = [];
  readonly #macros = new Map<string, string>();
  readonly #silent = new Map<string, number>();
  #silentCommands = wellKnownSilent;
  readonly #summaries = new Summaries();
  readonly #inheritance = new Inheritance();
  readonly #firsts = new Set<string>();
  /** What has come and is not done with, and where it begins in the whole text. */
  #text = '';
  #base = 0;
  #at = 0;
  #open: Open | undefined;
  /** A comment has begun, `% …`, and its line hasn't ended yet. */
  #isComment = false;
  /** What has come and has not been looked at; joined only when there is enough of it, so that small chunks cost nothing. */
  #waiting: string[] = [];
  #waitingLength = 0;
  #budget = slice;

  *push(chunk: string): Generator<undefined, void> {
    this.#waiting.push(chunk);
    this.#waitingLength += chunk.length;
    if (this.#waitingLength >= Math.max(smallestPart, this.#text.length - this.#done)) {
      this.#takeWaiting();
      yield* this.#scan(false);
    }
  }

  *end(): Generator<undefined, Scan> {
    this.#takeWaiting();
    yield* this.#scan(true);
    yield* this.#inheritance.fill(this.#entries);
    this.#text = '';
    const context = { strings: Object.fromEntries(this.#macros), ...(this.#silent.size > 0 && { silent: Object.fromEntries(this.#silent) }) };
    return { entries: this.#entries, problems: this.#problems, context };
  }

  /** Behind this the text is still needed. */
  get #done(): number {
    return this.#open?.start ?? this.#at;
  }

  #takeWaiting(): void {
    const done = this.#done;
    this.#text = this.#text.slice(done) + this.#waiting.join('');
    this.#base += done;
    this.#at -= done;
    if (this.#open) {
      this.#open = moved(this.#open, done);
    }
    this.#waiting = [];
    this.#waitingLength = 0;
  }

  *#scan(isLast: boolean): Generator<undefined, void> {
    const until = isLast ? this.#text.length : this.#text.length - longestHead;
    while (this.#at < until || (isLast && this.#open)) {
      const from = this.#at;
      if (this.#open) {
        this.#inEntry(this.#open, Math.min(until, from + slice));
        if (isLast && this.#open && this.#at >= until) {
          this.#giveUp(this.#open);
        }
      } else {
        this.#between(Math.min(until, from + slice));
      }
      this.#budget -= Math.max(this.#at - from, 64);
      if (this.#budget <= 0) {
        this.#budget = slice;
        yield;
      }
    }
  }

  /** Looks for the next entry. */
  #between(until: number): void {
    const text = this.#text;
    for (let at = this.#behindComment(this.#at, until); at < until; at++) {
      const code = text.charCodeAt(at);
      if (code === Char.at) {
        if (this.#begin(at)) {
          return;
        }
        this.#tellStray(at);
      } else if (code === Char.percent) {
        // An entry that is commented out is none, for Pandoc and biber.
        this.#isComment = true;
        at = this.#behindComment(at, until) - 1;
      }
    }
    this.#at = until;
  }

  #begin(at: number): boolean {
    head.lastIndex = at;
    const match = head.exec(this.#text);
    const bodyStart = head.lastIndex;
    fieldsBehind.lastIndex = bodyStart;
    // In prose, `@ home (…)` is no entry, and an address is none.
    const isDoubtful = isWord(this.#text.charCodeAt(at - 1)) || (match?.[2] === '(' && /\s/.test(this.#text[at + 1]!));
    if (!match || (isDoubtful && !fieldsBehind.test(this.#text))) {
      return false;
    }
    this.#open = { start: at, bodyStart, type: match[1]!.toLowerCase(), isParenthesised: match[2] === '(', groups: [], depth: 0, isQuoted: false, inside: [] };
    this.#at = bodyStart;
    return true;
  }

  /** Follows the braces of an entry. */
  #inEntry(open: Open, until: number): void {
    const text = this.#text;
    let { depth } = open;
    const hasComments = open.type !== 'comment';
    for (let at = this.#behindComment(this.#at, until); at < until; at++) {
      const code = text.charCodeAt(at);
      if (code === Char.open && text.charCodeAt(at - 1) !== Char.backslash) {
        if (depth++ === 0 && open.groups.length < mostGroups) {
          open.groups.push(at);
        }
      } else if (code === Char.close && text.charCodeAt(at - 1) !== Char.backslash) {
        if (depth === 0) {
          this.#at = at + 1;
          open.isParenthesised ? this.#giveUp(open) : this.#close(open, at + 1);
          return;
        }
        if (--depth === 0 && open.groups.length % 2 === 1) {
          open.groups.push(at + 1);
        }
      } else if (code === Char.parenthesis && depth === 0 && open.isParenthesised) {
        this.#close(open, at + 1);
        return;
      } else if (code === Char.at && this.#seemsToBegin(at) && open.inside.push(at) > (open.isParenthesised && depth === 0 ? 0 : mostInside)) {
        // A parenthesis of the next entry would close this one.
        this.#at = at;
        this.#giveUp(open);
        return;
      } else if (code === Char.quote && depth === 0) {
        open.isQuoted = !open.isQuoted;
      } else if (code === Char.percent && depth === 0 && !open.isQuoted && hasComments && beginsComment(text, at)) {
        this.#isComment = true;
        at = this.#behindComment(at, until) - 1;
      }
    }
    open.depth = depth;
    this.#at = until;
  }

  /** Where the comment ends that has begun, or the limit; where none has, the offset itself. */
  #behindComment(from: number, limit: number): number {
    const end = this.#isComment ? lineEnd(this.#text, from, limit) : from;
    this.#isComment &&= end >= limit;
    return end;
  }

  /** Whether an entry begins at a line's first sign. */
  #seemsToBegin(at: number): boolean {
    for (let before = at - 1; before >= Math.max(at - longestHead, 0); before--) {
      const code = this.#text.charCodeAt(before);
      if (code === Char.feed || code === Char.return) {
        head.lastIndex = at;
        return head.test(this.#text);
      }
      if (code !== Char.space && code !== Char.tab) {
        return false;
      }
    }
    return false;
  }

  /** The entry is broken; the next one is looked for where it seems to begin, else behind what was read of this one. */
  #giveUp(open: Open): void {
    const end = Math.max(open.inside[0] ?? this.#at, open.bodyStart);
    this.#isComment = false;
    this.#at = end;
    this.#open = undefined;
    const trimmed = open.start + this.#text.slice(open.start, end).trimEnd().length;
    const whole = open.isParenthesised || open.type === 'comment' ? undefined : this.#closedOtherwise(open, trimmed);
    if (whole) {
      const isBackslash = this.#text.slice(open.start, trimmed).includes('\\}');
      this.#tell(open.start, trimmed, isBackslash
        ? 'A backslash is before a closing brace of this entry, which is then none to Pandoc, so that it can’t read the file. Put a space between them.'
        : 'The closing brace of this entry is after a `%`, which begins a comment, so that Pandoc can’t read the file. Put it on a line of its own.', false, { stopsPandoc: true });
      this.#keep(whole, trimmed);
    } else if (open.type === 'comment') {
      this.#tell(open.start, trimmed, 'The braces of this `@comment` are not balanced, so that Pandoc can’t read the file. Balance them, or take out the `@`.', false, { stopsPandoc: true });
    } else if (this.#problems.length < mostProblems) {
      this.#tell(open.start, trimmed, this.#whyBroken(open, trimmed), true, { stopsPandoc: true });
    }
  }

  /**
   * `file = {C:\papers\}` has balanced braces for BibTeX, though not for who takes `\}` for a sign; and `year = 2000 % note}`
   * is closed but for who knows comments, which BibTeX does not.
   */
  #closedOtherwise(open: Open, end: number): Open | undefined {
    const text = this.#text;
    if (text.charCodeAt(end - 1) !== Char.close || end - open.start > slice) {
      return undefined;
    }
    const groups = groupsOf(text, open.bodyStart, end - 1, true);
    return groups && { ...open, groups: [...groups] };
  }

  #whyBroken(open: Open, end: number): string {
    const groups = open.groups.filter(at => at <= end);
    const isOpen = groups.length % 2 === 1;
    const last = groups.at(isOpen ? -1 : -2) ?? open.bodyStart;
    // A value that was closed by a brace of the entry's own has the next fields in it.
    const isSuspect = isOpen || /\n\s*[\w-]+\s*=/.test(this.#text.slice(last, Math.min(groups.at(-1) ?? last, last + 10_000)));
    const value = isSuspect ? last : open.bodyStart;
    const before = this.#text.slice(Math.max(value - longestHead, open.bodyStart), value);
    const field = /(?:^|[,{(\s])([a-zA-Z][\w-]{0,40})\s*=\s*$/.exec(before)?.[1];
    const cure = field === undefined ? `close the one behind \`@${open.type}\`` : `close the one opened in \`${field}\``;
    return `The braces of this entry are not balanced, so that Pandoc can’t read the file; ${cure}. The entry is left out.`;
  }

  #close(open: Open, end: number): void {
    this.#at = end;
    this.#open = undefined;
    this.#keep(open, end);
  }

  #keep(open: Open, end: number): void {
    if (open.type === 'string') {
      this.#define(open, end);
    } else if (open.type === 'comment' || open.type === 'preamble') {
      this.#tellStrict(open, end, none);
      this.#silence(open, end);
    } else {
      this.#add(open, end);
    }
  }

  #define(open: Open, end: number): void {
    const { fields, faults } = readMacros(this.#text, open.start, end, open.groups, this.#macros);
    for (const [name, value] of fields) {
      this.#macros.set(this.#summaries.copy(name), this.#summaries.copy(value));
    }
    this.#tellStrict(open, end, faults);
  }

  /** Notes the commands that a preamble defines as printing nothing. */
  #silence({ type, bodyStart }: Open, end: number): void {
    const isRead = type === 'preamble' && this.#silent.size < mostDefinitions;
    const found = isRead ? silentIn(this.#text.slice(bodyStart, end - 1)) : undefined;
    if (found && found.size > 0) {
      found.forEach((parameters, name) => this.#silent.set(this.#summaries.copy(name), parameters));
      this.#silentCommands = new SilentCommands(this.#silent);
    }
  }

  #add(open: Open, end: number): void {
    const raw = readEntry(this.#text, open.start, end, open.groups, this.#macros, this.#silentCommands);
    if (raw.key === '') {
      // Any type that begins with `comment` is a comment for Pandoc, which it reads whatever is in it.
      const stops = open.type.startsWith('comment') ? undefined : stopsPandoc;
      this.#tell(open.start, end, `This entry has no key, so nothing can cite it${stops ? ' and Pandoc can’t read the file' : ''}; write one after \`@${open.type}{\`, with a comma after it. The entry is left out.`, true, stops);
      return;
    }
    this.#tellStrict(open, end, raw.faults);
    const key = this.#summaries.copy(raw.key);
    this.#tellDouble(key, open, end);
    const ids = raw.fields.get('ids');
    const aliases = ids === undefined ? none : keysIn(ids.slice(0, longestIds)).map(alias => this.#summaries.copy(alias));
    this.#inheritance.note(this.#entries.length, raw);
    this.#entries.push({ key, aliases, start: this.#base + open.start, end: this.#base + end, summary: this.#summaries.of(raw) });
  }

  /** Pandoc warns of it and takes the last; LaTeX's tools take the first. */
  #tellDouble(key: string, { start }: Open, end: number): void {
    if (this.#firsts.has(key)) {
      this.#tell(start, end, `Another entry above has the key \`${key}\` too; give one of them another key.`, false);
    }
    this.#firsts.add(key);
  }

  /** What Pandoc can't read of an entry, and of what else is odd in it that which is elsewhere. */
  #tellStrict(open: Open, end: number, faults: readonly Fault[]): void {
    const strict = strictFaults(this.#text, open, end);
    if (strict.length === 0) {
      this.#tellFaults(faults);
      return;
    }
    const others = faults.filter(fault => !strict.some(({ start }) => start >= fault.start && start <= fault.end));
    strict.forEach(({ start, end: last, message, repair }) => this.#tell(start, last, message, false, { stopsPandoc: true, ...(repair && { repair }) }));
    this.#tellFaults(others);
  }

  #tellFaults(faults: readonly Fault[]): void {
    faults.forEach(({ start, end, message }) => this.#tell(start, end, message, false));
  }

  #tellStray(at: number): void {
    const fault = strayFault(this.#text, at);
    if (fault) {
      this.#tell(fault.start, fault.end, fault.message, false, { stopsPandoc: true, ...(fault.repair && { repair: fault.repair }) });
    }
  }

  #tell(start: number, end: number, message: string, isLoss: boolean, more?: Pick<FileProblem, 'stopsPandoc' | 'repair'>): void {
    if (this.#problems.length < mostProblems) {
      const repair = more?.repair?.map(edit => ({ start: this.#base + edit.start, end: this.#base + edit.end, text: this.#summaries.copy(edit.text) }));
      this.#problems.push({ start: this.#base + start, end: this.#base + end, message: this.#summaries.copy(message), isLoss, ...more, ...(repair && { repair }) });
    }
  }
}

function moved(open: Open, by: number): Open {
  return {
    ...open,
    start: open.start - by,
    bodyStart: open.bodyStart - by,
    groups: open.groups.map(at => at - by),
    inside: open.inside.map(at => at - by),
  };
}

/** A letter, a digit or `_`: behind one, an `@` belongs to an address. */
function isWord(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x5f || (code >= 0xc0 && code <= 0x24f);
}
