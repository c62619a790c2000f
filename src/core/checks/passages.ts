import type { Quote, Entry } from '../study.ts';
import { altered, omitted, type Sequence } from './align.ts';
import { wordsOf, type Word } from './words.ts';

/** Words of a study that a manuscript may quote: a quote of its authors', or, without `quote`, our own finding. */
export interface Passage extends Sequence {
  readonly study: Entry;
  readonly quote?: Quote;
  /** The same as print has it, where the record tells. */
  readonly printed?: Printed;
}

interface Printed extends Sequence {
  /** What print has, and what the quote has for it. */
  readonly forms: readonly (readonly [print: string, quote: string])[];
}

/** Neighbouring words in common that make a passage worth comparing. */
const fewestPairs = 2;

// Room for this many different words in a pair's number.
const mostWords = 2 ** 26;

/** The passages of the studies that were asked for, and which of them a quotation resembles. */
export class Passages {
  readonly #ids = new Map<string, number>();
  readonly #byStudy = new Map<Entry, readonly Passage[]>();
  readonly #byPair = new Map<number, Passage[]>();

  of(study: Entry): readonly Passage[] {
    const known = this.#byStudy.get(study);
    if (known) {
      return known;
    }
    const quotes = study.quotes.map(quote => this.#passage({ study, quote, ...this.#printed(quote) }, quote.text));
    const passages = study.finding ? [...quotes, this.#passage({ study }, study.finding)] : quotes;
    this.#byStudy.set(study, passages);
    return passages;
  }

  #printed(quote: Quote): Pick<Passage, 'printed'> {
    const forms = formsOf(quote);
    const text = forms.reduce((changed, [print, ours]) => changed.replace(ours, () => print), quote.text);
    return text === quote.text ? {} : { printed: { ...this.#sequence(text), forms } };
  }

  #sequence(text: string): Sequence {
    const words = wordsOf(text);
    return { text, words, ids: Int32Array.from(words, ({ norm }) => this.#ids.get(norm) ?? this.#add(norm)) };
  }

  #passage(source: Pick<Passage, 'study' | 'quote' | 'printed'>, text: string): Passage {
    const passage = { ...source, ...this.#sequence(text) };
    for (const pair of new Set(Array.from(passage.ids, (_, index) => (index > 0 ? pairAt(passage.ids, index) : 0)))) {
      const others = this.#byPair.get(pair);
      if (others) {
        others.push(passage);
      } else if (pair > 0) {
        this.#byPair.set(pair, [passage]);
      }
    }
    return passage;
  }

  #add(norm: string): number {
    const id = this.#ids.size + 1;
    this.#ids.set(norm, id);
    return id;
  }

  /** The words of a quotation, numbered. */
  sequence(text: string, words: readonly Word[]): Sequence {
    const ids = new Int32Array(words.length);
    for (let index = 0; index < words.length; index += 1) {
      const { kind, norm } = words[index]!;
      ids[index] = kind === 'word' ? (this.#ids.get(norm) ?? 0) : kind === 'altered' ? altered : omitted;
    }
    return { text, words, ids };
  }

  /** The passages that share several pairs of neighbouring words with a quotation, those that share most first. */
  resembling({ ids }: Sequence, among: ReadonlySet<Entry>): Passage[] {
    const shared = new Map<Passage, number>();
    for (let index = 1; index < ids.length; index += 1) {
      for (const passage of this.#byPair.get(pairAt(ids, index)) ?? nowhere) {
        if (among.has(passage.study)) {
          shared.set(passage, (shared.get(passage) ?? 0) + 1);
        }
      }
    }
    return [...shared]
      .filter(([, count]) => count >= fewestPairs)
      .sort(([, a], [, b]) => b - a)
      .map(([passage]) => passage);
  }
}

/** `"Posttraumatic" for "Post-traumatic"`, as the records write it. */
function formsOf({ asPrinted = '' }: Quote): [print: string, quote: string][] {
  return Array.from(asPrinted.matchAll(/"([^"]+)" for "([^"]+)"/g), ([, print = '', quote = '']) => [print, quote]);
}

const nowhere: readonly Passage[] = [];

/** The number of a word with the one before it; no pair's where either is in no source, or is a mark. */
function pairAt(ids: Int32Array, index: number): number {
  const [first, second] = [ids[index - 1]!, ids[index]!];
  return first > 0 && second > 0 ? first * mostWords + second : 0;
}
