import { quoteListIn, type QuoteList } from './json.ts';
import type { OwnQuote } from './own.ts';
import { readBank } from './parse.ts';

/** One insertion into a text. */
export interface Addition {
  readonly offset: number;
  readonly insert: string;
}

/**
 * Adds quotes behind the last one, and touches nothing else: the file's indents, line ends, order and further fields stay.
 * Nothing where the file is not sound, or not ours; {@link readBank} says why.
 */
export function appendQuotes(text: string, quotes: readonly OwnQuote[]): Addition | undefined {
  if (quotes.length === 0 || !readBank(text).isSound) {
    return undefined;
  }
  const eol = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  const list = quoteListIn(text);
  return list ? intoList(text, list, quotes, eol) : asNewList(text, quotes, eol);
}

/** The text with the addition in it. */
export function added(text: string, { offset, insert }: Addition): string {
  return text.slice(0, offset) + insert + text.slice(offset);
}

function intoList(text: string, { open, close, items }: QuoteList, quotes: readonly OwnQuote[], eol: string): Addition {
  const last = items.at(-1);
  if (!last) {
    const outer = indentAt(text, open);
    const unit = outer || '  ';
    const body = quotes.map(quote => block(quote, unit, `${outer}${unit}`, eol)).join(',');
    const inside = text.slice(open + 1, close);
    return { offset: open + 1, insert: /[\r\n]/.test(inside) ? body : `${body}${eol}${outer}` };
  }
  const isOnOwnLine = /[\r\n][ \t]*$/.test(text.slice(0, last.start));
  if (!isOnOwnLine) {
    return { offset: last.end, insert: quotes.map(quote => `, ${onOneLine(quote)}`).join('') };
  }
  const lead = indentAt(text, last.start);
  const fields = /^\{[ \t]*(?:\r\n|\n|\r)([ \t]*)"/.exec(text.slice(last.start, last.end))?.[1];
  const unit = fields?.startsWith(lead) ? fields.slice(lead.length) : undefined;
  const written = quotes.map(quote => (fields === undefined ? `${eol}${lead}${onOneLine(quote)}` : block(quote, unit || '  ', lead, eol)));
  return { offset: last.end, insert: written.map(each => `,${each}`).join('') };
}

/** Into an empty file, or an object that has at most a `$schema`. */
function asNewList(text: string, quotes: readonly OwnQuote[], eol: string): Addition {
  const body = `"quotes": [${quotes.map(quote => block(quote, '  ', '    ', eol)).join(',')}${eol}  ]`;
  const end = text.lastIndexOf('}');
  if (end < 0) {
    return { offset: text.length, insert: `{${eol}  ${body}${eol}}${eol}` };
  }
  const before = text.slice(0, end).trimEnd();
  const comma = before.endsWith('{') ? '' : ',';
  const isOnOwnLine = /[\r\n]/.test(text.slice(before.length, end));
  return { offset: before.length, insert: `${comma}${eol}  ${body}${isOnOwnLine ? '' : eol}` };
}

function indentAt(text: string, offset: number): string {
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, offset))![0];
}

function block(quote: OwnQuote, unit: string, lead: string, eol: string): string {
  const lines = JSON.stringify(ordered(quote), undefined, unit).split('\n');
  return lines.map(line => `${eol}${lead}${line}`).join('');
}

function onOneLine(quote: OwnQuote): string {
  return JSON.stringify(ordered(quote), undefined, 1).replace(/\n\s*/g, ' ');
}

function ordered({ key, text, locator, note, source, added: day }: OwnQuote): object {
  return { key, text, locator, ...(note && { note }), ...(source && { source }), ...(day && { added: day }) };
}
