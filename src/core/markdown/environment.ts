/** What begins a TeX environment: `\begin{figure}`, `\begin {tabular}`. The name may be any. */
const begin = /\\begin[ \t]*\{([^{}\n]{1,100})\}/y;

/** What is in these is no TeX: nothing begins in them. */
const verbatim: ReadonlySet<string> = new Set(['verbatim', 'verbatim*', 'Verbatim', 'lstlisting', 'minted', 'comment', 'alltt']);

/** After this many that nothing ends, all names that have an end are looked up at once. */
const mostSearches = 8;

/** The offset of a mark from an offset on, `-1` where there is none. */
export type Find = (mark: string, from: number) => number;

/**
 * The TeX environments of a text: each `\begin{…}` with the `\end{…}` that belongs to it. Environments of the same name may be
 * in one another, as lists in lists are. What was found on the way to one end is kept, so that a text of nothing but
 * beginnings is gone through once.
 */
export class Environments {
  readonly #text: string;
  readonly #find: Find;
  /** Where each that was looked for ends, by where it begins. */
  readonly #ends = new Map<number, number | undefined>();
  #failed = 0;
  #lastEnds: ReadonlyMap<string, number> | undefined;

  constructor(text: string, find: Find) {
    this.#text = text;
    this.#find = find;
  }

  /** After the end of the environment that begins at an offset; `undefined` where none begins there, or where nothing ends it. */
  endOf(at: number): number | undefined {
    begin.lastIndex = at;
    const found = begin.exec(this.#text);
    if (!found) {
      return undefined;
    }
    if (!this.#ends.has(at)) {
      this.#search(at, found[0].length, found[1]!);
    }
    return this.#ends.get(at);
  }

  #search(at: number, length: number, name: string): void {
    const [open, close] = [`\\begin{${name}}`, `\\end{${name}}`];
    const around = [at];
    let from = at + length;
    while (around.length > 0) {
      const end = this.#hasEnd(name, from) ? this.#find(close, from) : -1;
      if (end < 0) {
        this.#failed += 1;
        around.forEach(each => this.#ends.set(each, undefined));
        return;
      }
      const inner = verbatim.has(name) ? -1 : this.#find(open, from);
      const isInner = inner >= 0 && inner < end;
      from = isInner ? inner + open.length : end + close.length;
      if (this.#isCommentedOut(isInner ? inner : end, at)) {
        continue;
      }
      if (isInner) {
        around.push(inner);
      } else {
        this.#ends.set(around.pop()!, from);
      }
    }
  }

  #hasEnd(name: string, from: number): boolean {
    if (this.#failed < mostSearches) {
      return true;
    }
    this.#lastEnds ??= new Map(Array.from(this.#text.matchAll(/\\end\{([^{}\n]{1,100})\}/g), ({ 1: each, index }) => [each!, index]));
    return (this.#lastEnds.get(name) ?? -1) >= from;
  }

  /** Whether a percent sign is before it in its line, which begins a comment of TeX's. */
  #isCommentedOut(at: number, from: number): boolean {
    const before = this.#text.slice(Math.max(from, at - longestLine), at);
    return /(?:^|[^\\])%/.test(before.slice(before.lastIndexOf('\n') + 1));
  }
}

const longestLine = 1000;
