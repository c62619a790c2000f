import { LineReader, type Line } from './lineReader.ts';
import { longestEntry, PieceScanner } from './pieceScanner.ts';

/** A field of a record of tagged lines, with the lines that go on with it joined by blanks. */
export interface Field {
  readonly tag: string;
  readonly value: string;
}

/** A record as it stands in the file. */
export interface TaggedRecord {
  readonly fields: readonly Field[];
  readonly start: number;
  readonly end: number;
}

/** How a format writes its lines. */
export interface Dialect {
  readonly fieldOf: (line: string) => Field | undefined;
  readonly starts: (field: Field) => boolean;
  readonly ends: (field: Field | undefined, line: string) => boolean;
}

/** The fields of one record's text. */
export function fieldsOf(text: string, { fieldOf }: Dialect): Field[] {
  const fields: { tag: string; value: string }[] = [];
  for (const line of text.split(/\r\n|[\r\n]/)) {
    const field = fieldOf(line);
    const last = fields.at(-1);
    if (field) {
      fields.push({ ...field });
    } else if (last && line.trim() !== '') {
      last.value = `${last.value} ${line.trim()}`.trimStart();
    }
  }
  return fields;
}

/** Finds the records of a format of tagged lines. */
export abstract class TaggedScanner extends PieceScanner {
  readonly #dialect: Dialect;
  readonly #lines = new LineReader(longestEntry);
  #record: string[] = [];
  #length = 0;
  #start = -1;
  #end = 0;

  constructor(dialect: Dialect) {
    super(1 << 14);
    this.#dialect = dialect;
  }

  protected abstract record(record: TaggedRecord, isClosed: boolean): void;
  /** A line that belongs to no record. */
  protected abstract stray(line: Line): void;
  /** A line inside a record that has no tag of its own. */
  protected goesOn(_line: Line): void {}

  protected override take(piece: string): void {
    this.#lines.take(piece, line => this.#line(line));
  }

  protected override finish(): void {
    this.#lines.end(line => this.#line(line));
    this.#close(false);
  }

  #line(line: Line): void {
    const field = this.#dialect.fieldOf(line.text);
    const isEnd = this.#dialect.ends(field, line.text);
    if (field && this.#dialect.starts(field)) {
      this.#close(false);
    }
    if (this.#start < 0 && (!field || isEnd)) {
      return line.text.trim() === '' || isEnd ? undefined : this.stray(line);
    }
    this.#keep(line);
    if (isEnd) {
      this.#close(true);
    } else if (!field && line.text.trim() !== '') {
      this.goesOn(line);
    }
  }

  #keep(line: Line): void {
    this.#start = this.#start < 0 ? line.start : this.#start;
    this.#length += line.end - line.start + 1;
    // What is too long is told of when it ends, and not kept until then.
    if (this.#length <= longestEntry) {
      this.#record.push(line.text);
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
      this.record({ fields: fieldsOf(this.#record.join('\n'), this.#dialect), start, end }, isClosed);
    }
    this.#record = [];
    this.#length = 0;
    this.#start = -1;
  }
}
