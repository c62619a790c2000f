/** Why an object of JSON can't be read. */
export type Fault = 'string' | 'comma' | 'depth' | 'fields' | 'length' | 'value' | 'end';

/** What may come next. */
const Expected = { key: 0, keyOrEnd: 1, colon: 2, value: 3, valueOrEnd: 4, next: 5 } as const;
type Expected = (typeof Expected)[keyof typeof Expected];

/** CSL's own fields are three levels deep; a text of nothing but brackets would be walked again from each of them. */
const deepest = 24;

/** How deep an object stands in a list of an entry: a name, or an entry that was swallowed for want of a bracket. */
const entryDepth = 3;

/** CSL has a hundred fields; an object of 50,000 is made for nobody, and takes its time. */
export const mostFields = 1000;

/**
 * Walks through one object of JSON by its grammar, so that a missing quotation mark or brace shows where it is missing and
 * not at the end of the file. It may stop anywhere and go on when more text has come.
 */
export class JsonWalk {
  state: 'open' | 'closed' | 'list' | 'fault' = 'open';
  fault: Fault = 'end';
  #depth = 0;
  /** Whether the level is a list, by depth. */
  readonly #isList: boolean[] = [];
  /** How many fields the level has so far, by depth. */
  readonly #fields: number[] = [];
  #expected: Expected = Expected.value;
  #inText = false;
  #isEscaped = false;
  #inWord = false;
  /** The key being read, of a root object, or where the next entry stands if a bracket of this one is missing. */
  #key = '';
  #hasId = false;
  #hasTitle = false;

  /** Of a root object whose list was found: the list's. */
  get key(): string {
    return this.#key;
  }

  restart(): void {
    this.state = 'open';
    this.#depth = 0;
    this.#expected = Expected.value;
    this.#inText = this.#isEscaped = this.#inWord = false;
    this.#key = '';
  }

  /** Goes on to `stop`, or to where the object ends or can't be read; answers where. */
  on(text: string, from: number, stop: number, isRoot: boolean): number {
    let at = from;
    while (at < stop && this.state === 'open') {
      const code = text.charCodeAt(at);
      if (this.#inText) {
        at = this.#text(text, at, stop, isRoot);
      } else if (this.#inWord && isWord(code)) {
        at += 1;
      } else {
        this.#inWord = false;
        at += this.#token(code, isRoot) ? 1 : 0;
      }
    }
    return at;
  }

  #text(text: string, from: number, stop: number, isRoot: boolean): number {
    let at = from;
    for (; at < stop; at += 1) {
      const code = text.charCodeAt(at);
      if (this.#isEscaped) {
        this.#isEscaped = false;
      } else if (code === 92) {
        this.#isEscaped = true;
      } else if (code === 34) {
        this.#inText = false;
        break;
      } else if (code < 32) {
        this.#fail('string');
        return at;
      }
    }
    if (this.#expected === Expected.colon && (this.#depth === entryDepth || (isRoot && this.#depth === 1))) {
      this.#key = this.#key.length > 20 ? this.#key : this.#key + text.slice(from, Math.min(at, from + 21));
    }
    return at < stop ? at + 1 : at;
  }

  /** Answers whether the character could stand there. */
  #token(code: number, isRoot: boolean): boolean {
    this.#take(code, isRoot);
    return this.state !== 'fault';
  }

  #take(code: number, isRoot: boolean): void {
    switch (code) {
      case 32:
      case 10:
      case 13:
      case 9:
        return;
      case 34:
        return this.#openText();
      case 123:
      case 91:
        return this.#open(code === 91, isRoot);
      case 125:
      case 93:
        return this.#close(code === 93);
      case 58:
        return this.#expected === Expected.colon ? this.#expect(Expected.value) : this.#fail('comma');
      case 44:
        return this.#comma();
      default:
        return this.#word(code);
    }
  }

  #openText(): void {
    const isKey = this.#expected === Expected.key || this.#expected === Expected.keyOrEnd;
    if (!isKey && !this.#takesValue()) {
      return this.#fail('comma');
    }
    if (isKey && (this.#fields[this.#depth] = this.#fields[this.#depth]! + 1) > mostFields) {
      return this.#fail('fields');
    }
    if (!isKey && this.#depth === entryDepth && this.#isEntry()) {
      return this.#fail('comma');
    }
    this.#inText = true;
    this.#key = isKey ? '' : this.#key;
    this.#expected = isKey ? Expected.colon : Expected.next;
  }

  /** Whether the object in a list of this entry has the fields of an entry itself, with the one that has just been read. */
  #isEntry(): boolean {
    this.#hasId ||= this.#key === 'id';
    this.#hasTitle ||= this.#key === 'title' || this.#key === 'type';
    return this.#hasId && this.#hasTitle;
  }

  #open(isList: boolean, isRoot: boolean): void {
    if (!this.#takesValue()) {
      return this.#fail('comma');
    }
    if (isRoot && isList && this.#depth === 1 && (this.#key === 'items' || this.#key === 'references')) {
      this.state = 'list';
      return;
    }
    if (this.#depth === deepest) {
      return this.#fail('depth');
    }
    this.#isList[this.#depth] = isList;
    this.#depth += 1;
    this.#fields[this.#depth] = 0;
    if (this.#depth === entryDepth) {
      this.#hasId = this.#hasTitle = false;
    }
    this.#expected = isList ? Expected.valueOrEnd : Expected.keyOrEnd;
  }

  #close(isList: boolean): void {
    const fits = this.#expected === Expected.next || this.#expected === (isList ? Expected.valueOrEnd : Expected.keyOrEnd);
    if (!fits || this.#isList[this.#depth - 1] !== isList) {
      return this.#fail('comma');
    }
    this.#depth -= 1;
    this.#expected = Expected.next;
    if (this.#depth === 0) {
      this.state = 'closed';
    }
  }

  #comma(): void {
    if (this.#expected !== Expected.next) {
      return this.#fail('comma');
    }
    this.#expected = this.#isList[this.#depth - 1] ? Expected.value : Expected.key;
  }

  #word(code: number): void {
    if (!this.#takesValue() || !isWord(code)) {
      return this.#fail(this.#takesValue() ? 'value' : 'comma');
    }
    this.#inWord = true;
    this.#expected = Expected.next;
  }

  #takesValue(): boolean {
    return this.#expected === Expected.value || this.#expected === Expected.valueOrEnd;
  }

  #expect(next: Expected): void {
    this.#expected = next;
  }

  #fail(fault: Fault): void {
    this.state = 'fault';
    this.fault = fault;
  }
}

/** Of a number, `true`, `false` or `null`; `JSON.parse` says whether it is one. */
function isWord(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 45 || code === 46 || code === 43;
}
