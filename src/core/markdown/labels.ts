import type { Facts } from './inline.ts';
import { Pace } from './pace.ts';
import type { Unit } from './units.ts';

/** The labels of a document's examples and links, with how often each is given. */
export class Labels implements Facts {
  readonly #counts: ReadonlyMap<string, number>;

  private constructor(counts: ReadonlyMap<string, number>) {
    this.#counts = counts;
  }

  static of(units: readonly Unit[]): Generator<undefined, Labels> {
    return new Labels(new Map()).changed([], units);
  }

  isExample(label: string): boolean {
    return this.#counts.has(`@${label}`);
  }

  isDefined(label: string): boolean {
    return this.#counts.has(`[${label}`);
  }

  /** The labels when some units are gone and others came; yields every few milliseconds. */
  *changed(gone: readonly Unit[], fresh: readonly Unit[]): Generator<undefined, Labels> {
    const removed = yield* labelsOf(gone);
    const added = yield* labelsOf(fresh);
    if (removed.length === 0 && added.length === 0) {
      return this;
    }
    const pace = new Pace();
    const counts = new Map(this.#counts);
    const changes = [[added, 1], [removed, -1]] as const;
    for (const [labels, by] of changes) {
      for (const label of labels) {
        changeBy(counts, label, by);
        if (pace.isDue(label.length)) {
          yield;
        }
      }
    }
    return new Labels(counts);
  }

  /** Of the labels of some units, as `@label` and `[label`, those that only one of both has. */
  *differing(other: Labels, units: readonly Unit[]): Generator<undefined, ReadonlySet<string>> {
    const differing = new Set<string>();
    for (const label of other === this ? [] : yield* labelsOf(units)) {
      if (this.#counts.has(label) !== other.#counts.has(label)) {
        differing.add(label);
      }
    }
    return differing;
  }
}

function changeBy(counts: Map<string, number>, label: string, by: number): void {
  const count = (counts.get(label) ?? 0) + by;
  if (count === 0) {
    counts.delete(label);
  } else {
    counts.set(label, count);
  }
}

function* labelsOf(units: readonly Unit[]): Generator<undefined, string[]> {
  const pace = new Pace();
  const labels: string[] = [];
  for (const { examples, definitions } of units) {
    examples.forEach(label => label !== '' && labels.push(`@${label}`));
    definitions.forEach(label => labels.push(`[${label}`));
    if (pace.isDue(examples.length + definitions.length)) {
      yield;
    }
  }
  return labels;
}
