/** Where comments begin in a text: asked for at every line, searched once. */
export class Comments {
  readonly #text: string;
  /** None begins from here on up to the one that was found last. */
  #from = 0;
  #at = -1;

  constructor(text: string) {
    this.#text = text;
  }

  /** The offset of the first `<!--` from there on; `Infinity` where there is none. */
  first(from: number): number {
    if (from < this.#from) {
      this.#searchBefore(from);
    } else if (from > this.#at) {
      this.#at = found(this.#text.indexOf('<!--', from), 0);
      this.#from = from;
    }
    return this.#at;
  }

  /** The cells of a table are read column by column, so that it goes back a few lines for each: never to the end again. */
  #searchBefore(from: number): void {
    const near = found(this.#text.slice(from, this.#from + '<!-'.length).indexOf('<!--'), from);
    this.#at = Math.min(near, this.#at);
    this.#from = from;
  }
}

function found(index: number, start: number): number {
  return index < 0 ? Infinity : start + index;
}
