import Fuse from 'fuse.js';
import { searchEntry, type SearchEntry } from '../../src/core/search/entry.ts';
import { fuseOptions } from '../../src/core/search/judge.ts';
import { EntryTable } from '../../src/core/bibliography/entryTable.ts';
import type { Scan } from '../../src/core/bibliography/scan.ts';
import { Search, searchPartsOf, type SearchParts } from '../../src/core/search/search.ts';
import { listed, sourceOfTable } from '../../src/core/search/sources.ts';
import { finished } from '../../src/core/steps.ts';
import { Library } from '../../src/core/library.ts';
import { studies, vocabulary } from '../support/dataset.ts';
import { intents, shareAmong } from '../support/intents.ts';
import { topics } from '../support/topics.ts';
import type { TypedQuery } from './queries.ts';
import { keystrokes, queriesWithTypo } from './queries.ts';
import type { Part, Report } from './report.ts';
import { median, p95, timed } from './report.ts';
import { syntheticEntries, syntheticQueries } from './synthetic.ts';

const plainFuse = 'plain Fuse, same options, all studies';

// Of plain Fuse's time what a search took before studies were ranked by their evidence: 1.5 ms of 15 with 206 studies. It may
// be a tenth slower, no more.
const shareOfFuse = 0.1;

// Plain Fuse takes half a minute for a thousand keys.
const everyNth = 10;

// Milliseconds for a key; at most so many.
const limits: Readonly<Record<string, number>> = { '10k': 4, '100k': 8 };

/** How well and how fast the search is, over the bundled studies and over made-up bibliographies. */
export const search: Part = async report => {
  const entries = studies.map(study => searchEntry(study, vocabulary));
  const ours = new Search(listed(entries));
  const library = new Library({ studies, vocabulary });
  const fuse = new Fuse(entries, fuseOptions);
  const first = (query: string): string | undefined => ours.search(query)[0]?.key;
  const firstOfFuse = (query: string): string | undefined => fuse.search(query, { limit: 1 })[0]?.item.key;

  const queries = queriesWithTypo(100, 1);
  report({
    name: 'search.bundled.top1',
    value: shareFound(queries, first),
    unit: 'share',
    baseline: { name: plainFuse, value: shareFound(queries, firstOfFuse) },
    limit: 0.95,
  });
  report({
    name: 'search.topics',
    value: shareOfTopics(query => library.find(query, { limit: 1 }).found[0]?.study.id),
    unit: 'share',
    baseline: { name: plainFuse, value: shareOfTopics(firstOfFuse) },
    limit: 1,
  });
  reportIntents(report, '', entries, 1);
  reportIntents(report, '.100k', [...entries, ...syntheticEntries(100_000 - entries.length, 4)], everyNth);
  report({ name: 'search.bundled.top1.of3000', value: shareFound(queriesWithTypo(3000, 2), first), unit: 'share' });

  const typed = keystrokes(queriesWithTypo(200, 3));
  const times = typed.map(query => timed(() => ours.search(query)));
  const sample = typed.filter((_, i) => i % everyNth === 0);
  const timesOfFuse = sample.map(query => timed(() => fuse.search(query, { limit: 50 })));
  report({
    name: 'search.query.p95',
    value: p95(times),
    unit: 'ms',
    baseline: { name: `${plainFuse}, every ${everyNth}th key`, value: p95(timesOfFuse) },
    limit: p95(timesOfFuse) * shareOfFuse * 1.1,
  });
  report({
    name: 'search.query.median',
    value: median(times),
    unit: 'ms',
    baseline: { name: `${plainFuse}, every ${everyNth}th key`, value: median(timesOfFuse) },
  });
  report({ name: 'search.build.bundled', value: timed(() => new Search(listed(entries))), unit: 'ms' });
  const sizes = [measureSize(report, '1k', 1_000), measureSize(report, '10k', 10_000), measureSize(report, '100k', 100_000)];
  reportGrowth(report, sizes);
};

/** Of the topics that a specialist listed, the share whose first study is one of those expected. */
function shareOfTopics(first: (query: string) => string | undefined): number {
  return topics.filter(({ query, expected }) => expected.includes(first(query) ?? '')).length / topics.length;
}

/** The shares of queries whose meant work comes first and among the first three; plain Fuse answers every so many of them. */
function reportIntents(report: Report, size: string, among: readonly SearchEntry[], nth: number): void {
  const ours = new Search(listed(among));
  const fuse = new Fuse(among, fuseOptions);
  const sample = intents.filter((_, i) => i % nth === 0);
  const answers = new Map(intents.map(({ query }) => [query, ours.search(query, { limit: 3 }).map(({ key }) => key)]));
  const ofFuse = new Map(sample.map(({ query }) => [query, fuse.search(query, { limit: 3 }).map(({ item }) => item.key)]));
  for (const [name, count, limit] of [['first', 1, 0.95], ['firstThree', 3, 0.99]] as const) {
    report({
      name: `search.intent${size}.${name}`,
      value: shareAmong(count, query => answers.get(query) ?? []),
      unit: 'share',
      baseline: {
        name: nth === 1 ? 'plain Fuse, same list and entries' : `plain Fuse, same entries, every ${nth}th query`,
        value: shareAmong(count, query => ofFuse.get(query) ?? [], sample),
      },
      limit,
    });
  }
}

function shareFound(queries: readonly TypedQuery[], first: (query: string) => string | undefined): number {
  return queries.filter(({ typed, key }) => first(typed) === key).length / queries.length;
}

interface Size {
  readonly label: string;
  readonly p95: number;
  readonly build: number;
}

/** Milliseconds for a key; milliseconds for making the index, and for the longest stretch of that without a pause. */
function measureSize(report: Report, label: string, count: number): Size {
  const entries = syntheticEntries(count, 4);
  const { made, stretches } = built(entries);
  const build = stretches.reduce((sum, time) => sum + time, 0);
  const queries = syntheticQueries(entries, 100, 5);
  const typed = queries.flatMap(query => Array.from(query, (_, i) => query.slice(0, i + 1)));
  const times = typed.map(query => timed(() => made.search(query)));
  const fuse = new Fuse(entries, fuseOptions);
  const timesOfFuse = queries.filter((_, i) => i % everyNth === 0).map(query => timed(() => fuse.search(query, { limit: 10 })));
  const limit = limits[label];
  report({
    name: `search.${label}.p95`,
    value: p95(times),
    unit: 'ms',
    baseline: { name: `plain Fuse, same options and entries, every ${everyNth}th whole query`, value: p95(timesOfFuse) },
    ...(limit !== undefined && { limit }),
  });
  report({ name: `search.build.${label}`, value: build, unit: 'ms' });
  report({ name: `search.build.${label}.longestStretch`, value: Math.max(...stretches), unit: 'ms' });
  return { label, p95: p95(times), build };
}

/** Packed as the entries of a file are. */
function built(entries: readonly SearchEntry[]): { readonly made: Search; readonly stretches: readonly number[] } {
  const source = sourceOfTable(finished(EntryTable.of(scanOf(entries))), new Map());
  const steps = searchPartsOf(source);
  const stretches: number[] = [];
  let parts: SearchParts | undefined;
  while (!parts) {
    stretches.push(timed(() => (parts = steps.next().value ?? undefined)));
  }
  return { made: new Search(source, parts), stretches };
}

function scanOf(entries: readonly SearchEntry[]): Scan {
  const scanned = entries.map(({ key, author, coauthors, year, title, journal, extra }) => {
    const summary = { type: 'article-journal', author, coauthors, year, title, journal, doi: extra, pmid: '', keywords: [] };
    return { key, aliases: [], start: 0, end: 0, summary };
  });
  return { entries: scanned, problems: [], context: {} };
}

/** How many times the cost grows where the entries become ten times as many. */
function reportGrowth(report: Report, sizes: readonly Size[]): void {
  sizes.slice(1).forEach((size, i) => {
    const smaller = sizes[i]!;
    report({ name: `search.${size.label}.p95To${smaller.label}`, value: size.p95 / smaller.p95, unit: 'times' });
    report({ name: `search.build.${size.label}.perEntryTo${smaller.label}`, value: size.build / smaller.build / 10, unit: 'times' });
  });
}
