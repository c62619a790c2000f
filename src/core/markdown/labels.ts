import type { Facts } from './inline.ts';
import { Pace } from './pace.ts';
import type { Unit } from './units.ts';

type Counts = ReadonlyMap<string, number>;

/** With more changes than this the counts are made anew. */
const mostSince = 1000;

/** The labels of a document's examples and links, with how often each is given. */
export class Labels implements Facts {
  readonly #counts: Counts;
  /** What came to these counts and went since they were made: copying a hundred thousand at every edit would be felt. */
  readonly #since: Counts;

  private constructor(counts: Counts, since: Counts) {
    this.#counts = counts;
    this.#since = since;
  }

  static of(units: readonly Unit[]): Generator<undefined, Labels> {
    return new Labels(new Map(), new Map()).changed([], units);
  }

  isExample(label: string): boolean {
    return this.#has(`@${label}`);
  }

  isDefined(label: string): boolean {
    return this.#has(`[${label}`);
  }

  #has(label: string): boolean {
    return (this.#counts.get(label) ?? 0) + (this.#since.get(label) ?? 0) > 0;
  }

  /** The labels when some units are gone and others came; yields every few milliseconds. */
  *changed(gone: readonly Unit[], fresh: readonly Unit[]): Generator<undefined, Labels> {
    const removed = yield* labelsOf(gone);
    const added = yield* labelsOf(fresh);
    if (removed.length === 0 && added.length === 0) {
      return this;
    }
    const pace = new Pace();
    const since = new Map(this.#since);
    const changes = [[added, 1], [removed, -1]] as const;
    for (const [labels, by] of changes) {
      for (const label of labels) {
        changeBy(since, label, by);
        if (pace.isDue(label.length)) {
          yield;
        }
      }
    }
    return since.size <= mostSince ? new Labels(this.#counts, since) : new Labels(yield* together(this.#counts, since), new Map());
  }

  /** Of the labels of some units, as `@label` and `[label`, those that only one of both has. */
  *differing(other: Labels, units: readonly Unit[]): Generator<undefined, ReadonlySet<string>> {
    const differing = new Set<string>();
    for (const label of other === this ? [] : yield* labelsOf(units)) {
      if (this.#has(label) !== other.#has(label)) {
        differing.add(label);
      }
    }
    return differing;
  }
}

/** Both counts as one. */
function* together(counts: Counts, since: Counts): Generator<undefined, Counts> {
  if (counts.size === 0) {
    return since;
  }
  const pace = new Pace();
  const all = new Map<string, number>();
  for (const each of [counts, since]) {
    for (const [label, count] of each) {
      changeBy(all, label, count);
      if (pace.isDue(label.length)) {
        yield;
      }
    }
  }
  return all;
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
