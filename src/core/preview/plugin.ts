import { escapeHtml } from '../html.ts';
import type { Reading, Span } from '../reading.ts';
import { regionOf } from '../render/region.ts';
import { listNumber, placeholder, withPlaceholders } from './placeholders.ts';

/** What of markdown-it's tokens, state and parser is used here; its own typings bring a package of their own along. */
interface Token {
  type: string;
  content: string;
  children: Token[] | null;
  level: number;
  meta: unknown;
}

interface CoreState {
  src: string;
  tokens: Token[];
  readonly Token: new (type: string, tag: string, nesting: -1 | 0 | 1) => Token;
}

type Render = (tokens: readonly Token[], index: number, options: unknown, env: unknown) => string;

export interface MarkdownIt {
  readonly core: {
    readonly ruler: {
      before(other: string, name: string, rule: (state: CoreState) => void): void;
      push(name: string, rule: (state: CoreState) => void): void;
    };
  };
  readonly renderer: { readonly rules: Record<string, Render | undefined> };
}

/** A text that is shown, and its citations. */
export interface Cited {
  readonly reading: Reading;
  /** In the order in which they stand. */
  readonly citations: readonly Span[];
}

/** HTML for each citation by its number, for the footnotes of a style of notes, and for the bibliography; empty where there is none. */
export interface Printed {
  readonly citations: readonly string[];
  readonly notes: string;
  readonly list: string;
}

/** Where a token's HTML comes from. */
interface Place {
  readonly cited: Cited;
  readonly number: number;
}

/**
 * Shows citations in a preview.
 * @param read answers at once; nothing for a text that cites nothing, or is too long
 * @param print is asked when a text that was read is shown: VS Code keeps tokens, and tells the document only then
 */
export function showCitations(
  md: MarkdownIt,
  read: (text: string) => Cited | undefined,
  print: (cited: Cited, env: unknown) => Printed | undefined,
): void {
  const shown = new WeakMap<CoreState, Cited>();
  md.core.ruler.before('normalize', 'ketamine_citations', state => {
    const cited = read(state.src);
    if (cited) {
      shown.set(state, cited);
      state.src = withPlaceholders(cited.reading, cited.citations);
    }
  });
  md.core.ruler.push('ketamine_citations_placed', state => {
    const cited = shown.get(state);
    if (cited) {
      state.tokens = new Placing(state, cited).tokens();
    }
  });
  md.renderer.rules['ketamine_citation'] = (tokens, index, _, env) => {
    const { cited, number } = tokens[index]!.meta as Place;
    return print(cited, env)?.citations[number] ?? escapeHtml(written(cited, number));
  };
  md.renderer.rules['ketamine_list'] = (tokens, index, _, env) => {
    const { cited } = tokens[index]!.meta as Place;
    const printed = print(cited, env);
    // A bibliography that stands in the text is shown as it stands there.
    return printed ? printed.notes + (regionOf(cited.reading) ? '' : printed.list) : '';
  };
}

/** Sets a token in the place of each placeholder. */
class Placing {
  readonly #state: CoreState;
  readonly #cited: Cited;
  #hasList = false;

  constructor(state: CoreState, cited: Cited) {
    this.#state = state;
    this.#cited = cited;
  }

  tokens(): Token[] {
    const { tokens } = this.#state;
    const alone = new Set<Token | undefined>();
    tokens.forEach((token, index) => {
      if (token.type === 'inline' && isList(token.content)) {
        // The paragraph around it: blocks can't stand in one.
        alone.add(tokens[index - 1]).add(tokens[index + 1]);
      }
    });
    const placed = tokens.flatMap(token => {
      if (token.type === 'inline' && isList(token.content)) {
        return [this.#token(listNumber, token.level)];
      }
      return alone.has(token) ? [] : this.#within(token);
    });
    return this.#hasList ? placed : [...placed, this.#token(listNumber, 0)];
  }

  #within(token: Token): Token[] {
    if (token.children) {
      token.children = token.children.flatMap(child => this.#within(child));
    }
    const { content } = token;
    if (token.type !== 'text') {
      token.content = content.replace(placeholder, (_, number) => written(this.#cited, Number(number)));
      return [token];
    }
    const parts: Token[] = [];
    let from = 0;
    for (const match of content.matchAll(placeholder)) {
      parts.push(this.#text(content.slice(from, match.index), token.level), this.#token(Number(match[1]), token.level));
      from = match.index + match[0].length;
    }
    return from === 0 ? [token] : [...parts, this.#text(content.slice(from), token.level)].filter(each => each.type !== 'text' || each.content !== '');
  }

  #text(content: string, level: number): Token {
    return Object.assign(new this.#state.Token('text', '', 0), { content, level });
  }

  #token(number: number, level: number): Token {
    const isOfList = number === listNumber;
    this.#hasList ||= isOfList;
    const meta: Place = { cited: this.#cited, number };
    return Object.assign(new this.#state.Token(isOfList ? 'ketamine_list' : 'ketamine_citation', '', 0), { meta, level });
  }
}

function isList(content: string): boolean {
  return content.includes(String(listNumber)) && content.replace(placeholder, (_, number) => (Number(number) === listNumber ? '' : 'x')).trim() === '';
}

function written({ reading, citations }: Cited, number: number): string {
  const span = citations[number];
  return span ? reading.text.slice(span.start, span.end) : '';
}
