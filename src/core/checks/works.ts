import { studyLabel } from '../describe.ts';
import { plain } from '../search/fold.ts';
import type { Reading, Span } from '../reading.ts';
import type { Entry, Origin } from '../study.ts';
import type { Known, Problem } from './problem.ts';

/** What the checks of a whole manuscript's works know besides. */
export interface KnownWorks extends Known {
  /** Entries of a key that do not count, because one that comes before them has it. */
  shadowed(key: string): readonly Entry[];
}

interface CitedKey {
  readonly entry: Entry;
  /** Where the key stands, each time it is cited. */
  readonly spans: Span[];
}

/**
 * What only the whole manuscript shows: a work that it cites under two keys, and a key that means one work here and
 * another in a bibliography that does not count. Each is told once, at the first citation.
 */
export function checkWorks(reading: Reading, known: KnownWorks): readonly Problem[] {
  const cited = citedEntries(reading, known);
  return [...sameWorks(cited), ...keysInTwo(cited, known)].sort((a, b) => a.start - b.start);
}

function citedEntries({ blocks, starts }: Reading, known: Known): ReadonlyMap<string, CitedKey> {
  const cited = new Map<string, CitedKey>();
  const unknown = new Set<string>();
  blocks.forEach(({ citations }, index) => {
    for (const { cites } of citations) {
      for (const { key, keySpan } of cites) {
        const entry = unknown.has(key) ? undefined : (cited.get(key)?.entry ?? known.study(key));
        if (!entry) {
          unknown.add(key);
          continue;
        }
        const found = cited.get(key) ?? { entry, spans: [] };
        found.spans.push({ start: starts[index]! + keySpan.start, end: starts[index]! + keySpan.end });
        cited.set(key, found);
      }
    }
  });
  return cited;
}

function sameWorks(cited: ReadonlyMap<string, CitedKey>): Problem[] {
  const first = new Map<string, string>();
  const problems: Problem[] = [];
  for (const [key, { entry, spans }] of cited) {
    const marks = identityOf(entry);
    const other = marks.map(mark => first.get(mark)).find(found => found !== undefined && found !== key);
    if (other !== undefined && cited.get(other)!.entry !== entry) {
      problems.push(sameWork(key, other, spans));
    }
    marks.forEach(mark => first.set(mark, first.get(mark) ?? key));
  }
  return problems;
}

function sameWork(key: string, other: string, spans: readonly Span[]): Problem {
  return {
    code: 'same-work',
    ...spans[0]!,
    message: `${key} and ${other} seem to be the same work, so the reference list will hold it twice. Cite it by one key.`,
    fixes: [
      {
        title: `Cite ${other} instead of ${key} everywhere`,
        edits: spans.map(span => ({ ...span, text: other })),
        isPreferred: false,
      },
    ],
    key,
  };
}

/** What tells a work from all others: its DOI; its title and year, where the title is long enough to be its own. */
function identityOf(entry: Entry): readonly string[] {
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

function keysInTwo(cited: ReadonlyMap<string, CitedKey>, known: KnownWorks): Problem[] {
  return Array.from(cited).flatMap(([key, { entry, spans }]) => {
    const other = known.shadowed(key).find(each => !isSame(each, entry));
    return other ? [keyInTwo(key, entry, other, spans[0]!)] : [];
  });
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
