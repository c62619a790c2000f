import { isCrossReference } from './citations.ts';
import type { Known } from './checks/problem.ts';
import type { Citation, Cite, Reading, Span } from './reading.ts';
import type { CslItem, Quote, Entry } from './study.ts';
import { unusedQuotes } from './unusedQuotes.ts';
import { wordCount, type WordCount } from './wordCount.ts';

/** Where a work is cited: the span is the cite's, in the text of its part. */
export interface Occurrence extends Span {
  /** Which of the texts, from 0: a notebook has several. */
  readonly part: number;
  /** From 1. */
  readonly line: number;
}

/** The words before a cite, the cite as it is written, and the words behind it, on one line. */
export interface Around {
  readonly before: string;
  readonly text: string;
  readonly after: string;
}

/**
 * What is known of a cited key: a bundled study, an entry of the manuscript's own metadata, nothing yet, for it may stand
 * in a bibliography that is not read, or that there is no such work.
 */
export type WorkKind = 'study' | 'declared' | 'unread' | 'unknown';

export interface Work {
  readonly key: string;
  readonly kind: WorkKind;
  readonly study?: Entry;
  /** The data of its reference, where they are at hand. */
  readonly csl?: CslItem;
  /** `pp. 3, 12`, `p. 4; chap. 2`; empty where it is cited as a whole only. */
  readonly locators: string;
  readonly occurrences: readonly Occurrence[];
  readonly unusedQuotes: readonly Quote[];
  /** Whether only `nocite:` in the metadata names it: it stands in the reference list, and nowhere in the text. */
  readonly isListedOnly?: true;
}

export interface WorksCited {
  /** In the order in which they are first cited; unknown ones too. */
  readonly works: readonly Work[];
  /** Whether `nocite: '@*'` lists every entry of the manuscript's bibliographies. */
  readonly listsAll: boolean;
  /** `[@a; @b]` is one citation. */
  readonly citations: number;
  readonly words: WordCount;
}

/** What may be cited: the keys, and the entries that the manuscript's metadata declares. */
export interface Citable extends Known {
  readonly declared: readonly { readonly key: string; readonly csl: CslItem }[];
  /** What the metadata lists without a place in the text, and in which of the texts it stands; none where it is no Markdown cell. */
  readonly nocite?: { readonly citations: readonly Citation[]; readonly part: number | undefined };
}

/** All works that a manuscript's texts cite. Quarto's cross-references, `@fig-1`, are none. */
export function worksCited(parts: readonly Reading[], known: Citable): WorksCited {
  const cites = new Map<string, { readonly cites: LocatedCite[] }>();
  let citations = 0;
  parts.forEach((reading, part) => {
    const lineOf = lineFinder(reading.text);
    for (const citation of reading.citations) {
      const works = citation.cites.filter(({ key }) => isWork(key, known));
      citations += works.length > 0 ? 1 : 0;
      for (const cite of works) {
        const found = cites.get(cite.key) ?? { cites: [] };
        found.cites.push({ reading, part, cite, line: lineOf(cite.mark.start) });
        cites.set(cite.key, found);
      }
    }
  });
  const listed = listedOnly(parts, known, cites);
  const declared = new Map(known.declared.map(({ key, csl }) => [key, csl]));
  return {
    works: [
      ...Array.from(cites, ([key, found]) => work(key, found.cites, known, declared.get(key), parts)),
      ...Array.from(listed, ([key, found]) => ({ ...work(key, found, known, declared.get(key), parts), isListedOnly: true as const })),
    ],
    listsAll: keysListed(known).includes('*'),
    citations,
    words: parts.map(wordCount).reduce(sum, { prose: 0, references: 0 }),
  };
}

/** The works that only `nocite:` names, in its order. */
function listedOnly(
  parts: readonly Reading[],
  known: Citable,
  cited: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, readonly LocatedCite[]> {
  const { citations = [], part } = known.nocite ?? {};
  const reading = part === undefined ? undefined : parts[part];
  const lineOf = reading && lineFinder(reading.text);
  const listed = new Map<string, LocatedCite[]>();
  for (const cite of citations.flatMap(({ cites }) => cites)) {
    if (isWork(cite.key, known) && !cited.has(cite.key)) {
      const places = listed.get(cite.key) ?? [];
      listed.set(cite.key, reading && lineOf ? [...places, { reading, part: part!, cite, line: lineOf(cite.mark.start) }] : places);
    }
  }
  return listed;
}

function keysListed({ nocite }: Citable): readonly string[] {
  return nocite?.citations.flatMap(({ cites }) => cites.map(({ key }) => key)) ?? [];
}

interface LocatedCite {
  readonly reading: Reading;
  readonly part: number;
  readonly cite: Cite;
  readonly line: number;
}

function isWork(key: string, known: Known): boolean {
  return key !== '*' && (known.has(key) || !isCrossReference(key));
}

function work(
  key: string,
  cites: readonly LocatedCite[],
  known: Known,
  declared: CslItem | undefined,
  parts: readonly Reading[],
): Work {
  const study = declared ? undefined : known.study(key);
  const csl = study?.csl ?? declared;
  return {
    key,
    kind: study ? 'study' : known.has(key) ? 'declared' : known.isComplete ? 'unknown' : 'unread',
    ...(study && { study }),
    ...(csl && { csl }),
    locators: locatorsOf(cites),
    occurrences: cites.map(({ cite: { start, end }, part, line }) => ({ start, end, part, line })),
    unusedQuotes: study ? unusedQuotes(study, parts) : [],
  };
}

/** Pages are gathered behind one label; other locators are told as they are written, each once. */
function locatorsOf(cites: readonly LocatedCite[]): string {
  const pages = new Set<string>();
  const others = new Set<string>();
  for (const { reading, cite } of cites) {
    if (cite.locator) {
      const { label, labelSpan, value } = cite.locator;
      const number = oneLine(reading.text.slice(value.start, value.end));
      if (label === 'page') {
        pages.add(number);
      } else {
        others.add(`${oneLine(reading.text.slice(labelSpan.start, labelSpan.end))} ${number}`.trim());
      }
    }
  }
  const several = pages.size > 1 || /\d\s*[-–,;&]\s*\w/.test([...pages].join());
  return [pages.size > 0 && `${several ? 'pp.' : 'p.'} ${[...pages].join(', ')}`, ...others].filter(Boolean).join('; ');
}

/** So many characters of the words around a cite are told. */
const told = { before: 28, after: 60 };

/** The words around a cite, within its paragraph. */
export function wordsAround(reading: Reading, { start, end }: Span): Around {
  const { block, start: blockStart } = reading.blockAt(start);
  const blockEnd = Math.max(end, blockStart + block.length);
  const from = Math.max(blockStart, start - 4 * told.before);
  const before = oneLine(reading.text.slice(from, start).replace(from === blockStart ? /^[\s>#*+-]+/ : '', ''));
  const after = oneLine(reading.text.slice(end, Math.min(blockEnd, end + 4 * told.after)));
  return {
    before: before.length > told.before ? `… ${before.slice(-told.before).replace(/^\S*\s+/, '')}` : before.trimStart(),
    text: oneLine(reading.text.slice(start, end)).trim(),
    after: after.length > told.after ? `${after.slice(0, told.after).replace(/\s+\S*$/, '')} …` : after.trimEnd(),
  };
}

/** Without line ends, the marks of block quotes, and characters that no line should hold. */
function oneLine(text: string): string {
  return text.replace(/\r?\n[ \t]*(?:>[ \t]?)*/g, ' ').replace(/[\s\p{Cc}]+/gu, ' ');
}

/** Tells lines, from 1, as an editor counts them. */
function lineFinder(text: string): (offset: number) => number {
  let starts: number[] | undefined;
  return offset => {
    starts ??= Array.from(text.matchAll(/\r\n|\r|\n/g), match => match.index + match[0].length);
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      [low, high] = starts[middle]! <= offset ? [middle + 1, high] : [low, middle];
    }
    return low + 1;
  };
}

function sum(a: WordCount, b: WordCount): WordCount {
  return { prose: a.prose + b.prose, references: a.references + b.references };
}
