import type { Facts } from './inline.ts';
import type { Unit } from './units.ts';

/** The labels of a document's examples and links, with how often each is given. */
export class Labels implements Facts {
  readonly #counts: ReadonlyMap<string, number>;

  private constructor(counts: ReadonlyMap<string, number>) {
    this.#counts = counts;
  }

  static of(units: readonly Unit[]): Labels {
    return new Labels(new Map()).changed([], units);
  }

  isExample(label: string): boolean {
    return this.#counts.has(`@${label}`);
  }

  isDefined(label: string): boolean {
    return this.#counts.has(`[${label}`);
  }

  /** The labels when some units are gone and others came. */
  changed(gone: readonly Unit[], fresh: readonly Unit[]): Labels {
    const removed = labelsOf(gone);
    const added = labelsOf(fresh);
    if (removed.length === 0 && added.length === 0) {
      return this;
    }
    const counts = new Map(this.#counts);
    added.forEach(label => counts.set(label, (counts.get(label) ?? 0) + 1));
    for (const label of removed) {
      const left = counts.get(label)! - 1;
      if (left === 0) {
        counts.delete(label);
      } else {
        counts.set(label, left);
      }
    }
    return new Labels(counts);
  }

  /** The labels, as `@label` and `[label`, that only one of both has. */
  differing(other: Labels): ReadonlySet<string> {
    if (other === this) {
      return new Set();
    }
    return new Set([
      ...Array.from(this.#counts.keys()).filter(label => !other.#counts.has(label)),
      ...Array.from(other.#counts.keys()).filter(label => !this.#counts.has(label)),
    ]);
  }
}

function labelsOf(units: readonly Unit[]): string[] {
  const labels: string[] = [];
  for (const { examples, definitions } of units) {
    examples.forEach(label => label !== '' && labels.push(`@${label}`));
    definitions.forEach(label => labels.push(`[${label}`));
  }
  return labels;
}
