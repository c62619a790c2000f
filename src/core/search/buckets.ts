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
