import { plain, type Inline } from './inlines.ts';

/**
 * From title case to sentence case, which CSL expects: a style may print title case from it, never the other way. As Pandoc
 * does it: a word with a capital elsewhere than at its start stays, and so does what stands in braces.
 */
export function sentenceCase(inlines: readonly Inline[]): readonly Inline[] {
  return new SentenceCase().of(inlines).map(unprotected);
}

type State = 'start' | 'startOfSentence' | 'startAfterSign' | 'afterStop' | 'inWord' | 'afterFormula' | 'afterStopInside' | 'between';

const chunks = /[\p{L}\p{N}\p{M}]+|./gsu;
/** Brackets and quotation marks that close what comes before them. */
const closing = /[\p{Pe}\p{Pf}"']/u;

class SentenceCase {
  #state: State = 'start';

  of(inlines: readonly Inline[]): readonly Inline[] {
    return inlines.map((inline, i) => this.#inline(inline, inlines[i + 1]));
  }

  #inline(inline: Inline, next: Inline | undefined): Inline {
    switch (inline.kind) {
      case 'text':
        return { kind: 'text', text: this.#text(inline.text, next) };
      case 'space':
        this.#follow(' ');
        return inline;
      case 'italic':
      case 'bold':
        return { kind: inline.kind, inside: this.of(inline.inside) };
      case 'group': {
        // Inside of a word, `Caf{\'e}`, braces belong to the accent.
        const kind = this.#state === 'inWord' || this.#state === 'afterFormula' ? 'group' : 'nocase';
        this.#pass(inline.inside);
        // `{Inc.}, And`: a comma after braces that end a sentence does not go on with it.
        this.#state = this.#state === 'afterStop' ? 'afterStopInside' : this.#state;
        return { kind, inside: inline.inside };
      }
      default:
        this.#pass(inline.inside);
        if (this.#state === 'inWord' && isFormula(inline)) {
          this.#state = 'afterFormula';
        }
        return inline;
    }
  }

  /** The H of H₂O and the Ca of Ca²⁺ stay: what stands directly before a formula or an index is a sign, not a word. */
  #text(text: string, next: Inline | undefined): string {
    const sign = next && isFormula(next) ? (/(?<![\p{L}\p{N}])\p{Lu}\p{Ll}?$/u.exec(text)?.[0] ?? '') : '';
    const cased = text.slice(0, text.length - sign.length).replace(chunks, chunk => this.#chunk(chunk));
    this.#follow(sign);
    return cased + sign;
  }

  #chunk(chunk: string): string {
    const state = this.#state;
    this.#follow(chunk);
    const isBeginning = isStart(state);
    if (/^\p{Lu}\p{Ll}*$/u.test(chunk)) {
      // Behind a formula it is no beginning of a word: the O of H₂O.
      return isBeginning || state === 'afterFormula' ? chunk : chunk.toLowerCase();
    }
    return isBeginning && /^\p{Ll}+$/u.test(chunk) ? chunk.replace(/^./u, first => first.toUpperCase()) : chunk;
  }

  /** Goes on behind words that stay as they are. What comes after them begins nothing, whatever sign they end with. */
  #pass(inlines: readonly Inline[]): void {
    if (isStart(this.#state) && /[\p{L}\p{N}]/u.test(plain(inlines))) {
      this.#state = 'between';
    }
    this.#follow(lastText(inlines));
  }

  #follow(text: string): void {
    const last = text.at(-1);
    if (last === undefined) {
      return;
    }
    if ('.?!:'.includes(last)) {
      this.#state = 'afterStop';
    } else if (/[\p{L}\p{N}]/u.test(last)) {
      this.#state = 'inWord';
    } else if (/\s/.test(last) && (this.#state === 'afterStop' || this.#state === 'afterStopInside')) {
      this.#state = 'startOfSentence';
    } else if ((this.#state === 'afterStop' && closing.test(last)) || (this.#state === 'afterStopInside' && /\p{P}/u.test(last))) {
      // “A question?” A sentence
      return;
    } else if (this.#state === 'startAfterSign' && /\s/.test(last)) {
      // `- Words`: a sign alone was the first word.
      this.#state = 'between';
    } else if (isStart(this.#state)) {
      this.#state = /\s/.test(last) ? this.#state : 'startAfterSign';
    } else {
      this.#state = 'between';
    }
  }
}

function isFormula({ kind }: Inline): boolean {
  return kind === 'math' || kind === 'sub' || kind === 'sup';
}

function isStart(state: State): boolean {
  return state === 'start' || state === 'startOfSentence' || state === 'startAfterSign';
}

function lastText(inlines: readonly Inline[]): string {
  const last = inlines.at(-1);
  return last === undefined ? '' : last.kind === 'text' ? last.text : last.kind === 'space' ? ' ' : lastText(last.inside);
}

/** Only what has a word in lower case need be protected from a style that makes title case. */
function unprotected(inline: Inline): Inline {
  if (inline.kind === 'text' || inline.kind === 'space') {
    return inline;
  }
  const inside = inline.inside.map(unprotected);
  const isProtected = inline.kind !== 'nocase' || inside.some(each => each.kind === 'text' && /(?:^|\p{P})\p{Ll}/u.test(each.text));
  return { kind: isProtected ? inline.kind : 'group', inside };
}
