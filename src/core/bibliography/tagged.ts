import { LineReader, type Line } from './lineReader.ts';
import { longestEntry, PieceScanner } from './pieceScanner.ts';

/** A line with a tag. */
export interface Field {
  readonly tag: string;
  readonly value: string;
}

/** A record as it stands in the file. */
export interface TaggedRecord {
  readonly fields: TaggedFields;
  readonly start: number;
  readonly end: number;
}

/** How a format writes its lines. */
export interface Dialect {
  readonly fieldOf: (line: string) => Field | undefined;
  readonly starts: (field: Field) => boolean;
  readonly ends: (field: Field | undefined, line: string) => boolean;
}

/** A list shows the beginning of a longer text, and is searched for the first of more names or keywords. */
const longestShown = 10_000;
const mostShown = 200;

interface Value {
  readonly at: number;
  readonly text: string;
}

/** The fields of a record by their tags, without empty ones; lines that go on with a field are joined to it by blanks. */
export class TaggedFields {
  readonly #values = new Map<string, Value[]>();
  #count = 0;
  #tag = '';
  #text = '';

  /** The fields of one record's text. */
  static of(text: string, { fieldOf }: Dialect): TaggedFields {
    const fields = new TaggedFields();
    text.split(/\r\n|[\r\n]/).forEach(line => fields.add(line, fieldOf(line)));
    return fields.done();
  }

  /** Takes the next line, and the field that it is. */
  add(line: string, field: Field | undefined): void {
    if (field) {
      this.done();
      this.#tag = field.tag;
      this.#text = field.value;
    } else if (this.#tag !== '') {
      // Only put behind one another, never trimmed: a field may go on for 100,000 lines.
      const more = line.trim();
      this.#text = this.#text === '' ? more : more === '' ? this.#text : `${this.#text} ${more}`;
    }
  }

  /** Says that there are no more lines. */
  done(): this {
    if (this.#text !== '') {
      const values = this.#values.get(this.#tag);
      const value = { at: this.#count, text: this.#text };
      values ? values.push(value) : this.#values.set(this.#tag, [value]);
    }
    this.#count += 1;
    this.#tag = this.#text = '';
    return this;
  }

  has(tag: string): boolean {
    return this.#values.has(tag);
  }

  /** With their tags, in the order in which they stand. */
  fields(...tags: readonly string[]): Field[] {
    const found = tags.flatMap(tag => (this.#values.get(tag) ?? []).map(({ at, text }) => ({ tag, value: text, at })));
    return tags.length > 1 ? found.sort((one, other) => one.at - other.at) : found;
  }

  /** In the order in which they stand, whichever of the tags they have. */
  values(...tags: readonly string[]): string[] {
    return this.fields(...tags).map(({ value }) => value);
  }

  /** The one of them that stands first. */
  first(...tags: readonly string[]): string | undefined {
    const firsts = tags.flatMap(tag => this.#values.get(tag)?.[0] ?? []);
    return firsts.reduce<Value | undefined>((one, other) => (one && one.at < other.at ? one : other), undefined)?.text;
  }

  /** As much of the fields as lists and searches need. */
  shown(): TaggedFields {
    const shown = new TaggedFields();
    for (const [tag, values] of this.#values) {
      shown.#values.set(tag, values.slice(0, mostShown).map(({ at, text }) => ({ at, text: text.slice(0, longestShown) })));
    }
    return shown;
  }
}

/** Finds the records of a format of tagged lines. */
export abstract class TaggedScanner extends PieceScanner {
  readonly #dialect: Dialect;
  readonly #lines = new LineReader(longestEntry);
  #fields = new TaggedFields();
  #length = 0;
  #start = -1;
  #end = 0;
  /** Where the line before this one ends. */
  #before = 0;

  constructor(dialect: Dialect) {
    super(1 << 13);
    this.#dialect = dialect;
  }

  protected abstract record(record: TaggedRecord, isClosed: boolean): void;
  /** A line that belongs to no record. */
  protected abstract stray(line: Line): void;
  /** Any line, before it is taken. */
  protected before(_line: Line): void {}
  /** A line inside a record that has no tag of its own; `before` is where the line before it ends. */
  protected goesOn(_line: Line, _before: number): void {}
  /** A line inside a record that has one, or a blank line there. */
  protected passes(_line: Line, _field: Field | undefined, _before: number): void {}

  protected override take(piece: string): void {
    this.#lines.take(piece, this.#take);
  }

  protected override finish(): void {
    this.#lines.end(this.#take);
    this.#close(false);
  }

  readonly #take = (line: Line): void => {
    this.before(line);
    this.#line(line);
    this.#before = line.end;
  };

  #line(line: Line): void {
    const field = this.#dialect.fieldOf(line.text);
    const isEnd = this.#dialect.ends(field, line.text);
    if (field && this.#dialect.starts(field)) {
      this.#close(false);
    }
    if (this.#start < 0 && (!field || isEnd)) {
      return line.text.trim() === '' || isEnd ? undefined : this.stray(line);
    }
    this.passes(line, field, this.#before);
    this.#keep(line, field);
    if (isEnd) {
      this.#close(true);
    } else if (!field && line.text.trim() !== '') {
      this.goesOn(line, this.#before);
    }
  }

  #keep(line: Line, field: Field | undefined): void {
    this.#start = this.#start < 0 ? line.start : this.#start;
    this.#length += line.end - line.start + 1;
    // What is too long is told of when it ends, and not kept until then.
    if (this.#length <= longestEntry) {
      this.#fields.add(line.text, field);
    }
    this.#end = line.text.trim() === '' ? this.#end : line.end;
  }

  #close(isClosed: boolean): void {
    if (this.#start < 0) {
      return;
    }
    const [start, end] = [this.#start, this.#end];
    if (this.#length > longestEntry) {
      this.problem(start, end, `This entry is longer than ${longestEntry} characters and was left out. Shorten it.`, true);
    } else {
      this.record({ fields: this.#fields.done(), start, end }, isClosed);
    }
    this.#fields = new TaggedFields();
    this.#length = 0;
    this.#start = -1;
  }
}
