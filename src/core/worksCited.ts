import { isCrossReference } from './citations.ts';
import type { Known } from './checks/problem.ts';
import { Pace } from './markdown/pace.ts';
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
  /** The keys that project files list so. */
  readonly inherited?: readonly string[];
}

/** All works that a manuscript's texts cite. Quarto's cross-references, `@fig-1`, are none. Yields every few milliseconds. */
export function* worksCited(parts: readonly Reading[], known: Citable): Generator<undefined, WorksCited> {
  const { cited, citations } = yield* citedIn(parts, known);
  const listed = yield* listedOnly(parts, known, cited);
  const declared = new Map(known.declared.map(({ key, csl }) => [key, csl]));
  const works: Work[] = [];
  const pace = new Pace();
  for (const [key, cites] of cited) {
    works.push(yield* work(key, cites, known, declared.get(key), parts, pace));
  }
  for (const [key, cites] of listed) {
    works.push({ ...(yield* work(key, cites, known, declared.get(key), parts, pace)), isListedOnly: true });
  }
  return { works, listsAll: keysListed(known).includes('*'), citations, words: yield* wordsIn(parts) };
}

interface LocatedCite {
  readonly reading: Reading;
  readonly part: number;
  readonly cite: Cite;
  /** What the cite's offsets count from. */
  readonly origin: number;
  readonly line: number;
}

type CitesByKey = ReadonlyMap<string, readonly LocatedCite[]>;

function* citedIn(parts: readonly Reading[], known: Known): Generator<undefined, { cited: CitesByKey; citations: number }> {
  const pace = new Pace();
  const cited = new Map<string, LocatedCite[]>();
  let citations = 0;
  for (const [part, reading] of parts.entries()) {
    const { blocks, starts, text } = reading;
    const lineOf = lineFinder(blocks.some(block => block.citations.length > 0) ? yield* lineStarts(text) : []);
    for (const [index, block] of blocks.entries()) {
      const origin = starts[index]!;
      for (const { cites } of block.citations) {
        const works = cites.filter(({ key }) => isWork(key, known));
        citations += works.length > 0 ? 1 : 0;
        for (const cite of works) {
          add(cited, { reading, part, cite, origin, line: lineOf(origin + cite.mark.start) });
        }
        if (pace.isDue(cites.length * ofCite)) {
          yield;
        }
      }
      if (pace.isDue(0)) {
        yield;
      }
    }
  }
  return { cited, citations };
}

// To gather a cite, and to tell of it, is as much work (code units of text) as this.
const ofCite = 64;

function add(cited: Map<string, LocatedCite[]>, cite: LocatedCite): void {
  const found = cited.get(cite.cite.key);
  if (found) {
    found.push(cite);
  } else {
    cited.set(cite.cite.key, [cite]);
  }
}

/** The works that only `nocite:` names, in its order, the manuscript's own first. */
function* listedOnly(parts: readonly Reading[], known: Citable, cited: CitesByKey): Generator<undefined, CitesByKey> {
  const { citations = [], part = -1 } = known.nocite ?? {};
  const reading = parts[part];
  const lineOf = lineFinder(reading && citations.length > 0 ? yield* lineStarts(reading.text) : []);
  const pace = new Pace();
  const listed = new Map<string, LocatedCite[]>();
  for (const { cites } of citations) {
    for (const cite of cites.filter(({ key }) => isWork(key, known) && !cited.has(key))) {
      if (reading) {
        add(listed, { reading, part, cite, origin: 0, line: lineOf(cite.mark.start) });
      } else {
        listed.set(cite.key, []);
      }
    }
    if (pace.isDue(cites.length * ofCite)) {
      yield;
    }
  }
  const inherited = (known.inherited ?? []).filter(key => isWork(key, known) && !cited.has(key) && !listed.has(key));
  inherited.forEach(key => listed.set(key, []));
  return listed;
}

function keysListed({ nocite, inherited = [] }: Citable): readonly string[] {
  return [...(nocite?.citations.flatMap(({ cites }) => cites.map(({ key }) => key)) ?? []), ...inherited];
}

function isWork(key: string, known: Known): boolean {
  return key !== '*' && (known.has(key) || !isCrossReference(key));
}

function* work(
  key: string,
  cites: readonly LocatedCite[],
  known: Known,
  declared: CslItem | undefined,
  parts: readonly Reading[],
  pace: Pace,
): Generator<undefined, Work> {
  const study = declared ? undefined : known.study(key);
  const csl = study?.csl ?? declared;
  const { locators, occurrences } = yield* placesOf(cites, pace);
  return {
    key,
    kind: study ? 'study' : known.has(key) ? 'declared' : known.isComplete ? 'unknown' : 'unread',
    ...(study && { study }),
    ...(csl && { csl }),
    locators,
    occurrences,
    unusedQuotes: study ? yield* unusedQuotes(study, parts) : [],
  };
}

type Places = Pick<Work, 'locators' | 'occurrences'>;

function* placesOf(cites: readonly LocatedCite[], pace: Pace): Generator<undefined, Places> {
  const locators = new Locators();
  const occurrences: Occurrence[] = [];
  for (const located of cites) {
    const { cite, origin, part, line } = located;
    locators.add(located);
    occurrences.push({ start: origin + cite.start, end: origin + cite.end, part, line });
    if (pace.isDue(ofCite)) {
      yield;
    }
  }
  return { locators: locators.told(), occurrences };
}

/** So many locators of a work are told; more would be no row of a list. */
const mostLocators = 50;

/** Pages are gathered behind one label; other locators are told as they are written, each once. */
class Locators {
  readonly #pages = new Set<string>();
  readonly #others = new Set<string>();
  #isCut = false;

  add({ reading: { text }, cite: { locator }, origin }: LocatedCite): void {
    if (!locator || this.#isCut) {
      return;
    }
    const { label, labelSpan, value } = locator;
    const written = (span: Span): string => oneLine(text.slice(origin + span.start, origin + span.end));
    if (this.#pages.size + this.#others.size >= mostLocators) {
      this.#isCut = true;
    } else if (label === 'page') {
      this.#pages.add(written(value));
    } else {
      this.#others.add(`${written(labelSpan)} ${written(value)}`.trim());
    }
  }

  told(): string {
    const pages = [...this.#pages];
    const several = pages.length > 1 || /\d\s*[-–,;&]\s*\w/.test(pages.join());
    return [
      pages.length > 0 && `${several ? 'pp.' : 'p.'} ${pages.join(', ')}`,
      ...this.#others,
      this.#isCut && '…',
    ].filter(Boolean).join('; ');
  }
}

function* wordsIn(parts: readonly Reading[]): Generator<undefined, WordCount> {
  let words: WordCount = { prose: 0, references: 0 };
  for (const part of parts) {
    words = sum(words, yield* wordCount(part));
  }
  return words;
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

/** Where the lines of a text but the first begin, as an editor counts them. */
function* lineStarts(text: string): Generator<undefined, readonly number[]> {
  const pace = new Pace();
  const starts: number[] = [];
  for (const { 0: end, index } of text.matchAll(/\r\n|\r|\n/g)) {
    starts.push(index + end.length);
    if (pace.isDue(end.length)) {
      yield;
    }
  }
  return starts;
}

/** Tells lines, from 1. */
function lineFinder(starts: readonly number[]): (offset: number) => number {
  return offset => {
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
