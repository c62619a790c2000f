/** One difference between our reading and Pandoc's. */
export interface Difference {
  /** What it has in common with others: `cite: only Pandoc reads it, in code`. */
  readonly kind: string;
  /** Where it is and what both read, for whoever fixes it. */
  readonly example: string;
  /** How much somebody has to read to understand it; of each class the smallest example is kept. */
  readonly size: number;
  /** How many cites or fields it covers; one, if this is missing. */
  readonly weight?: number;
}

export interface DifferenceClass {
  readonly kind: string;
  readonly count: number;
  readonly files: number;
  readonly example: string;
}

/** Counts differences by class, and keeps of each class the smallest example: a corpus may have thousands of them. */
export class Classes {
  readonly #found = new Map<string, { count: number; files: Set<string>; smallest: Difference }>();

  add(file: string, difference: Difference): void {
    const { kind, weight = 1, size } = difference;
    const known = this.#found.get(kind);
    if (!known) {
      this.#found.set(kind, { count: weight, files: new Set([file]), smallest: difference });
      return;
    }
    known.count += weight;
    known.files.add(file);
    if (size < known.smallest.size) {
      known.smallest = difference;
    }
  }

  /** The most frequent class first. */
  get all(): readonly DifferenceClass[] {
    return Array.from(this.#found, ([kind, { count, files, smallest }]) => ({ kind, count, files: files.size, example: smallest.example }))
      .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1));
  }
}

/** A text for an example: a long one is cut, and every line is indented. */
export function quoted(text: string, longest = 400): string {
  const cut = text.length > longest ? `${text.slice(0, longest)} …` : text;
  return cut.trimEnd().split(/\r?\n/).map(line => `      | ${line}`).join('\n');
}
