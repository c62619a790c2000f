import { wellFormedValue } from '../export/wellFormed.ts';
import { lineEndOf, type Addition, type KeyedItem } from './layout.ts';

/** `id` first, two blanks of indent. */
export function jsonEntry(item: KeyedItem): string {
  return stringified(item, '  ');
}

function stringified({ id, ...csl }: KeyedItem, indent: string): string {
  return JSON.stringify({ id, ...csl }, wellFormedValue, indent);
}

/** The item laid out as the one in whose place it comes; `lead` is the indent of that one's line. */
export function jsonInPlace(item: KeyedItem, old: string, lead: string): string {
  const [, indent] = /^\{[ \t]*\r?\n([ \t]*)"/.exec(old) ?? [];
  if (indent === undefined) {
    return JSON.stringify(withIdFirst(item), wellFormedValue);
  }
  const step = indent.startsWith(lead) && indent.length > lead.length ? indent.slice(lead.length) : '  ';
  return stringified(item, step).replaceAll('\n', `\n${lead}`);
}

/** Where the array of items stands: offsets of its brackets, and of the first item. */
interface Items {
  readonly open: number;
  readonly close: number;
  readonly isEmpty: boolean;
}

/** Behind the last item of `[{ … }]` or `{ "items": [{ … }] }`, with the array's own indent, or on one line as it is. */
export function appendJson(text: string, item: KeyedItem): Addition | undefined {
  const eol = lineEndOf(text);
  if (text.trim() === '') {
    return { offset: text.length, insert: `[${block(stringified(item, '  '), eol, '  ')}${eol}]${eol}` };
  }
  const items = isJson(text) ? itemsIn(text) : undefined;
  if (!items) {
    return undefined;
  }
  const inside = text.slice(items.open + 1, items.close);
  if (items.isEmpty) {
    const insert = block(stringified(item, '  '), eol, '  ');
    return { offset: items.open + 1, insert: /\n/.test(inside) ? insert : `${insert}${eol}` };
  }
  const offset = items.open + 1 + inside.trimEnd().length;
  const [, lead] = /^\s*\n([ \t]*)(?=[{["])/.exec(inside) ?? [];
  if (lead === undefined) {
    const isSpaced = /^\s|\}\s*,\s+\{/.test(inside);
    return { offset, insert: `,${isSpaced ? ' ' : ''}${JSON.stringify(withIdFirst(item), wellFormedValue)}` };
  }
  const fields = new RegExp(`^\\s*\\{[ \\t]*\\r?\\n${lead}([ \\t]+)"`).exec(inside)?.[1];
  const entry = fields === undefined ? JSON.stringify(withIdFirst(item), wellFormedValue) : stringified(item, fields);
  return { offset, insert: `,${block(entry, eol, lead)}` };
}

function withIdFirst({ id, ...csl }: KeyedItem): unknown {
  return { id, ...csl };
}

function block(entry: string, eol: string, lead: string): string {
  return entry.split('\n').map(line => `${eol}${lead}${line}`).join('');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** In sound JSON. */
function itemsIn(text: string): Items | undefined {
  const start = text.search(/\S/);
  const depth = text[start] === '{' ? 2 : 1;
  const token = /"(?:[^"\\]|\\.)*"|[[\]{}]/g;
  let open = -1;
  let at = 0;
  let label = '';
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [mark] = match;
    if (mark.startsWith('"')) {
      label = at === 1 ? mark : label;
    } else if (mark === '[' || mark === '{') {
      at += 1;
      open = mark === '[' && at === depth && open < 0 && (depth === 1 || label === '"items"') ? match.index : open;
    } else {
      if (mark === ']' && at === depth && open >= 0) {
        return { open, close: match.index, isEmpty: text.slice(open + 1, match.index).trim() === '' };
      }
      at -= 1;
    }
  }
  return undefined;
}
