import { parse, type ParseError } from 'jsonc-parser';
import type { Span } from '../reading.ts';

/** The list of quotes in a file's text: offsets of its brackets, and of what stands between its commas. */
export interface QuoteList {
  readonly open: number;
  /** Of the `]`; the text's end where there is none. */
  readonly close: number;
  readonly items: readonly Span[];
}

// A string ends on its line, so that one that is not closed costs no more than its quote.
const token = /"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"|[[\]{}]/g;

/**
 * Where the list named `quotes` stands in an object, and each of its items. The text need not be sound JSON: what stands
 * between brackets that belong together is an item, so that a fault in one leaves the others as they are.
 */
export function quoteListIn(text: string): QuoteList | undefined {
  const finder = new ListFinder(text);
  for (const { 0: mark, index } of text.matchAll(token)) {
    if (mark.startsWith('"')) {
      finder.label(mark);
    } else if (mark === '[' || mark === '{') {
      finder.open(mark, index);
    } else {
      finder.close(mark, index);
    }
  }
  return finder.end();
}

class ListFinder {
  readonly #text: string;
  #found: QuoteList | undefined;
  #list: { readonly open: number; readonly items: Span[] } | undefined;
  #label = '';
  #depth = 0;
  #itemStart = -1;

  constructor(text: string) {
    this.#text = text;
  }

  label(mark: string): void {
    this.#label = this.#depth === 1 ? mark : this.#label;
  }

  open(mark: string, index: number): void {
    if (this.#itemStart >= 0 && mark === '{' && this.#isBeside(index)) {
      // The item before it was not closed.
      this.#endItem(index);
      this.#depth = 2;
    }
    this.#depth += 1;
    if (this.#depth === 2 && mark === '[' && isQuotes(this.#label)) {
      this.#list = { open: index, items: [] };
      this.#label = '';
    } else if (this.#depth === 3 && this.#list) {
      this.#itemStart = index;
    }
  }

  close(mark: string, index: number): void {
    if (this.#depth === 3 && this.#itemStart >= 0) {
      if (mark === ']' && this.#text[this.#itemStart] === '{') {
        this.#endItem(index);
        this.#depth = 2;
      } else {
        this.#endItem(index + 1);
      }
    }
    if (this.#depth === 2 && this.#list) {
      // Of two lists of one name JSON takes the last.
      this.#found = { ...this.#list, close: index };
      this.#list = undefined;
    }
    this.#depth -= 1;
  }

  end(): QuoteList | undefined {
    if (this.#itemStart >= 0) {
      this.#endItem(this.#text.length);
    }
    return this.#found ?? (this.#list && { ...this.#list, close: this.#text.length });
  }

  #endItem(end: number): void {
    this.#list?.items.push({ start: this.#itemStart, end });
    this.#itemStart = -1;
  }

  /** Whether it begins its line with the same indent as the item that is open. */
  #isBeside(index: number): boolean {
    const indent = this.#indentOf(index);
    return indent !== undefined && indent === this.#indentOf(this.#itemStart);
  }

  #indentOf(index: number): string | undefined {
    let start = index;
    while (/^[ \t]$/.test(this.#text[start - 1] ?? '')) {
      start -= 1;
    }
    return start === 0 || /^[\r\n]$/.test(this.#text[start - 1]!) ? this.#text.slice(start, index) : undefined;
  }
}

function isQuotes(label: string): boolean {
  try {
    return JSON.parse(label) === 'quotes';
  } catch {
    return false;
  }
}

/** The offset from which a text is no longer JSON; its length if it ends too early. V8's own messages don't say it for short texts. */
export function jsonFault(text: string): number {
  const errors: ParseError[] = [];
  const start = text.startsWith('\ufeff') ? 1 : 0;
  parse(text.slice(start), errors, { disallowComments: true });
  return start + (errors[0]?.offset ?? text.length - start);
}
