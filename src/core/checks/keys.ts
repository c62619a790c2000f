import { isCrossReference } from '../citations.ts';
import { isCitable, markedKey } from '../citekeys.ts';
import type { Block, Cite } from '../reading.ts';
import { finished } from '../steps.ts';
import { either, textOf } from './block.ts';
import { KeyIndex } from './keyIndex.ts';
import type { NearKey } from './nearestKeys.ts';
import type { Fix, Known, Problem } from './problem.ts';

// Pandoc reads `https://example.org/@name` as a citation, Quarto as an address, which is what was meant.
const bareAddress = /[a-z]:\/\/\S*$/i;

/** So many unknown keys are looked up between two pauses. */
const atOnce = 200;

interface Cited {
  readonly block: Pick<Block, 'citations'>;
  readonly text: string;
}

/** Looks up the keys that a manuscript cites; what it needs for those that are not there is made at the first of them. */
export class KeyChecks {
  readonly #known: Known;
  #made: KeyIndex | undefined;

  constructor(known: Known) {
    this.#known = known;
  }

  /** `unknown-key` and `key-case`; neither while a bibliography can't be read, since the key may stand there. */
  of(view: Cited): Problem[] {
    return finished(this.inSteps(view));
  }

  /** The same, and yields every few milliseconds: of each key that is not there all others are asked which is like it. */
  *inSteps({ block, text }: Cited): Generator<undefined, Problem[]> {
    const problems: Problem[] = [];
    if (!this.#known.isComplete) {
      return problems;
    }
    for (const cite of block.citations.flatMap(({ cites }) => cites)) {
      if (this.#isUnknown(cite, text)) {
        problems.push(this.#problem(cite, text));
        if (problems.length % atOnce === 0) {
          yield;
        }
      }
    }
    return problems;
  }

  #isUnknown({ key, mark }: Cite, text: string): boolean {
    return (
      !this.#known.has(key) &&
      key !== '*' &&
      !isCrossReference(key) &&
      !bareAddress.test(text.slice(Math.max(mark.start - 200, 0), mark.start))
    );
  }

  #problem(cite: Cite, text: string): Problem {
    const { key } = cite;
    const cut = this.#cutKey(cite, text);
    if (cut !== undefined) {
      return cutProblem(cite, cut);
    }
    const sameButCase = this.#index().sameButCase(key);
    const near = sameButCase.map(each => ({ key: each, isClear: sameButCase.length === 1 }));
    return near.length > 0
      ? problem('key-case', cite, text, near, `The entry is written ${either(sameButCase)}, not ${key}.`)
      : this.#unknown(cite, text);
  }

  /** The key that was typed without the braces it needs: `@paren(1)`, of which Pandoc reads `paren`. The longest there is. */
  #cutKey({ mark, keySpan }: Cite, text: string): string | undefined {
    if (mark.end !== keySpan.end) {
      return undefined;
    }
    const run = /^\S*/.exec(text.slice(keySpan.start, keySpan.start + longestRun))![0];
    for (let length = run.length; length > keySpan.end - keySpan.start; length -= 1) {
      const key = run.slice(0, length);
      if (this.#known.has(key) && isCitable(key)) {
        return key;
      }
    }
    return undefined;
  }

  #unknown(cite: Cite, text: string): Problem {
    const near = this.#index().nearest(cite.key).filter(({ key }) => isCitable(key));
    const question = near.length > 0 ? ` Did you mean ${either(near.map(({ key }) => key))}?` : '';
    return problem('unknown-key', cite, text, near, `There is no entry ${cite.key}.${question}`);
  }

  #index(): KeyIndex {
    this.#made ??= KeyIndex.of(this.#known.keys, this.#known.keyIndex);
    return this.#made;
  }
}

/** No key that is typed is longer. */
const longestRun = 120;

function cutProblem({ key, mark, keySpan: { start } }: Cite, whole: string): Problem {
  const end = start + whole.length;
  const edits = [{ start, end, text: `{${whole}}` }];
  const fixes = [{ title: `Put braces around ${whole}`, edits, isPreferred: true }];
  const message = `Pandoc reads only ${key} here; the key ${whole} needs braces: @{${whole}}.`;
  return { code: 'unknown-key', start: mark.start, end, message, fixes, key };
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
  const { end } = cite.keySpan;
  const written = isBraced ? key : markedKey(key, text.slice(end, end + 4));
  return {
    title: `Replace by ${key}`,
    edits: [{ start: cite.keySpan.start, end: cite.keySpan.end, text: written }],
    isPreferred,
  };
}
