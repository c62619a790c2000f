/** A value of an object or a list as it is written in a text of JSON. */
export interface JsonSpan {
  readonly start: number;
  readonly end: number;
  /** Of a field. */
  readonly key?: string;
  readonly keyStart?: number;
}

const blanks = /\s*/y;
const string = /"[^"\\]*(?:\\.[^"\\]*)*"/y;
const word = /[^\s,\]}]+/y;

/** The fields of the object that begins there, in the order in which they stand. The text must be valid JSON. */
export function objectMembers(text: string, from: number): JsonSpan[] {
  return parts(text, from, '{');
}

/** The items of the list that begins there. The text must be valid JSON. */
export function arrayItems(text: string, from: number): JsonSpan[] {
  return parts(text, from, '[');
}

function parts(text: string, from: number, open: '{' | '['): JsonSpan[] {
  const found: JsonSpan[] = [];
  if (text[from] !== open) {
    return found;
  }
  let at = behind(blanks, text, from + 1);
  while (at < text.length && text[at] !== '}' && text[at] !== ']') {
    const keyStart = at;
    const keyEnd = open === '{' ? behind(string, text, at) : at;
    const start = open === '{' ? behind(blanks, text, behind(blanks, text, keyEnd) + 1) : at;
    const end = valueEnd(text, start);
    if (end <= start) {
      return found;
    }
    found.push({ start, end, ...(open === '{' && { keyStart, key: JSON.parse(text.slice(keyStart, keyEnd)) as string }) });
    at = behind(blanks, text, end);
    at = text[at] === ',' ? behind(blanks, text, at + 1) : at;
  }
  return found;
}

function valueEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; ) {
    const sign = text[at];
    if (sign === '{' || sign === '[') {
      depth += 1;
      at += 1;
    } else if (sign === '}' || sign === ']') {
      depth -= 1;
      at += 1;
    } else if (sign === '"') {
      at = behind(string, text, at);
    } else if (sign === ',' || sign === ':' || /\s/.test(sign!)) {
      at += 1;
    } else {
      at = behind(word, text, at);
    }
    if (depth <= 0) {
      return at;
    }
  }
  return text.length;
}

function behind(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : text.length;
}
