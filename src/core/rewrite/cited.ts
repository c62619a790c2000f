import { markedKey } from '../citekeys.ts';
import type { Printed } from '../forms.ts';
import { readManuscript, type Citation, type Cite, type Reading, type Span } from '../reading.ts';
import { bracedSuffix } from './locator.ts';
import { collapsed, firstFrom, sensesOf, type Unavailable } from './rewriting.ts';

/** The syntaxes in which a citation can be found again. */
export type CitedSyntax = 'pandoc' | 'footnote' | 'link';

/** What a citation can be converted into: a syntax in which it is found again, or plain words that keep it. */
export type ConvertTarget = CitedSyntax | 'plain';

/** A study as the style prints it, and its DOI. */
export interface PrintedWork {
  readonly printed: Printed;
  readonly doi?: string;
}

/** Studies by citekey. */
export type Works = ReadonlyMap<string, PrintedWork>;

/** One work of a citation, in whatever syntax: `see -@a, p. 3` has the prefix `see` and the suffix `p. 3`, both Markdown. */
export interface Work {
  readonly key: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly suppressAuthor: boolean;
}

/** What a citation says, in whatever syntax. */
export interface Said {
  readonly inText: boolean;
  readonly works: readonly Work[];
}

/** A citation in the text; of a footnote its mark, `[^a]`, with the authors before it where it is in-text. */
export interface Cited extends Said, Span {
  readonly syntax: CitedSyntax;
  /** The footnote's. */
  readonly label?: string;
}

/** A citation that stays as it is, and why. */
export interface Kept extends Span, Unavailable {}

/** Every citation in Pandoc's syntax that touches a scope, or why it can't be put otherwise. */
export function citedInPandoc(reading: Reading, scopes: readonly Span[]): readonly (Cited | Kept)[] {
  const { citations } = reading;
  return citations
    .filter(each => touchesAny(each, scopes))
    .filter(each => !isNested(citations, each))
    .map(each => citedOf(reading, each));
}

/** Whether a stretch has a place in common with a scope, be it an edge. */
export function touchesAny({ start, end }: Span, scopes: readonly Span[]): boolean {
  return scopes.some(scope => start <= scope.end && end >= scope.start);
}

/** Whether it stands in another's prefix or suffix; those follow the outer one. */
export function isNested(citations: readonly Citation[], { start }: Citation): boolean {
  for (let index = firstFrom(citations, start) - 1; index >= 0; index -= 1) {
    const { start: from, end } = citations[index]!;
    if (end > start) {
      return true;
    }
    if (start - from > 1_000) {
      return false;
    }
  }
  return false;
}

function citedOf({ text, citations }: Reading, citation: Citation): Cited | Kept {
  const { start, end, kind, cites } = citation;
  const keep = (unavailable: string): Kept => ({ start, end, unavailable });
  const next = citations[firstFrom(citations, start) + 1];
  if (next && next.start < end) {
    return keep('another citation stands within it');
  }
  const said = { inText: kind === 'in-text', works: cites.map(cite => workOf(text, cite)) };
  return !cites.some(cite => isGlued(text, cite)) && isSaid(said, sensesOf(text, citation))
    ? { start, end, syntax: 'pandoc', ...said }
    : keep('what stands behind its citekey can be written in Pandoc’s syntax only');
}

/** `[@a’s words]` */
function isGlued(text: string, { mark, mode, suffix }: Cite): boolean {
  return mode !== 'in-text' && suffix.end > suffix.start && !/[\s,{]/.test(text[mark.end] ?? ' ');
}

/** Whether the citation, written anew, says what it said: not so for `[@a, chap. Three]`, which would get braces. */
function isSaid(said: Said, senses: readonly string[]): boolean {
  const text = inPandoc(said);
  const citation = readManuscript(text).citations[0];
  return citation !== undefined && sensesOf(text, citation).join() === senses.join();
}

function workOf(text: string, { key, mode, prefix, suffix, locator }: Cite): Work {
  const behind = text.slice(suffix.start, suffix.end);
  const bare = locator?.isForced
    ? text.slice(suffix.start, locator.start) + text.slice(locator.start + 1, locator.end - 1) + text.slice(locator.end, suffix.end)
    : behind;
  return {
    key,
    prefix: collapsed(text.slice(prefix.start, prefix.end)),
    suffix: collapsed(bare).replace(/^,\s*/, ''),
    suppressAuthor: mode === 'suppress-author',
  };
}

/** `[see @a, p. 3; -@b]`, `@a [p. 3; @b]`, with `after` directly behind it. */
export function inPandoc({ inText, works }: Said, after = ''): string {
  const [first, ...others] = works;
  if (!inText || !first) {
    return `[${works.map(citeInPandoc).join('; ')}]`;
  }
  const behind = [...(first.suffix === '' ? [] : [bracedSuffix(first.suffix)]), ...others.map(citeInPandoc)];
  return behind.length > 0 ? `@${markedKey(first.key)} [${behind.join('; ')}]` : `@${markedKey(first.key, after)}`;
}

function citeInPandoc({ key, prefix, suffix, suppressAuthor }: Work): string {
  const behind = suffix === '' ? '' : `, ${bracedSuffix(suffix)}`;
  return `${prefix === '' ? '' : `${prefix} `}${suppressAuthor ? '-' : ''}@${markedKey(key)}${behind}`;
}

/** Whether both say the same. */
export function saySame(a: Said, b: Said): boolean {
  const of = ({ inText, works }: Said): string =>
    JSON.stringify([inText, works.map(each => [each.key, each.prefix, each.suffix, each.suppressAuthor])]);
  return of(a) === of(b);
}
