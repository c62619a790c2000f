import { citekeyPattern } from '../citations.ts';
import type { Cite } from '../reading.ts';
import { either, textOf, type BlockText } from './block.ts';
import { NearestKeys, type NearKey } from './nearestKeys.ts';
import type { Fix, Known, Problem } from './problem.ts';

/** Quarto's reserved prefixes, `@fig-1`, and pandoc-crossref's, `@fig:one`; capitalised they begin a sentence. */
const crossReference =
  /^(?:fig|tbl|tab|lst|eq|sec|ch|thm|lem|cor|prp|cnj|def|exm|exr|exc|sol|rem|alg|apx|nte|tip|wrn|imp|cau|vid|dia|suppfig|supptbl)[-:]/i;

// Pandoc reads `https://example.org/@name` as a citation, Quarto as an address, which is what was meant.
const bareAddress = /[a-z]:\/\/\S*$/i;

const wholeKey = new RegExp(`^(?:${citekeyPattern})$`, 'u');

/** Looks up the keys that a manuscript cites; what it needs for those that are not there is made at the first of them. */
export class KeyChecks {
  readonly #known: Known;
  #nearest: NearestKeys | undefined;
  #byFolded: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(known: Known) {
    this.#known = known;
  }

  /** `unknown-key` and `key-case`; neither while a bibliography can't be read, since the key may stand there. */
  of({ block, text }: BlockText): Problem[] {
    if (!this.#known.isComplete) {
      return [];
    }
    return block.citations
      .flatMap(({ cites }) => cites)
      .filter(({ key }) => !this.#known.has(key) && key !== '*' && !crossReference.test(key))
      .filter(({ mark }) => !bareAddress.test(text.slice(Math.max(mark.start - 200, 0), mark.start)))
      .map(cite => this.#problem(cite, text));
  }

  #problem(cite: Cite, text: string): Problem {
    const { key } = cite;
    const sameButCase = this.#sameButCase(key);
    const near = sameButCase.map(each => ({ key: each, isClear: sameButCase.length === 1 }));
    return near.length > 0
      ? problem('key-case', cite, text, near, `The entry is written ${either(sameButCase)}, not ${key}.`)
      : this.#unknown(cite, text);
  }

  #unknown(cite: Cite, text: string): Problem {
    this.#nearest ??= new NearestKeys(this.#known.keys);
    const near = this.#nearest.of(cite.key);
    const question = near.length > 0 ? ` Did you mean ${either(near.map(({ key }) => key))}?` : '';
    return problem('unknown-key', cite, text, near, `There is no entry ${cite.key}.${question}`);
  }

  #sameButCase(key: string): readonly string[] {
    this.#byFolded ??= groupedBy(this.#known.keys, each => each.toLowerCase());
    return this.#byFolded.get(key.toLowerCase()) ?? [];
  }
}

function problem(
  code: 'unknown-key' | 'key-case',
  cite: Cite,
  text: string,
  near: readonly NearKey[],
  message: string,
): Problem {
  const { start, end } = cite.mark;
  const fixes = near.map(({ key, isClear }) => replaceKey(cite, text, key, isClear));
  return { code, start, end, message, fixes, key: cite.key };
}

function replaceKey(cite: Cite, text: string, key: string, isPreferred: boolean): Fix {
  const isBraced = textOf(text, cite.mark).endsWith('}');
  const written = isBraced || wholeKey.test(key) ? key : `{${key}}`;
  return {
    title: `Replace by ${key}`,
    edits: [{ start: cite.keySpan.start, end: cite.keySpan.end, text: written }],
    isPreferred,
  };
}

function groupedBy(keys: readonly string[], name: (key: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const key of keys) {
    const group = groups.get(name(key));
    if (group) {
      group.push(key);
    } else {
      groups.set(name(key), [key]);
    }
  }
  return groups;
}
