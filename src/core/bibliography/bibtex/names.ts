import type { Name } from '../../study.ts';
import { withParticles } from '../names.ts';
import { plain, type Inline } from './inlines.ts';
import { decode } from './latex.ts';

/** An entry's `options`, which may say how its names are to be taken. */
export type Options = ReadonlyMap<string, string>;

type Word = readonly Inline[];

const others: Name = { literal: 'others' };

/** A list of names: `von Last, Jr, First and {A Body} and others`. */
export function namesOf(value: string, options: Options): Name[] {
  return splitAtAnd(decode(value.replace(comments, '').trim())).flatMap(inlines => nameOf(spacedInitials(trimmed(inlines)), options) ?? []);
}

/** Authors that are commented out. The last line has no end: there a percent sign would cut off what is a name. */
const comments = /(?<!\\)%[^\n]*\n\s*/g;

/** A list's items, which a word `and` divides that stands outside of braces. */
export function splitAtAnd(inlines: readonly Inline[]): Word[] {
  const parts: Inline[][] = [[]];
  // At the beginning or the end of a list, and after another, it is a word as any other.
  let taken = -1;
  inlines.forEach((inline, i) => {
    const isAnd = inline.kind === 'text' && inline.text === 'and';
    if (isAnd && i - 1 !== taken && inlines[i - 1]?.kind === 'space' && inlines[i + 1]?.kind === 'space') {
      taken = i + 1;
      parts.push([]);
    } else {
      parts.at(-1)!.push(inline);
    }
  });
  return parts.map(trimmed);
}

function trimmed(inlines: readonly Inline[]): Word {
  const first = inlines.findIndex(({ kind }) => kind !== 'space');
  const last = inlines.findLastIndex(({ kind }) => kind !== 'space');
  return first < 0 ? [] : inlines.slice(first, last + 1);
}

const longestInitials = 500;

/** `J.R.R.` are three names. What is in brackets is one word: `(U.S.)`. */
function spacedInitials(inlines: Word): Word {
  return inlines.flatMap((inline): readonly Inline[] => {
    if (inline.kind !== 'text' || !/\p{Lu}\.\p{Lu}/u.test(inline.text) || inline.text.length > longestInitials) {
      return [inline];
    }
    const { text: word } = inline;
    const cuts = Array.from(word.matchAll(/(?<=(?:^|[^\p{L}])\p{Lu}\.)(?=\p{Lu})/gu), ({ index }) => index).filter(at => !isInBrackets(word, at));
    const parts = [0, ...cuts].map((from, i) => word.slice(from, cuts[i]));
    return parts.flatMap((text, i): Inline[] => [...(i > 0 ? [{ kind: 'space' } as const] : []), { kind: 'text', text }]);
  });
}

function isInBrackets(word: string, at: number): boolean {
  return /\p{Ps}[^\p{Ps}\p{Pe}]*$/u.test(word.slice(0, at)) || /^[^\p{Ps}\p{Pe}]*\p{Pe}/u.test(word.slice(at));
}

function nameOf(inlines: Word, options: Options): Name | undefined {
  const [first] = inlines;
  if (first === undefined) {
    return undefined;
  }
  if (inlines.length === 1 && first.kind === 'text' && first.text === 'others') {
    return others;
  }
  if (inlines.length === 1 && first.kind === 'group') {
    const literal = plain(inlines);
    return literal === '' ? undefined : { literal };
  }
  const name = first.kind === 'text' && first.text.includes('=') ? labelledName(inlines) : writtenName(inlines, options);
  return Object.keys(name).length > 0 ? withParticles(name) : undefined;
}

function isLetter(text: string): boolean {
  return /^\p{L}\p{M}*$/u.test(text);
}

function isAccented(text: string): boolean {
  return isLetter(text) && !/^[A-Za-z]$/.test(text);
}

/** Splits at blanks and, where `comma` is asked for, at commas outside of braces. */
function split(inlines: Word, isMark: (sign: string) => boolean): Word[] {
  const parts: Inline[][] = [[]];
  for (const inline of inlines) {
    if (inline.kind === 'space' && isMark(' ')) {
      parts.push([]);
    } else if (inline.kind === 'text') {
      let from = 0;
      for (let at = 0; at <= inline.text.length; at++) {
        if (at === inline.text.length || isMark(inline.text[at]!)) {
          at > from && parts.at(-1)!.push({ kind: 'text', text: inline.text.slice(from, at) });
          at < inline.text.length && parts.push([]);
          from = at + 1;
        }
      }
    } else {
      parts.at(-1)!.push(inline);
    }
  }
  return parts;
}

function wordsOf(inlines: Word): Word[] {
  return split(inlines, sign => sign === ' ' || sign === '\u00a0').filter(word => word.length > 0);
}

function spoken(words: readonly Word[]): string {
  return words.map(word => plain(word)).join(' ').trim();
}

/** First von Last; von Last, First; von Last, Jr, First. */
function writtenName(inlines: Word, options: Options): Name {
  const parts = split(inlines, sign => sign === ',').map(wordsOf);
  const [first, vonLast, junior] = arranged(parts);
  const capital = vonLast.findIndex(isCapitalized);
  const borders = capital < 0 ? Math.max(vonLast.length - 1, 0) : capital;
  const prefix = spoken(vonLast.slice(0, borders));
  const usesPrefix = isSet(options, 'useprefix');
  const name = {
    family: spoken(vonLast.slice(borders)),
    given: spoken(first),
    'dropping-particle': usesPrefix ? '' : prefix,
    'non-dropping-particle': usesPrefix ? prefix : '',
    suffix: spoken(junior),
  };
  const said = Object.fromEntries(Object.entries(name).filter(([, text]) => text !== ''));
  return Object.keys(said).length > 0 && isSet(options, 'juniorcomma') ? { ...said, 'comma-suffix': true } : said;
}

function arranged([one = [], two, three]: readonly (readonly Word[])[]): [first: readonly Word[], vonLast: readonly Word[], junior: readonly Word[]] {
  if (two === undefined) {
    const lower = one.findIndex(word => !isCapitalized(word));
    return lower < 0 ? [one.slice(0, -1), one.slice(-1), []] : [one.slice(0, lower), one.slice(lower), []];
  }
  return three === undefined ? [two, one, []] : [three, one, two];
}

/**
 * Whether a word is no particle. As for BibTeX, what is in braces has no case, `{D}e` is a particle, but an accented letter in
 * braces of its own counts as the letter. A quotation is no particle either: `Anne “Nick” Author`.
 */
function isCapitalized(word: Word): boolean {
  for (const [index, inline] of word.entries()) {
    const text = inline.kind === 'text' ? inline.text.replace(/^\p{N}+/u, '') : plain(inline.kind === 'space' ? [] : inline.inside);
    if (inline.kind === 'text' && index > 0 && /^[^\p{L}]/u.test(text)) {
      // `{K}.` and `{K}-H.` are initials.
      return !/^[^\p{L}]*\p{Ll}/u.test(text);
    }
    if (text !== '' && (inline.kind === 'text' || isAccented(text))) {
      return /^[\p{Lu}“‘]/u.test(text);
    }
  }
  return true;
}

function isSet(options: Options, name: string): boolean {
  const value = options.get(name);
  return value === 'true' || value === '';
}

/** `family=Last, given=First, prefix=von, useprefix=true` in any order. */
function labelledName(inlines: Word): Name {
  const found = new Map<string, string>();
  for (const part of split(inlines, sign => sign === ',' || sign === '\u00a0').map(trimmed)) {
    const [label = [], ...rest] = split(part, sign => sign === '=');
    const name = plain(label);
    const value = rest.map(each => plain(each)).join('=');
    found.set(name, name === 'given' && found.has(name) ? `${found.get(name)} ${value}` : value);
  }
  const prefix = found.get('prefix');
  return {
    ...pick('family', found.get('family')),
    ...pick('given', found.get('given')),
    ...pick(found.get('useprefix') === 'true' ? 'non-dropping-particle' : 'dropping-particle', prefix),
    ...pick('suffix', found.get('suffix')),
  };
}

function pick(name: keyof Name, value: string | undefined): Name {
  return value === undefined || value === '' ? {} : { [name]: value };
}
