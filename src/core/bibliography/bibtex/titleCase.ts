import type { Inline } from './latex.ts';

/**
 * From title case to sentence case, which CSL expects: a style may print title case from it, never the other way. As Pandoc
 * does it: a word with a capital elsewhere than at its start stays, and so does what stands in braces.
 */
export function sentenceCase(inlines: readonly Inline[]): readonly Inline[] {
  return new SentenceCase().of(inlines).map(unprotected);
}

type State = 'start' | 'startOfSentence' | 'afterWord' | 'afterStop' | 'inWord' | 'afterOther';

const chunks = /[\p{L}\p{N}\p{M}]+|./gsu;

class SentenceCase {
  #state: State = 'start';

  of(inlines: readonly Inline[]): readonly Inline[] {
    return inlines.map(inline => this.#inline(inline));
  }

  #inline(inline: Inline): Inline {
    switch (inline.kind) {
      case 'text':
        return { kind: 'text', text: inline.text.replace(chunks, chunk => this.#chunk(chunk)) };
      case 'space':
        this.#follow(' ');
        return inline;
      case 'italic':
      case 'bold':
        return { kind: inline.kind, inside: this.of(inline.inside) };
      case 'group':
        this.#follow(lastText(inline.inside));
        return { kind: 'nocase', inside: inline.inside };
      default:
        this.#follow(lastText(inline.inside));
        return inline;
    }
  }

  #chunk(chunk: string): string {
    const state = this.#state;
    if (/^[“‘«„]/.test(chunk)) {
      return chunk;
    }
    this.#follow(chunk);
    const isBeginning = state === 'start' || state === 'startOfSentence';
    if (/^\p{Lu}\p{Ll}*$/u.test(chunk)) {
      // Behind a formula or braces it is no beginning of a word: the O of H₂O.
      return isBeginning || state === 'inWord' ? chunk : chunk.toLowerCase();
    }
    return isBeginning && /^\p{Ll}+$/u.test(chunk) ? chunk.replace(/^./u, first => first.toUpperCase()) : chunk;
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
    } else if (/\s/.test(last) && this.#state === 'afterStop') {
      this.#state = 'startOfSentence';
    } else {
      this.#state = /[\s/–—-]/.test(last) ? 'afterWord' : 'afterOther';
    }
  }
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
