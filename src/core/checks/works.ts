import { studyLabel } from '../describe.ts';
import { Pace } from '../markdown/pace.ts';
import type { TextEdit } from '../insertion.ts';
import { plain } from '../search/fold.ts';
import type { Reading, Span } from '../reading.ts';
import type { Entry, Origin } from '../study.ts';
import type { Known, Problem, TextEditsIn } from './problem.ts';

/** What the checks of a whole manuscript's works know besides. */
export interface KnownWorks extends Known {
  /** Entries of a key that do not count, because one that comes before them has it. */
  shadowed(key: string): readonly Entry[];
}

interface CitedKey {
  readonly entry: Entry;
  /** Where the key stands, each time it is cited, in the order of the manuscript. */
  readonly places: Place[];
}

interface Place extends Span {
  /** The number of the text, from 0. */
  readonly text: number;
}

/** A problem, and the number of the text in which it is told. */
interface Told {
  readonly text: number;
  readonly problem: Problem;
}

/**
 * What only the whole manuscript shows: a work that it cites under two keys, and a key that means one work here and
 * another in a bibliography that does not count. Each is told once, at the first citation. The answer has a list for each
 * of the manuscript's texts, in their order. Yields every few milliseconds.
 */
export function* checkWorks(
  texts: readonly Reading[],
  known: KnownWorks,
): Generator<undefined, readonly (readonly Problem[])[]> {
  const cited = yield* citedEntries(texts, known);
  const problems = texts.map((): Problem[] => []);
  for (const { text, problem } of [...(yield* sameWorks(cited)), ...(yield* keysInTwo(cited, known))]) {
    problems[text]!.push(problem);
  }
  problems.forEach(found => found.sort((a, b) => a.start - b.start));
  return problems;
}

function* citedEntries(texts: readonly Reading[], known: Known): Generator<undefined, ReadonlyMap<string, CitedKey>> {
  const pace = new Pace();
  const cited = new Map<string, CitedKey>();
  const entries = new Map<string, Entry | undefined>();
  for (const [text, { blocks, starts }] of texts.entries()) {
    for (let index = 0; index < blocks.length; index += 1) {
      // A block may cite half a million times: no list is made of all its cites.
      for (const { cites } of blocks[index]!.citations) {
        for (const { key, keySpan } of cites) {
          const entry = entries.has(key) ? entries.get(key) : known.study(key);
          entries.set(key, entry);
          if (entry) {
            const found = cited.get(key) ?? { entry, places: [] };
            found.places.push({ text, start: starts[index]! + keySpan.start, end: starts[index]! + keySpan.end });
            cited.set(key, found);
          }
          if (pace.isDue(key.length)) {
            yield;
          }
        }
      }
      // A text may have a million blocks that cite nothing.
      if (pace.isDue(0)) {
        yield;
      }
    }
  }
  return cited;
}

function* sameWorks(cited: ReadonlyMap<string, CitedKey>): Generator<undefined, Told[]> {
  const pace = new Pace();
  const first = new Map<string, string>();
  const problems: Told[] = [];
  for (const [key, { entry, places }] of cited) {
    const marks = identityOf(entry);
    const other = marks.map(mark => first.get(mark)).find(found => found !== undefined && found !== key);
    if (other !== undefined && cited.get(other)!.entry !== entry) {
      problems.push({ text: places[0]!.text, problem: sameWork(key, other, places) });
    }
    marks.forEach(mark => first.set(mark, first.get(mark) ?? key));
    if (pace.isDue(ofEntry)) {
      yield;
    }
  }
  return problems;
}

// Comparing an entry, whose title is folded for it, is as much work (code units of text) as this.
const ofEntry = 500;

function sameWork(key: string, other: string, places: readonly Place[]): Problem {
  const { start, end } = places[0]!;
  return {
    code: 'same-work',
    start,
    end,
    message: `${key} and ${other} seem to be the same work, so the reference list will hold it twice. Cite it by one key.`,
    // Made when they are asked for: a work may be cited a hundred thousand times.
    get fixes() {
      const [own, ...elsewhere] = replacing(places, other);
      const title = `Cite ${other} instead of ${key} everywhere`;
      return [{ title, edits: own!.edits, ...(elsewhere.length > 0 && { elsewhere }), isPreferred: false }];
    },
    key,
  };
}

/** Another key at places that are in order, by text. */
function replacing(places: readonly Place[], key: string): TextEditsIn[] {
  const texts = new Map<number, TextEdit[]>();
  for (const { text, start, end } of places) {
    const edits = texts.get(text) ?? [];
    edits.push({ start, end, text: key });
    texts.set(text, edits);
  }
  return Array.from(texts, ([text, edits]) => ({ text, edits }));
}

/** What tells a work from all others: its DOI; its title and year, where the title is long enough to be its own. */
export function identityOf(entry: Entry): readonly string[] {
  const known = identities.get(entry);
  if (known) {
    return known;
  }
  const { csl, summary } = entry;
  const title = plain(summary?.title ?? csl.title);
  const year = summary?.year ?? String(csl.issued?.['date-parts']?.[0]?.[0] ?? '');
  const doi = summary?.doi ?? csl.DOI?.toLowerCase() ?? '';
  const marks = [
    ...(doi === '' ? [] : [`doi ${doi}`]),
    ...(title.length >= shortestTitle && year !== '' ? [`title ${title} ${year}`] : []),
  ];
  identities.set(entry, marks);
  return marks;
}

const identities = new WeakMap<Entry, readonly string[]>();

// Shorter ones, such as “Editorial”, many works have.
const shortestTitle = 25;

function* keysInTwo(cited: ReadonlyMap<string, CitedKey>, known: KnownWorks): Generator<undefined, Told[]> {
  const pace = new Pace();
  const problems: Told[] = [];
  for (const [key, { entry, places }] of cited) {
    const other = known.shadowed(key).find(each => !isSame(each, entry));
    if (other) {
      const { text, start, end } = places[0]!;
      problems.push({ text, problem: keyInTwo(key, entry, other, { start, end }) });
    }
    if (pace.isDue(ofEntry)) {
      yield;
    }
  }
  return problems;
}

function keyInTwo(key: string, entry: Entry, other: Entry, span: Span): Problem {
  const message = `${key} stands for two works: ${studyLabel(entry)} in ${placeOf(entry.origin)}, which counts, and ${studyLabel(other)} in ${placeOf(other.origin)}. If you mean the other, give it another key in your file.`;
  return { code: 'key-in-two', ...span, message, fixes: [], key };
}

function placeOf(origin: Origin | undefined): string {
  return origin?.name ?? 'the bundled studies';
}

function isSame(a: Entry, b: Entry): boolean {
  const marks = new Set(identityOf(a));
  return identityOf(b).some(mark => marks.has(mark));
}
