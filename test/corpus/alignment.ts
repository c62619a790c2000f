/** What both lists have, as pairs of indices; and what is left of each. */
export interface Alignment {
  readonly pairs: readonly (readonly [ours: number, theirs: number])[];
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
}

/** A table of more cells takes too much memory; then equal items are paired by the next one that is the same. */
const mostCells = 4_000_000;

/** Pairs equal items in order, as many as possible. */
export function aligned(ours: readonly string[], theirs: readonly string[]): Alignment {
  let start = 0;
  while (start < ours.length && start < theirs.length && ours[start] === theirs[start]) {
    start += 1;
  }
  let tail = 0;
  while (tail < ours.length - start && tail < theirs.length - start && ours.at(-1 - tail) === theirs.at(-1 - tail)) {
    tail += 1;
  }
  const mine = ours.slice(start, ours.length - tail);
  const others = theirs.slice(start, theirs.length - tail);
  const middle = mine.length * others.length > mostCells ? nextSame(mine, others) : longest(mine, others);
  const pairs = [
    ...Array.from({ length: start }, (_, i) => [i, i] as const),
    ...middle.map(([i, j]) => [start + i, start + j] as const),
    ...Array.from({ length: tail }, (_, i) => [ours.length - tail + i, theirs.length - tail + i] as const),
  ];
  const [left, right] = [new Set(pairs.map(([i]) => i)), new Set(pairs.map(([, j]) => j))];
  return { pairs, ours: [...ours.keys()].filter(i => !left.has(i)), theirs: [...theirs.keys()].filter(j => !right.has(j)) };
}

/** The longest common subsequence. */
function longest(ours: readonly string[], theirs: readonly string[]): (readonly [number, number])[] {
  const width = theirs.length + 1;
  const lengths = new Uint32Array((ours.length + 1) * width);
  for (let i = ours.length - 1; i >= 0; i -= 1) {
    for (let j = theirs.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        ours[i] === theirs[j] ? lengths[(i + 1) * width + j + 1]! + 1 : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < ours.length && j < theirs.length; ) {
    if (ours[i] === theirs[j]) {
      pairs.push([i++, j++]);
    } else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) {
      i += 1;
    } else {
      j += 1;
    }
  }
  return pairs;
}

function nextSame(ours: readonly string[], theirs: readonly string[]): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  let from = 0;
  ours.forEach((each, i) => {
    const j = theirs.slice(from, from + 1000).indexOf(each);
    if (j >= 0) {
      pairs.push([i, from + j]);
      from += j + 1;
    }
  });
  return pairs;
}
