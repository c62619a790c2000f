/**
 * The YAML that programs write: maps and lists by indentation, texts on one line, in quotation marks, literal or folded.
 * It is read some ten times as fast as by the YAML library, and the same, or not at all: anchors, tags, remarks and all
 * that may be a fault are the library's.
 */

type Fields = Readonly<Record<string, unknown>>;

/** What stands for something else in YAML or in the library, and remarks. */
const unusual = /[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]|^ *#/m;
const dash = /^- +(?=[^ ])/;
const field = /^([A-Za-z][\w-]{0,60}):(?: +([^ ].*)?)?$/;
/** No sign that means something at the start of a text. */
const plainStart = /^[^-?:,[\]{}#&*!|>'"%@` ]/;
const double = /^"(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*" *$/;
const single = /^'((?:[^']|'')*)' *$/;
const deepest = 20;

/** The fields of an item, `- id: …` and the lines that belong to it; undefined where the library is to read it. */
export function plainItem(text: string): Fields | undefined {
  return unusual.test(text) ? undefined : new PlainReader(text).item();
}

/** Thrown and caught inside of this module: the library is to read it. */
const notPlain = new Error('not plain');

class PlainReader {
  readonly #lines: string[];
  /** The line that is to be read next. */
  #at = 0;

  constructor(text: string) {
    this.#lines = text.split('\n');
  }

  item(): Fields | undefined {
    try {
      const lead = this.#lead();
      const value = lead < 0 ? [] : this.#list(lead, 0);
      return this.#at === this.#lines.length && value.length === 1 && isMap(value[0]) ? value[0] : undefined;
    } catch (error) {
      if (error === notPlain) {
        return undefined;
      }
      throw error;
    }
  }

  /** How far in the next line stands that isn't blank, which is gone to; -1 at the end. */
  #lead(): number {
    for (; this.#at < this.#lines.length; this.#at += 1) {
      const lead = leadOf(this.#lines[this.#at]!);
      if (lead >= 0) {
        return lead;
      }
    }
    return -1;
  }

  #list(indent: number, depth: number): unknown[] {
    const items: unknown[] = [];
    while (this.#lead() === indent) {
      const line = this.#lines[this.#at]!.slice(indent);
      const mark = dash.exec(line)?.[0];
      if (mark === undefined) {
        break;
      }
      const inside = indent + mark.length;
      const first = line.slice(mark.length);
      items.push(field.test(first) ? this.#map(inside, first, depth + 1) : this.#scalar(first, indent));
    }
    return items;
  }

  /** `first` is its first field, which may stand behind a dash. */
  #map(indent: number, first: string, depth: number): Fields {
    if (depth > deepest) {
      throw notPlain;
    }
    const map: Record<string, unknown> = {};
    let line = first;
    for (;;) {
      const [, name, value] = field.exec(line) ?? [];
      if (name === undefined) {
        throw notPlain;
      }
      map[name] = value === undefined ? this.#below(indent, depth) : this.#scalar(value, indent);
      const lead = this.#lead();
      if (lead > indent) {
        throw notPlain;
      }
      if (lead < indent) {
        return map;
      }
      line = this.#lines[this.#at]!.slice(indent);
    }
  }

  /** The value in the lines below a field without one of its own. */
  #below(indent: number, depth: number): unknown {
    this.#at += 1;
    const lead = this.#lead();
    const isList = lead >= indent && dash.test(this.#lines[this.#at]!.slice(lead));
    if (isList) {
      return this.#list(lead, depth + 1);
    }
    return lead > indent ? this.#map(lead, this.#lines[this.#at]!.slice(lead), depth + 1) : '';
  }

  /** The value that begins on the line, of a field or an item that stands so far in. */
  #scalar(written: string, indent: number): unknown {
    this.#at += 1;
    const start = written[0]!;
    if (start === '|' || start === '>') {
      return this.#block(written.trimEnd(), indent);
    }
    if (start === '"' && double.test(written)) {
      return JSON.parse(written);
    }
    if (start === "'") {
      const inside = single.exec(written)?.[1];
      return inside === undefined ? fail() : inside.replaceAll("''", "'");
    }
    return start === '[' || start === '{' ? new Brackets(written).read() : this.#plain(written, indent);
  }

  #plain(written: string, indent: number): string {
    const parts = [plainText(written)];
    // Lines that stand farther in go on with it.
    for (; this.#at < this.#lines.length && leadOf(this.#lines[this.#at]!) > indent; this.#at += 1) {
      parts.push(plainText(this.#lines[this.#at]!.replace(/^ +/, '')));
    }
    return parts.join(' ');
  }

  /** A literal or folded text. */
  #block(header: string, indent: number): string {
    if (!/^[|>]-?$/.test(header)) {
      throw notPlain;
    }
    const lead = leadOf(this.#lines[this.#at] ?? '');
    if (lead <= indent) {
      throw notPlain;
    }
    const lines: string[] = [];
    for (; this.#at < this.#lines.length; this.#at += 1) {
      const line = this.#lines[this.#at]!;
      const own = leadOf(line);
      if (own >= 0 && own <= indent) {
        break;
      }
      if (own < 0 ? line.length > lead : own < lead) {
        throw notPlain;
      }
      lines.push(line.slice(lead));
    }
    while (lines.at(-1) === '') {
      lines.pop();
    }
    return (header.startsWith('>') ? folded(lines) : lines.join('\n')) + (header.endsWith('-') ? '' : '\n');
  }
}

function fail(): never {
  throw notPlain;
}

function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How many blanks a line begins with; -1 where it has nothing else. */
function leadOf(line: string): number {
  let lead = 0;
  while (line.charCodeAt(lead) === 32) {
    lead += 1;
  }
  return lead === line.length ? -1 : lead;
}

function plainText(written: string): string {
  const text = written.replace(/ +$/, '');
  return plainStart.test(text) && !text.includes(': ') && !text.endsWith(':') && !text.includes(' #') ? text : fail();
}

/** Lines are joined by blanks, and a blank line ends one. */
function folded(lines: readonly string[]): string {
  let text = '';
  let breaks = 0;
  for (const line of lines) {
    if (line.startsWith(' ') || line.endsWith(' ')) {
      throw notPlain;
    }
    if (line === '') {
      breaks += 1;
    } else {
      text += text === '' ? line : breaks > 0 ? '\n'.repeat(breaks) + line : ` ${line}`;
      breaks = 0;
    }
  }
  return text;
}

const bracketed = / *(?:([[\]{},])|"(?:[^"\\]|\\["\\])*"|([A-Za-z0-9](?:[\w./-]| (?=[\w./-]))*)(: )?)/y;

/** A list or a map in brackets, on one line: `[[2020, 3]]`, `{year: 2020}`. */
class Brackets {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): unknown {
    const value = this.#value(0);
    return /^ *$/.test(this.#text.slice(this.#at)) ? value : fail();
  }

  #next(): RegExpExecArray {
    bracketed.lastIndex = this.#at;
    const found = bracketed.exec(this.#text) ?? fail();
    this.#at = bracketed.lastIndex;
    return found;
  }

  #value(depth: number, found = this.#next()): unknown {
    const [all, sign, word, colon] = found;
    if (depth > deepest || colon !== undefined) {
      throw notPlain;
    }
    if (sign === undefined) {
      return word ?? JSON.parse(all);
    }
    return sign === '[' ? this.#list(depth) : sign === '{' ? this.#map(depth) : fail();
  }

  #list(depth: number): unknown[] {
    const items: unknown[] = [];
    for (let found = this.#next(); found[1] !== ']'; ) {
      items.push(this.#value(depth + 1, found));
      found = this.#next();
      found = found[1] === ',' ? this.#next() : found[1] === ']' ? found : fail();
    }
    return items;
  }

  #map(depth: number): Fields {
    const map: Record<string, unknown> = {};
    for (let found = this.#next(); found[1] !== '}'; ) {
      const name = found[3] === undefined ? fail() : found[2]!;
      map[name] = this.#value(depth + 1);
      found = this.#next();
      found = found[1] === ',' ? this.#next() : found[1] === '}' ? found : fail();
    }
    return map;
  }
}
