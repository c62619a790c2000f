import { longestWord } from './fold.ts';
import { Typos, worth } from './typos.ts';

/** Told of words that answer the one typed, from `first` up to `end`: how well (0 to 1), and whether with a typo. */
type Found = (first: number, end: number, closeness: number, forgiven: boolean) => void;

/** Plain data, so that it can be sent from one thread to another. Arrays may be longer than what is in them. */
export interface LexiconParts {
  readonly letter: Uint16Array;
  readonly depth: Uint8Array;
  /** The node after the last descendant. */
  readonly next: Int32Array;
  /** The number of the first word at or below the node. */
  readonly first: Int32Array;
  /** The letters of all words one after the other; those of a word begin at its start. */
  readonly letters: Uint16Array;
  readonly starts: Int32Array;
  readonly words: number;
  readonly nodes: number;
}

function empty(): LexiconParts {
  return {
    letter: new Uint16Array(1024), depth: new Uint8Array(1024), next: new Int32Array(1024), first: new Int32Array(1024),
    letters: new Uint16Array(1024), starts: new Int32Array(1024), words: 0, nodes: 0,
  };
}

/**
 * The distinct words of all entries as a trie in depth-first order, in typed arrays: a word of the query is looked up
 * whole, as a beginning and with typos in one walk that leaves out whatever can't match any more.
 * Words are added in ascending order and are numbered in it, so what begins alike has neighbouring numbers.
 */
export class Lexicon {
  #letter: Uint16Array;
  #depth: Uint8Array;
  #next: Int32Array;
  #first: Int32Array;
  #letters: Uint16Array;
  #starts: Int32Array;
  #words: number;
  readonly #path = new Int32Array(longestWord + 1);
  #last = '';
  #nodes: number;

  /** Empty; or what the `parts` of another were. */
  constructor(parts: LexiconParts = empty()) {
    this.#letter = parts.letter;
    this.#depth = parts.depth;
    this.#next = parts.next;
    this.#first = parts.first;
    this.#letters = parts.letters;
    this.#starts = parts.starts;
    this.#words = parts.words;
    this.#nodes = parts.nodes;
  }

  get size(): number {
    return this.#words;
  }

  /** Once it is finished. */
  get parts(): LexiconParts {
    return {
      letter: this.#letter, depth: this.#depth, next: this.#next, first: this.#first,
      letters: this.#letters, starts: this.#starts, words: this.#words, nodes: this.#nodes,
    };
  }

  /** Adds a word of at most 40 letters that sorts after all before it; its number is the `size` before. */
  add(word: string): void {
    const shared = sharedLength(this.#last, word);
    this.#close(shared);
    for (let depth = shared + 1; depth <= word.length; depth++) {
      this.#path[depth] = this.#push(word.charCodeAt(depth - 1), depth);
    }
    this.#write(word);
    this.#last = word;
  }

  /** To be called after the last word. */
  finish(): void {
    this.#close(0);
    this.#last = '';
  }

  /** Calls `found` for the words that answer the one typed with at most so many edits. */
  find(typed: string, edits: number, found: Found): void {
    const typos = new Typos(typed, edits, longestWord);
    const { length } = typos.word;
    const begun = new Int8Array(longestWord + 1).fill(-1);
    for (let node = 0; node < this.#nodes; ) {
      const depth = this.#depth[node]!;
      const first = this.#first[node]!;
      const isAlive = typos.read(this.#letter[node]!, depth);
      begun[depth] = typos.begunAt(depth, begun[depth - 1]!);
      if (isAlive && this.#lengthOf(first) === depth) {
        const whole = typos.editsAt(depth);
        if (whole >= 0 || begun[depth]! >= 0) {
          found(first, first + 1, worth(length, whole, begun[depth]!), whole !== 0 && begun[depth] !== 0);
        }
      }
      if (!isAlive && begun[depth]! >= 0) {
        found(first, this.#firstAfter(node), worth(length, -1, begun[depth]!), begun[depth] !== 0);
      }
      node = isAlive ? node + 1 : this.#next[node]!;
    }
  }

  /** The number of a word, -1 where there is none. */
  numberOf(word: string): number {
    const number = this.#firstFrom(word);
    return number < this.#words && this.#compare(number, word) === 0 ? number : -1;
  }

  /** Calls `found` for a word and for those that begin with it; quicker than {@link find}, which forgives. */
  findBegun(word: string, found: Found): void {
    const first = this.#firstFrom(word);
    const isWhole = first < this.#words && this.#compare(first, word) === 0;
    const longer = isWhole ? first + 1 : first;
    const end = this.#firstFrom(`${word}\uffff`);
    if (isWhole) {
      found(first, longer, 1, false);
    }
    if (longer < end) {
      found(longer, end, worth(word.length, -1, 0), false);
    }
  }

  /** The number of the first word that does not sort before this one. */
  #firstFrom(word: string): number {
    let [low, high] = [0, this.#words];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#compare(middle, word) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Less than 0 where the word of this number sorts before the other. */
  #compare(number: number, word: string): number {
    const start = this.#starts[number]!;
    const length = this.#starts[number + 1]! - start;
    for (let i = 0; i < length && i < word.length; i++) {
      const difference = this.#letters[start + i]! - word.charCodeAt(i);
      if (difference !== 0) {
        return difference;
      }
    }
    return length - word.length;
  }

  #lengthOf(word: number): number {
    return this.#starts[word + 1]! - this.#starts[word]!;
  }

  #write(word: string): void {
    const start = this.#starts[this.#words]!;
    const end = start + word.length;
    this.#letters = end > this.#letters.length ? copied(new Uint16Array(2 * end), this.#letters) : this.#letters;
    for (let i = 0; i < word.length; i++) {
      this.#letters[start + i] = word.charCodeAt(i);
    }
    if (this.#words + 2 > this.#starts.length) {
      this.#starts = copied(new Int32Array(2 * this.#starts.length), this.#starts);
    }
    this.#words += 1;
    this.#starts[this.#words] = end;
  }

  #firstAfter(node: number): number {
    const next = this.#next[node]!;
    return next < this.#nodes ? this.#first[next]! : this.size;
  }

  #close(depth: number): void {
    for (let open = this.#last.length; open > depth; open--) {
      this.#next[this.#path[open]!] = this.#nodes;
    }
  }

  #push(letter: number, depth: number): number {
    if (this.#nodes === this.#letter.length) {
      this.#grow();
    }
    this.#letter[this.#nodes] = letter;
    this.#depth[this.#nodes] = depth;
    this.#first[this.#nodes] = this.size;
    return this.#nodes++;
  }

  #grow(): void {
    const capacity = this.#nodes * 2;
    this.#letter = copied(new Uint16Array(capacity), this.#letter);
    this.#depth = copied(new Uint8Array(capacity), this.#depth);
    this.#next = copied(new Int32Array(capacity), this.#next);
    this.#first = copied(new Int32Array(capacity), this.#first);
  }
}

/** For an array that has outgrown its place. */
function copied<T extends { set(from: T): void }>(to: T, from: T): T {
  to.set(from);
  return to;
}

function sharedLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) {
    length++;
  }
  return length;
}

/** Things grouped by name, so that a long list can be sorted piece by piece. */
export class Buckets<T> {
  readonly #buckets = new Map<string, T[]>();

  add(name: string, thing: T): void {
    const bucket = this.#buckets.get(name);
    if (bucket) {
      bucket.push(thing);
    } else {
      this.#buckets.set(name, [thing]);
    }
  }

  /** The groups, by name in ascending order; within a group as added. */
  inOrder(): T[][] {
    return [...this.#buckets.keys()].sort().map(name => this.#buckets.get(name)!);
  }
}
