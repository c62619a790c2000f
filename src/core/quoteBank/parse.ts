import { Lines } from '../lines.ts';
import type { Span } from '../reading.ts';
import { jsonFault, quoteListIn, type QuoteList } from './json.ts';
import type { OwnQuote } from './own.ts';

/** Something wrong with a file of quotes: where, and one plain sentence with its cure. */
export interface BankProblem extends Span {
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

/** What a file of quotes holds. */
export interface Bank {
  readonly quotes: readonly OwnQuote[];
  readonly problems: readonly BankProblem[];
  /** Whether a quote can be added: the file is sound JSON, and ours. */
  readonly isSound: boolean;
  /** Another program's file of this name: none of our business, unless the writer wants to save a quote in it. */
  readonly isForeign: boolean;
}

/** Longer files (characters) are not read. */
export const longestBank = 20_000_000;
const longestText = 100_000;

/** Reads a file of quotes. A faulty quote costs itself only. */
export function readBank(text: string): Bank {
  const problems = new Problems(text);
  if (text.length > longestBank) {
    problems.add(atStart, 'The file is longer than 20 million characters; divide it.');
    return { quotes: [], problems: problems.all, isSound: false, isForeign: false };
  }
  if (/^\ufeff?\s*$/.test(text)) {
    return { quotes: [], problems: [], isSound: true, isForeign: false };
  }
  const isJson = parsed(text.replace(/^\ufeff/, '')) !== undefined;
  const list = quoteListIn(text);
  if (isForeign(text, list, isJson)) {
    problems.add(atStart, 'This is no file of quotes: it has no list “quotes” whose items have a “key” and a “text”.');
    return { quotes: [], problems: problems.all, isSound: false, isForeign: true };
  }
  if (!isJson) {
    const at = Math.min(jsonFault(text), Math.max(text.length - 1, 0));
    const what = 'The file is no sound JSON from here on; mend it before a quote is added.';
    problems.add({ start: at, end: Math.min(at + 1, text.length) }, what);
  }
  const quotes = (list?.items ?? []).flatMap(span => readQuote(text, span, problems) ?? []);
  return { quotes, problems: problems.all, isSound: isJson, isForeign: false };
}

const atStart: Span = { start: 0, end: 0 };

/** An empty list, and an object without anything, may become ours. */
function isForeign(text: string, list: QuoteList | undefined, isJson: boolean): boolean {
  if (!list) {
    return isJson && !/^\ufeff?\s*\{\s*(?:"\$schema"\s*:\s*"[^"]*"\s*)?\}\s*$/.test(text);
  }
  const inside = text.slice(list.open + 1, list.close);
  return inside.trim() !== '' && !/"(?:key|locator)"\s*:/.test(inside);
}

class Problems {
  readonly all: BankProblem[] = [];
  readonly #text: string;
  #lines: Lines | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  add(span: Span, what: string): void {
    this.#lines ??= new Lines(this.#text);
    this.all.push({ ...span, line: this.#lines.positionAt(span.start).line + 1, message: what });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readQuote(text: string, span: Span, problems: Problems): OwnQuote | undefined {
  const value = parsed(text.slice(span.start, span.end));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    problems.add(span, 'This quote can’t be read: it is to be an object, { "key": "…", "text": "…" }, in sound JSON.');
    return undefined;
  }
  const fields = new Map<string, unknown>(Object.entries(value));
  const key = textOf(fields.get('key')).replace(/^@/, '').trim();
  const words = textOf(fields.get('text')).trim();
  const fault =
    key === ''
      ? 'This quote has no “key”; give it the citekey of its work, "key": "feder2021".'
      : /[\s{}[\];,"]/.test(key)
        ? 'The “key” of this quote is no citekey; write the part behind the @ alone, "key": "feder2021".'
        : words === ''
          ? 'This quote has no “text”; give it the words of the source.'
          : words.length > longestText
            ? 'The “text” of this quote is longer than 100,000 characters; divide it.'
            : undefined;
  if (fault) {
    problems.add(span, fault);
    return undefined;
  }
  return { key, text: words, locator: locatorOf(fields.get('locator'), span, problems), ...furtherOf(fields, span, problems) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function locatorOf(value: unknown, span: Span, problems: Problems): string {
  if (value !== undefined && value !== null && typeof value !== 'string' && typeof value !== 'number') {
    problems.add(span, 'The “locator” of this quote is no text, and is left out; write "locator": "p. 3".');
    return '';
  }
  return String(value ?? '').replace(/\s+/g, ' ').trim();
}

function furtherOf(fields: ReadonlyMap<string, unknown>, span: Span, problems: Problems): Partial<OwnQuote> {
  const further: { note?: string; source?: string; added?: string } = {};
  for (const name of ['note', 'source', 'added'] as const) {
    const value = fields.get(name);
    if (typeof value === 'string') {
      further[name] = value;
    } else if (value !== undefined && value !== null) {
      problems.add(span, `The “${name}” of this quote is no text, and is left out; put it into quotation marks.`);
    }
  }
  return further;
}
