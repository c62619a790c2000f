import type { OpaqueSpan, Span } from '../reading.ts';
import { Char, isSpace, skipSpace } from './chars.ts';
import { Environments } from './environment.ts';
import { commandNameAt, TexCommands } from './texCommand.ts';

/**
 * The stretches of a paragraph that are not prose: code, math, tags, comments, autolinks, TeX. Each is asked for at the
 * place where it may begin. A search for what closes it that has failed once is not made again, so that a text of nothing
 * but opening marks is read in linear time.
 */
export class Opaques {
  readonly #text: string;
  #backticks: ReadonlyMap<number, number> | undefined;
  /** From here on there is no such mark any more. */
  #gone: Map<string, number> | undefined;
  /** Where each mark was found last, and from where on it was searched. */
  #lastFound: Map<string, Span> | undefined;
  #commands: TexCommands | undefined;
  #environments: Environments | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** What begins at the offset, if anything does. */
  at(at: number): OpaqueSpan | undefined {
    switch (this.#text.charCodeAt(at)) {
      case Char.backtick:
        return span('code', at, this.#codeEnd(at));
      case Char.dollar:
        return span('math', at, this.#mathEnd(at));
      case Char.less:
        return this.#angle(at);
      case Char.backslash:
        return span('raw TeX', at, this.#texEnd(at));
      default:
        return undefined;
    }
  }

  /** The offset of the mark from there on. */
  #find(mark: string, from: number): number {
    const gone = this.#gone?.get(mark);
    if (gone !== undefined && from >= gone) {
      return -1;
    }
    const last = this.#lastFound?.get(mark);
    if (last && last.start <= from && from <= last.end) {
      return last.end;
    }
    const found = this.#text.indexOf(mark, from);
    if (found < 0) {
      this.#gone ??= new Map();
      this.#gone.set(mark, from);
    } else {
      this.#lastFound ??= new Map();
      this.#lastFound.set(mark, { start: from, end: found });
    }
    return found;
  }

  /** As many backticks as opened it close it. */
  #codeEnd(at: number): number | undefined {
    this.#backticks ??= backtickRuns(this.#text);
    const close = this.#backticks.get(at);
    return close === undefined ? undefined : (attributesEnd(this.#text, close) ?? rawAttributeEnd(this.#text, close) ?? close);
  }

  /**
   * `$` opens math before a character that is not white space; the next one closes it, if no white space precedes and no
   * digit follows it: `$20 and $30` is money. `$$` needs only its like.
   */
  #mathEnd(at: number): number | undefined {
    const text = this.#text;
    if (text.charCodeAt(at + 1) === Char.dollar) {
      const close = this.#find('$$', at + 3);
      return close < 0 ? undefined : close + 2;
    }
    if (at + 1 >= text.length || isSpace(text.charCodeAt(at + 1)) || this.#find('$', at + 1) < 0) {
      return undefined;
    }
    for (let next = at + 1; next < text.length; next += 1) {
      const code = text.charCodeAt(next);
      if (code === Char.backslash) {
        next += 1;
      } else if (code === Char.dollar) {
        const follows = text.charCodeAt(next + 1);
        return isSpace(text.charCodeAt(next - 1)) || (follows >= 48 && follows <= 57) ? undefined : next + 1;
      }
    }
    return undefined;
  }

  #angle(at: number): OpaqueSpan | undefined {
    const text = this.#text;
    if (text.startsWith('<!--', at)) {
      const close = this.#find('-->', at + 4);
      return close < 0 ? undefined : { kind: 'comment', start: at, end: close + 3 };
    }
    const close = this.#find('>', at + 1);
    if (close < 0) {
      return undefined;
    }
    address.lastIndex = at;
    const found = address.exec(text);
    if (found) {
      const end = at + found[0].length;
      return { kind: 'address', start: at, end: attributesEnd(text, end) ?? end };
    }
    return span('raw HTML', at, tagEnd(text, at));
  }

  /** `\cite[p. 3]{key}`, `\begin{x} … \end{x}`; no `\%`, which is an escape. */
  #texEnd(at: number): number | undefined {
    const text = this.#text;
    const name = commandNameAt(text, at);
    if (name === undefined) {
      return undefined;
    }
    if (name === 'begin') {
      this.#environments ??= new Environments(text, (mark, from) => this.#find(mark, from));
      return this.#environments.endOf(at);
    }
    this.#commands ??= new TexCommands(text);
    return this.#commands.endOf(at);
  }
}

// Without a bound a text of nothing but `<a ` would take quadratic time.
const longestTag = 2000;
const address = /<(?:(?:https?|ftps?|sftp|file|mailto|doi|urn|tel|news|irc|magnet|git|ssh|data|javascript):[^\s<>]+|[^\s<>@:()[\]\\,;"]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*)>/iuy;
const tagStart = /<(?:\/[A-Za-z][\w:-]*\s*>|[A-Za-z][\w:-]*(?=[\s/>])|[!?][A-Za-z])/y;

function span(kind: OpaqueSpan['kind'], start: number, end: number | undefined): OpaqueSpan | undefined {
  return end === undefined ? undefined : { kind, start, end };
}

/** For each place in a run of backticks, the end of the next run that is as long as what is left of this one. */
function backtickRuns(text: string): Map<number, number> {
  const starts: number[] = [];
  const lengths: number[] = [];
  for (let at = text.indexOf('`'); at >= 0; ) {
    let end = at;
    while (text.charCodeAt(end) === Char.backtick) {
      end += 1;
    }
    starts.push(at);
    lengths.push(end - at);
    at = text.indexOf('`', end);
  }
  const closes = new Map<number, number>();
  const next = new Map<number, number>();
  for (let i = starts.length - 1; i >= 0; i -= 1) {
    const length = lengths[i]!;
    // A run that nothing closes may still hold a shorter one, `` ``a` ``; each of its tails is a run of its own.
    const deepest = Math.min(length, 64);
    for (let tail = 1; tail <= deepest; tail += 1) {
      const close = next.get(tail);
      if (close !== undefined) {
        closes.set(starts[i]! + length - tail, close);
      }
    }
    if (length > deepest && next.has(length)) {
      closes.set(starts[i]!, next.get(length)!);
    }
    next.set(length, starts[i]! + length);
  }
  return closes;
}

/** Behind a tag's `>`, if it is one: attributes may hold `>` in quotes. */
export function tagEnd(text: string, at: number): number | undefined {
  tagStart.lastIndex = at;
  const start = tagStart.exec(text)?.[0];
  if (start === undefined || start.endsWith('>')) {
    return start === undefined ? undefined : at + start.length;
  }
  const limit = Math.min(text.length, at + longestTag);
  for (let next = at + start.length; next < limit; next += 1) {
    const code = text.charCodeAt(next);
    if (code === Char.greater) {
      return next + 1;
    }
    if (code === Char.less || (isSpace(text.charCodeAt(next - 1)) && !attributeStart.test(text[next]!))) {
      return undefined;
    }
    if ((code === Char.quote || code === Char.apostrophe) && text.charCodeAt(next - 1) === Char.equals) {
      const close = text.indexOf(text[next]!, next + 1);
      if (close < 0 || close >= limit) {
        return undefined;
      }
      next = close;
    }
  }
  return undefined;
}

const attributeStart = /[\p{L}\s/="'_:]/u;
const attribute = /[#.][\p{L}][\p{L}\p{N}_:.-]*|-|[\p{L}_][\p{L}\p{N}_:.-]*=(?:"(?:[^"\\]|\\.){0,1000}"|'(?:[^'\\]|\\.){0,1000}'|[^\s}]*)/suy;
const rawAttribute = /\{[ \t]*=[\p{L}\p{N}_-]+[ \t]*\}/uy;

/** Behind `{#id .class key=value}`, if that is what stands there. */
export function attributesEnd(text: string, at: number): number | undefined {
  if (text.charCodeAt(at) !== Char.openBrace) {
    return undefined;
  }
  for (let next = skipSpace(text, at + 1, text.length); ; ) {
    if (text.charCodeAt(next) === Char.closeBrace) {
      return next + 1;
    }
    attribute.lastIndex = next;
    const found = attribute.exec(text);
    if (!found) {
      return undefined;
    }
    next = skipSpace(text, next + found[0].length, text.length);
  }
}

function rawAttributeEnd(text: string, at: number): number | undefined {
  rawAttribute.lastIndex = at;
  const found = text.charCodeAt(at) === Char.openBrace ? rawAttribute.exec(text) : undefined;
  return found ? at + found[0].length : undefined;
}
