import { fold } from '../search/fold.ts';
import { Typos } from '../search/typos.ts';

/**
 * The keys nearest to one that is not known. A key is read as name, number and rest, `zanos` `2018` `b`, without
 * separators, accents and case; what tells two keys apart costs:
 * a letter of the name added, left out or replaced 1, two neighbours swapped 0.8; in the number a digit added, left out
 * or swapped with its neighbour 0.8, a digit replaced 1, any other number 1.5 and a little for its distance; a letter of
 * the rest 0.5, more of it 1. Keys that cost more than `dearest`, or that differ in name and year, are not near.
 */

/** `isClear`: it is what was meant; only a slip separates the two, and no other key is nearly as near. */
export interface NearKey {
  readonly key: string;
  readonly isClear: boolean;
}

interface Parts {
  readonly name: string;
  readonly number: string;
  readonly rest: string;
}

interface Scored {
  readonly key: string;
  readonly cost: number;
  readonly isSlip: boolean;
}

const most = 3;
const dearest = 2.2;
const clearAhead = 0.5;

/** Keys by number. */
export interface KeyList {
  readonly length: number;
  readonly keyAt: (index: number) => string;
}

/** What tells most keys apart: of each the letters that its name holds, one bit each, and how many these are. Plain data. */
export interface KeySigns {
  readonly letters: Int32Array;
  readonly lengths: Uint8Array;
}

// Keys looked at between two pauses: about a millisecond.
const atOnce = 1000;

/** In steps of about a millisecond: there may be 100,000 keys. */
export function* keySigns({ length, keyAt }: KeyList): Generator<undefined, KeySigns> {
  const signs = { letters: new Int32Array(length), lengths: new Uint8Array(length) };
  for (let index = 0; index < length; index += 1) {
    const name = nameOf(fold(keyAt(index)));
    signs.letters[index] = name.letters;
    signs.lengths[index] = name.length;
    if (index % atOnce === atOnce - 1) {
      yield;
    }
  }
  return signs;
}

/** Finds near keys among many. */
export class NearestKeys {
  readonly #keys: KeyList;
  readonly #signs: KeySigns;
  readonly #base: NearestKeys | undefined;
  /** Of the keys that were compared. */
  readonly #parts = new Map<number, Parts>();
  readonly #found = new Map<string, readonly NearKey[]>();

  /** `base` holds more keys, which are looked up too. */
  constructor(keys: KeyList, signs: KeySigns, base?: NearestKeys) {
    this.#keys = keys;
    this.#signs = signs;
    this.#base = base;
  }

  /** The keys that differ from this one by upper and lower case only, in their order. */
  sameButCase(key: string): readonly string[] {
    const folded = key.toLowerCase();
    const { letters, length } = nameOf(fold(key));
    const found: string[] = [];
    for (let index = 0; index < this.#keys.length; index += 1) {
      if (this.#signs.letters[index] === letters && this.#signs.lengths[index] === length) {
        const other = this.#keys.keyAt(index);
        if (other.toLowerCase() === folded) {
          found.push(other);
        }
      }
    }
    return found;
  }

  /** At most three, nearest first. The answer is kept. */
  of(key: string): readonly NearKey[] {
    const known = this.#found.get(key);
    if (known) {
      return known;
    }
    const wanted = partsOf(key);
    const all = [...this.#score(wanted), ...(this.#base ? this.#base.#score(wanted) : [])];
    const byKey = new Map(all.map(each => [each.key, each]));
    const scored = [...byKey.values()].sort((a, b) => a.cost - b.cost || (a.key < b.key ? -1 : 1));
    const near = scored.slice(0, most).map(({ key, cost, isSlip }, index) => ({
      key,
      isClear: index === 0 && isSlip && cost <= 1 && (scored[1]?.cost ?? Infinity) - cost >= clearAhead,
    }));
    this.#found.set(key, near);
    return near;
  }

  #score(wanted: Parts): Scored[] {
    const { letters, length } = nameOf(wanted.name);
    const edits = length <= 2 ? 0 : length <= 5 ? 1 : 2;
    const typos = new Typos(wanted.name, edits, longest);
    const numbers = new Map<string, NumberCost>();
    const found: Scored[] = [];
    const signs = this.#signs;
    for (let index = 0; index < this.#keys.length; index += 1) {
      // Every edit changes at most two of the letters that the names hold.
      if (Math.abs(signs.lengths[index]! - length) > edits || bits(signs.letters[index]! ^ letters) > 2 * edits) {
        continue;
      }
      const parts = this.#partsAt(index);
      const number = numbers.get(parts.number) ?? numberCost(wanted.number, parts.number);
      numbers.set(parts.number, number);
      // Name and year may not both differ; numbers are few, so they are asked first.
      if (parts.name === wanted.name || (number.cost < 1 && isWithin(typos, parts.name))) {
        found.push(...score(wanted, parts, number, this.#keys.keyAt(index)));
      }
    }
    return found;
  }

  #partsAt(index: number): Parts {
    const known = this.#parts.get(index) ?? partsOf(this.#keys.keyAt(index));
    this.#parts.set(index, known);
    return known;
  }
}

function isWithin(typos: Typos, name: string): boolean {
  for (let depth = 1; depth <= name.length; depth += 1) {
    if (!typos.read(name.charCodeAt(depth - 1), depth)) {
      return false;
    }
  }
  return typos.editsAt(name.length) >= 0;
}

function score(wanted: Parts, { rest, name }: Parts, number: NumberCost, key: string): Scored[] {
  const nameCost = distance(wanted.name, name, 2);
  const rests = restCost(wanted.rest, rest);
  const cost = nameCost + number.cost + rests;
  // Another year, or another letter behind it, is as likely another work of the same authors.
  const isSameRest = rests === 0 || wanted.rest === '';
  const isSlip = number.isSlip && isSameRest && (nameCost === 0 || Math.min(wanted.name.length, name.length) >= 4);
  return cost > dearest ? [] : [{ key, cost, isSlip }];
}

interface NumberCost {
  readonly cost: number;
  readonly isSlip: boolean;
}

function numberCost(wanted: string, number: string): NumberCost {
  if (wanted === number) {
    return { cost: 0, isSlip: true };
  }
  if (wanted === '' || number === '') {
    return { cost: 1, isSlip: false };
  }
  const edits = distance(wanted, number, 1);
  if (edits <= 1) {
    const isSlip = edits < 1 || wanted.length !== number.length;
    return { cost: isSlip ? 0.8 : 1, isSlip };
  }
  return { cost: 1.5 + Math.min(Math.abs(Number(wanted) - Number(number)) / 100, 0.5), isSlip: false };
}

function restCost(wanted: string, rest: string): number {
  if (wanted === rest) {
    return 0;
  }
  return distance(wanted, rest, 1) <= 1 ? 0.5 : wanted === '' || rest === '' ? 1 : 2;
}

/** Longer parts are compared by their beginnings. */
const longest = 30;

function partsOf(key: string): Parts {
  const bare = fold(key).replace(/[^\p{L}\p{N}]+/gu, '');
  const [, name = '', number = '', rest = ''] = /^(\D*)(\d*)(.*)$/s.exec(bare) ?? [];
  return { name: name.slice(0, longest), number: number.slice(0, longest), rest: rest.slice(0, longest) };
}

/** How long the name is with which a key begins, and which letters it holds, one bit each; those beyond a-z share the rest. */
function nameOf(folded: string): { length: number; letters: number } {
  let [letters, length] = [0, 0];
  for (let index = 0; index < folded.length && length < longest; index += 1) {
    const code = folded.charCodeAt(index);
    if (code >= 48 && code <= 57) {
      break;
    }
    if (code >= 97 && !(code > 122 && code < 128)) {
      letters |= 1 << (code <= 122 ? code - 97 : 26 + (code % 6));
      length += 1;
    }
  }
  return { length, letters };
}

function bits(mask: number): number {
  let left = mask - ((mask >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return (((left + (left >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** Edits between two words, a swap of neighbours counted 0.8; Infinity where they are more than `bound`. */
function distance(a: string, b: string, bound: number): number {
  if (Math.abs(a.length - b.length) > bound) {
    return Infinity;
  }
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j - 1]! + (isSame ? 0 : 1), last[j]! + 1, row[j - 1]! + 1);
      if (!isSame && i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, before[j - 2]! + 0.8);
      }
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > bound + 0.2) {
      return Infinity;
    }
    before = last;
    last = row;
  }
  return last[b.length]! <= bound ? last[b.length]! : Infinity;
}
