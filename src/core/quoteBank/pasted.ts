import { isLabelledLocator, locatorAtEnd } from './locator.ts';

/** A word that a hyphen at a line's end divides. Whether the hyphen belongs to the word, only the writer can tell. */
export interface Division {
  /** As it stands in the text: `treat-ment`, `follow-up`. */
  readonly written: string;
  /** Without the hyphen. */
  readonly joined: string;
  /** Offset of the hyphen in the text. */
  readonly at: number;
  /** Whether the word stands elsewhere in the passage without a hyphen, which makes the joined form likely. */
  readonly isLikely: boolean;
}

/** A passage as it was copied, made one line. */
export interface Pasted {
  readonly text: string;
  /** What stood in parentheses or brackets behind it. */
  readonly locator?: string;
  /** The citation behind the words, as it was written: `Feder et al., 2021, p. 3`. */
  readonly citation?: string;
  readonly divisions: readonly Division[];
}

/** One character each, which a reader sees as two or three letters. */
const ligatures: Readonly<Record<string, string>> = { ﬀ: 'ff', ﬁ: 'fi', ﬂ: 'fl', ﬃ: 'ffi', ﬄ: 'ffl', ﬅ: 'st', ﬆ: 'st' };

// Stands for a hyphen at a line's end until all else is done.
const mark = '\ufdd0';

/**
 * Makes a quote of what was copied from a PDF reader or a page: the same as {@link asOneLine}, and the quotation marks around
 * it and the citation behind it are taken off.
 */
export function readPasted(raw: string): Pasted {
  const { text, ...behind } = withoutCitation(oneLine(raw));
  return { ...behind, ...divided(text) };
}

/**
 * Line breaks become blanks, soft hyphens go, ligatures are taken apart. No word is changed: a hyphen at a line's end
 * stays, for it may be the word's own (`follow-`, `up`); what it divides is told.
 */
export function asOneLine(raw: string): Pick<Pasted, 'text' | 'divisions'> {
  return divided(oneLine(raw));
}

function oneLine(raw: string): string {
  return raw
    .replaceAll(mark, '')
    .replace(/\u00ad[ \t]*(?:\r\n|\n|\r)?[ \t]*(?=\p{L})|\u00ad/gu, '')
    .replace(/(?<=\p{L})[-\u2010][ \t]*(?:\r\n|\n|\r)[ \t]*(?=\p{L})/gu, mark)
    .replace(/[ﬀ-ﬆ]/g, ligature => ligatures[ligature]!)
    .replace(/[\0-\x1f\x7f\u200b\ufeff]+|\s+/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

function divided(text: string): Pick<Pasted, 'text' | 'divisions'> {
  const words = text.split(/[^\p{L}\p{N}]+/u);
  const plain = new Set(words.map(word => word.toLowerCase()));
  const divisions = Array.from(text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])([\\p{L}\\p{N}-]*)${mark}([\\p{L}\\p{N}]*)`, 'gu')), found => {
    const [, first = '', second = ''] = found;
    const joined = `${first}${second}`;
    return {
      written: `${first}-${second}`,
      joined,
      at: found.index + first.length,
      isLikely: plain.has(joined.toLowerCase()),
    };
  });
  return { text: text.replaceAll(mark, '-'), divisions };
}

/** The text without the hyphens of these divisions. */
export function joined(text: string, divisions: readonly Division[]): string {
  const sorted = [...divisions].sort((a, b) => b.at - a.at);
  return sorted.reduce((so, { at }) => so.slice(0, at) + so.slice(at + 1), text);
}

const pairs: Readonly<Record<string, string>> = { '“': '”', '„': '“', '"': '"', '«': '»', '‘': '’', '‚': '‘' };

/** `“text” (Feder et al., 2021, p. 3)`, `text (p. 3)`, `“text” [p. 3].` */
function withoutCitation(text: string): Omit<Pasted, 'divisions'> {
  const found = /^(.*\S)\s*(?:\(([^()]*(?:\([^()]*\)[^()]*)*)\)|\[([^[\]]*)\])\.?$/s.exec(text);
  const [, words = '', inParentheses, inBrackets] = found ?? [];
  const citation = (inParentheses ?? inBrackets ?? '').trim();
  const bare = withoutMarks(words);
  const locator = citation.replace(/^@\S+,\s*/, '');
  if (bare === undefined) {
    // Without quotation marks the parentheses may be the author's; only a locator and nothing else is none of the words.
    return isLabelledLocator(citation) ? { text: words, locator: citation } : { text: withoutMarks(text) ?? text };
  }
  const where = isLabelledLocator(locator) ? locator : locatorAtEnd(citation);
  return { text: bare, ...(where !== undefined && { locator: where }), ...(citation && { citation }) };
}

/** The words between quotation marks that enclose the whole; nothing where none do. */
export function withoutMarks(text: string): string | undefined {
  const open = text[0] ?? '';
  const close = Object.hasOwn(pairs, open) ? pairs[open]! : undefined;
  const inside = text.slice(1, -1);
  if (close === undefined || text.length < 3 || !text.endsWith(close)) {
    return undefined;
  }
  return endsBefore(inside, open, close) ? undefined : inside.trim();
}

/** Whether the first mark's quotation ends inside: `A” and “B`. An apostrophe is no closing mark. */
function endsBefore(inside: string, open: string, close: string): boolean {
  let depth = 1;
  for (let at = 0; at < inside.length; at += 1) {
    const isApostrophe = close === '’' && /\p{L}/u.test(inside[at + 1] ?? '');
    if (inside[at] === close && !isApostrophe) {
      depth -= 1;
    } else if (inside[at] === open) {
      depth += 1;
    }
    if (depth === 0) {
      return true;
    }
  }
  return false;
}
