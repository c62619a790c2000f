/**
 * Where a pattern stands next in a text that comes in pieces. What was looked through is remembered: a text in which much
 * begins and nothing ends would else be looked through again from everywhere.
 */
export class Ahead {
  readonly #pattern: RegExp;
  readonly #longest: number;
  /** Of the whole text: in `[#from, #until)` no match begins. */
  #from = 0;
  #until = 0;

  /** @param pattern global, and matches nothing that is longer than `longest`. */
  constructor(pattern: RegExp, longest: number) {
    this.#pattern = pattern;
    this.#longest = longest;
  }

  /** Its offset in `text`, which begins at `base` of the whole, at or behind `at`; -1 where there is none yet. */
  next(text: string, base: number, at: number): number {
    const isKnown = this.#from <= base + at && base + at <= this.#until;
    this.#from = isKnown ? this.#from : base + at;
    this.#pattern.lastIndex = isKnown ? this.#until - base : at;
    const found = this.#pattern.exec(text)?.index ?? -1;
    this.#until = base + (found < 0 ? Math.max(text.length - this.#longest, at) : found);
    return found;
  }
}
